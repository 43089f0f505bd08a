//! The configuration: one file per concern, each with its variables in its doc comments (which are the text of `--help`).
//!
//! Variables come from the command line, the environment, or the file `.env`, in this order. An empty value counts as
//! not set. Everything is checked here, once, at the start. Nothing else of ours reads the environment; Leptos reads
//! `LEPTOS_…` variables of its own. Secrets are [`SecretString`](secrecy::SecretString)s and are never printed.
#![expect(
    clippy::doc_markdown,
    reason = "comments on fields are the text of --help, where backticks would show"
)]

mod args;
mod audit;
mod callbacks;
mod client_rooms;
mod clinic;
mod demo;
mod duration;
mod error;
mod held_socket;
mod ice;
mod listen;
mod log;
mod origins;
mod remote;
mod room_server;
mod rooms;
mod setting;
mod site;
mod storage;
mod task;
mod times;
mod tls;
mod tools;
mod twilio;

pub use args::{Variable, help, variables};
pub use audit::AuditFiles;
pub use clinic::{Clinic, ConfirmIdentity, Database};
pub use demo::{Demo, DemoMode};
pub use error::ConfigError;
pub use listen::Listen;
pub use log::{Log, LogFormat};
pub use remote::Remote;
pub use room_server::RoomServer;
pub use rooms::Rooms;
pub use setting::Setting;
pub use site::Site;
pub use storage::Storage;
pub use task::Task;
pub use times::Times;
pub use tls::TlsFiles;
pub use tools::{Audit, Copy, DemoData, SetUp, Tool};

use crate::{
    server::Origin,
    tokens::{Credentials, IceServers},
};
use args::Args;
use std::ffi::OsString;

/// All that the server has to know before it starts. Without `Debug`: it holds secrets.
pub struct Config {
    /// Twilio's credentials. `None`, and no `remote`: the embedded room server.
    pub twilio: Option<Credentials>,
    /// A room server elsewhere.
    pub remote: Option<Remote>,
    /// Where the server listens and how it is reached.
    pub listen: Listen,
    /// Certificate files, where the server speaks https itself.
    pub tls: Option<TlsFiles>,
    /// STUN and TURN servers for browsers.
    pub ice_servers: IceServers,
    /// The clinic.
    pub clinic: Clinic,
    /// The open demo visit.
    pub demo: Demo,
    /// The embedded room server.
    pub rooms: Rooms,
    /// Origins beside our own whose pages may open a signalling socket.
    pub signaling_origins: Vec<Origin>,
    /// Where data lie.
    pub storage: Storage,
    /// Where the pages' script, styles and pictures lie.
    pub site: Site,
    /// What is logged, and how.
    pub log: Log,
    /// All of it as texts, to be compared with the start before.
    pub settings: Vec<Setting>,
}

impl Config {
    /// Reads the given command line (its first word is the program's name) and environment, for the product.
    ///
    /// # Errors
    /// As [`Task::load`].
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
        environment: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let watched = environment("LEPTOS_WATCH").is_some();
        Self::check(args::parse(arguments, environment)?, watched)
    }

    fn check(args: Args, watched: bool) -> Result<Self, ConfigError> {
        let (mut twilio, ice_servers) = (args.twilio.check()?, args.ice.check()?);
        let remote = args.remote.check(&mut twilio)?;
        // Twilio, and a room server elsewhere, may have TURN servers of their own.
        if twilio.is_none() && remote.is_none() {
            ice::check_relay(&ice_servers)?;
        }
        Ok(Self {
            twilio,
            remote,
            listen: args.listen.check()?,
            tls: args.tls.check()?,
            ice_servers,
            clinic: args.clinic.check()?,
            demo: args.demo.check()?,
            rooms: args.rooms.check()?,
            signaling_origins: args.signaling_origins.check()?,
            storage: args.storage.check(),
            site: args.site.check(watched),
            log: args.log.check()?,
            settings: args.settings,
        })
    }
}
