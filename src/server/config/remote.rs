//! A room server elsewhere, which several nodes share.

use super::ConfigError;
use crate::{server::Origin, tokens::Credentials};
use clap::Args;
use std::path::PathBuf;

/// A room server elsewhere. Without `Debug`: it holds secrets.
pub struct Remote {
    /// Where it is.
    pub url: Origin,
    /// The certificate of the authority that signed its own. `None`: those that the system trusts.
    pub ca_file: Option<PathBuf>,
    /// What signs tokens for it.
    pub credentials: Credentials,
}

#[derive(Args)]
#[command(next_help_heading = "Room server elsewhere: for several nodes")]
pub(super) struct RemoteArgs {
    /// The address of an `owl rooms` that all nodes of the clinic share, as in <http://rooms.internal:1339>. With it
    /// TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET are that server's credentials, and not Twilio's
    #[arg(long, env = "ROOMS_URL", value_name = "URL")]
    rooms_url: Option<String>,
    /// File with the certificate (PEM) of the authority that signed that server's, where the system does not trust it
    #[arg(long, env = "ROOMS_CA_FILE", value_name = "FILE")]
    rooms_ca_file: Option<PathBuf>,
}

impl RemoteArgs {
    /// Takes the credentials where there is such a server, and leaves them where there is none.
    pub(super) fn check(self, credentials: &mut Option<Credentials>) -> Result<Option<Remote>, ConfigError> {
        let Some(url) = self.rooms_url else { return Ok(None) };
        let url = Origin::parse(&url).map_err(|problem| {
            ConfigError::wrong(
                "ROOMS_URL",
                problem,
                "Write for example http://rooms.internal:1339, without a path.",
            )
        })?;
        let credentials = credentials.take().ok_or(ConfigError::Incomplete {
            missing: vec!["TWILIO_ACCOUNT_SID", "TWILIO_API_KEY", "TWILIO_API_SECRET"],
            present: "ROOMS_URL",
            remedy: "Set TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET to the room server's credentials: \
                     `owl rooms credentials`, where it runs, prints them.",
        })?;
        Ok(Some(Remote { url, ca_file: self.rooms_ca_file, credentials }))
    }
}
