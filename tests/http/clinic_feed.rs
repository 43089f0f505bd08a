//! The stream of staff: as its page reads it.

use super::{app::TestApp, clinic::get};
use axum::body::Body;
use http_body_util::BodyExt;
use owl_hospital::api::{clinic::QueueItem, wire};
use std::time::Duration;

/// A page that listens.
pub struct Listening {
    body: Body,
    text: String,
}

impl Listening {
    pub async fn to(app: &TestApp, cookie: &str, after: Option<u64>) -> Self {
        use tower::ServiceExt;
        let path = after.map_or_else(|| "/clinic/feed".to_owned(), |id| format!("/clinic/feed?after={id}"));
        let response = app.application.router().oneshot(get(&path, cookie)).await.unwrap();
        Self { body: response.into_body(), text: String::new() }
    }

    /// What comes next. None: the stream has ended.
    pub async fn next(&mut self) -> Option<QueueItem> {
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
    pub async fn until<T>(&mut self, is_it: impl Fn(&QueueItem) -> Option<T>) -> T {
        loop {
            let item = self.next().await.expect("the stream ends");
            if let Some(found) = is_it(&item) {
                return found;
            }
        }
    }

    /// Reads until the session is said to be over: nothing comes after that.
    pub async fn until_over(mut self) {
        self.until(|item| matches!(item, QueueItem::Over).then_some(())).await;
        assert_eq!(self.next().await, None, "something after the end");
    }
}
