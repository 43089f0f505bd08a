//! Where the keyboard is when what it was on goes away: never at the beginning of the page.

use crate::domain::{queue::Section, visit::VisitId};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of the link that bears a patient's name.
pub(super) fn row_id(id: VisitId) -> String {
    format!("visit-{id}")
}

/// To the patient's name in their row.
pub(super) fn to_row(id: VisitId) {
    to(&row_id(id));
}

/// To the heading of a section, when a row of it goes away.
pub(super) fn to_section(section: Section) {
    to(section.as_str());
}

fn to(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails only for what cannot have the focus.
        let _ = element.focus();
    }
}
