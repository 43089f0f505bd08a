//! Settings as texts, as they are in force: by them a start is compared with the one before.

use clap::{ArgMatches, Command};
use secrecy::SecretString;

/// A setting as it is in force, its default if nobody has set it.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its name in the environment.
    pub name: String,
    /// What it says. Any of them may be a secret.
    pub value: SecretString,
}

/// All that have a value.
pub(super) fn settings(command: &Command, matches: &ArgMatches) -> Vec<Setting> {
    let of = |arg: &clap::Arg| {
        let name = arg.get_env()?.to_str()?.to_owned();
        let mut values = matches.try_get_raw(arg.get_id().as_str()).ok()??;
        let value = values.next()?.to_string_lossy().into_owned();
        Some(Setting { name, value: value.into() })
    };
    command.get_arguments().filter_map(of).collect()
}
