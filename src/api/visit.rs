//! Entering a visit.

use super::{ApiError, JoinTicket};
use crate::domain::{Identity, Role};
use leptos::{prelude::*, server_fn::codec::Postcard};

/// Gives a seat in the open demo visit: the one asked for, if its identity has that role, or a new one.
///
/// # Errors
/// [`super::ErrorCode::NotFound`] where the demo is off or not for this caller.
#[server(prefix = "/api", endpoint = "join_demo", input = Postcard, output = Postcard)]
pub async fn join_demo(
    /// The side of the visit to join.
    role: Role,
    /// The seat this tab had before.
    identity: Option<Identity>,
) -> Result<JoinTicket, ApiError> {
    crate::server::visits::demo::answer(role, identity).await
}
