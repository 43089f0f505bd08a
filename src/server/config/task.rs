//! What the program is asked to do.

use super::{
    Audit, Config, ConfigError, Copy, DemoData, Log, RoomServer, SetUp, Storage,
    args::{self, SubCommand},
    held_socket,
    room_server::RoomsSubCommand,
};
use std::ffi::OsString;

/// What the program is asked to do.
pub enum Task {
    /// `owl`: serve the product.
    Clinic(Box<Config>),
    /// `owl rooms`: serve the room server alone.
    Rooms(Box<RoomServer>),
    /// `owl setup`: make the first account.
    SetUp(Box<SetUp>),
    /// `owl demo-data`: fill an empty clinic.
    DemoData(Box<DemoData>),
    /// `owl audit`: look after the audit.
    Audit(Box<Audit>),
    /// `owl backup`: copy the clinic into a file.
    BackUp(Copy),
    /// `owl restore`: put such a file in the clinic's place.
    Restore(Copy),
    /// `owl rooms credentials`: print the room server's own credentials.
    PrintCredentials(Storage),
}

impl Task {
    /// Reads the command line, the environment and `.env`, and takes the socket that a supervisor may have opened. To be called
    /// once, at the very beginning.
    ///
    /// # Errors
    /// The first thing that is wrong, as a sentence that says what to do.
    pub fn load() -> Result<Self, ConfigError> {
        let file = args::read_dotenv(".env".as_ref())?;
        let mut task = Self::read(std::env::args_os(), |name| {
            std::env::var_os(name).or_else(|| file.get(name).map(OsString::from))
        })?;
        match &mut task {
            Self::Clinic(config) => config.listen.held = held_socket::take()?,
            Self::Rooms(config) => config.listen.held = held_socket::take()?,
            _ => {}
        }
        Ok(task)
    }

    /// Reads the given command line (its first word is the program's name) and environment.
    ///
    /// # Errors
    /// As [`Task::load`].
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
        environment: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let watched = environment("LEPTOS_WATCH").is_some();
        let mut args = args::parse(arguments, environment)?;
        let mut rooms = match args.command.take() {
            None => return Config::check(args, watched).map(Box::new).map(Self::Clinic),
            Some(SubCommand::Setup(setup)) => return setup.check().map(Box::new).map(Self::SetUp),
            Some(SubCommand::DemoData(data)) => return data.check().map(Box::new).map(Self::DemoData),
            Some(SubCommand::Audit(audit)) => return audit.check().map(Box::new).map(Self::Audit),
            Some(SubCommand::Backup(copy)) => return copy.check().map(Self::BackUp),
            Some(SubCommand::Restore(copy)) => return copy.check().map(Self::Restore),
            Some(SubCommand::Rooms(rooms)) => rooms,
        };
        match rooms.command.take() {
            Some(RoomsSubCommand::Credentials { storage }) => Ok(Self::PrintCredentials(storage.check())),
            None => rooms.check().map(Box::new).map(Self::Rooms),
        }
    }

    /// What is logged, and how. `None`: nothing, for a task that is over at once.
    pub fn log(&self) -> Option<&Log> {
        match self {
            Self::Clinic(config) => Some(&config.log),
            Self::Rooms(config) => Some(&config.log),
            Self::PrintCredentials(_)
            | Self::SetUp(_)
            | Self::DemoData(_)
            | Self::Audit(_)
            | Self::BackUp(_)
            | Self::Restore(_) => None,
        }
    }
}
