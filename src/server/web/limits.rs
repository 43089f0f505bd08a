//! What a single request may cost: time and bytes.

use super::problem::Problem;
use crate::server::finish::to_its_end;
use axum::{
    body::Body,
    extract::Request,
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Far more than any form or server function of ours sends.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Where a day's list is sent: 300 lines with a reason of 300 characters each, in any alphabet.
const MAX_LIST_BYTES: usize = 1024 * 1024;

/// Where that is. Both are behind a log-in, which is asked for before a body is read.
const LISTS: [&str; 2] = ["/clinic/import", A_LIST];

/// From the last header of a request to the first byte of its answer, a slow body included.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The same where a day's list is made: each of up to 300 codes is hashed slowly, which takes some seconds of all processors, and
/// more where they are busy. The list is made whole at the end, and its links could not be read again.
const MAX_TIME_OF_A_LIST: Duration = Duration::from_mins(5);

/// Where that is.
const A_LIST: &str = "/clinic/import/confirm";

/// Refuses large bodies with 413, in our own words unless whoever answers has said it in theirs.
pub async fn body_size(request: Request, next: Next) -> Response {
    let most = if LISTS.contains(&request.uri().path()) { MAX_LIST_BYTES } else { MAX_BODY_BYTES };
    let declared =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: usize| length > most) {
        return too_large(most);
    }
    // One that does not say its length is cut off while it is read. To some readers that is a fault like any other, of which
    // they make another answer: so it is noted here.
    let cut = Arc::new(AtomicBool::new(false));
    let note = Arc::clone(&cut);
    let request = request.map(|body| {
        Body::new(Limited::new(body, most).map_err(move |error| {
            note.fetch_or(error.is::<LengthLimitError>(), Ordering::Relaxed);
            error
        }))
    });
    let response = next.run(request).await;
    let refused = response.status() == StatusCode::PAYLOAD_TOO_LARGE;
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if (refused || cut.load(Ordering::Relaxed)) && !(refused && is_json) { too_large(most) } else { response }
}

fn too_large(most: usize) -> Response {
    let message = if most == MAX_LIST_BYTES {
        "This list is too large. Please send at most 1 MB."
    } else {
        "This is too large. Please send at most 64 kB."
    };
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message).into_response()
}

/// Answers what takes too long with 503. What was to change something goes on all the same, as it does when whoever asked hangs up.
pub async fn time(request: Request, next: Next) -> Response {
    let most = if request.uri().path() == A_LIST { MAX_TIME_OF_A_LIST } else { MAX_TIME };
    let is_safe = request.method().is_safe();
    let answer = next.run(request);
    let answer = async move { if is_safe { answer.await } else { to_its_end(answer).await } };
    tokio::time::timeout(most, answer).await.unwrap_or_else(|_| {
        let message = "This took too long. Please try again.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message).into_response()
    })
}
