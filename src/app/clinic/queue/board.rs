//! One section of the queue.

use super::{Lists, Queue, rows::place_of_rows};
use crate::domain::queue::Section;
use leptos::prelude::*;

/// How high a row and the space after it are, in pixels, as the style sheet says it of those that are out of sight.
const ROW: usize = 108;

#[component]
pub(super) fn Board(
    queue: Queue,
    lists: Memo<Lists>,
    /// Whether the rows are taken over for themselves.
    apart: bool,
    section: Section,
    title: &'static str,
    empty: &'static str,
) -> impl IntoView {
    let count = Memo::new(move |_| lists.with(|lists| lists.of(section).len()));
    // An attribute, since the page's policy takes no style from HTML.
    let to_come = move || (count.get().saturating_sub(queue.rows.get()) * ROW).to_string();
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
            {place_of_rows(queue, lists, section, apart)}
            // The place of the rows that are still to be made: what is below stays where it is.
            <svg class="board__to-come" width="1" height=to_come aria-hidden="true"></svg>
        </section>
    }
}
