//! What every request may use. Pages and server functions find it in their context as `Arc<AppState>`.

use super::{Origin, config};
use crate::{
    api::{EngineInfo, EngineKind},
    domain::IceServer,
    rooms::RoomServer,
    tokens::Credentials,
};
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;

/// What every request may use. Shared in an `Arc`.
pub struct AppState {
    /// The video engine.
    pub engine: Engine,
    /// STUN and TURN servers for browsers.
    pub ice_servers: Vec<IceServer>,
    /// The demo visit's settings.
    pub demo: config::Demo,
    /// The address that people open, where it is known.
    pub public_url: Option<Origin>,
    /// Peers whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Origins beside our own whose pages may open a signalling socket.
    pub signaling_origins: Vec<Origin>,
    /// Whether the server speaks https itself.
    pub tls: bool,
    /// Whether `cargo leptos watch` runs the server.
    pub watched: bool,
    /// Leptos' options.
    pub leptos: LeptosOptions,
    /// Cancelled once the server is told to stop. Streams end then: they never end by themselves.
    pub stopping: CancellationToken,
}

/// Where calls go.
pub enum Engine {
    /// Our own room server, in this process.
    Embedded {
        /// The running room server.
        rooms: RoomServer,
        /// What signs its tokens.
        credentials: Credentials,
    },
    /// Twilio.
    Twilio {
        /// What signs tokens for it.
        credentials: Credentials,
    },
}

impl AppState {
    /// What signs tokens.
    pub fn credentials(&self) -> &Credentials {
        match &self.engine {
            Engine::Embedded { credentials, .. } | Engine::Twilio { credentials } => credentials,
        }
    }

    /// Where the SDK finds the embedded room server; `None` on Twilio.
    pub fn signaling_path(&self) -> Option<&'static str> {
        matches!(self.engine, Engine::Embedded { .. }).then_some("/signaling")
    }

    /// Whether the configuration says that people come from elsewhere than this machine.
    pub fn is_public(&self) -> bool {
        let elsewhere = self.public_url.as_ref().is_some_and(|url| !url.is_loopback());
        elsewhere || !self.trusted_proxies.is_empty()
    }

    /// What the start page says about the engine.
    pub fn engine_info(&self) -> EngineInfo {
        let engine = match self.engine {
            Engine::Embedded { .. } => EngineKind::Embedded,
            Engine::Twilio { .. } => EngineKind::Twilio,
        };
        EngineInfo { engine, relay_configured: self.ice_servers.iter().any(IceServer::is_relay) }
    }
}
