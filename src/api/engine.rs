//! Which video engine is in use.

use serde::{Deserialize, Serialize};

/// Where the SDK connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Engine {
    /// Our own room server, in the same process.
    Embedded,
    /// Twilio's cloud.
    Twilio,
}

/// What the home page says about video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// The engine in use.
    pub engine: Engine,
    /// Whether a TURN server is configured, without which calls beyond the local network may not connect.
    pub relay_configured: bool,
}
