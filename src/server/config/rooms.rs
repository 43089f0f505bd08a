//! How rooms behave, in the embedded room server and in `owl rooms`. Without effect when Twilio is used.

use super::{ConfigError, duration};
use clap::Args;
use std::time::Duration;

/// Who is left alone by a browser that died loses the call 8 s after that. This much before then its end has to be known.
const GONE_TOO_LATE: Duration = Duration::from_secs(7);

/// How rooms behave.
#[derive(Debug, Clone)]
pub struct Rooms {
    /// How long a participant whose connection was lost can come back.
    pub session_timeout: Duration,
    /// How long one whose page went away can come back.
    pub gone_timeout: Duration,
    /// How many people fit into one room.
    pub max_participants: usize,
    /// How many signalling sockets one network address may have open, where it is known.
    pub max_connections_per_address: usize,
}

impl Rooms {
    /// What is allowed, and yet likely to be a mistake: a sentence for the log at the start.
    pub fn concern(&self) -> Option<&'static str> {
        (self.gone_timeout > GONE_TOO_LATE).then_some(
            "GONE_TIMEOUT is more than 7s: whoever is in a call with a browser that dies loses the call as well. Set it to 7s or less; \
             4s unless sockets are cut on their way",
        )
    }
}

#[derive(Args)]
#[command(next_help_heading = "Rooms of the own video engine")]
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
    /// How many people may be in calls from one network address (from 10): everybody behind a clinic's router has the same.
    /// Behind a reverse proxy it has to be in TRUSTED_PROXIES
    #[arg(long, env = "MAX_CONNECTIONS_PER_ADDRESS", value_name = "NUMBER", default_value = "1000")]
    max_connections_per_address: String,
}

impl RoomsArgs {
    pub(super) fn check(self) -> Result<Rooms, ConfigError> {
        let number = self.max_participants.trim().parse().ok().filter(|number| (2..=50).contains(number));
        let max_participants = number.ok_or_else(|| {
            let problem = format!("“{}” is no number from 2 to 50", self.max_participants);
            ConfigError::wrong("MAX_PARTICIPANTS", problem, "Write for example 10.")
        })?;
        let per_address = &self.max_connections_per_address;
        let number = per_address.trim().parse().ok().filter(|number| *number >= 10);
        let max_connections_per_address = number.ok_or_else(|| {
            let problem = format!("“{per_address}” is no number from 10");
            ConfigError::wrong("MAX_CONNECTIONS_PER_ADDRESS", problem, "Write for example 1000.")
        })?;
        Ok(Rooms {
            session_timeout: time("SESSION_TIMEOUT", &self.session_timeout)?,
            gone_timeout: time("GONE_TIMEOUT", &self.gone_timeout)?,
            max_participants,
            max_connections_per_address,
        })
    }
}

fn time(variable: &'static str, text: &str) -> Result<Duration, ConfigError> {
    duration::parse(text).filter(|time| !time.is_zero()).ok_or_else(|| {
        ConfigError::wrong(variable, format!("“{text}” is no length of time"), "Write for example 30s or 1m.")
    })
}
