//! A name for every request, so that a person's "it did not work" can be found in the log.
//!
//! It is always ours: one from outside could be made to look like another's, or hold anything.

use crate::server::random;
use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};

const HEADER: &str = "x-request-id";

/// The request's name: 16 hexadecimal digits.
#[derive(Clone)]
pub struct RequestId(pub String);

/// Names the request, for the log and, in a header, for the client.
pub async fn assign(mut request: Request, next: Next) -> Response {
    // Without randomness nothing else works either; the request then goes unnamed.
    let id = random::hex::<8>().unwrap_or_default();
    let header = HeaderValue::try_from(id.as_str());
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).await;
    if let Ok(header) = header {
        response.headers_mut().insert(HEADER, header);
    }
    response
}
