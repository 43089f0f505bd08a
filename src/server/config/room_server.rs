//! `owl rooms`: the room server alone, for clinics of several nodes and for anybody's own Twilio Video application.

use super::{
    ConfigError, Listen, Log, Rooms, Storage, TlsFiles,
    callbacks::CallbacksArgs,
    client_rooms::ClientRoomsArgs,
    ice::{IceArgs, check_relay},
    listen::ListenArgs,
    log::LogArgs,
    origins::AnyOriginArgs,
    rooms::RoomsArgs,
    storage::StorageArgs,
    tls::TlsArgs,
    twilio,
};
use crate::{
    server::Origin,
    tokens::{Credentials, IceServers},
};
use clap::{Args, Subcommand};
use secrecy::SecretString;

/// All that the room server has to know before it starts. Without `Debug`: it holds secrets.
pub struct RoomServer {
    /// What signs the access tokens that it accepts. `None`: its own, from the data directory.
    pub credentials: Option<Credentials>,
    /// Where the server listens and how it is reached.
    pub listen: Listen,
    /// Certificate files, where the server speaks https itself.
    pub tls: Option<TlsFiles>,
    /// STUN and TURN servers, handed to every client that asks.
    pub ice_servers: IceServers,
    /// How rooms behave.
    pub rooms: Rooms,
    /// Whether whoever connects first opens a room. Otherwise rooms are made over REST only, but the demo's.
    pub clients_open_rooms: bool,
    /// Origins whose pages may open a signalling socket. `None`: any.
    pub signaling_origins: Option<Vec<Origin>>,
    /// Signs status callbacks. `None`: rooms that ask for them are refused.
    pub callback_key: Option<SecretString>,
    /// Where data lie.
    pub storage: Storage,
    /// What is logged, and how.
    pub log: Log,
}

/// The room server alone: what the Twilio Video SDK connects to
///
/// It speaks the protocol that the Twilio Video JS SDK speaks to Twilio. An application connects to it with two options,
/// wsServer: "ws://localhost:1339/signaling" and insights: false. docs/rooms.md tells the rest.
///
/// TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET are here what your application signs its access tokens with.
/// They may be those of a real Twilio account or made up; nothing is ever sent to Twilio. Without them the room server makes
/// its own at the first start: `owl rooms credentials` prints them.
#[derive(Args)]
#[command(subcommand_negates_reqs = true, args_conflicts_with_subcommands = true)]
pub(super) struct RoomServerArgs {
    #[command(flatten)]
    credentials: CredentialsArgs,
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    tls: TlsArgs,
    #[command(flatten)]
    ice: IceArgs,
    #[command(flatten)]
    rooms: RoomsArgs,
    #[command(flatten)]
    client_rooms: ClientRoomsArgs,
    #[command(flatten)]
    origins: AnyOriginArgs,
    #[command(flatten)]
    callbacks: CallbacksArgs,
    #[command(flatten)]
    storage: StorageArgs,
    #[command(flatten)]
    log: LogArgs,
    #[command(subcommand)]
    pub command: Option<RoomsSubCommand>,
}

#[derive(Subcommand)]
pub(super) enum RoomsSubCommand {
    /// Prints the room server's own credentials, as lines for the .env of your application
    ///
    /// They are made when there are none yet. Whoever has them can let anybody into any room: keep them as a password.
    Credentials {
        #[command(flatten)]
        storage: StorageArgs,
    },
}

#[derive(Args)]
#[command(next_help_heading = "Credentials: set all three, or none to have them made")]
struct CredentialsArgs {
    /// The account SID in the access tokens to accept: AC and 32 hexadecimal digits
    #[arg(long = "twilio-account-sid", env = "TWILIO_ACCOUNT_SID", value_name = "AC…")]
    account_sid: Option<String>,
    /// The API key SID in the access tokens to accept: SK and 32 hexadecimal digits
    #[arg(long = "twilio-api-key", env = "TWILIO_API_KEY", value_name = "SK…")]
    api_key: Option<String>,
    /// The secret that signs the access tokens to accept. Not accepted on the command line
    #[arg(long = "twilio-api-secret", env = "TWILIO_API_SECRET", value_name = "SECRET")]
    api_secret: Option<SecretString>,
}

const REMEDY: &str = "Set TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET to what your application signs its access \
                      tokens with, or none of them to have them made.";

impl RoomServerArgs {
    pub(super) fn check(self) -> Result<RoomServer, ConfigError> {
        let CredentialsArgs { account_sid, api_key, api_secret } = self.credentials;
        let ice_servers = self.ice.check()?;
        check_relay(&ice_servers)?;
        Ok(RoomServer {
            credentials: twilio::all_or_none(account_sid, api_key, api_secret, REMEDY)?,
            listen: self.listen.check()?,
            tls: self.tls.check()?,
            ice_servers,
            rooms: self.rooms.check()?,
            clients_open_rooms: self.client_rooms.check()?,
            signaling_origins: self.origins.check()?,
            callback_key: self.callbacks.check(),
            storage: self.storage.check(),
            log: self.log.check()?,
        })
    }
}
