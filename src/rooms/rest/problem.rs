//! Errors as Twilio's REST API tells them.
//!
//! Source: <https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions>, and
//! <https://www.twilio.com/docs/api/errors> for the codes.

use crate::rooms::{core::CreateError, order::OrderError};
use axum::{
    Json,
    extract::rejection::FormRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Why a request is not fulfilled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// No key, or a wrong one.
    #[error("Authenticate")]
    Unauthorized,
    /// There is nothing of that name or SID.
    #[error("The requested resource was not found")]
    NotFound,
    /// Not with this method.
    #[error("Method not allowed")]
    MethodNotAllowed,
    /// The form or the query cannot be read.
    #[error("Invalid parameters")]
    Unreadable,
    /// The form is too long.
    #[error("Request too large")]
    TooLarge,
    /// A room cannot be made like that.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// The only change of a room is that it is completed, and only one in progress can be.
    #[error("Status is invalid")]
    RoomStatus,
    /// The only change of a participant is that it is disconnected.
    #[error("Participant status is invalid")]
    ParticipantStatus,
}

#[derive(Serialize)]
struct Body {
    code: u32,
    message: String,
    more_info: String,
    status: u16,
}

impl Problem {
    fn status(self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Order(OrderError::Create(CreateError::TooMany)) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unreadable | Self::Order(_) | Self::RoomStatus | Self::ParticipantStatus => {
                StatusCode::BAD_REQUEST
            }
        }
    }

    fn code(self) -> u32 {
        match self {
            Self::Unreadable | Self::TooLarge => 20001,
            Self::Unauthorized => 20003,
            Self::MethodNotAllowed => 20004,
            Self::NotFound => 20404,
            Self::Order(error) => error.code(),
            Self::RoomStatus => 53112,
            Self::ParticipantStatus => 53209,
        }
    }
}

impl From<FormRejection> for Problem {
    fn from(rejection: FormRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unreadable }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code) = (self.status(), self.code());
        let body = Body {
            code,
            message: self.to_string(),
            more_info: format!("https://www.twilio.com/docs/errors/{code}"),
            status: status.as_u16(),
        };
        (status, Json(body)).into_response()
    }
}
