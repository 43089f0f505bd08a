//! Which page a request asked for. There is no client router: the server says it.

use serde::{Deserialize, Serialize};

/// A page. The server provides it as a context to the root component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// `/`
    Home,
    /// `/patient`
    Patient,
    /// `/provider`
    Provider,
}

impl Page {
    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Patient => "/patient",
            Self::Provider => "/provider",
        }
    }
}
