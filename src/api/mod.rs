//! The contract between server and browser: server functions, what they take and give, and the pages' addresses.
//!
//! Server functions speak postcard, not JSON: its code costs the browser a tenth. So no type here may leave fields out or
//! depend on their names. They are a few lines each; what they do is in `server`. Nothing here knows how anything is shown.

pub mod clinic;
mod engine;
mod error;
mod page;
mod ticket;
mod visit;
pub mod wire;

pub use engine::{EngineInfo, EngineKind};
pub use error::{ApiError, ErrorCode};
pub use page::Page;
pub use ticket::JoinTicket;
pub use visit::{JoinDemo, join_demo};

/// Where the Twilio Video JS SDK is served. Its version is in the name, so that it can be cached for ever.
pub const SDK_PATH: &str = "/vendor/twilio-video-2.35.0.min.js";

#[cfg(test)]
mod tests {
    #[test]
    fn the_sdk_is_asked_for_in_the_version_that_npm_installs() {
        let package = include_str!("../../package.json");
        let version = super::SDK_PATH.trim_start_matches("/vendor/twilio-video-").trim_end_matches(".min.js");
        assert!(
            package.contains(&format!("\"twilio-video\": \"{version}\"")),
            "{version} is not in package.json"
        );
    }
}
