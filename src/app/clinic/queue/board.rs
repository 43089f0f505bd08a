//! One section of the queue.

use super::{Lists, Queue, row::Row};
use crate::domain::queue::Section;
use leptos::prelude::*;

#[component]
pub(super) fn Board(
    queue: Queue,
    lists: Memo<Lists>,
    section: Section,
    title: &'static str,
    empty: &'static str,
) -> impl IntoView {
    let count = Memo::new(move |_| lists.with(|lists| lists.of(section).len()));
    let ids = Memo::new(move |_| {
        let rows = queue.rows.get();
        lists.with(|lists| lists.of(section).iter().take(rows).copied().collect::<Vec<_>>())
    });
    let name = section.as_str();
    view! {
        <section
            class="board"
            aria-labelledby=name
            hidden=move || empty.is_empty() && count.get() == 0
            data-section=name
        >
            <h2 id=name tabindex="-1">
                {title}
                " ("
                {move || count.get()}
                ")"
            </h2>
            <p class="board__empty" hidden=move || count.get() != 0>
                {empty}
            </p>
            // Keyed: whoever goes by keyboard keeps the place when others come and go.
            <ol class="board__rows">
                <For each=move || ids.get() key=|id| *id let:id>
                    {queue.entry(id).map(|entry| view! { <Row queue entry=entry.into() section /> })}
                </For>
            </ol>
        </section>
    }
}
