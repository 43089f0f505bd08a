//! What the audit says of each deed, and who may read it.

use super::{
    app::{Answer, TestApp},
    clinic::{clinic, cookie, get, leads_to, post},
    clinic_appointments::log_in,
    fixtures::{place, press},
};
use axum::http::{StatusCode, header};
use owl_hospital::{
    domain::visit::{Actor, Command, RoomName, StaffId, StaffRole, VisitId},
    server::{audit::Line, clinic::Clinic},
};
use serde_json::Value;
use std::sync::Arc;
use tower::ServiceExt;

fn id(made: &Value, list: &str, at: usize) -> String {
    made[list][at]["id"].as_str().unwrap().to_owned()
}

fn the_clinic(app: &TestApp) -> Arc<Clinic> {
    Arc::clone(&app.application.state().clinic)
}

async fn enter(app: &TestApp, made: &Value, visit: usize) -> String {
    let (_, secret) = made["visits"][visit]["link"].as_str().unwrap().rsplit_once('#').unwrap();
    cookie(&app.send(post("/v/enter", "", &format!("secret={secret}"))).await)
}

/// The lines that came since it was asked last, in short: actor without its id, action, about without ids, outcome, and whether a
/// patient and a visit are named.
struct Lines {
    clinic: Arc<Clinic>,
    last: i64,
}

impl Lines {
    async fn of(app: &TestApp) -> Self {
        let clinic = the_clinic(app);
        let last = clinic.store().audit_head().await.unwrap().last;
        Self { clinic, last }
    }

    async fn since(&mut self) -> Vec<Line> {
        let rows = self.clinic.store().audit_after(self.last, 1000).await.unwrap();
        self.last = rows.last().map_or(self.last, |row| row.id);
        rows.into_iter().map(|row| row.line).collect()
    }

    async fn expect(&mut self, deed: &str, expected: &[&str]) {
        let said: Vec<String> = self.since().await.iter().map(in_short).collect();
        assert_eq!(said, expected, "{deed}");
    }
}

fn in_short(line: &Line) -> String {
    let actor = line.actor.split(':').next().unwrap();
    let about = line.about.clone().unwrap_or_default();
    let about: Vec<_> =
        about.split(' ').map(|word| word.split_once(':').map_or(word, |(kind, _)| kind)).collect();
    let whose = if line.patient.is_some() { "of a patient" } else { "" };
    [actor, &line.action, whose, &about.join(" "), &line.outcome]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

#[tokio::test]
async fn every_deed_of_staff_and_patients_leaves_its_line() {
    let (app, made) = clinic(&[]).await;
    let mut lines = Lines::of(&app).await;
    let wrong =
        |email: &str| post("/login", "", &format!("email={email}%40owl.example&password=not+the+password"));
    app.send(wrong("okafor")).await;
    lines.expect("wrong password", &["nobody, log-in, staff, refused"]).await;
    app.send(wrong("stranger")).await;
    lines.expect("unknown address", &["nobody, log-in, no account, refused"]).await;
    let desk = log_in(&app, "desk").await;
    lines.expect("log-in", &["staff, log-in, done"]).await;

    app.send(post("/v/enter", "", "code=ABCDE-12345")).await;
    lines.expect("wrong code", &["nobody, link-used, refused"]).await;
    let patient = enter(&app, &made, 1).await;
    lines.expect("link", &["seat, link-used, of a patient, done"]).await;
    press(&app, "/visit/check-in", &patient, "location=Home&call_back=555-0100&consent=yes").await;
    let checked_in =
        ["seat, record-changed, of a patient, done", "seat, visit-checked-in, of a patient, done"];
    lines.expect("check-in", &checked_in).await;
    press(&app, "/visit/ready", &patient, "").await;
    lines.expect("ready", &["seat, visit-ready, of a patient, done"]).await;
    let seat = place(&app, &patient).await;
    for (path, session, said) in [
        (&*format!("/visit/feed?seat={seat}"), &patient, "seat, stream-started, of a patient, done"),
        ("/clinic/feed", &desk, "staff, stream-started, done"),
    ] {
        drop(app.application.router().oneshot(get(path, session)).await.unwrap());
        lines.expect(path, &[said]).await;
    }
    press(&app, "/visit/take-over", &patient, "").await;
    lines.expect("take-over", &["seat, seat-taken, of a patient, done"]).await;

    let (visit, appointment) = (
        format!("/clinic/visits/{}", id(&made, "visits", 1)),
        format!("/clinic/appointments/{}", id(&made, "visits", 1)),
    );
    for (path, said) in [
        ("/clinic", "staff, record-opened, the queue, done"),
        ("/clinic/appointments?day=2026-11-24", "staff, record-opened, the appointments of 2026-11-24, done"),
        (&appointment, "staff, record-opened, of a patient, done"),
        (&visit, "staff, record-opened, of a patient, done"),
    ] {
        assert_eq!(app.send(get(path, &desk)).await.status, StatusCode::OK, "{path}");
        lines.expect(path, &[said]).await;
    }
    let opened = "staff, record-opened, of a patient, done";
    app.send(post(&format!("{appointment}/link"), &desk, "")).await;
    lines.expect("new link", &["staff, link-issued, of a patient, done", opened]).await;
    app.send(post(&format!("{appointment}/revoke"), &desk, "")).await;
    lines.expect("links away", &["staff, link-revoked, of a patient, done", opened]).await;

    app.send(post("/logout", &desk, "")).await;
    lines.expect("log-out", &["staff, log-out, done"]).await;
}

#[tokio::test]
async fn an_admission_is_audited_and_so_is_one_that_the_rules_refuse() {
    let (app, made) = clinic(&[]).await;
    let (clinic, visit) = (the_clinic(&app), VisitId::try_from(id(&made, "visits", 0)).unwrap());
    for command in [Command::CheckIn, Command::Wait] {
        clinic.carry_out(visit, command, Actor::Patient).await.unwrap();
    }
    let mut lines = Lines::of(&app).await;
    let admit = || Command::Admit { room: RoomName::random().unwrap() };
    let provider = |at| Actor::Staff(StaffId::try_from(id(&made, "staff", at)).unwrap(), StaffRole::Provider);
    clinic.carry_out(visit, admit(), provider(2)).await.unwrap_err();
    lines.expect("another's patient", &["staff, visit-refused, of a patient, admit, refused"]).await;
    clinic.carry_out(visit, admit(), provider(1)).await.unwrap();
    lines.expect("admission", &["staff, visit-admitted, of a patient, done"]).await;
    // The note comes with the page of one's own visit.
    let okafor = log_in(&app, "okafor").await;
    app.send(get(&format!("/clinic/visits/{visit}"), &okafor)).await;
    let opened = ["staff, log-in, done", "staff, record-opened, of a patient, done"];
    lines.expect("own visit", &opened).await;
}

#[tokio::test]
async fn what_admins_do_to_accounts_says_to_whose() {
    let (app, made) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    let mut lines = Lines::of(&app).await;
    let form = "name=Dr.+Lee+Marsh&email=marsh%40owl.example&role=provider";
    app.send(post("/admin/accounts", &admin, form)).await;
    let hired =
        ["staff, account-changed, staff made, provider, done", "staff, account-changed, staff invited, done"];
    lines.expect("somebody new", &hired).await;
    for (what, form, said) in [
        ("role", "role=provider", "staff, account-changed, staff is provider now, done"),
        ("disable", "", "staff, account-changed, staff disabled, done"),
        ("enable", "", "staff, account-changed, staff enabled, done"),
    ] {
        app.send(post(&format!("/admin/accounts/{}/{what}", id(&made, "staff", 3)), &admin, form)).await;
        let new = lines.since().await;
        assert_eq!(new.iter().map(in_short).collect::<Vec<_>>(), [said]);
        assert!(new[0].about.as_ref().unwrap().contains(&id(&made, "staff", 3)), "{new:?}");
    }
    app.send(post("/account/password", &admin, "old=not+the+password&new=four+random+words+here")).await;
    lines.expect("wrong old password", &["staff, account-changed, staff wrong password, refused"]).await;
    app.send(post("/welcome", "", "secret=0123&password=four+random+words+here")).await;
    lines.expect("unknown invitation", &["nobody, account-changed, an unknown invitation, refused"]).await;
}

#[tokio::test]
async fn who_says_who_they_are_is_audited_right_wrong_and_too_often() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    let patient = enter(&app, &made, 1).await;
    let mut lines = Lines::of(&app).await;
    let mut say = async |said: &str| {
        press(&app, "/visit/confirm", &patient, &format!("said={said}")).await;
        lines.since().await.iter().map(in_short).collect::<Vec<_>>()
    };
    for _ in 0..8 {
        assert_eq!(say("1900-01-01").await, ["seat, identity-confirmed, of a patient, refused"]);
    }
}

async fn search(app: &TestApp, admin: &str, query: &str) -> Answer {
    app.send(get(&format!("/admin/audit?{query}"), admin)).await
}

/// How many lines a page shows.
fn shown(answer: &Answer) -> usize {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.matches("<tr>").count().saturating_sub(1)
}

#[tokio::test]
async fn only_admins_read_the_audit_and_they_see_numbers_for_patients_and_no_names() {
    let (app, made) = clinic(&[]).await;
    let patient = enter(&app, &made, 0).await;
    let (admin, desk, provider) =
        (log_in(&app, "admin").await, log_in(&app, "desk").await, log_in(&app, "okafor").await);
    for path in ["/admin/audit", "/admin/audit/export"] {
        for nobody in ["", &patient] {
            assert_eq!(leads_to(&app.send(get(path, nobody)).await), "/login", "{path}");
        }
        for staff in [&desk, &provider] {
            assert_eq!(app.send(get(path, staff)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let answer = app.send(get(path, &admin)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert!(answer.body.contains("Robin Vale"), "who of the staff: {}", answer.body);
        for visit in made["visits"].as_array().unwrap() {
            for secret in ["patient", "birthDate"] {
                assert!(!answer.body.contains(visit[secret].as_str().unwrap()), "{path}: {}", visit[secret]);
            }
        }
    }
}

#[tokio::test]
async fn the_audit_is_searched_by_patient_actor_deed_outcome_and_time() {
    let (app, made) = clinic(&[]).await;
    let (admin, desk) = (log_in(&app, "admin").await, log_in(&app, "desk").await);
    enter(&app, &made, 0).await;
    app.send(post("/login", "", "email=desk%40owl.example&password=not+the+password")).await;
    // The front desk reads the number on the appointment's page.
    let page = app.send(get(&format!("/clinic/appointments/{}", id(&made, "visits", 0)), &desk)).await.body;
    let number = page.split_once("Record number</dt>").unwrap().1;
    let number = number.split_once("<code>").unwrap().1.split('<').next().unwrap();
    assert_eq!(number.len(), 32);

    let all = search(&app, &admin, &format!("patient={number}")).await;
    // Scheduled and linked by the tool, came in by the link, opened by the desk, and this search.
    assert_eq!(shown(&all), 5, "{}", all.body);
    let spaced = format!("patient=+{}+{}", &number[..4].to_uppercase(), &number[4..10]);
    assert_eq!(shown(&search(&app, &admin, &spaced).await), 5, "{}", all.body);
    let link = search(&app, &admin, &format!("patient={number}&action=link-used&actor=patients")).await;
    assert_eq!(shown(&link), 1, "{}", link.body);
    assert!(link.body.contains("A patient or guest") && link.body.contains("Came in by a link or code"));
    assert_eq!(shown(&search(&app, &admin, "outcome=refused&actor=nobody").await), 1);
    let mine = format!("action=log-in&actor=staff:{}", id(&made, "staff", 3));
    assert_eq!(shown(&search(&app, &admin, &mine).await), 1);
    assert_eq!(shown(&search(&app, &admin, "from=2999-01-01").await), 0);
    assert_eq!(shown(&search(&app, &admin, "until=2020-01-01T10:00").await), 0);
    assert!(shown(&search(&app, &admin, "from=2020-01-01T10:00&until=2999-12-31").await) > 20);

    for (query, said) in [
        ("patient=Gonzalez", "A patient is searched by the record number"),
        ("patient=1234567", "at least 8 digits"),
        ("from=yesterday", "A time cannot be read"),
        ("from=2026-13-01", "A time cannot be read"),
        ("actor=somebody", "choose from the lists"),
        ("action=nonsense", "choose from the lists"),
        ("outcome=perhaps", "choose from the lists"),
    ] {
        for page in ["", "/export"] {
            let refused = app.send(get(&format!("/admin/audit{page}?{query}"), &admin)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(refused.body.contains(said), "{query}: {}", refused.body);
        }
    }
    let mut lines = Lines::of(&app).await;
    search(&app, &admin, &format!("patient={number}&action=link-used")).await;
    app.send(get("/admin/audit/export?outcome=refused", &admin)).await;
    let new = lines.since().await;
    let said: Vec<_> = new.iter().map(|line| line.about.as_deref().unwrap().to_owned()).collect();
    assert_eq!(
        said,
        [format!("search patient={number}&action=link-used"), "export outcome=refused".to_owned()]
    );
    assert_eq!(new[0].patient.as_deref(), Some(number));
}

#[tokio::test]
async fn a_long_audit_is_read_page_by_page_forth_and_back() {
    let (app, _) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    for _ in 0..120 {
        app.send(post("/v/enter", "", "secret=unknown")).await;
    }
    let follow = |answer: &Answer, word: &str| {
        let mut links = answer.body.split("href=\"").filter(|rest| rest.contains(&format!(">{word}</a>")));
        let link = links.find(|rest| rest.split_once('>').is_some_and(|(_, rest)| rest.starts_with(word)));
        link.map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
    };
    let query = "/admin/audit?action=link-used&outcome=refused";
    let first = app.send(get(query, &admin)).await;
    assert_eq!((shown(&first), follow(&first, "Newer")), (50, None));
    let second = app.send(get(&follow(&first, "Older").unwrap(), &admin)).await;
    let third = app.send(get(&follow(&second, "Older").unwrap(), &admin)).await;
    assert_eq!((shown(&second), shown(&third), follow(&third, "Older")), (50, 20, None));
    let back = app.send(get(&follow(&third, "Newer").unwrap(), &admin)).await;
    let rows = |answer: &Answer| {
        answer.body.split_once("<tbody>").unwrap().1.split_once("</tbody>").unwrap().0.to_owned()
    };
    assert_eq!(rows(&back), rows(&second));
    let newest = app.send(get(&follow(&back, "Newer").unwrap(), &admin)).await;
    assert_eq!((rows(&newest), follow(&newest, "Newer")), (rows(&first), None));
}

#[tokio::test]
async fn the_export_is_a_table_whose_cells_a_spreadsheet_does_not_carry_out() {
    let (app, _) = clinic(&[]).await;
    let admin = log_in(&app, "admin").await;
    app.send(post("/admin/accounts", &admin, "name=%3D1%2B1&email=formula%40owl.example&role=admin")).await;
    let formula = app.send(get("/admin", &admin)).await;
    assert!(formula.body.contains("=1+1"), "{}", formula.body);
    let answer = app.send(get("/admin/audit/export?action=account-changed", &admin)).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(
        answer.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment; filename=\"audit-")
    );
    let text = answer.body.strip_prefix('\u{feff}').unwrap();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(table.headers().unwrap().get(10), Some("seal"));
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    // Four of the demonstration, one here, which was invited as well.
    assert_eq!(rows.len(), 6, "{text}");
    assert!(rows.iter().all(|row| &row[4] == "account-changed" && row[10].len() == 64), "{text}");
    assert!(text.contains(",Robin Vale,"), "{text}");
}

super::on_postgres::on_postgres_too! {
    every_deed_of_staff_and_patients_leaves_its_line,
    an_admission_is_audited_and_so_is_one_that_the_rules_refuse,
    what_admins_do_to_accounts_says_to_whose,
    who_says_who_they_are_is_audited_right_wrong_and_too_often,
    only_admins_read_the_audit_and_they_see_numbers_for_patients_and_no_names,
    the_audit_is_searched_by_patient_actor_deed_outcome_and_time,
    a_long_audit_is_read_page_by_page_forth_and_back,
    the_export_is_a_table_whose_cells_a_spreadsheet_does_not_carry_out,
}
