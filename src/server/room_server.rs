//! The room server: inside the product, and alone as `owl rooms`.

use super::{
    CredentialsError, Origin, StartError,
    config::{self, Rooms, Storage},
    credentials,
    lifecycle::{self, Serving, Signalling},
    listening::listen,
    startup,
    tls::Certificate,
    visits::demo,
    web::{self, RoomServerState},
};
use crate::{
    rooms::{AdHocRooms, CallbacksConfig, JournalError, Limits, RoomServer, RoomsConfig},
    tokens::{Credentials, IceServers},
};
use axum::Router;
use secrecy::ExposeSecret;
use std::{io, net::SocketAddr, path::Path, sync::Arc};
use tokio_util::sync::CancellationToken;

/// Starts a room server in this process, without a socket, with the rooms that it had before.
pub(super) async fn start(
    rooms: &Rooms,
    ad_hoc: AdHocRooms,
    ice_servers: IceServers,
    credentials: &Credentials,
    data_dir: &Path,
) -> Result<RoomServer, JournalError> {
    if let Some(concern) = rooms.concern() {
        tracing::warn!("{concern}");
    }
    let config = RoomsConfig {
        session_timeout: rooms.session_timeout,
        gone_timeout: rooms.gone_timeout,
        max_participants: rooms.max_participants,
        ice_servers,
        ad_hoc,
    };
    let limits =
        Limits { max_connections_per_address: rooms.max_connections_per_address, ..Limits::default() };
    RoomServer::restore(config, limits, credentials.clone(), &data_dir.join("rooms")).await
}

/// A room server alone, that has its address and is ready to run.
pub struct RoomHost {
    serving: Serving,
    address: SocketAddr,
    public_url: Option<Origin>,
    rooms: RoomServer,
    makes_own_credentials: bool,
}

impl RoomHost {
    /// Makes everything that can fail, so that a server that runs has nothing missing. Must be called within tokio.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn build(config: config::RoomServer) -> Result<Self, StartError> {
        let tls = Certificate::load(config.tls)?;
        let makes_own_credentials = config.credentials.is_none();
        let credentials = match config.credentials {
            Some(credentials) => credentials,
            None => credentials::load_or_create(&config.storage.data_dir)?,
        };
        // Nobody has a token for the demo's room where the demo is closed.
        let ad_hoc = if config.clients_open_rooms {
            AdHocRooms::Any
        } else {
            AdHocRooms::Named(vec![demo::ROOM.to_owned()])
        };
        let rooms =
            start(&config.rooms, ad_hoc, config.ice_servers, &credentials, &config.storage.data_dir).await?;
        if let Some(key) = config.callback_key {
            rooms.deliver_callbacks(CallbacksConfig::new(key))?;
        }
        let public_url = config.listen.public_url;
        let management = rooms.rest(public_url.as_ref().map(Origin::to_string).as_deref());
        let state = Arc::new(RoomServerState {
            rooms: rooms.clone(),
            signaling_origins: config.signaling_origins,
            trusted_proxies: config.listen.trusted_proxies,
            stopping: CancellationToken::new(),
        });
        let (listener, address) =
            listen(config.listen.address, config.listen.held, rooms.succeeds_another()).await?;
        let serving = Serving {
            listener,
            router: web::room_server(&state, management),
            tls,
            grace: config.listen.shutdown_grace,
            stopping: state.stopping.clone(),
            signalling: Signalling::Rooms(rooms.clone()),
        };
        Ok(Self { serving, address, public_url, rooms, makes_own_credentials })
    }

    /// Where it listens; the real port when 0 was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The rooms.
    pub fn rooms(&self) -> RoomServer {
        self.rooms.clone()
    }

    /// All routes and layers, for tests without a socket.
    pub fn router(&self) -> Router {
        self.serving.router.clone()
    }

    /// A sentence for the person who started the server: what to point an application at, and where its tokens come from.
    pub fn welcome(&self) -> String {
        let url = startup::url(self.public_url.as_ref(), self.serving.tls.is_some(), self.address);
        let socket = url.replacen("http", "ws", 1);
        let own = "\nAccess tokens are signed with its own credentials: `owl rooms credentials` prints them";
        let hint = if self.makes_own_credentials { own } else { "" };
        format!(
            "Owl Hospital's room server is at {url} — connect with wsServer: \"{socket}/signaling\"{hint}"
        )
    }

    /// Serves until `stop` is ready, then lets what is under way end, for a bounded time.
    ///
    /// # Errors
    /// When the listening socket breaks.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        lifecycle::run_until(self.serving, stop).await
    }
}

/// The room server's own credentials, as lines of an `.env` file. For the eyes of whoever asked, never for the log.
///
/// # Errors
/// When the data directory is not usable.
pub fn own_credentials(storage: &Storage) -> Result<String, CredentialsError> {
    let Credentials { account_sid, key_sid, key_secret } = credentials::load_or_create(&storage.data_dir)?;
    let secret = key_secret.expose_secret();
    Ok(format!("TWILIO_ACCOUNT_SID={account_sid}\nTWILIO_API_KEY={key_sid}\nTWILIO_API_SECRET={secret}"))
}
