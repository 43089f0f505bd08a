//! The STUN and TURN servers that browsers use to reach each other.

use super::{ConfigError, listen::list};
use crate::domain::IceServer;
use clap::Args;
use secrecy::{ExposeSecret, SecretString};

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
    /// User name for the TURN servers
    #[arg(long, env = "TURN_USERNAME", value_name = "NAME")]
    turn_username: Option<String>,
    /// Password for the TURN servers. Every browser in a visit gets it. Not accepted on the command line
    #[arg(long, env = "TURN_CREDENTIAL", value_name = "SECRET")]
    turn_credential: Option<SecretString>,
}

impl IceArgs {
    pub(super) fn check(self) -> Result<Vec<IceServer>, ConfigError> {
        let mut servers = Vec::new();
        let stun = urls("STUN_URLS", &["stun:", "stuns:"], self.stun_urls.as_deref())?;
        if !stun.is_empty() {
            servers.push(IceServer { urls: stun, username: None, credential: None });
        }
        let turn = urls("TURN_URLS", &["turn:", "turns:"], self.turn_urls.as_deref())?;
        let half = |missing, present| {
            let remedy = "Set TURN_URLS, TURN_USERNAME and TURN_CREDENTIAL, or none of them.";
            Err(ConfigError::Incomplete { missing, present, remedy })
        };
        match (turn.is_empty(), self.turn_username, self.turn_credential) {
            (true, None, None) => {}
            (true, Some(_), _) => return half("TURN_URLS", "TURN_USERNAME"),
            (true, None, Some(_)) => return half("TURN_URLS", "TURN_CREDENTIAL"),
            (false, None, _) => return half("TURN_USERNAME", "TURN_URLS"),
            (false, Some(_), None) => return half("TURN_CREDENTIAL", "TURN_URLS"),
            (false, username, Some(credential)) => {
                // It leaves the SecretString here: an IceServer is made to be sent to browsers.
                let credential = Some(credential.expose_secret().to_owned());
                servers.push(IceServer { urls: turn, username, credential });
            }
        }
        Ok(servers)
    }
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
