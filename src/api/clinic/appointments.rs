//! What the pages about appointments are made from. They are plain HTML, so none of this travels.

/// Languages that one can choose from: tag (BCP 47) and English name.
pub const LANGUAGES: [(&str, &str); 20] = [
    ("en", "English"),
    ("es", "Spanish"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("fr", "French"),
    ("de", "German"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("fa", "Persian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("so", "Somali"),
    ("tl", "Tagalog"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("vi", "Vietnamese"),
    ("ase", "American Sign Language"),
];

/// The English name of a language; its tag where there is none.
pub fn language_name(tag: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name)
}

/// Who reads a page for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Their name.
    pub name: String,
    /// Whether they manage accounts, and see no patients.
    pub is_admin: bool,
    /// The time of day at which they are logged out, when that is soon and no use of the page puts it off.
    pub ends_soon: Option<String>,
}

/// One appointment, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRow {
    /// The visit.
    pub id: String,
    /// By the clinic's clock: `14:30`.
    pub time: String,
    /// In minutes.
    pub minutes: u16,
    /// The patient's name.
    pub patient: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// Who sees them.
    pub provider: String,
    /// Why they come; may be empty.
    pub reason: String,
    /// The language to speak, as a tag.
    pub language: String,
    /// Whether an interpreter is wanted.
    pub interpreter: bool,
    /// Where the visit stands, in words.
    pub state: &'static str,
}

/// One day's appointments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentDay {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `Monday, 23 November 2026`.
    pub in_words: String,
    /// The day before.
    pub before: String,
    /// The day after.
    pub after: String,
    /// The clinic's time zone, by name.
    pub zone: String,
    /// In order of time.
    pub rows: Vec<AppointmentRow>,
}

/// What a form for an appointment holds, right or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppointmentFields {
    /// The patient's name.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// The provider's id.
    pub provider: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`.
    pub time: String,
    /// In minutes.
    pub minutes: String,
    /// Why they come.
    pub reason: String,
    /// The language to speak, as a tag.
    pub language: String,
    /// Whether an interpreter is wanted.
    pub interpreter: bool,
    /// Whether to ask which one is meant, of an hour that comes twice.
    pub asks_which: bool,
}

/// What can be corrected of a visit's record, right or wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordFields {
    /// The patient's name.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// Why they come; may be empty.
    pub reason: String,
    /// The language to speak, as a tag.
    pub language: String,
    /// Whether an interpreter is wanted.
    pub interpreter: bool,
    /// Of what is written down: another one says that it has changed.
    pub seen: String,
}

/// A link as it is handed out: the only time that it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedLink {
    /// The address to send.
    pub address: String,
    /// For whoever cannot open it.
    pub code: String,
}

/// One appointment, with all that can be done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentView {
    /// As in a list.
    pub row: AppointmentRow,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `HH:MM`, for a form.
    pub clock: String,
    /// The day in words.
    pub day: String,
    /// The patient's record number, by which an admin finds them in the audit.
    pub patient_number: String,
    /// Where the patient said at check-in that they are; may be empty.
    pub location: String,
    /// The number to call back that they gave then; may be empty.
    pub call_back: String,
    /// Whether it can still be moved.
    pub can_move: bool,
    /// To whom it can still be given: id and name.
    pub others: Vec<(String, String)>,
    /// Whether it can still be called off.
    pub can_cancel: bool,
    /// Whether it is over.
    pub is_over: bool,
    /// Who may come along, in the order in which they were invited.
    pub guests: Vec<GuestRow>,
    /// What there is to erase.
    pub erasure: Erasure,
}

/// Somebody who may come along with a patient. Nobody writes down who they are: a link says enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestRow {
    /// Their place.
    pub seat: String,
    /// When they were invited, by the clinic's clock.
    pub invited: String,
    /// Whether somebody has come by their link.
    pub has_come: bool,
}

/// What there is to erase of an appointment's patient, for whoever reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// Nothing yet, or not for the reader.
    None,
    /// The patient, if they ask for it.
    Possible,
    /// It is erased already.
    Done,
}

/// What a line of an imported list says, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportSays {
    /// Date and time, and which of two where clocks go back.
    pub when: String,
    /// For how many minutes.
    pub minutes: String,
    /// The patient's name.
    pub patient: String,
    /// Their birth date.
    pub birth_date: String,
    /// Whom they see.
    pub provider: String,
    /// Why they come.
    pub reason: String,
    /// The language to speak.
    pub language: String,
    /// Whether an interpreter is wanted.
    pub interpreter: String,
}

/// One line of an imported list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportLine {
    /// Its number in the file; the head is 1.
    pub number: u64,
    /// What it says: as it was understood, or, where that is wrong, as it was typed.
    pub says: ImportSays,
    /// What is wrong with it. None: the appointment can be made.
    pub error: Option<String>,
    /// The link, once it is made.
    pub link: Option<HandedLink>,
}
