//! Guessing at links, codes and passwords.

use super::{
    app::{Answer, TestApp, from, with},
    fixtures::{clinic, enter, get, leads_to, log_in, place, post, secret},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::future::join_all;
use http_body_util::BodyExt;
use sqlx::Row;
use std::time::{Duration, Instant};
use tower::ServiceExt;

const RIGHT: &str = "email=okafor%40owl.example&password=owls+hunt+at+night";
const WRONG: &str = "email=okafor%40owl.example&password=not+the+password";

/// As if the last failure were so much longer ago.
async fn pass(app: &TestApp, time: Duration) {
    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    let by = i64::try_from(time.as_millis()).unwrap();
    let aged =
        sqlx::query("UPDATE throttle SET last_at = last_at - $1").bind(by).execute(tx.connection()).await;
    assert!(aged.unwrap().rows_affected() > 0, "there was a failure");
    tx.commit().await.unwrap();
}

/// Five mistakes are free; each after that costs twice as much as the one before, up to a quarter of an hour.
async fn expect_steps(app: &TestApp, wrong: impl Fn() -> Request<Body>, refused: StatusCode) {
    for attempt in 1..=6 {
        let tried = app.send(wrong()).await;
        assert_eq!(tried.status, refused, "attempt {attempt}");
        assert!(!tried.body.contains("too many wrong"), "attempt {attempt}");
    }
    let is_slowed = |answer: Answer| {
        answer.body.contains("too many wrong") || answer.status == StatusCode::TOO_MANY_REQUESTS
    };
    for seconds in [30, 60, 120, 240, 480, 900, 900] {
        assert!(is_slowed(app.send(wrong()).await));
        // Less than a second of it passes by itself, or some seconds where the machine is busy.
        pass(app, Duration::from_secs(seconds - 10)).await;
        assert!(is_slowed(app.send(wrong()).await), "{seconds} s are not over");
        pass(app, Duration::from_secs(10)).await;
        let tried = app.send(wrong()).await;
        assert!(tried.status == refused && !is_slowed(tried), "{seconds} s are over");
    }
}

#[tokio::test]
async fn passwords_are_guessed_ever_more_slowly() {
    let (app, _) = clinic(&[]).await;
    expect_steps(&app, || post("/login", "", WRONG), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(
        app.send(post("/login", "", RIGHT)).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "also the right one"
    );
    pass(&app, Duration::from_mins(15)).await;
    assert_eq!(leads_to(&app.send(post("/login", "", RIGHT)).await), "/clinic");
    assert_eq!(
        app.send(post("/login", "", WRONG)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "and all is forgotten"
    );
}

const HOME: &str = "[2001:db8:1:2:3:4:5:6]:50000";
const SAME_HOME: &str = "[2001:db8:1:2:ffff::1]:50000";
const ELSEWHERE: &str = "[2001:db8:1:3::1]:50000";
const NO_CODE: &str = "code=00000-00000";

/// Tries to come in from an address.
async fn enter_from(app: &TestApp, peer: &str, form: &str) -> StatusCode {
    app.send(from(peer, post("/v/enter", "", form))).await.status
}

#[tokio::test]
async fn codes_are_guessed_ever_more_slowly_by_a_network_and_by_nobody_else() {
    let (app, made) = clinic(&[]).await;
    expect_steps(&app, || from(HOME, post("/v/enter", "", NO_CODE)), StatusCode::NOT_FOUND).await;
    assert_eq!(enter_from(&app, SAME_HOME, NO_CODE).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(enter_from(&app, ELSEWHERE, NO_CODE).await, StatusCode::NOT_FOUND);
    let right = format!("code={}", made["visits"][0]["code"].as_str().unwrap());
    assert_eq!(enter_from(&app, HOME, &right).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(enter_from(&app, ELSEWHERE, &right).await, StatusCode::SEE_OTHER);
    pass(&app, Duration::from_mins(15)).await;
    assert_eq!(enter_from(&app, HOME, &right).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_code_that_somebody_has_buys_no_guesses_at_others() {
    let (app, made) = clinic(&[]).await;
    let code = |visit: usize| format!("code={}", made["visits"][visit]["code"].as_str().unwrap());
    let desk = log_in(&app, "desk").await;
    let revoke = format!("/clinic/appointments/{}/revoke", made["visits"][1]["id"].as_str().unwrap());
    assert_eq!(app.send(post(&revoke, &desk, "")).await.status, StatusCode::OK);
    for attempt in 1..=6 {
        assert_eq!(enter_from(&app, HOME, NO_CODE).await, StatusCode::NOT_FOUND, "attempt {attempt}");
        if attempt < 6 {
            assert_eq!(enter_from(&app, HOME, &code(0)).await, StatusCode::SEE_OTHER, "costs nothing either");
            assert_eq!(enter_from(&app, HOME, &code(1)).await, StatusCode::GONE);
        }
    }
    for form in [NO_CODE, &code(0), &code(1)] {
        assert_eq!(enter_from(&app, HOME, form).await, StatusCode::TOO_MANY_REQUESTS);
    }
    // Whoever comes once the wait is over makes nobody behind them wait anew.
    pass(&app, Duration::from_secs(30)).await;
    for _ in 0..3 {
        assert_eq!(enter_from(&app, HOME, &code(0)).await, StatusCode::SEE_OTHER);
    }
    // Each half hour one mistake less counts: of the six four are left.
    pass(&app, Duration::from_hours(1)).await;
    for expected in [StatusCode::NOT_FOUND, StatusCode::NOT_FOUND, StatusCode::TOO_MANY_REQUESTS] {
        assert_eq!(enter_from(&app, HOME, NO_CODE).await, expected);
    }
}

#[tokio::test]
async fn where_addresses_cannot_be_told_six_mistakes_lock_nobody_out_and_a_thousand_nobody_with_a_link() {
    const HERE: &str = "127.0.0.1:50000";
    let (app, made) = clinic(&[]).await;
    let code = format!("code={}", made["visits"][0]["code"].as_str().unwrap());
    for _ in 0..8 {
        assert_eq!(enter_from(&app, HERE, NO_CODE).await, StatusCode::NOT_FOUND);
    }
    assert_eq!(enter_from(&app, HERE, &code).await, StatusCode::SEE_OTHER);

    let state = app.application.state();
    let mut tx = state.clinic.store().begin().await.unwrap();
    sqlx::query("UPDATE throttle SET failures = 1000").execute(tx.connection()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(enter_from(&app, HERE, NO_CODE).await, StatusCode::NOT_FOUND, "the last one");
    // An undeclared proxy, or somebody who pretends to be one, is among them.
    let proxy = || with(from(HOME, post("/v/enter", "", &code)), "x-forwarded-for", "203.0.113.9");
    assert_eq!(enter_from(&app, HERE, &code).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(app.send(proxy()).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(enter_from(&app, HOME, &code).await, StatusCode::SEE_OTHER, "whose address is known");
    let link = format!("secret={}", secret(&made, 0));
    assert_eq!(enter_from(&app, HERE, &link).await, StatusCode::SEE_OTHER);
    pass(&app, Duration::from_secs(10)).await;
    assert_eq!(app.send(proxy()).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_tries_without_end_fills_no_disk_and_keeps_nobody_out() {
    let (app, made) = clinic(&[]).await;
    let state = app.application.state();
    let lines = async || state.clinic.store().audit_head().await.unwrap().last;
    let before = lines().await;
    let (mut refused, mut slowed) = (0, 0);
    for attempt in 0..100 {
        // Links that are none, codes that are none, and nothing at all.
        let form = ["secret=00000000000000000000000000000000", "code=7", "zone=UTC"][attempt % 3];
        match enter_from(&app, HOME, form).await {
            StatusCode::NOT_FOUND => refused += 1,
            StatusCode::TOO_MANY_REQUESTS => slowed += 1,
            other => panic!("{other}"),
        }
    }
    assert!(refused >= 60 && slowed > 0, "{refused} {slowed}");
    assert!(lines().await - before <= refused, "what is not answered is not written down");
    assert_eq!(enter_from(&app, ELSEWHERE, "code=7").await, StatusCode::NOT_FOUND);
    for _ in 0..20 {
        let link = format!("secret={}", secret(&made, 0));
        assert_eq!(enter_from(&app, HOME, &link).await, StatusCode::SEE_OTHER, "a good link always opens");
    }
}

#[tokio::test]
async fn who_tries_passwords_without_end_fills_no_disk_either_and_who_is_right_comes_in() {
    let (app, _) = clinic(&[]).await;
    let lines = async || app.application.state().clinic.store().audit_head().await.unwrap().last;
    let tries = async |peer: &str, path: &str, form: &str| app.send(from(peer, post(path, "", form))).await;
    let before = lines().await;
    #[expect(clippy::disallowed_methods, reason = "one line each ten seconds may come on top")]
    let began = Instant::now();
    for attempt in 0..80 {
        // An account that is none has as many tries as any other: this takes ever another one.
        let (path, form) = if attempt % 8 == 0 {
            ("/login", format!("email=nobody{attempt}%40owl.example&password=not+the+password"))
        } else {
            ("/welcome", format!("secret={attempt}&password=four+random+words+here"))
        };
        assert_eq!(tries(HOME, path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let written = lines().await - before;
    let since = i64::try_from(began.elapsed().as_secs() / 10).unwrap() + 1;
    assert!((60..=60 + since).contains(&written), "{written}");

    let before = lines().await;
    assert_eq!(tries(ELSEWHERE, "/login", WRONG).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lines().await, before + 1, "from elsewhere each is written");
    assert_eq!(leads_to(&tries(HOME, "/login", RIGHT).await), "/clinic");
    assert_eq!(lines().await, before + 2, "and who comes in");
}

#[tokio::test]
async fn an_old_password_and_a_birth_date_are_guessed_as_slowly() {
    let (app, made) = clinic(&[("CONFIRM_IDENTITY", "birth-date")]).await;
    let provider = log_in(&app, "okafor").await;
    let wrong = "old=not+the+password&new=four+random+words+here";
    expect_steps(&app, || post("/account/password", &provider, wrong), StatusCode::UNPROCESSABLE_ENTITY)
        .await;

    let (first, second) = (enter(&app, &made, 0).await, enter(&app, &made, 0).await);
    let wrong = format!("seat={}&said=1900-01-01", place(&app, &first).await);
    let turns = std::cell::Cell::new(false);
    // By the place and not by the browser: a fresh cookie is no fresh start.
    let wrong = || {
        turns.set(!turns.get());
        post("/visit/confirm", if turns.get() { &first } else { &second }, &wrong)
    };
    expect_steps(&app, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
}

#[tokio::test]
async fn who_guesses_many_at_once_gets_no_more_guesses() {
    let (app, _) = clinic(&[]).await;
    for (path, form, refused) in
        [("/login", WRONG, StatusCode::UNPROCESSABLE_ENTITY), ("/v/enter", NO_CODE, StatusCode::NOT_FOUND)]
    {
        let answers = join_all((0..24).map(|_| app.send(from(HOME, post(path, "", form))))).await;
        let tried = answers.iter().filter(|answer| answer.status == refused).count();
        let slowed = answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).count();
        assert_eq!((tried, slowed), (6, 18), "{path}");
    }
}

#[tokio::test]
async fn a_flood_of_log_ins_is_bounded_and_the_clinic_goes_on() {
    let (app, made) = clinic(&[]).await;
    let desk = log_in(&app, "desk").await;
    // Each from elsewhere, at another address, so that no throttle slows it down. Each is a task of its own, as with a server.
    let flood: Vec<_> = (0..200)
        .map(|number| {
            let form = format!("email=nobody{number}%40owl.example&password=not+the+password");
            let (path, form) =
                if number % 2 == 0 { ("/login", form.as_str()) } else { ("/v/enter", NO_CODE) };
            let request = from(&format!("203.0.113.{number}:50000"), post(path, "", form));
            let router = app.application.router();
            tokio::spawn(async move {
                let response = router.oneshot(request).await.unwrap();
                let status = response.status();
                let body = response.into_body().collect().await.unwrap().to_bytes();
                (path, status, String::from_utf8_lossy(&body).into_owned())
            })
        })
        .collect();
    let link = format!("secret={}", secret(&made, 0));
    assert_eq!(enter_from(&app, ELSEWHERE, &link).await, StatusCode::SEE_OTHER);
    assert_eq!(app.send(get("/clinic/appointments", &desk)).await.status, StatusCode::OK);
    let answers: Vec<_> = join_all(flood).await.into_iter().map(Result::unwrap).collect();
    let (busy, tried): (Vec<_>, Vec<_>) =
        answers.iter().partition(|(_, status, _)| *status == StatusCode::SERVICE_UNAVAILABLE);
    assert!(tried.len() >= 64 && busy.len() >= 20, "{} were tried", tried.len());
    for (path, _, body) in busy {
        let words = if *path == "/login" { "very busy just now" } else { "dentro de un momento" };
        assert!(body.contains(words) && body.contains("try again in a moment"), "{path}: {body}");
    }
    let pool = app.application.state().clinic.store().pool().clone();
    let row = sqlx::query("SELECT COUNT(*) FROM throttle").fetch_one(&pool).await.unwrap();
    assert_eq!(usize::try_from(row.get::<i64, _>(0)).unwrap(), tried.len(), "the others cost no write");
    assert_eq!(leads_to(&app.send(from(HOME, post("/login", "", RIGHT))).await), "/clinic");
}

#[tokio::test]
async fn a_log_in_takes_as_long_for_who_does_not_exist() {
    let (app, made) = clinic(&[]).await;
    let state = app.application.state();
    let desk = made["staff"][3]["id"].as_str().unwrap();
    let mut tx = state.clinic.store().begin().await.unwrap();
    sqlx::query("UPDATE staff SET disabled = 1 WHERE id = $1")
        .bind(desk)
        .execute(tx.connection())
        .await
        .unwrap();
    sqlx::query("DELETE FROM staff_passwords WHERE staff = $1")
        .bind(made["staff"][2]["id"].as_str().unwrap())
        .execute(tx.connection())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    // The quickest of several, by turns, so that it hardly matters what else the machine does.
    let who = ["okafor", "nobody", "desk", "lindqvist"];
    let mut quickest = [Duration::MAX; 4];
    for _ in 0..6 {
        for (name, quickest) in who.iter().zip(&mut quickest) {
            let form = format!("email={name}%40owl.example&password=not+the+password");
            #[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
            let begun = Instant::now();
            assert_eq!(app.send(post("/login", "", &form)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
            *quickest = begun.elapsed().min(*quickest);
        }
    }
    let (least, most) = (quickest.iter().min().unwrap(), quickest.iter().max().unwrap());
    assert!(*most < *least * 3, "{who:?} {quickest:?}");
}

#[tokio::test]
async fn a_link_that_is_nearly_right_is_as_unknown_as_any() {
    let (app, made) = clinic(&[]).await;
    let right = secret(&made, 0);
    let last = if right.ends_with('0') { "1" } else { "0" };
    let main = |body: &str| {
        let main = body.split("<main").nth(1).unwrap().split("</main").next().unwrap();
        // A nonce is another one each time.
        main.split(" nonce=\"")
            .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
            .collect::<String>()
    };
    let mut told = Vec::new();
    for wrong in [
        format!("{}{last}", &right[..31]),
        right[..31].to_owned(),
        format!("{right}0"),
        "%25".to_owned(),
        "x".repeat(60_000),
    ] {
        let answer = app.send(post("/v/enter", "", &format!("secret={wrong}"))).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong:.40}");
        assert!(answer.headers.get("set-cookie").is_none());
        told.push(main(&answer.body));
    }
    for words in &told {
        assert_eq!(*words, told[0]);
    }
}

super::on_postgres::on_postgres_too! {
    passwords_are_guessed_ever_more_slowly,
    codes_are_guessed_ever_more_slowly_by_a_network_and_by_nobody_else,
    a_code_that_somebody_has_buys_no_guesses_at_others,
    where_addresses_cannot_be_told_six_mistakes_lock_nobody_out_and_a_thousand_nobody_with_a_link,
    who_tries_without_end_fills_no_disk_and_keeps_nobody_out,
    who_tries_passwords_without_end_fills_no_disk_either_and_who_is_right_comes_in,
    an_old_password_and_a_birth_date_are_guessed_as_slowly,
    who_guesses_many_at_once_gets_no_more_guesses,
    a_flood_of_log_ins_is_bounded_and_the_clinic_goes_on,
}
