//! What the page of a patient or guest is made from.

use super::ClinicCard;
pub use crate::domain::others::{ProviderStatus, WaitRange};
use crate::domain::visit::{Millis, SeatId, Visit, VisitId};
use serde::{Deserialize, Serialize};

/// A language that the patients' pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// The one for a language tag (BCP 47), or English if there is none for it.
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().split(['-', '_']).next() == Some("es") { Self::Es } else { Self::En }
    }

    /// Its tag, for a page's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }
}

/// What the page of a patient or guest is made from, as of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    /// The program's build: a page of another one reloads when it does not disturb.
    pub build: String,
    /// The id of the last event in here.
    pub last: u64,
    /// The server's time.
    pub now: Millis,
    /// The clinic.
    pub clinic: ClinicCard,
    /// The language to write in.
    pub lang: Lang,
    /// Whether a guest reads, who came along with a patient.
    pub is_guest: bool,
    /// Which visit.
    pub id: VisitId,
    /// The reader's place in it. Whatever the page sends names it: its browser may have come to another visit since.
    pub seat: SeatId,
    /// As this reader may see it.
    pub visit: Visit,
    /// When it is to begin, in words, by the clinic's time.
    pub when: String,
    /// How many minutes the place is kept for who is away.
    pub keeps_place: u64,
    /// How many seconds one is told before one is seen and heard.
    pub notice: u64,
    /// What other visits have to do with it.
    pub facts: SeatFacts,
}

/// What the server knows from other visits, and says honestly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatFacts {
    /// Whom one is about to see.
    pub provider: String,
    /// What they do now.
    pub status: ProviderStatus,
    /// How many are before one in that provider's queue; None if the clinic does not show it, or one does not wait.
    pub before: Option<u32>,
    /// How long it may take from now; None if too little is known.
    pub wait: Option<WaitRange>,
    /// Whether another device has the place now.
    pub elsewhere: bool,
}
