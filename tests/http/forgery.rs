//! Another site's page sends what a visitor's own page would, cookies and all: nothing that changes anything listens to it.

use super::{
    app::{with, without},
    fixtures::{clinic, enter, log_in, post},
    routes,
};
use axum::http::StatusCode;

/// What browsers say of a page that is not ours; old ones say less. Each line is one page's.
const ELSEWHERE: [&[(&str, &str)]; 7] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "none")],
    &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[],
];

#[tokio::test]
async fn another_sites_page_can_post_nothing_anywhere() {
    let (app, made) = clinic(&[]).await;
    let patient = enter(&app, &made, 0).await;
    let everybody =
        [patient, log_in(&app, "okafor").await, log_in(&app, "desk").await, log_in(&app, "admin").await]
            .join("; ");
    let (visit, staff) =
        (made["visits"][0]["id"].as_str().unwrap(), made["staff"][3]["id"].as_str().unwrap());
    let before = app.application.state().clinic.hub().last();
    let mut tried = 0;
    for route in routes::all(&app).iter().filter(|route| !route.is_safe()) {
        let path = route.at(if route.path.starts_with("/admin") { staff } else { visit });
        for page in ELSEWHERE {
            let mut request = without(post(&path, &everybody, "sure=yes&role=admin"), "sec-fetch-site");
            for (name, value) in page {
                request = with(request, name, value);
            }
            let answer = app.send(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} from {page:?}");
            assert_eq!(answer.error_code(), "wrong_origin", "{path}");
            assert!(answer.headers.get("set-cookie").is_none(), "{path}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried} are too few");
    assert_eq!(app.application.state().clinic.hub().last(), before, "nothing has happened");
}

super::on_postgres::on_postgres_too! {
    another_sites_page_can_post_nothing_anywhere,
}
