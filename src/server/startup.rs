//! From a configuration to a server that is ready to run: the product.

use super::{
    Origin,
    clinic::{self, CheckpointError, Clinic, SettingsError},
    config::{self, Config, DemoMode},
    credentials::{self, CredentialsError},
    file_trouble::remedy,
    lifecycle::{self, Serving, Signalling},
    listening::listen,
    remote_rooms::{self, OpenRooms, RemoteError, RemoteRooms},
    room_server,
    site::{self, SiteError},
    state::{AppState, Engine},
    store::{Store, StoreError},
    tls::{Certificate, TlsError},
    visits::demo,
    web,
};
use crate::rooms::{
    self, AdHocRooms, HttpClientError, JournalError, RemoteRoomsConfig, ServiceError, TWILIO,
};
use axum::Router;
use std::{
    fs::DirBuilder,
    io,
    net::SocketAddr,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Why the server does not start. The text is for the person who starts it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The embedded engine has no credentials.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// The static files' options are missing.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The room server elsewhere cannot be used.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The room server elsewhere opens rooms that the clinic did not make.
    #[error(transparent)]
    OpenRooms(#[from] OpenRooms),
    /// The embedded engine's rooms cannot be kept.
    #[error(transparent)]
    Rooms(#[from] JournalError),
    /// The clinic's data cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings cannot be compared with those of the last start.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The audit's checkpoints cannot be written.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The data directory cannot be used.
    #[error("{path} cannot be used ({problem}). {} Or set DATA_DIR.", remedy(*.problem))]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// What the operating system says.
        problem: io::ErrorKind,
    },
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The room service elsewhere cannot be asked.
    #[error(transparent)]
    RoomService(#[from] ServiceError),
    /// Callbacks cannot be delivered.
    #[error(transparent)]
    Http(#[from] HttpClientError),
    /// The address is taken, or not this machine's.
    #[error(
        "Cannot listen on {address}: {problem}. Stop the other program there, or set LISTEN to another address."
    )]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system says.
        problem: io::Error,
    },
}

/// A server that has its address and is ready to run.
pub struct Application {
    serving: Serving,
    address: SocketAddr,
    state: Arc<AppState>,
    /// Ends when the server stops.
    company: JoinHandle<()>,
}

impl Application {
    /// Makes everything that can fail, so that a server that runs has nothing missing. Must be called within tokio.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn build(config: Config) -> Result<Self, StartError> {
        // Fails only when it is there already, as in tests with several applications.
        let _ = any_spawner::Executor::init_tokio();
        let leptos = site::options(&config.site)?;
        let tls = Certificate::load(config.tls)?;
        let (engine, video_rooms) = if let Some(credentials) = config.twilio {
            let elsewhere = RemoteRoomsConfig::new(TWILIO, credentials.clone());
            (Engine::Twilio { credentials }, rooms::Rooms::Remote(rooms::RemoteRooms::new(elsewhere)?))
        } else if let Some(remote) = config.remote {
            let mut elsewhere = RemoteRoomsConfig::new(remote.url.to_string(), remote.credentials.clone());
            elsewhere.authority.clone_from(&remote.ca_file);
            let service = rooms::RemoteRooms::new(elsewhere)?;
            let rooms = Arc::new(RemoteRooms::new(&remote, config.rooms.max_connections_per_address)?);
            (Engine::Remote { rooms, credentials: remote.credentials }, rooms::Rooms::Remote(service))
        } else {
            let credentials = credentials::load_or_create(&config.storage.data_dir)?;
            let directory = &config.storage.data_dir;
            // A visit's room is made when the patient is let in, and over for good when it has been ended.
            let ad_hoc = AdHocRooms::Named(vec![demo::ROOM.to_owned()]);
            let ice_servers = config.ice_servers.clone();
            let rooms =
                room_server::start(&config.rooms, ad_hoc, ice_servers, &credentials, directory).await?;
            (Engine::Embedded { rooms: rooms.clone(), credentials }, rooms::Rooms::Embedded(rooms))
        };
        let clinic = Arc::new(open_clinic(config.clinic, &config.storage.data_dir).await?);
        clinic.note_settings(&config.settings).await?;
        // The file can be written: a server that is told so only later would go on without.
        clinic.checkpoint().await?;
        if let (Engine::Remote { .. }, rooms::Rooms::Remote(elsewhere)) = (&engine, &video_rooms) {
            remote_rooms::check(elsewhere, &clinic).await?;
        }
        let succeeds = matches!(&engine, Engine::Embedded { rooms, .. } if rooms.succeeds_another());
        let state = Arc::new(AppState {
            engine,
            rooms: Arc::new(video_rooms),
            clinic,
            build: site::build(&leptos),
            ice_servers: config.ice_servers,
            demo: config.demo,
            public_url: config.listen.public_url,
            trusted_proxies: config.listen.trusted_proxies,
            signaling_origins: config.signaling_origins,
            tls: tls.is_some(),
            watched: config.site.watched,
            leptos,
            stopping: CancellationToken::new(),
        });
        tokio::spawn(clinic::keep_watch(Arc::clone(&state.clinic), state.stopping.clone()));
        tokio::spawn(Arc::clone(&state.clinic).keep_checkpoints(state.stopping.clone()));
        tokio::spawn(clinic::keep_sessions(Arc::clone(&state.clinic), state.stopping.clone()));
        tokio::spawn(clinic::keep_desk_log(Arc::clone(&state.clinic), state.stopping.clone()));
        tokio::spawn(clinic::keep_records(Arc::clone(&state.clinic), state.stopping.clone()));
        tokio::spawn(clinic::keep_throttle(Arc::clone(&state.clinic), state.stopping.clone()));
        tokio::spawn(clinic::keep_appointments(Arc::clone(&state.clinic), state.stopping.clone()));
        if let (Engine::Remote { .. }, rooms::Rooms::Remote(elsewhere)) = (&state.engine, &*state.rooms) {
            let (clinic, stopping) = (Arc::clone(&state.clinic), state.stopping.clone());
            tokio::spawn(remote_rooms::keep_closed(elsewhere.clone(), clinic, stopping));
        }
        let (clinic, video_rooms) = (Arc::clone(&state.clinic), Arc::clone(&state.rooms));
        tokio::spawn(clinic.keep_rooms(video_rooms, state.stopping.clone()));
        tokio::spawn(Arc::clone(&state.clinic).keep_retention(state.stopping.clone()));
        let company = clinic::keep_company(
            Arc::clone(&state.clinic),
            state.engine.shared_rooms(),
            state.stopping.clone(),
        );
        let company = tokio::spawn(company);
        // Last, so that a server that cannot start never takes the address.
        let (listener, address) = listen(config.listen.address, config.listen.held, succeeds).await?;
        let serving = Serving {
            listener,
            router: web::router(&state),
            tls,
            grace: config.listen.shutdown_grace,
            stopping: state.stopping.clone(),
            signalling: match &state.engine {
                Engine::Embedded { rooms, .. } => Signalling::Rooms(rooms.clone()),
                Engine::Remote { rooms, .. } => Signalling::Remote(Arc::clone(rooms)),
                Engine::Twilio { .. } => Signalling::None,
            },
        };
        Ok(Self { serving, address, state, company })
    }

    /// Where it listens; the real port when 0 was asked for.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What every request may use.
    pub fn state(&self) -> Arc<AppState> {
        Arc::clone(&self.state)
    }

    /// All routes and layers, for tests without a socket.
    pub fn router(&self) -> Router {
        self.serving.router.clone()
    }

    /// A sentence for the person who started the server: what to open.
    pub async fn welcome(&self) -> String {
        let url = url(self.state.public_url.as_ref(), self.state.tls, self.address);
        let demo = match (self.state.demo.mode, &self.state.engine) {
            (DemoMode::Off, _) => false,
            (DemoMode::Auto, Engine::Twilio { .. }) => !self.state.is_public(),
            (DemoMode::Auto | DemoMode::On, _) => true,
        };
        let way = match self.state.clinic.is_set_up().await {
            Ok(true) => " — staff log in at /login, patients come by their links",
            _ if demo => " — open /provider and /patient",
            _ => "",
        };
        format!("Owl Hospital is at {url}{way}")
    }

    /// Serves until `stop` is ready, then lets what is under way end, for a bounded time.
    ///
    /// # Errors
    /// When the listening socket breaks.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        let outcome = lifecycle::run_until(self.serving, stop).await;
        // Of what happened in the last minute, and while the server stopped.
        self.state.clinic.checkpoint_or_say().await;
        outcome?;
        // The other nodes have been told by now, or will find out.
        self.company.await.map_err(io::Error::other)
    }
}

/// Opens the clinic's store in a directory that only the server's user can enter, and reads what is open.
pub(super) async fn open_clinic(settings: config::Clinic, data_dir: &Path) -> Result<Clinic, StartError> {
    make_data_dir(data_dir)?;
    let store = Store::open(&settings.database, data_dir).await?;
    Ok(Clinic::open(store, settings).await?)
}

/// Makes the directory, if it is not there, which only the server's user can enter.
pub(super) fn make_data_dir(path: &Path) -> Result<(), StartError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| StartError::DataDir { path: path.to_owned(), problem: error.kind() })
}

/// What somebody on this machine types to reach a server, unless it is known what everybody types.
pub(super) fn url(public: Option<&Origin>, https: bool, address: SocketAddr) -> String {
    let scheme = if https { "https" } else { "http" };
    match public {
        Some(origin) => origin.to_string(),
        None if address.ip().is_loopback() || address.ip().is_unspecified() => {
            format!("{scheme}://localhost:{}", address.port())
        }
        None => format!("{scheme}://{address}"),
    }
}
