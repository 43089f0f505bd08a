//! Reads the command line and the environment as texts. What the texts mean is checked by each concern.

use super::{
    ConfigError, demo::DemoArgs, ice::IceArgs, listen::ListenArgs, log::LogArgs, rooms::RoomsArgs,
    site::SiteArgs, storage::StorageArgs, tls::TlsArgs, twilio::TwilioArgs,
};
use clap::{Arg, Command, CommandFactory, FromArgMatches, Parser, builder::Resettable};
use std::{collections::HashMap, ffi::OsString, io::ErrorKind, path::Path};

/// A telemedicine visit in the browser, with a virtual waiting room.
///
/// Every setting can be given in the environment, in the file .env, or (except secrets) on the command line. Empty means
/// not set. With no setting at all it serves <http://localhost:1337> with its own video engine.
#[derive(Parser)]
#[command(name = "owl", version, args_override_self = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub twilio: TwilioArgs,
    #[command(flatten)]
    pub listen: ListenArgs,
    #[command(flatten)]
    pub tls: TlsArgs,
    #[command(flatten)]
    pub ice: IceArgs,
    #[command(flatten)]
    pub demo: DemoArgs,
    #[command(flatten)]
    pub rooms: RoomsArgs,
    #[command(flatten)]
    pub storage: StorageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub log: LogArgs,
}

/// A setting, as `--help` and `.env.example` list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name in the environment.
    pub name: String,
    /// Its name on the command line, without the dashes.
    pub flag: String,
}

/// Anybody on the machine can list the command lines of running programs, so these are refused there.
const SECRETS: [&str; 2] = ["TWILIO_API_SECRET", "TURN_CREDENTIAL"];

/// Every variable that the server reads, in the order of `--help`.
pub fn variables() -> Vec<Variable> {
    Args::command().get_arguments().filter_map(variable).collect()
}

/// The text of `--help`, without any value from the environment.
pub fn help() -> String {
    command().render_long_help().to_string()
}

fn command() -> Command {
    Args::command().mut_args(|arg| arg.hide_env_values(true))
}

fn variable(arg: &Arg) -> Option<Variable> {
    Some(Variable { name: arg.get_env()?.to_str()?.to_owned(), flag: arg.get_long()?.to_owned() })
}

pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Args, ConfigError> {
    let mut given = arguments.into_iter();
    let program = given.next().unwrap_or_else(|| "owl".into());
    let given: Vec<OsString> = given.collect();
    let variables = variables();
    if let Some(secret) = SECRETS.into_iter().find(|secret| on_command_line(&variables, secret, &given)) {
        return Err(ConfigError::SecretOnCommandLine { variable: secret });
    }
    // The environment goes in front of the command line as flags, where it is overridden. So `environment` can be a
    // map in tests, and an empty value can be left out, which clap does not offer.
    let from_environment = variables.iter().filter_map(|Variable { name, flag }| {
        let value = environment(name).filter(|value| !value.is_empty())?;
        let mut word = OsString::from(format!("--{flag}="));
        word.push(value);
        Some(word)
    });
    let words: Vec<OsString> = std::iter::once(program).chain(from_environment).chain(given).collect();
    let asks_for_help = |word: &OsString| word == "--help" || word == "-h";
    let command = if words.iter().any(asks_for_help) {
        command()
    } else {
        Args::command().mut_args(|arg| arg.env(Resettable::Reset))
    };
    let mut matches = command.try_get_matches_from(words).map_err(Box::new)?;
    Ok(Args::from_arg_matches_mut(&mut matches).map_err(Box::new)?)
}

fn on_command_line(variables: &[Variable], name: &str, words: &[OsString]) -> bool {
    let flags: Vec<&str> = variables.iter().filter(|v| v.name == name).map(|v| v.flag.as_str()).collect();
    words.iter().filter_map(|word| word.to_str()?.strip_prefix("--")).any(|word| {
        let flag = word.split('=').next().unwrap_or(word);
        flags.contains(&flag)
    })
}

/// The variables in a file of `NAME=value` lines. No file, no variables.
///
/// They are not put into the process's environment: that is unsound once there are threads, and children would get
/// the secrets.
pub(super) fn read_dotenv(path: &Path) -> Result<HashMap<String, String>, ConfigError> {
    let problem = |error: dotenvy::Error| match error {
        dotenvy::Error::Io(error) => ConfigError::DotEnv { problem: error.kind().to_string() },
        // The error itself repeats the line, which may hold a secret.
        _ => ConfigError::DotEnv { problem: "a line in it is not well-formed".to_owned() },
    };
    match dotenvy::from_path_iter(path) {
        Ok(lines) => lines.collect::<Result<_, _>>().map_err(problem),
        Err(dotenvy::Error::Io(error)) if error.kind() == ErrorKind::NotFound => Ok(HashMap::new()),
        Err(error) => Err(problem(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_means_no_variables_and_a_bad_line_is_not_repeated() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(".env");
        assert!(read_dotenv(&path).unwrap().is_empty());

        std::fs::write(&path, "# a comment\nLISTEN=127.0.0.1:9\nDEMO=\n").unwrap();
        let variables = read_dotenv(&path).unwrap();
        assert_eq!((variables["LISTEN"].as_str(), variables["DEMO"].as_str()), ("127.0.0.1:9", ""));

        std::fs::write(&path, "TWILIO_API_SECRET hush-hush").unwrap();
        let error = read_dotenv(&path).unwrap_err();
        assert!(error.to_string().contains("NAME=value"));
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
