//! What a server function answers when it cannot do what it was asked.

use leptos::server_fn::{
    codec::PostcardEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// A refusal or failure, with a stable code for programs and a sentence for people. The sentence never holds anything
/// that came from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What kind of thing went wrong.
    pub code: ErrorCode,
    /// What happened and what to do, in plain words.
    pub message: String,
}

/// The kinds of refusals and failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The request makes no sense. Trying again does not help.
    BadRequest,
    /// There is no such thing here, or not for this caller.
    NotFound,
    /// The rules are against it, or somebody was quicker. The message says why; trying again does not help by itself.
    Refused,
    /// The session is over, or there never was one.
    NoSession,
    /// Another visit was opened in this browser since the page was made: what it asks for would be done to that one.
    AnotherVisit,
    /// The server could not be reached, or did not answer. Trying again may help.
    Unreachable,
    /// The server had trouble of its own. Trying again may help.
    Internal,
}

impl ApiError {
    /// Makes an error.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::new(ErrorCode::BadRequest, "The server did not understand this page. Please reload it.")
            }
            // An answer that is not ours comes from something in between: a proxy, a captive portal, a restart.
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Deserialization(_) => {
                Self::new(ErrorCode::Unreachable, "We cannot reach the server. Please check your connection.")
            }
            _ => Self::new(ErrorCode::Internal, "The server had a problem. Please try again."),
        }
    }
}
