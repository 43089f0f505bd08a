//! One section of the queue.

use super::{Queue, row::Row};
use crate::domain::queue::Section;
use leptos::prelude::*;

#[component]
pub(super) fn Board(
    queue: Queue,
    section: Section,
    title: &'static str,
    empty: &'static str,
) -> impl IntoView {
    let ids = Memo::new(move |_| queue.ids(section));
    let heading = StoredValue::new(title.to_lowercase().replace(' ', "-"));
    let is_shown = Memo::new(move |_| !empty.is_empty() || ids.with(|ids| !ids.is_empty()));
    view! {
        <section class="board" aria-labelledby=heading.get_value() hidden=move || !is_shown.get() data-section=heading.get_value()>
            <h2 id=heading.get_value()>{title} " (" {move || ids.with(Vec::len)} ")"</h2>
            <p class="board__empty" hidden=move || ids.with(|ids| !ids.is_empty())>
                {empty}
            </p>
            // Keyed: whoever goes by keyboard keeps the place when others come and go.
            <ol class="board__rows">
                <For each=move || ids.get() key=|id| *id let:id>
                    <Row queue id section />
                </For>
            </ol>
        </section>
    }
}
