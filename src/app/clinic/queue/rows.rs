//! The rows of one section. The browser takes them over after the page around them, each section in a task of its own: all at once
//! would hold up a slow machine for longer than a person presses and waits.

use super::{Lists, Queue, TakeOver, row::Row};
use crate::domain::queue::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

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

/// The list that the rows are in. Where they are taken over for themselves nobody walks into it: it has no children then.
pub(super) fn place_of_rows(queue: Queue, lists: Memo<Lists>, section: Section, apart: bool) -> AnyView {
    if apart {
        return view! { <ol class="board__rows" id=place_id(section)></ol> }.into_any();
    }
    view! {
        <ol class="board__rows" id=place_id(section)>
            <Rows queue lists section />
        </ol>
    }
    .into_any()
}

/// Takes over the rows that the server has rendered: the page must still know what it came with, and nothing else.
pub(super) fn hydrate(queue: Queue, lists: Memo<Lists>, section: Section, take_over: TakeOver) {
    let place = document().get_element_by_id(&place_id(section)).and_then(|place| place.dyn_into().ok());
    if let Some(place) = place {
        take_over(place, Box::new(move || view! { <Rows queue lists section /> }.into_any()));
    }
}

fn place_id(section: Section) -> String {
    format!("{}-rows", section.as_str())
}
