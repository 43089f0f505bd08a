//! Which video engine a server uses, as far as people may know.

use serde::{Deserialize, Serialize};

/// Where the SDK connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// The room server in this very process; media goes from browser to browser.
    Embedded,
    /// Twilio's cloud, with the clinic's own account.
    Twilio,
}

/// What the home page tells about the engine, and what decides how far calls reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// The engine in use.
    pub engine: Engine,
    /// Whether a TURN server is configured. Without one the embedded engine connects people of one local network only;
    /// Twilio brings its own.
    pub relay_configured: bool,
}
