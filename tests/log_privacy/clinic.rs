//! The clinic's day: patients, staff, lists, accounts, mistakes, and a database that fails in the middle of it.

use super::{
    app::{Answer, TestApp},
    capture,
    fixtures::{call, clinic, cookie, enter, get, log_in, place, post, pressed, secret, upload},
    mistakes::{in_trouble, mistakes},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use owl_hospital::{
    api::{
        JoinTicket,
        clinic::{ActInSeat, ActOnVisit, JoinVisit, Joining, ReadNote, SeatWish, StaffWish, WriteNote},
    },
    domain::{
        NoteMark,
        visit::{Outcome, StaffId, VisitId},
    },
};
use serde_json::Value;
use tower::ServiceExt;

pub const PLACE: &str = "14 Juniper Lane, Springfield";
const PHONE: &str = "+1 555 0142 778";
pub const NOTE: &str = "Suspects a pheochromocytoma";
const TYPED: &str = "a password that somebody mistyped";

/// What must not get out, and where it would: each answer is looked at as it comes.
pub struct Day {
    pub app: TestApp,
    secrets: Vec<String>,
}

impl Day {
    pub fn keep(&mut self, secret: impl Into<String>) {
        self.secrets.push(secret.into());
    }

    /// Asks as somebody, and looks at what comes back: not what is on the page, which is theirs, but where it leads and what is
    /// said when it fails.
    pub async fn ask(&mut self, request: Request<Body>) -> Answer {
        let (path, accept) = (request.uri().to_string(), request.headers().contains_key("accept"));
        let answer = self.app.send(request).await;
        for value in ["set-cookie", "location"].into_iter().flat_map(|name| answer.headers.get_all(name)) {
            if let Some(carried) = value.to_str().unwrap().strip_prefix("__Host-") {
                let carried = carried.split(['=', ';']).nth(1).unwrap();
                if !carried.is_empty() {
                    self.keep(carried);
                }
            }
        }
        let addresses = addresses(&answer);
        for secret in &self.secrets {
            for address in &addresses {
                assert!(
                    !address.contains(secret.as_str()),
                    "“{secret}” is in an address on {path}: {address}"
                );
            }
            let is_page = answer.header("content-type").starts_with("text/html");
            if !answer.status.is_success() && !is_page {
                assert!(
                    !answer.body.contains(secret.as_str()),
                    "“{secret}” is in an error of {path}, {accept}"
                );
            }
        }
        answer
    }

    /// Sends a form of a page that this cookie opens.
    async fn press(&mut self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = pressed(&self.app, path, cookie, form).await;
        self.ask(request).await
    }

    async fn ticket(&mut self, cookie: &str, visit: Option<VisitId>) -> JoinTicket {
        let joining = match visit {
            Some(visit) => Joining::Visit(visit),
            None => Joining::Seat(place(&self.app, cookie).await),
        };
        let answer = self.ask(call("/api/join_visit", cookie, &JoinVisit { joining })).await;
        let ticket = answer.ticket().expect("a ticket");
        for secret in [ticket.token.clone(), ticket.room.clone(), ticket.identity.as_str().to_owned()] {
            self.keep(secret);
        }
        ticket
    }

    pub async fn wish(&mut self, cookie: &str, visit: VisitId, wish: StaffWish) -> StatusCode {
        self.ask(call("/api/act_on_visit", cookie, &ActOnVisit { visit, wish })).await.status
    }

    /// Opens a stream and reads its first word.
    async fn listen(&self, path: &str, cookie: &str) -> Body {
        let response = self.app.application.router().oneshot(get(path, cookie)).await.unwrap();
        let mut body = response.into_body();
        assert!(body.frame().await.is_some());
        body
    }
}

/// Wherever a page or an answer leads, but for what stands behind a #, which no browser sends, and for what is made for an app on
/// the same device.
fn addresses(answer: &Answer) -> Vec<String> {
    let mut addresses: Vec<String> = ["href", "action", "formaction", "src", "content"]
        .iter()
        .flat_map(|name| {
            let start = format!(" {name}=\"");
            answer
                .body
                .split(&start)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    addresses.extend(answer.headers.get("location").map(|place| place.to_str().unwrap().to_owned()));
    addresses.retain(|address| !address.starts_with("otpauth:") && !address.starts_with("tel:"));
    addresses.into_iter().map(|address| address.split('#').next().unwrap().to_owned()).collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).expect("it is there").1.split(end).next().unwrap()
}

fn handed(answer: &Answer) -> Vec<String> {
    answer
        .body
        .split("class=\"handed\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

pub fn id(made: &Value, kind: &str, index: usize) -> String {
    made[kind][index]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn invariant_7_nothing_of_a_day_at_the_clinic_is_logged_or_in_an_address_or_in_an_error() {
    capture::begin();
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    let mut day =
        Day { app, secrets: [PLACE, PHONE, NOTE, TYPED, "owls hunt at night"].map(str::to_owned).to_vec() };
    for visit in made["visits"].as_array().unwrap() {
        for field in ["patient", "birthDate", "code"] {
            day.keep(visit[field].as_str().unwrap());
        }
    }
    for index in 0..made["visits"].as_array().unwrap().len() {
        day.keep(secret(&made, index));
    }
    for staff in made["staff"].as_array().unwrap() {
        day.keep(staff["email"].as_str().unwrap());
    }
    day.keep("Blood pressure, new tablets");

    let visit = VisitId::try_from(id(&made, "visits", 0)).unwrap();
    let (patient, provider) = a_visit(&mut day, &made, visit).await;
    appointments(&mut day, &made).await;
    accounts(&mut day, &made).await;
    mistakes(&mut day, &made).await;

    // And once more, with a database that answers nothing any more, and one that answers with errors.
    let state = day.app.application.state();
    for table in ["visit_details", "notes", "audit", "links", "patients"] {
        let mut tx = state.clinic.store().begin().await.unwrap();
        let sql = format!("ALTER TABLE {table} RENAME TO gone_{table}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(tx.connection()).await.unwrap();
        tx.commit().await.unwrap();
    }
    in_trouble(&mut day, &made, visit, &patient, &provider).await;
    state.clinic.store().close().await;
    in_trouble(&mut day, &made, visit, &patient, &provider).await;

    // Ids are opaque, and say nothing without the database; still nobody needs them in a log.
    let names = ["Ada Okafor", "Robin Vale", "Sam Ferreira"].map(str::to_owned);
    let ids = [id(&made, "visits", 0), id(&made, "staff", 0), id(&made, "staff", 1)];
    capture::expect_none_of(
        day.secrets.iter().chain(&names).chain(&ids),
        &["/visit/check-in", "/v/enter", "/login", "a use case failed", "could not be"],
    );
}

/// From the link to the goodbye, with a pause in the middle, and every mistake that one can make on the way.
async fn a_visit(day: &mut Day, made: &Value, visit: VisitId) -> (String, String) {
    let patient = enter(&day.app, made, 0).await;
    day.keep(patient.split_once('=').unwrap().1);
    for form in ["said=1901-02-03", "said=1957-03-14"] {
        day.press("/visit/confirm", &patient, form).await;
    }
    day.ask(get("/visit", &patient)).await;
    for (place, phone) in [(PLACE, ""), (PLACE, PHONE)] {
        let (place, phone) = (place.replace(' ', "+"), phone.replace('+', "%2B").replace(' ', "+"));
        let form = format!("location={place}&call_back={phone}&consent=yes");
        day.press("/visit/check-in", &patient, &form).await;
    }
    day.press("/visit/ready", &patient, "").await;
    let waits = day.listen(&format!("/visit/feed?seat={}", place(&day.app, &patient).await), &patient).await;

    let wrong = format!("email=okafor%40owl.example&password={}", TYPED.replace(' ', "+"));
    assert_eq!(day.ask(post("/login", "", &wrong)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let provider = log_in(&day.app, "okafor").await;
    let colleague = log_in(&day.app, "lindqvist").await;
    for cookie in [&provider, &colleague] {
        day.keep(cookie.split_once('=').unwrap().1);
        day.ask(get("/clinic", cookie)).await;
    }
    let queue = day.listen("/clinic/feed", &provider).await;
    day.ask(call(
        "/api/write_note",
        &provider,
        &WriteNote { visit, text: NOTE.to_owned(), on: vec![NoteMark::of("")] },
    ))
    .await;
    assert_eq!(day.wish(&colleague, visit, StaffWish::Admit).await, StatusCode::CONFLICT);
    assert_eq!(day.wish(&provider, visit, StaffWish::Admit).await, StatusCode::OK);
    let seat = place(&day.app, &patient).await;
    day.ask(call("/api/act_in_seat", &patient, &ActInSeat { seat, wish: SeatWish::StartNow })).await;
    for (cookie, visit) in [(&patient, None), (&provider, Some(visit))] {
        day.ticket(cookie, visit).await;
    }
    day.ask(get(&format!("/clinic/visits/{visit}"), &provider)).await;
    let to = StaffId::try_from(id(made, "staff", 2)).unwrap();
    for wish in [StaffWish::StepOut, StaffWish::StepBack, StaffWish::SendBack, StaffWish::HandOver(to)] {
        assert_eq!(day.wish(&provider, visit, wish).await, StatusCode::OK, "{wish:?}");
    }
    assert_eq!(day.wish(&provider, visit, StaffWish::TakeOver).await, StatusCode::OK);
    day.press("/visit/leave", &patient, "").await;
    day.press("/visit/return", &patient, "").await;
    day.ask(post(&format!("/visit/gone?page=1&seat={seat}"), &patient, "")).await;
    assert_eq!(day.wish(&provider, visit, StaffWish::Admit).await, StatusCode::OK);
    day.ticket(&patient, None).await;
    assert_eq!(day.wish(&provider, visit, StaffWish::End(Outcome::Seen)).await, StatusCode::OK);
    day.ask(call("/api/read_note", &provider, &ReadNote { visit })).await;
    day.ask(get("/visit", &patient)).await;
    drop((waits, queue));
    (patient, provider)
}

async fn appointments(day: &mut Day, made: &Value) {
    let desk = log_in(&day.app, "desk").await;
    day.keep(desk.split_once('=').unwrap().1);
    let on = day.app.application.state().clinic.today().tomorrow().unwrap();
    for secret in
        ["Nora Weissenborn", "1990-07-04", "Ulla Nyquist", "1944-12-24", "Varicose veins", "wrong-birth-day"]
    {
        day.keep(secret);
    }
    let list = format!(
        "Name,Birth date,Provider,Date,Time,Reason\nNora Weissenborn,1990-07-04,Dr. Ada Okafor,{on},08:15,Varicose veins\n\
         Nora Weissenborn,wrong-birth-day,Dr. Ada Okafor,{on},09:15,\nshort line of Nora Weissenborn\n"
    );
    for path in ["/clinic/import", "/clinic/import/confirm"] {
        for list in [list.as_str(), "no list of Nora Weissenborn", ""] {
            let answer = day.ask(upload(path, &desk, list)).await;
            for link in handed(&answer) {
                keep_link(day, &link);
            }
        }
    }
    let provider = id(made, "staff", 1);
    let form = format!(
        "name=Ulla+Nyquist&birth_date=1944-12-24&provider={provider}&date={on}&time=10:00&reason=Varicose+veins"
    );
    for form in [form.clone(), form.replace("1944-12-24", "wrong-birth-day"), form] {
        let answer = day.ask(post("/clinic/appointments/new", &desk, &form)).await;
        for link in handed(&answer) {
            keep_link(day, &link);
        }
    }
    let page = day.ask(get(&format!("/clinic/appointments?day={on}"), &desk)).await;
    let address = between(&page.body, "href=\"/clinic/appointments/", "\"").to_owned();
    let address =
        format!("/clinic/appointments/{}", if address == "new" { id(made, "visits", 3) } else { address });
    for (what, form) in [
        ("move", "date=&time="),
        ("link", ""),
        ("revoke", ""),
        ("cancel", "sure=yes"),
        ("cancel", "sure=yes"),
    ] {
        let answer = day.ask(post(&format!("{address}/{what}"), &desk, form)).await;
        for link in handed(&answer) {
            keep_link(day, &link);
        }
    }
}

/// A link is an address, whose secret stands behind the #; a code is one by itself.
fn keep_link(day: &mut Day, handed: &str) {
    day.keep(handed.rsplit('#').next().unwrap());
}

async fn accounts(day: &mut Day, made: &Value) {
    let admin = log_in(&day.app, "admin").await;
    day.keep(admin.split_once('=').unwrap().1);
    for secret in ["marsh@owl.example", "four random words here"] {
        day.keep(secret);
    }
    let hired = day
        .ask(post("/admin/accounts", &admin, "name=Lee+Marsh&email=marsh%40owl.example&role=provider"))
        .await;
    let invitation = between(&hired.body, "/welcome#", "<").to_owned();
    day.keep(&invitation);
    for form in [
        format!("secret={invitation}&password=short"),
        format!("secret={invitation}&password=four+random+words+here"),
    ] {
        day.ask(post("/welcome", "", &form)).await;
    }
    let entered =
        day.ask(post("/login", "", "email=marsh%40owl.example&password=four+random+words+here")).await;
    let marsh = cookie(&entered);
    let begun = day.ask(post("/account/codes/begin", &marsh, "")).await;
    let key = between(&begun.body, "class=\"handed\">", "<").to_owned();
    day.keep(key.replace(' ', ""));
    day.keep(key);
    day.ask(post("/account/codes/confirm", &marsh, "code=982451")).await;
    day.keep("982451");
    day.ask(post("/account/password", &marsh, &format!("old={}&new=x", TYPED.replace(' ', "+")))).await;
    let desk = id(made, "staff", 3);
    for what in ["role", "invite", "reset", "disable", "enable"] {
        let answer = day.ask(post(&format!("/admin/accounts/{desk}/{what}"), &admin, "role=frontDesk")).await;
        if answer.body.contains("/welcome#") {
            let invitation = between(&answer.body, "/welcome#", "<").to_owned();
            day.keep(invitation);
        }
    }
    day.ask(post("/logout", &marsh, "everywhere=yes")).await;
}
