//! HTTP Basic with the API key's SID as the name and its secret as the password.

use super::{Desk, Problem};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use crate::tokens::Credentials;

pub(super) async fn only_with_key(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if is_known(request.headers(), &desk.server.shared.terms.credentials) {
        return next.run(request).await;
    }
    let mut response = Problem::Unauthorized.into_response();
    let challenge = HeaderValue::from_static("Basic realm=\"Room server\", charset=\"UTF-8\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    response
}

/// How long it takes says nothing of how much is right.
fn is_known(headers: &HeaderMap, credentials: &Credentials) -> bool {
    let Some((name, password)) = read(headers) else { return false };
    let is_name = name.as_bytes().ct_eq(credentials.key_sid.as_bytes());
    let is_password = password.as_bytes().ct_eq(credentials.key_secret.expose_secret().as_bytes());
    (is_name & is_password).into()
}

fn read(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
