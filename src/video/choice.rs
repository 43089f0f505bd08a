//! What somebody has chosen for the calls of their visit: what to send, and from which devices. The browser keeps it for one
//! visit at a time, so that nobody is asked again after a reload, in another tab, or the next time they are let in.

use crate::domain::{call::MediaWish, visit::VisitId};
use std::cell::RefCell;

const KEY: &str = "owl.devices";

thread_local! {
    static CHOSEN: RefCell<Choice> = RefCell::default();
}

/// What to send, and from which devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What to send.
    pub wish: MediaWish,
    /// The browser's id of the camera; None: whichever it takes.
    pub camera: Option<String>,
    /// The browser's id of the microphone; None: whichever it takes.
    pub microphone: Option<String>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { wish: MediaWish::CameraAndMicrophone, camera: None, microphone: None }
    }
}

/// Brings back what was chosen for this visit, for the calls of this page.
pub fn recall(visit: VisitId) -> Choice {
    let stored = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    let choice = stored.and_then(|text| read(&text, visit)).unwrap_or_default();
    CHOSEN.set(choice.clone());
    choice
}

/// From now on this is chosen.
pub fn choose(visit: VisitId, choice: Choice) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs a question at the next load, not the visit.
        let _ = storage.set_item(KEY, &write(&choice, visit));
    }
    CHOSEN.set(choice);
}

/// What is chosen for the calls of this page.
pub(super) fn chosen() -> Choice {
    CHOSEN.with_borrow(Clone::clone)
}

fn storage() -> Option<web_sys::Storage> {
    // Browsers may refuse storage altogether; then every load begins anew.
    web_sys::window()?.local_storage().ok()?
}

const WISHES: [(MediaWish, &str); 4] = [
    (MediaWish::CameraAndMicrophone, "both"),
    (MediaWish::MicrophoneOnly, "sound"),
    (MediaWish::CameraOnly, "picture"),
    (MediaWish::Nothing, "nothing"),
];

/// One line each: visit, wish, camera, microphone. Ids of devices have no line breaks.
fn write(choice: &Choice, visit: VisitId) -> String {
    let wish = WISHES.iter().find(|(wish, _)| *wish == choice.wish).map_or("", |(_, word)| word);
    let id = |id: &Option<String>| id.clone().unwrap_or_default();
    [visit.to_string(), wish.to_owned(), id(&choice.camera), id(&choice.microphone)].join("\n")
}

/// None for another visit's, and for what is damaged.
fn read(text: &str, visit: VisitId) -> Option<Choice> {
    let mut lines = text.split('\n');
    if lines.next()? != visit.to_string() {
        return None;
    }
    let word = lines.next()?;
    let wish = WISHES.iter().find(|(_, known)| *known == word)?.0;
    let mut id = || lines.next().filter(|id| !id.is_empty()).map(str::to_owned);
    Some(Choice { wish, camera: id(), microphone: id() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_18_a_choice_is_kept_for_its_own_visit_only() {
        for (wish, _) in WISHES {
            let choice = Choice { wish, camera: None, microphone: Some("abc=".to_owned()) };
            let text = write(&choice, VisitId(7));
            assert_eq!(read(&text, VisitId(7)), Some(choice));
            assert_eq!(read(&text, VisitId(8)), None);
        }
        assert_eq!(read("", VisitId(7)), None);
    }
}
