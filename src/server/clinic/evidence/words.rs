//! The audit's words as an admin reads them.

use crate::domain::visit::StaffId;
use std::collections::HashMap;

/// What can be done: as the audit writes it, and in words.
pub const ACTIONS: [(&str, &str); 34] = [
    ("log-in", "Logged in"),
    ("log-out", "Logged out"),
    ("link-used", "Came in by a link or code"),
    ("link-issued", "Made a link"),
    ("link-revoked", "Took links away"),
    ("identity-confirmed", "Said who they are"),
    ("seat-taken", "Took the place over on another device"),
    ("stream-started", "Began to follow events"),
    ("record-opened", "Opened a record"),
    ("record-changed", "Changed a record"),
    ("record-erased", "Erased personal data"),
    ("token-given", "Got a way into the video room"),
    ("account-changed", "Changed an account"),
    ("setting-changed", "Changed a setting"),
    ("audit-read", "Read the audit"),
    ("checkpoints-shortened", "Found the audit’s checkpoints shortened"),
    ("visit-scheduled", "Made an appointment"),
    ("visit-moved", "Moved an appointment"),
    ("visit-assigned", "Handed over or took over"),
    ("visit-checked-in", "Checked in"),
    ("visit-devices-tried", "Tried camera and microphone out"),
    ("visit-ready", "Began to wait"),
    ("visit-admitted", "Admitted"),
    ("visit-started-now", "Started before the notice was over"),
    ("visit-put-off", "Put the start off"),
    ("visit-sent-back", "Sent back to wait"),
    ("visit-stepped-out", "Stepped out"),
    ("visit-stepped-back", "Stepped back in"),
    ("visit-room-changed", "Changed the video room"),
    ("visit-guest-invited", "Invited a guest"),
    ("visit-guest-removed", "Removed a guest"),
    ("visit-ended", "Ended a visit"),
    ("visit-returned", "Came back after leaving"),
    ("visit-refused", "Tried what the visit’s rules do not allow"),
];

/// What was done, in words. What a later version has written stands as it is.
pub(super) fn action(word: &str) -> String {
    ACTIONS.iter().find(|(known, _)| *known == word).map_or(word, |(_, words)| words).to_owned()
}

/// Who did it. Patients have no name here.
pub(super) fn actor(text: &str, names: &HashMap<StaffId, String>) -> String {
    match text.split_once(':') {
        Some(("staff", id)) => {
            let id = StaffId::try_from(id.to_owned()).ok();
            let name = id.and_then(|id| names.get(&id)).cloned();
            name.unwrap_or_else(|| "Somebody who has no account here".to_owned())
        }
        Some(("seat", _)) => "A patient or guest".to_owned(),
        _ if text == "system" => "The clinic itself".to_owned(),
        _ => "Nobody who is known".to_owned(),
    }
}

/// What it was about, in words where an account is meant.
pub(super) fn about(text: &str, names: &HashMap<StaffId, String>) -> String {
    let Some((before, rest)) = text.split_once("staff:") else { return text.to_owned() };
    let (id, after) = rest.split_at_checked(32).unwrap_or((rest, ""));
    let id = StaffId::try_from(id.to_owned()).ok();
    match id.and_then(|id| names.get(&id)) {
        Some(name) => format!("{before}{name}{after}"),
        None => text.to_owned(),
    }
}
