//! Whose pages may open a signalling socket.

use super::{ConfigError, listen::list};
use crate::server::Origin;
use clap::Args;

#[derive(Args)]
pub(super) struct SignalingOriginsArgs {
    /// Origins beside PUBLIC_URL whose pages may open a signalling socket, separated by commas. Rarely needed
    #[arg(long, env = "SIGNALING_ORIGINS", value_name = "URLS")]
    signaling_origins: Option<String>,
}

#[derive(Args)]
pub(super) struct AnyOriginArgs {
    /// Origins whose pages may open a signalling socket, separated by commas, as in <https://clinic.example>. Any, unless
    /// set: an access token is needed in any case
    #[arg(long, env = "SIGNALING_ORIGINS", value_name = "URLS")]
    signaling_origins: Option<String>,
}

impl SignalingOriginsArgs {
    pub(super) fn check(self) -> Result<Vec<Origin>, ConfigError> {
        origins(self.signaling_origins.as_deref())
    }
}

impl AnyOriginArgs {
    /// `None`: any.
    pub(super) fn check(self) -> Result<Option<Vec<Origin>>, ConfigError> {
        origins(self.signaling_origins.as_deref()).map(|list| Some(list).filter(|list| !list.is_empty()))
    }
}

fn origins(text: Option<&str>) -> Result<Vec<Origin>, ConfigError> {
    list(text)
        .map(|url| {
            Origin::parse(url).map_err(|problem| {
                let remedy = "Write for example https://clinic.example, several separated by commas.";
                ConfigError::wrong("SIGNALING_ORIGINS", problem, remedy)
            })
        })
        .collect()
}
