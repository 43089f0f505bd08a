//! `owl rooms`: whether a token alone opens a room.

use super::ConfigError;
use clap::Args;

#[derive(Args)]
#[command(next_help_heading = "Rooms")]
pub(super) struct ClientRoomsArgs {
    /// Whether whoever connects first opens the room that the token is for: on or off. Off: rooms are made over REST, as a clinic
    /// makes them, and a token that outlives its room opens no other one (but the open demo's)
    #[arg(long, env = "CLIENT_SIDE_ROOM_CREATION", value_name = "on|off", default_value = "on")]
    client_side_room_creation: String,
}

impl ClientRoomsArgs {
    pub(super) fn check(self) -> Result<bool, ConfigError> {
        match self.client_side_room_creation.trim().to_ascii_lowercase().as_str() {
            "on" => Ok(true),
            "off" => Ok(false),
            other => Err(ConfigError::wrong(
                "CLIENT_SIDE_ROOM_CREATION",
                format!("“{other}” is not known"),
                "Write on or off.",
            )),
        }
    }
}
