//! Appointments by the front desk: one by one, and by a day's list.

use super::{
    app::{Answer, TestApp},
    clinic::{clinic, cookie, get, leads_to, post},
    fixtures::upload,
};
use axum::http::StatusCode;

pub use super::fixtures::log_in;

/// Half a day from now, far enough to check nobody in, near enough for two years.
fn soon() -> (String, u64) {
    let now = owl_hospital::server::clock::unix_seconds();
    let date = jiff::Timestamp::from_second(i64::try_from(now).unwrap() + 30 * 24 * 3600).unwrap();
    (date.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(), now)
}

/// The day on which they do in Berlin, next year.
fn clocks_go_back() -> String {
    let next_year = soon().0[..4].parse::<i16>().unwrap() + 1;
    let autumn = (25..=31).map(|day| format!("{next_year}-10-{day}"));
    let is_sunday =
        |day: &String| day.parse::<jiff::civil::Date>().unwrap().weekday() == jiff::civil::Weekday::Sunday;
    autumn.rev().find(is_sunday).unwrap()
}

async fn provider_id(app: &TestApp) -> String {
    let clinic = &app.application.state().clinic;
    clinic.providers().await.unwrap()[0].id.to_string()
}

fn code(answer: &Answer) -> String {
    let handed: Vec<&str> = answer.body.split("class=\"handed\">").skip(1).collect();
    handed[1].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_appointment_is_made_moved_and_called_off_and_its_patient_learns_of_it() {
    let (app, _) = clinic(&[]).await;
    let (desk, provider, (day, _)) = (log_in(&app, "desk").await, provider_id(&app).await, soon());
    let form = format!(
        "name=Rosa+Lind&birth_date=1970-02-03&provider={provider}&date={day}&time=09:30&minutes=20&reason=Knee&language=es&interpreter=yes"
    );
    let made = app.send(post("/clinic/appointments/new", &desk, &form)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    for part in ["Rosa Lind", "1970-02-03", "09:30", "Spanish", "an interpreter is wanted", "Expected"] {
        assert!(made.body.contains(part), "{part}: {}", made.body);
    }
    let page = app.send(get(&format!("/clinic/appointments?day={day}"), &desk)).await.body;
    let address = page.split("href=\"/clinic/appointments/").last().unwrap().split('"').next().unwrap();
    let address = format!("/clinic/appointments/{address}");
    assert!(page.contains("Rosa Lind") && page.contains("09:30"), "{page}");
    assert!(!app.send(get(&address, &desk)).await.body.contains("class=\"handed\""), "shown only once");

    let again = app.send(post("/clinic/appointments/new", &desk, &form)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a page that is sent twice makes one");
    assert!(again.body.contains("has this appointment already") && again.body.contains("value=\"Knee\""));

    let moved = app.send(post(&format!("{address}/move"), &desk, &format!("date={day}&time=16:45"))).await;
    assert!(moved.status == StatusCode::OK && moved.body.contains("16:45"), "{}", moved.body);
    let patient = app.send(post("/v/enter", "", &format!("code={}", code(&made)))).await;
    let patient = cookie(&patient);
    assert!(app.send(get("/visit", &patient)).await.body.contains("16:45"), "the link stays good");

    let unsure = app.send(post(&format!("{address}/cancel"), &desk, "")).await;
    assert!(unsure.body.contains("Expected"), "nothing happens by a slip");
    let off = app.send(post(&format!("{address}/cancel"), &desk, "sure=yes")).await;
    assert!(off.body.contains("Called off"), "{}", off.body);
    let over = app.send(post(&format!("{address}/move"), &desk, &format!("date={day}&time=17:00"))).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(over.body.contains("This visit is over"));
}

#[tokio::test]
async fn the_front_desk_gives_an_appointment_to_another_provider_until_the_patient_has_come() {
    let (app, made) = clinic(&[]).await;
    let desk = log_in(&app, "desk").await;
    let visit = &made["visits"][0];
    let address = format!("/clinic/appointments/{}", visit["id"].as_str().unwrap());
    let colleague =
        made["staff"].as_array().unwrap().iter().find(|staff| staff["name"] == "Dr. Nils Lindqvist");
    let form = format!("provider={}", colleague.unwrap()["id"].as_str().unwrap());
    let give = || post(&format!("{address}/give"), &desk, &form);
    let page = app.send(get(&address, &desk)).await.body;
    assert!(page.contains(&format!("action=\"{address}/give\"")) && page.contains("<dd>Dr. Ada Okafor</dd>"));
    let nobody = app.send(post(&format!("{address}/give"), &desk, "provider=nobody")).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);

    let given = app.send(give()).await;
    assert!(
        given.status == StatusCode::OK && given.body.contains("<dd>Dr. Nils Lindqvist</dd>"),
        "{}",
        given.body
    );
    let patient = super::fixtures::come_to_wait(&app, &made, 0).await;
    assert!(app.send(get("/visit", &patient)).await.body.contains("Lindqvist"), "by the link of before");
    let late = app.send(give()).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("has checked in already"), "{}", late.body);
    assert!(!late.body.contains(&format!("{address}/give")));
}

#[tokio::test]
async fn a_link_is_sent_again_and_taken_away() {
    let (app, made) = clinic(&[]).await;
    let desk = log_in(&app, "desk").await;
    let address = format!("/clinic/appointments/{}", made["visits"][0]["id"].as_str().unwrap());
    let link = app.send(post(&format!("{address}/link"), &desk, "")).await;
    let entered = app.send(post("/v/enter", "", &format!("code={}", code(&link)))).await;
    assert_eq!(leads_to(&entered), "/visit");
    app.send(post(&format!("{address}/revoke"), &desk, "")).await;
    assert_eq!(leads_to(&app.send(get("/visit", &cookie(&entered))).await), "/v?again");
    let gone = app.send(post("/v/enter", "", &format!("code={}", code(&link)))).await;
    assert_eq!(gone.status, StatusCode::GONE);
}

#[tokio::test]
async fn what_was_typed_wrong_is_said_and_nothing_is_typed_twice() {
    let (app, _) = clinic(&[("CLINIC_TIME_ZONE", "Europe/Berlin")]).await;
    let (desk, provider) = (log_in(&app, "desk").await, provider_id(&app).await);
    let back = clocks_go_back();
    for (field, value, told) in [
        ("birth_date", "2999-01-01", "birth date"),
        ("date", "2001-01-01", "This time is over"),
        ("time", "25:00", "time is missing or wrong"),
        ("minutes", "500", "from 1 to 480"),
        ("provider", "nobody", "no such provider"),
        ("time", "02:30", "comes twice"),
    ] {
        let fields = [
            ("name", "Rosa+Lind"),
            ("birth_date", "1970-02-03"),
            ("provider", &provider),
            ("date", &back),
            ("time", "09:30"),
            ("minutes", "15"),
        ];
        let form: Vec<String> = fields
            .iter()
            .map(|(name, old)| format!("{name}={}", if *name == field { value } else { old }))
            .collect();
        let answer = app.send(post("/clinic/appointments/new", &desk, &form.join("&"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            answer.body.contains(told) && answer.body.contains("value=\"Rosa Lind\""),
            "{field}: {}",
            answer.body
        );
        assert_eq!(answer.body.contains("name=\"which\""), told == "comes twice");
    }
    let form = format!(
        "name=Rosa+Lind&birth_date=1970-02-03&provider={provider}&date={back}&time=02:30&which=second"
    );
    let made = app.send(post("/clinic/appointments/new", &desk, &form)).await;
    assert!(made.body.contains("02:30 CET<"), "{}", made.body);
}

#[tokio::test]
async fn a_days_list_is_shown_before_anything_is_made() {
    let (app, _) = clinic(&[]).await;
    let (desk, (day, _)) = (log_in(&app, "desk").await, soon());
    let list = format!(
        "\u{feff}Name;Birth date;Provider;Date;Time;Language\r\n\
         Henry Adler;1941-11-02;Dr. Ada Okafor;{day};8:15;English\r\n\
         Nora Weiss;1990-01-01;lindqvist@owl.example;{day};2:30 pm;Spanish\r\n\
         Henry Adler;1941-11-02;Dr. Ada Okafor;{day};08:15;English\r\n\
         Short;line\r\n\
         Wrong Day;1990-01-01;Dr. Ada Okafor;30.03.2026;8:15;English\r\n"
    );
    let preview = app.send(upload("/clinic/import", &desk, &list)).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    for part in [
        "3</td>",
        "Make the 2 appointments",
        "stands in the list twice",
        "another number of columns",
        "as in 2026-11-23",
    ] {
        let text = preview.body.replace("<!>", "").replace("<!---->", "");
        assert!(text.contains(part), "{part}: {text}");
    }
    let of_day = || async { app.send(get(&format!("/clinic/appointments?day={day}"), &desk)).await.body };
    assert!(of_day().await.contains("Nobody has an appointment"), "nothing is made yet");

    let done = app.send(upload("/clinic/import/confirm", &desk, &list)).await;
    assert_eq!(done.body.matches("class=\"handed\"").count(), 4, "two links and two codes: {}", done.body);
    let page = of_day().await;
    assert!(page.contains("14:30") && page.contains("08:15"), "{page}");
    let again = app.send(upload("/clinic/import", &desk, &list)).await;
    assert_eq!(again.body.matches("has this appointment already").count(), 3, "{}", again.body);

    let patients = app.application.state().clinic.store().patients_born("1941-11-02").await.unwrap();
    assert_eq!(patients.len(), 1, "who is known already is not written down twice");
    let none = app.send(upload("/clinic/import", &desk, "name,date\n")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("birth date"), "{}", none.body);
}

/// Whatever will be made can be checked before.
#[tokio::test]
async fn a_lists_preview_shows_all_that_was_understood() {
    let (app, _) = clinic(&[]).await;
    let (desk, (day, _)) = (log_in(&app, "desk").await, soon());
    let list = format!(
        "Name,Birth date,Provider,Date,Time,Minutes,Reason,Language,Interpreter\n\
         Nora Weiss,1990-07-04,lindqvist@owl.example,{day},2:30 pm,45,Blood  pressure,es,x\n\
         Henry Adler,1941-11-02,Dr. Ada Okafor,{day},8:15,,,,\n\
         Wrong Length,1990-08-05,Dr. Ada Okafor,{day},8:15,ages,Cough,Klingon,maybe\n"
    );
    let preview = app.send(upload("/clinic/import", &desk, &list)).await.body;
    let rows: Vec<&str> = preview.split("<tr").skip(2).collect();
    let right = format!("{day} 14:30");
    for (row, parts) in [
        (rows[0], &[&*right, "45<", "1990-07-04", "Lindqvist", ">Blood pressure<", "Spanish", "yes<"][..]),
        (rows[1], &["08:15", "15<", "1941-11-02", "English", "no<"]),
        (rows[2], &["ages", "1990-08-05", "Cough", "Klingon", "maybe", "This language is not known"]),
    ] {
        for part in parts {
            assert!(row.contains(part), "{part}: {row}");
        }
    }
}

/// On the night when clocks go back.
#[tokio::test]
async fn a_list_can_say_which_of_two_hours_is_meant() {
    let (app, _) = clinic(&[("CLINIC_TIME_ZONE", "Europe/Berlin")]).await;
    let (desk, back) = (log_in(&app, "desk").await, clocks_go_back());
    let list = |which: &str| {
        format!(
            "Name,Birth date,Provider,Date,Time,Which\nNora Weiss,1990-07-04,Dr. Ada Okafor,{back},02:30,{which}\n"
        )
    };
    let read = async |which: &str| app.send(upload("/clinic/import", &desk, &list(which))).await.body;
    for (which, understood) in [("first", "02:30 CEST"), ("Second", "02:30 CET<")] {
        let preview = read(which).await;
        assert!(preview.contains(understood) && preview.contains(">Right<"), "{preview}");
    }
    assert!(read("").await.contains("first or second"));
    let done = app.send(upload("/clinic/import/confirm", &desk, &list("second"))).await.body;
    assert!(done.contains("02:30 CET<") && done.contains("class=\"handed\""), "{done}");
}

/// As long as it may be, in an alphabet whose letters take two bytes, and shown once more with the list in it.
#[tokio::test]
async fn the_longest_list_there_may_be_is_read() {
    let (app, _) = clinic(&[]).await;
    let (desk, (day, _)) = (log_in(&app, "desk").await, soon());
    let reason = "ж".repeat(300);
    let line = |number| format!("Patient {number},1990-07-04,Dr. Ada Okafor,{day},08:15,{reason}\n");
    let lines: String = (0..300).map(line).collect();
    let list = format!("Name,Birth date,Provider,Date,Time,Reason\n{lines}");
    for path in ["/clinic/import", "/clinic/import/confirm"] {
        // It ends in a line that cannot be understood as a list, so that nothing is made of it in the second one.
        let list =
            if path.ends_with("confirm") { format!("{list}{line}", line = line(300)) } else { list.clone() };
        let read = app.send(upload(path, &desk, &list)).await;
        let text = read.body.replace("<!>", "").replace("<!---->", "");
        let expected =
            if path.ends_with("confirm") { "at most 300 appointments" } else { "Make the 300 appointments" };
        assert!(text.contains(expected), "{path}: {}", read.status);
    }
    let endless = upload("/clinic/import", &desk, &"x".repeat(1_100_000));
    assert_eq!(app.send(endless).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let elsewhere = post("/clinic/appointments/new", &desk, &"x".repeat(70_000));
    assert_eq!(app.send(elsewhere).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn appointments_are_for_who_looks_after_patients() {
    let (app, _) = clinic(&[]).await;
    let (admin, provider) = (log_in(&app, "admin").await, log_in(&app, "okafor").await);
    for path in ["/clinic/appointments", "/clinic/appointments/new", "/clinic/import"] {
        assert_eq!(leads_to(&app.send(get(path, "")).await), "/login", "{path}");
        assert_eq!(app.send(get(path, &admin)).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(app.send(get(path, &provider)).await.status, StatusCode::OK, "{path}");
    }
    let nowhere = app.send(get("/clinic/appointments/0123", &provider)).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

super::on_postgres::on_postgres_too! {
    an_appointment_is_made_moved_and_called_off_and_its_patient_learns_of_it,
    a_link_is_sent_again_and_taken_away,
    the_front_desk_gives_an_appointment_to_another_provider_until_the_patient_has_come,
    what_was_typed_wrong_is_said_and_nothing_is_typed_twice,
    a_days_list_is_shown_before_anything_is_made,
    a_list_can_say_which_of_two_hours_is_meant,
    appointments_are_for_who_looks_after_patients,
}
