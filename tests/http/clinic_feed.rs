//! The streams of staff and of patients, as their pages read them.

use super::{app::TestApp, clinic::get};
use axum::body::Body;
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
        Self::open(app, "/visit/feed", cookie).await
    }
}

impl<T: DeserializeOwned> Listening<T> {
    async fn open(app: &TestApp, path: &str, cookie: &str) -> Self {
        use tower::ServiceExt;
        let response = app.application.router().oneshot(get(path, cookie)).await.unwrap();
        Self { body: response.into_body(), text: String::new(), items: PhantomData }
    }

    /// What comes next. None: the stream has ended.
    pub async fn next(&mut self) -> Option<T> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
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
