//! Twilio's credentials, under the names that Twilio's own tutorials use.

use super::ConfigError;
use crate::tokens::Credentials;
use clap::Args;
use secrecy::SecretString;

#[derive(Args)]
#[command(
    next_help_heading = "Twilio: set all three to use it, none to use the embedded video engine (but see ROOMS_URL)"
)]
pub(super) struct TwilioArgs {
    /// The account's SID, AC… (Twilio console, "Account info")
    #[arg(long = "twilio-account-sid", env = "TWILIO_ACCOUNT_SID", value_name = "AC…")]
    account_sid: Option<String>,
    /// The SID of an API key, SK… (Twilio console, "API keys & tokens")
    #[arg(long = "twilio-api-key", env = "TWILIO_API_KEY", value_name = "SK…")]
    api_key: Option<String>,
    /// The secret of that API key. Not accepted on the command line
    #[arg(long = "twilio-api-secret", env = "TWILIO_API_SECRET", value_name = "SECRET")]
    api_secret: Option<SecretString>,
}

const REMEDY: &str = "Set TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET to use Twilio, or none of them to use \
                      the embedded video engine.";

impl TwilioArgs {
    pub(super) fn check(self) -> Result<Option<Credentials>, ConfigError> {
        all_or_none(self.account_sid, self.api_key, self.api_secret, REMEDY)
    }
}

/// Credentials are of use only together.
pub(super) fn all_or_none(
    account_sid: Option<String>,
    api_key: Option<String>,
    api_secret: Option<SecretString>,
    remedy: &'static str,
) -> Result<Option<Credentials>, ConfigError> {
    let present = [
        ("TWILIO_ACCOUNT_SID", account_sid.is_some()),
        ("TWILIO_API_KEY", api_key.is_some()),
        ("TWILIO_API_SECRET", api_secret.is_some()),
    ];
    match (account_sid, api_key, api_secret) {
        (Some(account_sid), Some(key_sid), Some(key_secret)) => {
            sid("TWILIO_ACCOUNT_SID", "AC", &account_sid)?;
            sid("TWILIO_API_KEY", "SK", &key_sid)?;
            Ok(Some(Credentials { account_sid, key_sid, key_secret }))
        }
        (None, None, None) => Ok(None),
        _ => {
            let named =
                |set| present.into_iter().filter(move |(_, is_set)| *is_set == set).map(|(name, _)| name);
            let missing = named(false).collect();
            Err(ConfigError::Incomplete { missing, present: named(true).next().unwrap_or_default(), remedy })
        }
    }
}

/// A mistyped or swapped SID would otherwise show only when the first patient cannot connect.
fn sid(variable: &'static str, prefix: &str, value: &str) -> Result<(), ConfigError> {
    let digits = value.strip_prefix(prefix).unwrap_or_default();
    if digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(());
    }
    let problem = format!("it should be {prefix} and 32 digits or letters a to f");
    Err(ConfigError::wrong(variable, problem, "Copy it from the Twilio console."))
}
