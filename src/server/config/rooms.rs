//! The embedded room server. Without effect when Twilio is used.

use super::{ConfigError, duration, listen::list};
use crate::server::Origin;
use clap::Args;
use std::time::Duration;

/// The embedded room server's settings.
#[derive(Debug, Clone)]
pub struct Rooms {
    /// How long a participant whose connection was lost can come back.
    pub session_timeout: Duration,
    /// How long one whose page went away can come back.
    pub gone_timeout: Duration,
    /// How many people fit into one room.
    pub max_participants: usize,
    /// Origins beside our own whose pages may open a signalling socket.
    pub signaling_origins: Vec<Origin>,
}

#[derive(Args)]
#[command(next_help_heading = "Embedded video engine")]
pub(super) struct RoomsArgs {
    /// How long somebody whose connection was lost can come back (30s, 1m)
    #[arg(long, env = "SESSION_TIMEOUT", value_name = "TIME", default_value = "30s")]
    session_timeout: String,
    /// How long somebody whose page was closed can come back, as a reload does (4s)
    #[arg(long, env = "GONE_TIMEOUT", value_name = "TIME", default_value = "4s")]
    gone_timeout: String,
    /// How many people fit into one room (2 to 50). Each sends their picture to every other
    #[arg(long, env = "MAX_PARTICIPANTS", value_name = "NUMBER", default_value = "10")]
    max_participants: String,
    /// Origins beside PUBLIC_URL whose pages may open a signalling socket, separated by commas. Rarely needed
    #[arg(long, env = "SIGNALING_ORIGINS", value_name = "URLS")]
    signaling_origins: Option<String>,
}

impl RoomsArgs {
    pub(super) fn check(self) -> Result<Rooms, ConfigError> {
        let signaling_origins = list(self.signaling_origins.as_deref())
            .map(|url| {
                Origin::parse(url).map_err(|problem| {
                    let remedy = "Write for example https://clinic.example, several separated by commas.";
                    ConfigError::wrong("SIGNALING_ORIGINS", problem, remedy)
                })
            })
            .collect::<Result<_, _>>()?;
        let number = self.max_participants.trim().parse().ok().filter(|number| (2..=50).contains(number));
        let max_participants = number.ok_or_else(|| {
            let problem = format!("“{}” is no number from 2 to 50", self.max_participants);
            ConfigError::wrong("MAX_PARTICIPANTS", problem, "Write for example 10.")
        })?;
        Ok(Rooms {
            session_timeout: time("SESSION_TIMEOUT", &self.session_timeout)?,
            gone_timeout: time("GONE_TIMEOUT", &self.gone_timeout)?,
            max_participants,
            signaling_origins,
        })
    }
}

fn time(variable: &'static str, text: &str) -> Result<Duration, ConfigError> {
    duration::parse(text).filter(|time| !time.is_zero()).ok_or_else(|| {
        ConfigError::wrong(variable, format!("“{text}” is no length of time"), "Write for example 30s or 1m.")
    })
}
