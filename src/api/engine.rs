//! What the start page says about the video engine.

use serde::{Deserialize, Serialize};

/// Where calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// Our own room server: media goes from browser to browser.
    Embedded,
    /// Our own room server on another machine: media goes from browser to browser.
    Remote,
    /// Twilio.
    Twilio,
}

/// What people should know about the video engine before they call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// Where calls go.
    pub engine: EngineKind,
    /// Whether a TURN server is configured here. Without one, calls over our own room server work within a local network
    /// only; one elsewhere may know of others.
    pub relay_configured: bool,
}
