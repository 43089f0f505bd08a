//! Status callbacks of the room server.

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

#[derive(Args)]
#[command(next_help_heading = "Status callbacks")]
pub(super) struct CallbacksArgs {
    /// Signs the status callbacks of rooms that ask for them (`StatusCallback`): what your application checks
    /// X-Twilio-Signature with, in place of Twilio's auth token. Without it such rooms are refused. Not accepted on the
    /// command line
    #[arg(long, env = "STATUS_CALLBACK_KEY", value_name = "SECRET")]
    status_callback_key: Option<SecretString>,
}

impl CallbacksArgs {
    pub(super) fn check(self) -> Option<SecretString> {
        self.status_callback_key.filter(|key| !key.expose_secret().is_empty())
    }
}
