//! What the start page says about the video engine.

use serde::{Deserialize, Serialize};

/// Where calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// Our own room server: media goes from browser to browser.
    Embedded,
    /// Twilio.
    Twilio,
}

/// What people should know about the video engine before they call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineInfo {
    /// Where calls go.
    pub engine: EngineKind,
    /// Whether a TURN server is configured. Without one, embedded calls work within a local network only.
    pub relay_configured: bool,
}
