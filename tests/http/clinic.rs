//! The clinic through the router: staff log in, patients come by a link, and go their way without JavaScript.

use super::{
    app::{Answer, DATABASE_URL, TestApp, app, from},
    fixtures::{enter, place, press, secret},
    on_postgres::on_postgres_too,
};
use axum::http::{StatusCode, header};
use owl_hospital::{
    domain::visit::{Presence, VisitId},
    server::{config::Task, tools::set_up},
};

pub use super::fixtures::{clinic, cookie, get, leads_to, post};

#[tokio::test]
async fn a_patient_goes_from_the_link_to_the_waiting_room_by_forms_alone() {
    let (app, made) = clinic(&[]).await;
    let page = app.get("/v").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Okafor"), "anybody may have opened the link");

    let patient = enter(&app, &made, 0).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("Dr. Ada Okafor") && page.contains("lang=\"es\""), "{page}");
    assert!(page.contains("tel:911"), "the number for an emergency");

    for (form, says, is_ticked) in [
        (
            "location=Home&call_back=12&consent=yes",
            "<p>Denos un número de teléfono de al menos 5 cifras.</p>",
            true,
        ),
        ("location=+&call_back=555-0100&consent=yes", "<p>Díganos dónde está.</p>", true),
        (
            "location=Home&call_back=555-0100",
            "<p>Marque la casilla: necesitamos su consentimiento.</p>",
            false,
        ),
        ("", "Díganos dónde está. Denos un número de teléfono de al menos 5 cifras. Marque la", false),
    ] {
        let page = press(&app, "/visit/check-in", &patient, form).await.body;
        assert!(page.contains(says), "{form}: {page}");
        assert_eq!(page.contains(" checked"), is_ticked, "what was said is not asked again: {form}");
    }
    let missing = press(&app, "/visit/check-in", &patient, "location=Home&call_back=&consent=yes").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("value=\"Home\""), "nobody types it twice");

    let form = "location=1+Elm+Street&call_back=555-0100&consent=yes";
    assert_eq!(leads_to(&press(&app, "/visit/check-in", &patient, form).await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("action=\"/visit/ready\""));
    assert_eq!(leads_to(&press(&app, "/visit/ready", &patient, "").await), "/visit");
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("http-equiv=\"refresh\"") && page.contains("<noscript>"), "{page}");

    assert_eq!(leads_to(&press(&app, "/visit/leave", &patient, "").await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("action=\"/visit/return\""));
    assert_eq!(leads_to(&press(&app, "/visit/return", &patient, "").await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn the_code_beside_the_link_opens_the_same_visit_and_wrong_ones_are_slowed_down() {
    let (app, made) = clinic(&[]).await;
    let code = made["visits"][2]["code"].as_str().unwrap().to_lowercase();
    let entered = app.send(post("/v/enter", "", &format!("code={code}"))).await;
    assert_eq!(leads_to(&entered), "/visit");
    let type_code = |code: &str| from("203.0.113.9:50000", post("/v/enter", "", &format!("code={code}")));
    for _ in 0..6 {
        assert_eq!(app.send(type_code("00000-00000")).await.status, StatusCode::NOT_FOUND);
    }
    let slowed = app.send(type_code(&code)).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS, "also for the right one");
    assert_eq!(
        leads_to(&app.send(post("/v/enter", "", &format!("secret={}", secret(&made, 2)))).await),
        "/visit"
    );
}

#[tokio::test]
async fn a_second_device_takes_over_and_the_first_says_so() {
    let (app, made) = clinic(&[]).await;
    let first = enter(&app, &made, 1).await;
    let second = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &first)).await.body;
    assert!(page.contains("action=\"/visit/take-over\""), "{page}");
    assert_eq!(leads_to(&press(&app, "/visit/check-in", &first, "consent=yes").await), "/visit");
    assert!(app.send(get("/visit", &second)).await.body.contains("action=\"/visit/check-in\""));
    press(&app, "/visit/take-over", &first, "").await;
    assert!(app.send(get("/visit", &first)).await.body.contains("action=\"/visit/check-in\""));
    assert!(app.send(get("/visit", &second)).await.body.contains("action=\"/visit/take-over\""));
}

#[tokio::test]
async fn nothing_of_the_visit_is_told_before_the_patient_has_said_who_they_are() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    let patient = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("action=\"/visit/confirm\"") && !page.contains("Lindqvist"), "{page}");
    assert_eq!(leads_to(&press(&app, "/visit/check-in", &patient, "consent=yes").await), "/visit");
    for _ in 0..6 {
        let wrong = press(&app, "/visit/confirm", &patient, "said=1940-01-01").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = press(&app, "/visit/confirm", &patient, "said=1941-11-02").await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);

    let other = enter(&app, &made, 3).await;
    assert_eq!(leads_to(&press(&app, "/visit/confirm", &other, "said=2001-01-30").await), "/visit");
    assert!(app.send(get("/visit", &other)).await.body.contains("Dr. Nils Lindqvist"));
}

#[tokio::test]
async fn whoever_has_two_family_names_says_who_they_are_by_either() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "name")]).await;
    let sql = "UPDATE patients SET name = 'María García López' WHERE birth_date = '1957-03-14'";
    super::access::execute(&app, sql).await;
    for (said, status) in [
        ("Mar%C3%ADa", StatusCode::UNPROCESSABLE_ENTITY),
        ("garcia+lopez", StatusCode::SEE_OTHER),
        ("Garc%C3%ADa", StatusCode::SEE_OTHER),
        ("L%C3%B3pez", StatusCode::SEE_OTHER),
    ] {
        let patient = enter(&app, &made, 0).await;
        let told = press(&app, "/visit/confirm", &patient, &format!("said={said}")).await;
        assert_eq!(told.status, status, "{said}");
    }
}

#[tokio::test]
async fn staff_log_in_and_out_and_cookies_are_kept_from_scripts_and_other_sites() {
    let (app, _) = clinic(&[]).await;
    let form = "email=Okafor%40owl.example&password=owls+hunt+at+night";
    let answer = app.send(post("/login", "", form)).await;
    assert_eq!(leads_to(&answer), "/clinic");
    let line = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["__Host-staff=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(line.contains(part), "{part} is missing");
    }
    let session = cookie(&answer);
    assert_eq!(leads_to(&app.send(get("/login", &session)).await), "/clinic");
    assert_eq!(leads_to(&app.send(post("/logout", &session, "")).await), "/login");
    assert_eq!(
        app.send(get("/login", &session)).await.status,
        StatusCode::OK,
        "the old cookie is worth nothing"
    );
}

#[tokio::test]
async fn a_failed_log_in_tells_nobody_whether_an_account_exists() {
    let (app, _) = clinic(&[]).await;
    let wrong = |email: &str| post("/login", "", &format!("email={email}&password=not+the+password"));
    for attempt in 0..8 {
        let (known, unknown) =
            (app.send(wrong("okafor%40owl.example")).await, app.send(wrong("nobody%40owl.example")).await);
        assert_eq!(known.status, unknown.status);
        let told = |answer: &Answer| {
            let page = answer.body.replace("okafor", "nobody");
            page.split("<main").nth(1).unwrap().split("</main").next().unwrap().to_owned()
        };
        assert_eq!(told(&known), told(&unknown));
        let expected =
            if attempt < 6 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(known.status, expected, "attempt {attempt}");
    }
}

#[tokio::test]
async fn a_session_that_was_there_before_a_log_in_is_worth_nothing_after_it() {
    let (app, _) = clinic(&[]).await;
    let form = "email=okafor%40owl.example&password=owls+hunt+at+night";
    let planted = "__Host-staff=00000000000000000000000000000000";
    let given = cookie(&app.send(post("/login", planted, form)).await);
    assert_ne!(given, planted);
    assert_eq!(app.send(get("/login", planted)).await.status, StatusCode::OK);
}

/// Whoever can set a cookie in somebody's browser must not know with what they come in later.
#[tokio::test]
async fn a_seat_that_was_there_before_a_link_was_used_is_worth_nothing_after_it() {
    let (app, made) = clinic(&[]).await;
    let mut given = vec!["__Host-seat=00000000000000000000000000000000".to_owned()];
    for form in [
        format!("secret={}", secret(&made, 0)),
        format!("code={}", made["visits"][0]["code"].as_str().unwrap()),
        format!("secret={}", secret(&made, 0)),
    ] {
        // With what was planted, and then with what a browser has from before, which another may know too.
        let before = given.last().unwrap().clone();
        let now = cookie(&app.send(post("/v/enter", &before, &form)).await);
        assert!(!given.contains(&now), "always a new secret");
        assert_eq!(app.send(get("/visit", &now)).await.status, StatusCode::OK);
        given.push(now);
    }
    assert_eq!(leads_to(&app.send(get("/visit", &given[0])).await), "/v?again", "what was planted");
    assert_eq!(leads_to(&app.send(post("/visit/check-in", &given[0], CHECK_IN)).await), "/v?again");
    for before in &given[1..given.len() - 1] {
        assert!(app.send(get("/visit", before)).await.body.contains("action=\"/visit/take-over\""));
    }
}

/// The page after it may be late, on a slow line.
#[tokio::test]
async fn who_checks_in_is_there_before_their_next_page_is_asked_for() {
    let (app, made) = clinic(&[]).await;
    let clinic = &app.application.state().clinic;
    let patient = enter(&app, &made, 0).await;
    let before = clinic.now();
    while clinic.now() <= before {}
    press(&app, "/visit/check-in", &patient, CHECK_IN).await;
    // Who had not been seen since the process began would be away by then.
    clinic.look_for_absences(before.plus(std::time::Duration::from_secs(30))).await.unwrap();
    let visit = VisitId::try_from(made["visits"][0]["id"].as_str().unwrap().to_owned()).unwrap();
    assert_eq!(clinic.visit(visit).await.unwrap().unwrap().presence, Presence::Here);
}

#[tokio::test]
async fn the_demo_ends_when_the_clinic_is_set_up_also_while_the_server_runs() {
    let app = app(&[]).await;
    assert_eq!(app.get("/provider").await.status, StatusCode::OK);
    let data = app.directory.path().join("data").into_os_string();
    let words = ["owl", "setup", "--name", "Robin Vale", "--email", "robin@clinic.example"].map(Into::into);
    let task = Task::read(words, |name| match name {
        "DATA_DIR" => Some(data.clone()),
        "DATABASE_URL" => DATABASE_URL.with_borrow(|url| url.as_ref().map(Into::into)),
        _ => None,
    });
    let Task::SetUp(task) = task.unwrap() else { panic!("another task") };
    let printed = set_up(*task).await.unwrap();

    assert_eq!(leads_to(&app.get("/provider").await), "/login");
    assert_eq!(leads_to(&app.get("/patient").await), "/v");
    assert_eq!(app.get("/token?identity=patient").await.status, StatusCode::NOT_FOUND);

    let secret = printed.split_once("/welcome#").unwrap().1.trim();
    let short = app.send(post("/welcome", "", &format!("secret={secret}&password=short"))).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("secret={secret}&password=four+random+words+here");
    assert_eq!(leads_to(&app.send(post("/welcome", "", &form)).await), "/login");
    assert_eq!(
        app.send(post("/welcome", "", &form)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "once only"
    );
    let form = "email=robin%40clinic.example&password=four+random+words+here";
    assert_eq!(leads_to(&app.send(post("/login", "", form)).await), "/admin");
}

#[tokio::test]
async fn a_patient_cancels_with_one_more_question_and_the_clinic_knows() {
    let (app, made) = clinic(&[("CLINIC_PHONE", "+1 555 0199")]).await;
    let patient = enter(&app, &made, 1).await;
    let page = app.send(get("/visit", &patient)).await.body;
    let cancel = format!("/visit/cancel?seat={}", place(&app, &patient).await);
    assert!(page.contains(&format!("href=\"{cancel}\"")), "{page}");
    let asked = app.send(get(&cancel, &patient)).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("action=\"/visit/cancel\"") && asked.body.contains("href=\"/visit\""));
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("action=\"/visit/check-in\""), "asking alone cancels nothing");

    assert_eq!(leads_to(&press(&app, "/visit/cancel", &patient, "").await), "/visit");
    let page = app.send(get("/visit", &patient)).await.body;
    assert!(page.contains("You have cancelled this visit") && page.contains("tel:+15550199"), "{page}");
    assert_eq!(leads_to(&app.send(get(&cancel, &patient)).await), "/visit", "once is enough");
    assert_eq!(leads_to(&press(&app, "/visit/check-in", &patient, CHECK_IN).await), "/visit");
    assert!(app.send(get("/visit", &patient)).await.body.contains("You have cancelled this visit"));
    assert_eq!(leads_to(&app.send(get("/visit/cancel", "")).await), "/v?again");

    let other = enter(&app, &made, 3).await;
    press(&app, "/visit/check-in", &other, CHECK_IN).await;
    assert!(
        app.send(get("/visit", &other)).await.body.contains("href=\"/visit/cancel?seat="),
        "getting ready"
    );
    press(&app, "/visit/ready", &other, "").await;
    assert!(app.send(get("/visit", &other)).await.body.contains("href=\"/visit/cancel?seat="), "waiting");
    assert_eq!(leads_to(&press(&app, "/visit/cancel", &other, "").await), "/visit");
    assert!(app.send(get("/visit", &other)).await.body.contains("You have cancelled this visit"));
}

#[tokio::test]
async fn times_are_told_by_the_patients_clock_too() {
    let (app, made) = clinic(&[("CLINIC_TIME_ZONE", "America/Phoenix")]).await;
    let enter_from = async |zone: &str| {
        let form = format!("secret={}&zone={zone}", secret(&made, 1));
        let patient = cookie(&app.send(post("/v/enter", "", &form)).await);
        app.send(get("/visit", &patient)).await.body
    };
    let page = enter_from("Asia%2FTokyo").await;
    assert!(page.contains("(JST). At the clinic that is ") && page.contains("(MST)"), "{page}");
    let page = enter_from("America%2FPhoenix").await;
    assert!(page.contains("(MST)") && !page.contains("At the clinic"), "{page}");
    for unknown in ["", "Nowhere%2FLand", &"A".repeat(1000)] {
        assert!(enter_from(unknown).await.contains("(MST, the clinic\u{2019}s time)"), "{unknown}");
    }
}

/// A link of whoever has lost it, in both languages, with whom to call.
#[tokio::test]
async fn every_page_of_a_link_that_does_not_open_says_what_to_do_and_whom_to_call() {
    let (app, made) = clinic(&[("CLINIC_PHONE", "+1 555 0199"), ("EMERGENCY_NUMBER", "112")]).await;
    let wrong = app.send(post("/v/enter", "", "secret=00000000000000000000000000000000")).await;
    assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    let session = staff(&app).await;
    let visit = made["visits"][1]["id"].as_str().unwrap();
    app.send(post(&format!("/clinic/appointments/{visit}/revoke"), &session, "")).await;
    let revoked = app.send(post("/v/enter", "", &format!("secret={}", secret(&made, 1)))).await;
    assert_eq!(revoked.status, StatusCode::GONE);
    let lost = app.send(get("/v?again", "")).await;
    for page in [wrong, revoked, lost] {
        for part in [
            "role=\"alert\"",
            "lang=\"es\"",
            "tel:+15550199",
            "In an emergency call",
            "En una emergencia llame al",
            "tel:112",
        ] {
            assert!(page.body.contains(part), "{part} is missing: {}", page.body);
        }
    }
}

const CHECK_IN: &str = "location=1+Elm+Street&call_back=555-0100&consent=yes";

async fn staff(app: &TestApp) -> String {
    cookie(&app.send(post("/login", "", "email=okafor%40owl.example&password=owls+hunt+at+night")).await)
}

on_postgres_too! {
    a_patient_goes_from_the_link_to_the_waiting_room_by_forms_alone,
    the_code_beside_the_link_opens_the_same_visit_and_wrong_ones_are_slowed_down,
    a_second_device_takes_over_and_the_first_says_so,
    nothing_of_the_visit_is_told_before_the_patient_has_said_who_they_are,
    whoever_has_two_family_names_says_who_they_are_by_either,
    staff_log_in_and_out_and_cookies_are_kept_from_scripts_and_other_sites,
    a_failed_log_in_tells_nobody_whether_an_account_exists,
    a_session_that_was_there_before_a_log_in_is_worth_nothing_after_it,
    a_seat_that_was_there_before_a_link_was_used_is_worth_nothing_after_it,
    who_checks_in_is_there_before_their_next_page_is_asked_for,
    the_demo_ends_when_the_clinic_is_set_up_also_while_the_server_runs,
    a_patient_cancels_with_one_more_question_and_the_clinic_knows,
    times_are_told_by_the_patients_clock_too,
    every_page_of_a_link_that_does_not_open_says_what_to_do_and_whom_to_call,
}
