//! The streams of staff and of patients, as their pages read them.

use super::{
    app::{TestApp, with},
    clinic::{clinic, get},
    clinic_appointments::log_in,
    fixtures::{come_to_wait, place, press},
    on_postgres::on_postgres_too,
};
use axum::{body::Body, http::Request};
use http_body_util::BodyExt;
use owl_hospital::api::{
    clinic::{QueueItem, SeatItem},
    wire,
};
use serde::de::DeserializeOwned;
use std::{marker::PhantomData, time::Duration};

/// A page that listens.
pub struct Listening<T> {
    body: Body,
    text: String,
    items: PhantomData<T>,
}

impl Listening<QueueItem> {
    pub async fn to(app: &TestApp, cookie: &str, after: Option<u64>) -> Self {
        let path = after.map_or_else(|| "/clinic/feed".to_owned(), |id| format!("/clinic/feed?after={id}"));
        Self::open(app, &path, cookie).await
    }

    /// Reads until the session is said to be over: nothing comes after that.
    pub async fn until_over(mut self) {
        self.until(|item| matches!(item, QueueItem::Over).then_some(())).await;
        assert_eq!(self.next().await, None, "something after the end");
    }
}

impl Listening<SeatItem> {
    pub async fn to_visit(app: &TestApp, cookie: &str) -> Self {
        let seat = place(app, cookie).await;
        Self::open(app, &format!("/visit/feed?seat={seat}"), cookie).await
    }
}

impl<T: DeserializeOwned> Listening<T> {
    pub async fn open(app: &TestApp, path: &str, cookie: &str) -> Self {
        Self::ask(app, get(path, cookie)).await
    }

    async fn ask(app: &TestApp, request: Request<Body>) -> Self {
        use tower::ServiceExt;
        let response = app.application.router().oneshot(request).await.unwrap();
        Self { body: response.into_body(), text: String::new(), items: PhantomData }
    }

    /// What comes next. None: the stream has ended.
    pub async fn next(&mut self) -> Option<T> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                // What only says that the stream lives is for the browser.
                let is_item = !message.lines().any(|line| line.starts_with("event:"));
                let message = if is_item { message } else { "" };
                let data = message.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.text = String::from(rest);
                match data {
                    Some(data) => return Some(wire::from_text(&data).expect("an item")),
                    None => continue,
                }
            }
            let frame = tokio::time::timeout(Duration::from_secs(20), self.body.frame());
            let frame = frame.await.expect("nothing comes, and the stream does not end")?;
            self.text.push_str(std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap());
        }
    }

    /// The first item that is like that; others may come before it.
    pub async fn until<U>(&mut self, is_it: impl Fn(&T) -> Option<U>) -> U {
        loop {
            let item = self.next().await.expect("the stream ends");
            if let Some(found) = is_it(&item) {
                return found;
            }
        }
    }
}

impl Listening<QueueItem> {
    /// As a browser does whose own stream was interrupted.
    async fn again(app: &TestApp, cookie: &str, last: &str) -> Self {
        Self::ask(app, with(get("/clinic/feed", cookie), "last-event-id", last)).await
    }
}

#[tokio::test]
async fn a_stream_with_nothing_to_say_says_so_in_an_event_that_a_page_can_hear() {
    let (app, made) = clinic(&[]).await;
    let patient = come_to_wait(&app, &made, 0).await;
    let mut stream = Listening::to_visit(&app, &patient).await;
    assert!(matches!(stream.next().await, Some(SeatItem::Snapshot(_))));
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    let said = loop {
        let frame = stream.body.frame().await.unwrap().unwrap().into_data().unwrap();
        if !frame.starts_with(b"data:") {
            break frame;
        }
    };
    assert_eq!(said, "event: beat\ndata: 1\n\n");
    assert!(began.elapsed() <= Duration::from_secs(30), "a page waits for 40 s");
}

fn event(item: &QueueItem) -> Option<u64> {
    match item {
        QueueItem::Event(_, event) => Some(event.seq),
        _ => None,
    }
}

/// The next events, by their places in their visit's log.
async fn events(stream: &mut Listening<QueueItem>, count: usize) -> Vec<u64> {
    let mut seen = Vec::new();
    while seen.len() < count {
        seen.push(stream.until(event).await);
    }
    seen
}

#[tokio::test]
async fn a_stream_goes_on_after_what_its_page_knows_and_begins_anew_where_it_cannot() {
    let (app, made) = clinic(&[]).await;
    let okafor = log_in(&app, "okafor").await;
    let mut first = Listening::to(&app, &okafor, None).await;
    let Some(QueueItem::Snapshot(view)) = first.next().await else { panic!("no snapshot") };
    // Who checks in comes as a whole entry; what happens then as events.
    let patient = come_to_wait(&app, &made, 2).await;
    press(&app, "/visit/leave", &patient, "").await;
    let happened = events(&mut first, 2).await;

    let last = view.last.to_string();
    let mut again = Listening::again(&app, &okafor, &last).await;
    assert!(matches!(again.next().await, Some(QueueItem::Build(_))), "no snapshot");
    assert_eq!(events(&mut again, 2).await, happened, "nothing missed, nothing twice");
    // The browser goes on from what it heard last, whatever the address of its stream says.
    let path = format!("/clinic/feed?after={last}");
    let later = (view.last + 2).to_string();
    let mut later =
        Listening::<QueueItem>::ask(&app, with(get(&path, &okafor), "last-event-id", &later)).await;
    assert_eq!(events(&mut later, 1).await, happened[1..]);

    // What was never said, or no number at all: everything anew.
    for unknown in [u64::MAX.to_string(), (view.last + 1_000).to_string(), "none".to_owned()] {
        let mut anew = Listening::again(&app, &okafor, &unknown).await;
        assert!(matches!(anew.next().await, Some(QueueItem::Snapshot(_))), "{unknown}");
    }
}

#[tokio::test]
async fn where_the_clinic_does_not_show_the_place_neither_page_nor_stream_tells_it() {
    for (setting, told) in [("on", Some(0)), ("off", None)] {
        let (app, made) = clinic(&[("SHOW_PLACE", setting)]).await;
        let patient = come_to_wait(&app, &made, 0).await;
        let mut stream = Listening::to_visit(&app, &patient).await;
        let facts = stream.until(|item| match item {
            SeatItem::Snapshot(view) => Some(view.facts.clone()),
            _ => None,
        });
        assert_eq!(facts.await.before, told);
        let page = app.send(get("/visit", &patient)).await.body;
        assert_eq!(page.contains("Usted es el siguiente"), told.is_some(), "{page}");
    }
}

on_postgres_too! {
    a_stream_with_nothing_to_say_says_so_in_an_event_that_a_page_can_hear,
    a_stream_goes_on_after_what_its_page_knows_and_begins_anew_where_it_cannot,
}
