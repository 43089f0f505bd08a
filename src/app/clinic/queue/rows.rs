//! The rows of one section. The browser takes them over after the page around them, each section in a task of its own: all at once
//! would hold up a slow machine for longer than a person presses and waits.

use super::{Lists, Queue, row::Row};
use crate::domain::queue::Section;
use leptos::prelude::*;

#[component]
fn Rows(queue: Queue, lists: Memo<Lists>, section: Section) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let rows = queue.rows.get();
        lists.with(|lists| lists.of(section).iter().take(rows).copied().collect::<Vec<_>>())
    });
    // Keyed: whoever goes by keyboard keeps the place when others come and go.
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            {queue.entry(id).map(|entry| view! { <Row queue entry=entry.into() section /> })}
        </For>
    }
}

/// The list that the rows are in, with them.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn place_of_rows(queue: Queue, lists: Memo<Lists>, section: Section) -> impl IntoView {
    view! {
        <ol class="board__rows" id=place_id(section)>
            <Rows queue lists section />
        </ol>
    }
}

/// The list that the rows are in: nobody walks into what has no children here.
#[cfg(target_arch = "wasm32")]
pub(super) fn place_of_rows(_: Queue, _: Memo<Lists>, section: Section) -> impl IntoView {
    view! { <ol class="board__rows" id=place_id(section)></ol> }
}

/// Takes over the rows that the server has rendered: the page must still know what it came with, and nothing else.
#[cfg(target_arch = "wasm32")]
pub(super) fn take_over(queue: Queue, lists: Memo<Lists>, section: Section) {
    use wasm_bindgen::JsCast;

    let place = document().get_element_by_id(&place_id(section)).and_then(|place| place.dyn_into().ok());
    if let Some(place) = place {
        // They live as long as the page.
        hydrate_from(place, move || view! { <Rows queue lists section /> }).forget();
    }
}

/// Nothing to take over on a server.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn take_over(_: Queue, _: Memo<Lists>, _: Section) {}

fn place_id(section: Section) -> String {
    format!("{}-rows", section.as_str())
}
