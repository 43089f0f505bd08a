//! Reads the command line and the environment as texts. What the texts mean is checked by each concern.

use super::{
    ConfigError,
    clinic::ClinicArgs,
    demo::DemoArgs,
    ice::IceArgs,
    listen::ListenArgs,
    log::LogArgs,
    origins::SignalingOriginsArgs,
    remote::RemoteArgs,
    room_server::RoomServerArgs,
    rooms::RoomsArgs,
    setting::{Setting, settings},
    site::SiteArgs,
    storage::StorageArgs,
    tls::TlsArgs,
    tools::{AuditArgs, BackUpArgs, DemoDataArgs, RestoreArgs, SetUpArgs},
    twilio::TwilioArgs,
};
use clap::{Arg, Command, CommandFactory, FromArgMatches, Parser, Subcommand, builder::Resettable};
use secrecy::SecretString;
use std::{any::TypeId, collections::HashMap, ffi::OsString, io::ErrorKind, path::Path};

/// A telemedicine visit in the browser, with a virtual waiting room.
///
/// Every setting can be given in the environment, in the file .env, or (except secrets) on the command line. Empty means
/// not set. With no setting at all it serves <http://localhost:1337> with its own video engine.
#[derive(Parser)]
#[command(name = "owl", version, args_override_self = true, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub twilio: TwilioArgs,
    #[command(flatten)]
    pub remote: RemoteArgs,
    #[command(flatten)]
    pub listen: ListenArgs,
    #[command(flatten)]
    pub tls: TlsArgs,
    #[command(flatten)]
    pub ice: IceArgs,
    #[command(flatten)]
    pub clinic: ClinicArgs,
    #[command(flatten)]
    pub demo: DemoArgs,
    #[command(flatten)]
    pub rooms: RoomsArgs,
    #[command(flatten)]
    pub signaling_origins: SignalingOriginsArgs,
    #[command(flatten)]
    pub storage: StorageArgs,
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub log: LogArgs,
    #[command(subcommand)]
    pub command: Option<SubCommand>,
    /// All of the above, as texts.
    #[arg(skip)]
    pub settings: Vec<Setting>,
}

/// What else the program can do.
#[derive(Subcommand)]
pub(super) enum SubCommand {
    Rooms(Box<RoomServerArgs>),
    Setup(Box<SetUpArgs>),
    DemoData(Box<DemoDataArgs>),
    Audit(Box<AuditArgs>),
    Backup(Box<BackUpArgs>),
    Restore(Box<RestoreArgs>),
}

/// A setting, as `--help` and `.env.example` list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name in the environment.
    pub name: String,
    /// Its name on the command line, without the dashes.
    pub flag: String,
    /// Whether it is a secret. Anybody on the machine can list the command lines of running programs, so it is refused there.
    pub is_secret: bool,
}

/// Where the room server listens by itself: beside the product, which may run on the same machine.
const ROOMS_LISTEN: &str = "127.0.0.1:1339";

/// Every variable that `owl` with these subcommands reads, in the order of its `--help`. None is there for an unknown one.
pub fn variables(subcommands: &[&str]) -> Vec<Variable> {
    at(&mut program(), subcommands).map(|command| read_by(command)).unwrap_or_default()
}

/// The text of `--help` of `owl` with these subcommands, without any value from the environment. Empty for an unknown one.
pub fn help(subcommands: &[&str]) -> String {
    let mut program = everywhere(program(), |arg| arg.hide_env_values(true));
    program.build();
    at(&mut program, subcommands).map(|command| command.render_long_help().to_string()).unwrap_or_default()
}

fn program() -> Command {
    let told = |arg: Arg, text: &'static str| arg.help(text).long_help(Resettable::Reset);
    Args::command().mut_subcommand("rooms", |rooms| {
        rooms
            .mut_arg("listen", |arg| {
                let text = "Address and port to listen on. Browsers on other machines need https (see TLS_CERT_FILE, or put \
                            a reverse proxy in front) where the page that connects came by https";
                told(arg, text).default_value(ROOMS_LISTEN)
            })
            .mut_arg("public_url", |arg| told(arg, "The address at which applications reach it, where it is known"))
            .mut_arg("trusted_proxies", |arg| {
                let text = "Addresses or networks of reverse proxies, and of the clinic's nodes, whose X-Forwarded-For is \
                            believed, separated by commas, as in 127.0.0.1,10.0.0.0/8";
                told(arg, text)
            })
    })
}

fn at<'a>(program: &'a mut Command, subcommands: &[&str]) -> Option<&'a mut Command> {
    subcommands.iter().try_fold(program, |command, name| command.find_subcommand_mut(name))
}

fn everywhere(command: Command, change: fn(Arg) -> Arg) -> Command {
    command.mut_args(change).mut_subcommands(|subcommand| everywhere(subcommand, change))
}

fn read_by(command: &Command) -> Vec<Variable> {
    let variable = |arg: &Arg| {
        Some(Variable {
            name: arg.get_env()?.to_str()?.to_owned(),
            flag: arg.get_long()?.to_owned(),
            is_secret: arg.get_value_parser().type_id() == TypeId::of::<SecretString>(),
        })
    };
    command.get_arguments().filter_map(variable).collect()
}

pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Args, ConfigError> {
    let mut given: Vec<OsString> = arguments.into_iter().collect();
    let program = program();
    // The program's own name and those of its subcommands, which come first. Each has settings of its own.
    let (mut names, mut command) = (1.min(given.len()), &program);
    while let Some(next) = given.get(names).and_then(|word| command.find_subcommand(word.to_str()?)) {
        (names, command) = (names + 1, next);
    }
    let rest = given.split_off(names);
    let variables = read_by(command);
    if let Some(secret) =
        variables.iter().find(|variable| variable.is_secret && on_command_line(variable, &rest))
    {
        return Err(ConfigError::SecretOnCommandLine { variable: secret.name.clone() });
    }
    // The environment goes in front of the command line as flags, where it is overridden. So `environment` can be a
    // map in tests, and an empty value can be left out, which clap does not offer.
    let from_environment = variables.iter().filter_map(|Variable { name, flag, .. }| {
        let value = environment(name).filter(|value| !value.is_empty())?;
        let mut word = OsString::from(format!("--{flag}="));
        word.push(value);
        Some(word)
    });
    let names = if given.is_empty() { vec!["owl".into()] } else { given };
    let asks_for_help = |word: &OsString| word == "--help" || word == "-h";
    if rest.iter().any(asks_for_help) || rest.first().is_some_and(|word| word == "help") {
        // Settings would stand in the way of `owl help rooms`.
        let words = names.into_iter().chain(rest).collect();
        return read(everywhere(program.clone(), |arg| arg.hide_env_values(true)), words);
    }
    let words = names.into_iter().chain(from_environment).chain(rest).collect();
    read(everywhere(program.clone(), |arg| arg.env(Resettable::Reset)), words)
}

fn read(parser: Command, words: Vec<OsString>) -> Result<Args, ConfigError> {
    let mut matches = parser.try_get_matches_from(words).map_err(Box::new)?;
    let settings = settings(&program(), &matches);
    Ok(Args { settings, ..Args::from_arg_matches_mut(&mut matches).map_err(Box::new)? })
}

fn on_command_line(variable: &Variable, words: &[OsString]) -> bool {
    // Read with replacements: a secret need not be Unicode, and its flag is one all the same.
    words.iter().map(|word| word.to_string_lossy()).any(|word| {
        word.strip_prefix("--").is_some_and(|word| word.split('=').next() == Some(variable.flag.as_str()))
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
