//! A clinic's rooms are made by the clinic alone. A room server elsewhere that opens one for whoever connects would open an ended
//! visit's room anew for a token that is still valid: so nobody is let in through such a one.

use crate::{rooms::RemoteRooms, server::clinic::Clinic};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often it is asked: it may be started anew with other settings, and the clinic may be set up beside a running server.
const ASK_EVERY: Duration = Duration::from_mins(5);

/// The room server opens rooms for tokens alone. The text is for the person who starts the server.
#[derive(Debug, thiserror::Error)]
#[error(
    "The room server at ROOMS_URL lets whoever connects open a room, so a token could open the room of a visit that has ended. \
     Start it with CLIENT_SIDE_ROOM_CREATION=off; docs/clinic-it.md says more."
)]
pub struct OpenRooms;

/// Asks once, where there is a clinic.
///
/// # Errors
/// When rooms are open there. One that cannot be asked yet is asked later.
pub async fn check(rooms: &RemoteRooms, clinic: &Clinic) -> Result<(), OpenRooms> {
    if !clinic.is_set_up().await.unwrap_or(true) {
        return Ok(());
    }
    match rooms.clients_open_rooms().await {
        Ok(Some(true)) => Err(OpenRooms),
        Ok(Some(false)) => Ok(()),
        Ok(None) => {
            tracing::warn!(
                "the room server at ROOMS_URL does not say whether a token alone opens a room there; it has to be an `owl rooms` of \
                 this version with CLIENT_SIDE_ROOM_CREATION=off"
            );
            Ok(())
        }
        Err(error) => {
            tracing::warn!(%error, "the room server at ROOMS_URL cannot be asked whether a token alone opens a room there");
            Ok(())
        }
    }
}

/// Asks again and again until the server stops, and says loudly when rooms are open there.
pub async fn keep_closed(rooms: RemoteRooms, clinic: Arc<Clinic>, stopping: CancellationToken) {
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = tokio::time::sleep(ASK_EVERY) => {}
        }
        if let Err(open) = check(&rooms, &clinic).await {
            tracing::error!("{open}");
        }
    }
}
