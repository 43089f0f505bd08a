//! Who calls, and what they are answered.

use crate::app::TestApp;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use owl_hospital::api::{
    clinic::{QueueItem, SeatItem},
    wire,
};
use std::{fmt, time::Duration};
use tower::ServiceExt;

/// Somebody who calls; what they show is in the world under their name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    pub letter: char,
    pub name: &'static str,
}

/// In the order of a row's answers. All but "nobody" show a session that is good.
pub const CALLERS: [Caller; 10] = [
    Caller { letter: 'N', name: "nobody" },
    Caller { letter: 'P', name: "the patient" },
    Caller { letter: 'Q', name: "another patient" },
    Caller { letter: 'G', name: "the guest" },
    Caller { letter: 'S', name: "the patient on the device of before" },
    Caller { letter: 'U', name: "who has the link and has not said who they are" },
    Caller { letter: 'D', name: "the provider" },
    Caller { letter: 'C', name: "a colleague" },
    Caller { letter: 'F', name: "the front desk" },
    Caller { letter: 'A', name: "the admin" },
];

/// Somebody whose session is none.
pub fn worthless(name: &'static str) -> Caller {
    Caller { letter: '-', name }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What somebody was answered.
#[derive(Debug)]
pub struct Outcome {
    /// The status, with where it leads; of a stream the first word.
    pub in_short: String,
    text: String,
    is_made: bool,
}

impl Outcome {
    /// Whether a text is in it: as it is, or as pages and streams carry data.
    pub fn tells(&self, secret: &str) -> bool {
        let digits: String = super::hexadecimal(secret.as_bytes());
        self.text.contains(secret) || self.text.contains(&digits)
    }

    /// What every answer has to have and this one has not: cookies are kept from scripts, other sites and plain http, and nothing
    /// that is made for one person is stored on the way.
    pub fn lacks(&self) -> Option<String> {
        let lines = self.text.lines().take_while(|line| !line.is_empty());
        for cookie in lines.filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let is_safe = cookie.starts_with("__Host-")
                && ["; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Lax"]
                    .iter()
                    .all(|flag| cookie.contains(flag))
                && !cookie.contains("Domain");
            if !is_safe {
                return Some(format!("a cookie with these flags: {cookie}"));
            }
        }
        let is_kept =
            !self.text.contains("cache-control: no-store") && !self.text.contains("cache-control: no-cache");
        (is_kept && self.is_made).then(|| "it may be stored on the way".to_owned())
    }

    /// The sentence for people, if it is short enough to be read here.
    pub fn said(&self) -> &str {
        let end = self.text.char_indices().nth(300).map_or(self.text.len(), |(end, _)| end);
        &self.text[..end]
    }
}

pub async fn outcome(app: &TestApp, request: Request<Body>) -> Outcome {
    let path = request.uri().path().to_owned();
    let response = app.application.router().oneshot(request).await.unwrap();
    let (parts, mut body) = response.into_parts();
    let is_made = parts.status.is_success() && parts.status != StatusCode::NO_CONTENT && is_for_one(&path);
    let headers = said_in(&parts.headers) + "\n";
    if parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
        // A stream never ends by itself: what it says first is the answer.
        let first = tokio::time::timeout(Duration::from_secs(10), body.frame()).await.expect("a first word");
        let text = String::from_utf8(first.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap();
        return Outcome { in_short: first_word(&text).to_owned(), text: headers + &text, is_made };
    }
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = headers + &String::from_utf8_lossy(&bytes);
    let in_short = match parts.headers.get(header::LOCATION) {
        Some(place) => format!("{} {}", parts.status.as_u16(), place.to_str().unwrap()),
        None => parts.status.as_u16().to_string(),
    };
    Outcome { in_short, text, is_made }
}

fn is_for_one(path: &str) -> bool {
    ["/v", "/visit", "/clinic", "/admin", "/account", "/api"].iter().any(|start| path.starts_with(start))
}

fn said_in(headers: &HeaderMap) -> String {
    let said = |(name, value): (&HeaderName, &HeaderValue)| {
        format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))
    };
    headers.iter().map(said).collect::<Vec<_>>().join("\n")
}

/// Both streams speak the same first words.
fn first_word(event: &str) -> &'static str {
    let data =
        event.lines().find_map(|line| line.strip_prefix("data: ").or_else(|| line.strip_prefix("data:")));
    let data = data.expect("data");
    match (wire::from_text::<SeatItem>(data), wire::from_text::<QueueItem>(data)) {
        (Some(SeatItem::Snapshot(_)), _) => "the visit",
        (_, Some(QueueItem::Snapshot(view))) if view.visits.is_empty() => "an empty queue",
        (_, Some(QueueItem::Snapshot(_))) => "the queue",
        (Some(SeatItem::Over), _) | (_, Some(QueueItem::Over)) => "over",
        _ => "something else",
    }
}
