//! What goes wrong in the day: what people type into the wrong place, and a database that fails.

use super::{
    clinic::{Day, NOTE, PLACE, id},
    fixtures::{call, get, post, secret},
};
use axum::body::Body;
use owl_hospital::{
    api::clinic::{JoinVisit, Joining, ReadNote, StaffWish, WriteNote},
    domain::{
        NoteMark,
        visit::{Outcome, VisitId},
    },
};
use serde_json::Value;

/// Links, codes and cookies that are no good, and what people type into the wrong place.
pub async fn mistakes(day: &mut Day, made: &Value) {
    let (link, code) = (secret(made, 5), made["visits"][5]["code"].as_str().unwrap().to_owned());
    let mistyped = format!("{}0", &link[..31]);
    for form in [
        format!("secret={mistyped}"),
        format!("secret={link}{link}"),
        format!("code={}", code.to_lowercase()),
        "code=ABCDE-FGHJK".to_owned(),
        format!("{link}={code}"),
    ] {
        day.ask(post("/v/enter", "", &form)).await;
    }
    day.keep(mistyped);
    day.keep("ABCDE-FGHJK");
    // A link whose secret somebody put before the #, by mistake or to see what happens.
    for path in [
        format!("/v?{link}"),
        format!("/v/{link}"),
        format!("/visit?secret={link}"),
        format!("/clinic/visits/{link}"),
    ] {
        let mut request = get(&path, &format!("__Host-seat={link}; __Host-staff={link}"));
        request.headers_mut().insert("accept", "text/html".parse().unwrap());
        request.headers_mut().insert("referer", format!("http://localhost/v?{link}").parse().unwrap());
        day.app.send(request).await;
    }
    for path in ["/api/act_on_visit", "/api/write_note", "/api/join_visit"] {
        let mut request = call(
            path,
            &format!("__Host-staff={link}"),
            &WriteNote { visit: VisitId(1), text: NOTE.to_owned(), on: vec![NoteMark::of("")] },
        );
        *request.body_mut() = Body::from(format!("no arguments but {NOTE}"));
        day.ask(request).await;
    }
}

/// Everything that a page asks for, while nothing can be answered.
pub async fn in_trouble(day: &mut Day, made: &Value, visit: VisitId, patient: &str, provider: &str) {
    for path in ["/visit", "/v", "/visit/feed"] {
        day.ask(get(path, patient)).await;
    }
    for path in ["/clinic", "/clinic/appointments", "/clinic/import", "/account", "/clinic/feed", "/admin"] {
        day.ask(get(path, provider)).await;
    }
    day.ask(get(&format!("/clinic/visits/{visit}"), provider)).await;
    day.ask(get(&format!("/clinic/appointments/{visit}"), provider)).await;
    day.ask(post("/v/enter", "", &format!("secret={}", secret(made, 7)))).await;
    day.ask(post("/v/enter", "", &format!("code={}", made["visits"][7]["code"].as_str().unwrap()))).await;
    day.ask(post("/login", "", "email=okafor%40owl.example&password=owls+hunt+at+night")).await;
    let check_in = format!("location={}&call_back=555-0142&consent=yes", PLACE.replace(' ', "+"));
    for (path, form) in
        [("/visit/check-in", check_in.as_str()), ("/visit/confirm", "said=1957-03-14"), ("/visit/leave", "")]
    {
        day.ask(post(path, patient, form)).await;
    }
    day.ask(call(
        "/api/write_note",
        provider,
        &WriteNote { visit, text: NOTE.to_owned(), on: vec![NoteMark::of("")] },
    ))
    .await;
    day.ask(call("/api/read_note", provider, &ReadNote { visit })).await;
    day.ask(call("/api/join_visit", provider, &JoinVisit { joining: Joining::Visit(visit) })).await;
    let open = VisitId::try_from(id(made, "visits", 2)).unwrap();
    day.wish(provider, open, StaffWish::End(Outcome::CancelledByClinic)).await;
}
