//! Ids, arguments and paths that are none.

use super::{
    fixtures::{clinic, get, log_in, post},
    routes,
};
use axum::http::StatusCode;

/// What somebody puts where an id belongs.
const IDS: [&str; 9] = [
    "0",
    "00000000000000000000000000000000",
    "ffffffffffffffffffffffffffffffffff",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "'%20OR%201=1--",
    "%F0%9F%A6%89",
    "-1",
];

#[tokio::test]
async fn an_id_that_is_none_is_not_found_whatever_it_is() {
    let (app, made) = clinic(&[]).await;
    let (desk, admin) = (log_in(&app, "desk").await, log_in(&app, "admin").await);
    // Of the right kind, and of something else.
    let (visit, staff) =
        (made["visits"][0]["id"].as_str().unwrap(), made["staff"][0]["id"].as_str().unwrap());
    for route in routes::all(&app).iter().filter(|route| route.path.contains("{id}")) {
        let (cookie, another) =
            if route.path.starts_with("/admin") { (&admin, visit) } else { (&desk, staff) };
        for id in IDS.into_iter().chain([another]) {
            let path = route.at(id);
            // As a form that is right, so that nothing else is wrong.
            let form = "sure=yes&role=provider&date=2027-03-02&time=09:30";
            let request = if route.is_safe() { get(&path, cookie) } else { post(&path, cookie, form) };
            let answer = app.send(request).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {path}: {:.200}", route.method, answer.body);
        }
    }
}

#[tokio::test]
async fn arguments_that_are_none_are_refused_in_words() {
    let (app, _) = clinic(&[]).await;
    let provider = log_in(&app, "okafor").await;
    // One of them takes nothing, so nothing can be wrong.
    let takes_some = |path: &str| path.starts_with("/api/") && path != "/api/stay_logged_in";
    for route in routes::all(&app).iter().filter(|route| takes_some(&route.path)) {
        for garbage in [&b""[..], b"\xff", &[0xff; 200], b"{}", &[0x80; 64]] {
            let mut request = post(&route.path, &provider, "");
            request.headers_mut().insert("content-type", "application/x-postcard".parse().unwrap());
            *request.body_mut() = garbage.to_vec().into();
            let status = app.send(request).await.status;
            assert!(status.is_client_error(), "{} {garbage:?}: {status}", route.path);
        }
    }
}

#[tokio::test]
async fn no_path_leads_out_of_the_sites_folder() {
    let (app, _) = clinic(&[]).await;
    app.write_site("pkg/owl.js", b"ours");
    let credentials = app.directory.path().join("data/embedded-credentials.json");
    assert!(credentials.exists() && app.directory.path().join("data/clinic.db").exists());
    for way in [
        "..",
        "%2e%2e",
        ".%2e",
        "%2E.",
        "pkg/../..",
        "pkg/%2e%2e/%2e%2e",
        "pkg%2f..%2f..",
        "..%5c",
        "./..",
        ".../..",
        "%252e%252e",
    ] {
        for file in
            ["data/embedded-credentials.json", "data/clinic.db", "data%2fclinic.db", "data%5cclinic.db"]
        {
            for path in [format!("/{way}/{file}"), format!("//{way}/{file}")] {
                let answer = app.get(&path).await;
                assert!(
                    !answer.status.is_success() && !answer.status.is_server_error(),
                    "{path}: {}",
                    answer.status
                );
                assert!(
                    !answer.body.contains("SQLite format") && !answer.body.contains("keySecret"),
                    "{path}"
                );
            }
        }
    }
    let absolute = format!("/{}", credentials.display());
    assert_eq!(app.get(&absolute).await.status, StatusCode::NOT_FOUND);
    for directory in ["/pkg", "/pkg/"] {
        assert!(!app.get(directory).await.body.contains("owl.js"), "no listing");
    }
}
