//! The STUN and TURN servers that browsers use to reach each other.

use super::{ConfigError, duration, listen::list};
use crate::{
    domain::IceServer,
    tokens::{IceServers, TimedTurn},
};
use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

#[derive(Args)]
#[command(next_help_heading = "STUN and TURN: needed for calls beyond the local network")]
pub(super) struct IceArgs {
    /// STUN servers, separated by commas, as in stun:stun.clinic.example:3478. None is used unless set: a public one would
    /// learn the address of every patient
    #[arg(long, env = "STUN_URLS", value_name = "URLS")]
    stun_urls: Option<String>,
    /// TURN servers, separated by commas, as in turn:turn.clinic.example:3478,turns:turn.clinic.example:443
    #[arg(long, env = "TURN_URLS", value_name = "URLS")]
    turn_urls: Option<String>,
    /// The secret that the TURN servers share with this server (coturn: static-auth-secret). Every browser gets a name and a
    /// password of its own, which end by themselves. Not accepted on the command line
    #[arg(long, env = "TURN_SECRET", value_name = "SECRET")]
    turn_secret: Option<SecretString>,
    /// With TURN_SECRET: how long a name and password are good for (12h; 10m to 48h). A call that takes longer goes on, but
    /// cannot move to another network
    #[arg(long, env = "TURN_TTL", value_name = "TIME", default_value = "12h")]
    turn_ttl: String,
    /// Instead of TURN_SECRET: one user name for everybody
    #[arg(long, env = "TURN_USERNAME", value_name = "NAME")]
    turn_username: Option<String>,
    /// Instead of TURN_SECRET: one password for everybody. Every browser in a visit gets it. Not accepted on the command line
    #[arg(long, env = "TURN_CREDENTIAL", value_name = "SECRET")]
    turn_credential: Option<SecretString>,
    /// Whether picture and sound go through TURN servers only (on or off), so that the people in a visit never learn each
    /// other's network address. Needs TURN_URLS
    #[arg(long, env = "RELAY_ONLY", value_name = "on|off", default_value = "off")]
    relay_only: String,
}

const TOGETHER: &str =
    "Set TURN_URLS and TURN_SECRET, or TURN_URLS, TURN_USERNAME and TURN_CREDENTIAL, or none of them.";

impl IceArgs {
    pub(super) fn check(self) -> Result<IceServers, ConfigError> {
        let mut ice =
            IceServers { relay_only: on_or_off("RELAY_ONLY", &self.relay_only)?, ..IceServers::default() };
        let stun = urls("STUN_URLS", &["stun:", "stuns:"], self.stun_urls.as_deref())?;
        if !stun.is_empty() {
            ice.fixed.push(IceServer { urls: stun, username: None, credential: None });
        }
        let ttl = lifetime(&self.turn_ttl)?;
        let turn = urls("TURN_URLS", &["turn:", "turns:"], self.turn_urls.as_deref())?;
        let half = |missing, present| {
            Err(ConfigError::Incomplete { missing: vec![missing], present, remedy: TOGETHER })
        };
        match (turn.is_empty(), self.turn_secret, self.turn_username, self.turn_credential) {
            (true, None, None, None) => {}
            (_, Some(_), Some(_), _) | (_, Some(_), _, Some(_)) => {
                let problem = "a name or password for everybody is set as well";
                return Err(ConfigError::wrong("TURN_SECRET", problem, TOGETHER));
            }
            (true, Some(_), ..) => return half("TURN_URLS", "TURN_SECRET"),
            (true, _, Some(_), _) => return half("TURN_URLS", "TURN_USERNAME"),
            (true, _, _, Some(_)) => return half("TURN_URLS", "TURN_CREDENTIAL"),
            (false, None, None, None) => return half("TURN_SECRET", "TURN_URLS"),
            (false, None, None, _) => return half("TURN_USERNAME", "TURN_CREDENTIAL"),
            (false, None, Some(_), None) => return half("TURN_CREDENTIAL", "TURN_USERNAME"),
            (false, Some(secret), None, None) => ice.timed = Some(TimedTurn { urls: turn, secret, ttl }),
            (false, None, username, Some(credential)) => {
                // It leaves the SecretString here: an IceServer is made to be sent to browsers.
                let credential = Some(credential.expose_secret().to_owned());
                ice.fixed.push(IceServer { urls: turn, username, credential });
            }
        }
        Ok(ice)
    }
}

/// With RELAY_ONLY and without a relay nobody would ever see or hear anybody.
pub(super) fn check_relay(ice: &IceServers) -> Result<(), ConfigError> {
    if ice.relay_only && !ice.has_relay() {
        let remedy = "Set TURN_URLS and TURN_SECRET: docs/turn.md tells how to set up a TURN server.";
        return Err(ConfigError::Incomplete { missing: vec!["TURN_URLS"], present: "RELAY_ONLY", remedy });
    }
    Ok(())
}

fn on_or_off(variable: &'static str, text: &str) -> Result<bool, ConfigError> {
    match text.trim().to_ascii_lowercase().as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(ConfigError::wrong(variable, format!("“{other}” is not known"), "Write on or off.")),
    }
}

fn lifetime(text: &str) -> Result<Duration, ConfigError> {
    let range = Duration::from_mins(10)..=Duration::from_hours(48);
    duration::parse(text).filter(|time| range.contains(time)).ok_or_else(|| {
        let problem = format!("“{text}” is no length of time from 10m to 48h");
        ConfigError::wrong("TURN_TTL", problem, "Write for example 12h.")
    })
}

fn urls(variable: &'static str, schemes: &[&str], text: Option<&str>) -> Result<Vec<String>, ConfigError> {
    list(text)
        .map(|url| {
            if schemes.iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme)) {
                return Ok(url.to_owned());
            }
            let problem = format!("“{url}” does not begin with {}", schemes.join(" or "));
            Err(ConfigError::wrong(variable, problem, "Separate several addresses by commas."))
        })
        .collect()
}
