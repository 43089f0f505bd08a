//! What every request may use. Pages and server functions find it in their context as `Arc<AppState>`.

use super::{
    Origin,
    clinic::Clinic,
    clock, config,
    random::{self, RandomError},
    remote_rooms::RemoteRooms,
};
use crate::{
    api::{EngineInfo, EngineKind},
    domain::IceServer,
    rooms::{RoomServer, Rooms},
    tokens::{Credentials, IceServers},
};
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What every request may use. Shared in an `Arc`.
pub struct AppState {
    /// The video engine.
    pub engine: Engine,
    /// The rooms of the video engine, wherever they are.
    pub rooms: Arc<Rooms>,
    /// STUN and TURN servers for browsers.
    pub ice_servers: IceServers,
    /// The clinic's use cases.
    pub clinic: Arc<Clinic>,
    /// The name of the pages' build: a page of another one is too old.
    pub build: String,
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
    /// Our own room server, elsewhere.
    Remote {
        /// The way to it.
        rooms: Arc<RemoteRooms>,
        /// What signs tokens for it.
        credentials: Credentials,
    },
    /// Twilio.
    Twilio {
        /// What signs tokens for it.
        credentials: Credentials,
    },
}

impl Engine {
    /// Where calls are, if other nodes can have theirs there as well.
    pub fn shared_rooms(&self) -> Option<String> {
        match self {
            Self::Embedded { .. } => None,
            Self::Remote { credentials, .. } => Some(format!("owl rooms, {}", credentials.account_sid)),
            Self::Twilio { credentials } => Some(format!("Twilio, {}", credentials.account_sid)),
        }
    }
}

impl AppState {
    /// What signs tokens.
    pub fn credentials(&self) -> &Credentials {
        match &self.engine {
            Engine::Embedded { credentials, .. }
            | Engine::Remote { credentials, .. }
            | Engine::Twilio { credentials } => credentials,
        }
    }

    /// Where the SDK finds our own room server, here or elsewhere; `None` on Twilio.
    pub fn signaling_path(&self) -> Option<&'static str> {
        match self.engine {
            Engine::Embedded { .. } | Engine::Remote { .. } => Some("/signaling"),
            Engine::Twilio { .. } => None,
        }
    }

    /// The STUN and TURN servers for one browser. `None`: it asks wherever it connects.
    ///
    /// # Errors
    /// When the operating system gives no randomness for a TURN name.
    pub fn ice_servers(&self) -> Result<Option<Vec<IceServer>>, RandomError> {
        match &self.engine {
            // The SDK asks that room server, which may know some.
            Engine::Remote { .. } if !self.ice_servers.has_relay() => Ok(None),
            Engine::Embedded { .. } | Engine::Remote { .. } => {
                let nonce = u128::from_ne_bytes(random::bytes()?);
                Ok(Some(self.ice_servers.hand_out(clock::unix_seconds(), nonce)))
            }
            Engine::Twilio { .. } => Ok(None),
        }
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
            Engine::Remote { .. } => EngineKind::Remote,
            Engine::Twilio { .. } => EngineKind::Twilio,
        };
        EngineInfo { engine, relay_configured: self.ice_servers.has_relay() }
    }
}
