//! The open demo visit: one room, the tutorial's, for everybody who is let through the door.

use crate::{
    api::{ApiError, ErrorCode, JoinTicket},
    domain::{Identity, Role},
    server::{
        AppState, clock,
        random::{self, RandomError},
    },
    tokens,
};
use axum::http::StatusCode;
use leptos::context::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// The demo's only room; the tutorial's name.
pub const ROOM: &str = "telemedicineAppointment";

/// Proof that the demo visit is open to the request at hand. The web layer makes it; who holds none answers 404.
#[derive(Debug, Clone, Copy)]
pub struct DemoPass(());

impl DemoPass {
    /// Only the door itself may call this.
    pub(in crate::server) fn issue() -> Self {
        Self(())
    }
}

/// Why nobody could join. Neither is worth a retry by the browser.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The demo visit is not open to this request. Answer as if it did not exist.
    #[error("there is no demo visit here")]
    Closed,
    /// No new identity could be made.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// No token could be made: the secret is not usable.
    #[error("no access token could be made")]
    Token(#[source] tokens::MintError),
}

/// Lets somebody into the demo visit. An identity that fits the role is kept, so that a reload takes over its own seat;
/// otherwise a new one is made.
///
/// # Errors
/// See [`DemoError`].
#[expect(
    clippy::unused_async,
    reason = "a clinic's visits ask the store here; callers should not have to change"
)]
pub async fn join(
    state: &AppState,
    pass: Option<DemoPass>,
    role: Role,
    identity: Option<Identity>,
) -> Result<JoinTicket, DemoError> {
    let pass = pass.ok_or(DemoError::Closed)?;
    let identity = match identity.filter(|identity| identity.role() == role) {
        Some(identity) => identity,
        None => Identity::from_random(role, random::bytes()?),
    };
    Ok(JoinTicket {
        token: token(state, pass, &identity)?,
        identity,
        room: ROOM.to_owned(),
        signaling: state.signaling_path().map(str::to_owned),
        ice_servers: state.ice_servers()?,
        relay_only: state.ice_servers.relay_only,
    })
}

/// What the server function answers: [`join`] with what its context holds.
///
/// # Errors
/// [`ErrorCode::NotFound`] where the demo is closed, [`ErrorCode::Internal`] for trouble of our own.
pub async fn answer(role: Role, identity: Option<Identity>) -> Result<JoinTicket, ApiError> {
    let trouble = || ApiError::new(ErrorCode::Internal, "The server had a problem. Please try again.");
    let state = use_context::<Arc<AppState>>().ok_or_else(trouble)?;
    match join(&state, use_context::<DemoPass>(), role, identity).await {
        Ok(ticket) => Ok(ticket),
        Err(DemoError::Closed) => {
            if let Some(response) = use_context::<ResponseOptions>() {
                response.set_status(StatusCode::NOT_FOUND);
            }
            let message = "There is no open visit here. Please use the link you were given.";
            Err(ApiError::new(ErrorCode::NotFound, message))
        }
        Err(error @ (DemoError::Random(_) | DemoError::Token(_))) => {
            tracing::error!(%error, "no seat could be given");
            Err(trouble())
        }
    }
}

/// A token for the demo's room.
///
/// # Errors
/// See [`DemoError`].
pub fn token(state: &AppState, _pass: DemoPass, identity: &Identity) -> Result<String, DemoError> {
    let (credentials, now) = (state.credentials(), clock::unix_seconds());
    tokens::mint(credentials, identity.as_str(), ROOM, state.demo.token_ttl, now).map_err(DemoError::Token)
}
