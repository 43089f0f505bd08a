//! What every page says of the clinic.

use serde::{Deserialize, Serialize};

/// What every page says of the clinic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicCard {
    /// Its name.
    pub name: String,
    /// The number to call when nothing else helps.
    pub phone: Option<String>,
    /// The number to call in an emergency.
    pub emergency: String,
}
