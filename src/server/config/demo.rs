//! The open demo visit: the tutorial's one room, for everybody who opens the page.

use super::{ConfigError, duration};
use clap::Args;
use std::time::Duration;

/// The longest life of a token.
const MAX_TOKEN_TTL: Duration = Duration::from_hours(4);

/// Who may use the demo visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoMode {
    /// Embedded engine: everybody. Twilio: only somebody at this very machine, since an open demo spends money.
    Auto,
    /// Everybody.
    On,
    /// Nobody: its addresses do not exist.
    Off,
}

/// The demo visit.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Who may use it.
    pub mode: DemoMode,
    /// How long a token lets its holder connect, 1 minute to 4 hours.
    pub token_ttl: Duration,
}

#[derive(Args)]
#[command(next_help_heading = "Demo visit")]
pub(super) struct DemoArgs {
    /// The open visit at /provider and /patient: on, off, or auto. Auto is on with the embedded video engine; with Twilio,
    /// where it would spend your money, it answers only a browser on this machine
    #[arg(long, env = "DEMO", value_name = "auto|on|off", default_value = "auto")]
    demo: String,
    /// How long an access token lets its holder connect (3600, 60m, 4h; 1m to 4h)
    #[arg(long, env = "TOKEN_TTL", value_name = "TIME", default_value = "1h")]
    token_ttl: String,
}

impl DemoArgs {
    pub(super) fn check(self) -> Result<Demo, ConfigError> {
        let mode = match self.demo.trim().to_ascii_lowercase().as_str() {
            "auto" => DemoMode::Auto,
            "on" => DemoMode::On,
            "off" => DemoMode::Off,
            other => {
                let problem = format!("“{other}” is not known");
                return Err(ConfigError::wrong("DEMO", problem, "Write auto, on or off."));
            }
        };
        let remedy = "Write seconds, or a time such as 30m or 4h, from 1m to 4h.";
        let token_ttl = duration::parse(&self.token_ttl).ok_or_else(|| {
            ConfigError::wrong("TOKEN_TTL", format!("“{}” is no length of time", self.token_ttl), remedy)
        })?;
        if token_ttl < Duration::from_mins(1) || token_ttl > MAX_TOKEN_TTL {
            return Err(ConfigError::wrong(
                "TOKEN_TTL",
                format!("{} is out of range", self.token_ttl),
                remedy,
            ));
        }
        Ok(Demo { mode, token_ttl })
    }
}
