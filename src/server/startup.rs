//! From a configuration to a server that is ready to run: the product.

use super::{
    Origin,
    config::{Config, DemoMode},
    credentials::{self, CredentialsError},
    lifecycle::{self, Serving},
    room_server,
    site::{self, SiteError},
    state::{AppState, Engine},
    tls::{self, TlsError},
    web,
};
use axum::Router;
use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
};
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
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
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
}

impl Application {
    /// Makes everything that can fail, so that a server that runs has nothing missing. Must be called within tokio.
    ///
    /// # Errors
    /// See [`StartError`].
    #[expect(
        clippy::unused_async,
        reason = "a store is opened here later; callers should not have to change"
    )]
    pub async fn build(config: Config) -> Result<Self, StartError> {
        // Fails only when it is there already, as in tests with several applications.
        let _ = any_spawner::Executor::init_tokio();
        let leptos = site::options(&config.site)?;
        let tls = tls::load_if_any(config.tls)?;
        let engine = if let Some(credentials) = config.twilio {
            Engine::Twilio { credentials }
        } else {
            let credentials = credentials::load_or_create(&config.storage.data_dir)?;
            let rooms = room_server::start(&config.rooms, config.ice_servers.clone(), &credentials);
            Engine::Embedded { rooms, credentials }
        };
        let state = Arc::new(AppState {
            engine,
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
        // Last, so that a server that cannot start never takes the address.
        let (listener, address) = listen(config.listen.address)?;
        let serving = Serving {
            listener,
            router: web::router(&state),
            tls,
            grace: config.listen.shutdown_grace,
            stopping: state.stopping.clone(),
            rooms: match &state.engine {
                Engine::Embedded { rooms, .. } => Some(rooms.clone()),
                Engine::Twilio { .. } => None,
            },
        };
        Ok(Self { serving, address, state })
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
    pub fn welcome(&self) -> String {
        let url = url(self.state.public_url.as_ref(), self.state.tls, self.address);
        let demo = match (self.state.demo.mode, &self.state.engine) {
            (DemoMode::Off, _) => false,
            (DemoMode::Auto, Engine::Twilio { .. }) => !self.state.is_public(),
            (DemoMode::Auto | DemoMode::On, _) => true,
        };
        let way = if demo { " — open /provider and /patient" } else { "" };
        format!("Owl Hospital is at {url}{way}")
    }

    /// Serves until `stop` is ready, then lets what is under way end, for a bounded time.
    ///
    /// # Errors
    /// When the listening socket breaks.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        lifecycle::run_until(self.serving, stop).await
    }
}

/// Takes the address.
pub(super) fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |problem| StartError::Listen { address, problem };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
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
