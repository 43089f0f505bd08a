//! `GET /token?identity=NAME`, as in the tutorial: `{"identity": …, "token": …}`.

use super::{not_found::not_found, problem::Problem};
use crate::{
    domain::{Identity, IdentityError},
    server::{AppState, DemoPass, visits::demo},
};
use axum::{
    Extension, Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    identity: String,
}

pub async fn token(
    State(state): State<Arc<AppState>>,
    pass: Option<Extension<DemoPass>>,
    wish: Result<Query<Wish>, QueryRejection>,
    request: Request,
) -> Response {
    let Some(Extension(pass)) = pass else { return not_found(&state, request).await };
    let identity = match wish.map(|Query(wish)| Identity::parse(&wish.identity)) {
        Ok(Ok(identity)) => identity,
        Ok(Err(error)) => return refusal(error).into_response(),
        Err(_) => return refusal(IdentityError::IllFormed).into_response(),
    };
    match demo::token(&state, pass, &identity) {
        Ok(token) => {
            let no_store = [(CACHE_CONTROL, HeaderValue::from_static("no-store"))];
            (no_store, Json(json!({ "identity": identity, "token": token }))).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "no token");
            let message = "The server cannot make access tokens. Please tell whoever runs it.";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "no_token", message).into_response()
        }
    }
}

fn refusal(error: IdentityError) -> Problem {
    let (code, message) = match error {
        IdentityError::Empty => ("identity_missing", "Say who you are: /token?identity=patient"),
        IdentityError::TooLong => ("identity_too_long", "An identity has at most 128 characters."),
        IdentityError::IllFormed => {
            ("identity_ill_formed", "An identity is made of letters, digits, '-', '_' and '.' only.")
        }
    };
    Problem::new(StatusCode::BAD_REQUEST, code, message)
}
