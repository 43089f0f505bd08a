//! Long lists come onto the page bit by bit, so that the browser can answer in between: nothing that it does takes long.

use super::{FIRST_ROWS, Lists, Queue};
use crate::app::clinic::Kept;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// So many rows of each section are added at once.
const MORE: usize = 2;

/// Begins with few rows whenever something else is looked for, and adds the others, once the page is the browser's.
pub(super) fn grow(queue: Queue, lists: Memo<Lists>, hydrated: RwSignal<bool>) {
    let timer = Kept::new();
    // What is looked for, and nothing else: who comes meanwhile must not make the list shrink.
    Effect::new(move |has_begun: Option<bool>| {
        drop(queue.filters().get());
        if !hydrated.get() {
            return false;
        }
        if has_begun == Some(true) {
            queue.rows.set(FIRST_ROWS);
        }
        add(queue, lists, timer);
        true
    });
}

fn add(queue: Queue, lists: Memo<Lists>, timer: Kept<Timeout>) {
    timer.put(Timeout::new(0, move || {
        let rows = queue.rows.get_untracked();
        if rows >= lists.with_untracked(Lists::longest) {
            // Whoever comes from now on is one row more.
            return queue.rows.set(usize::MAX);
        }
        queue.rows.set(rows + MORE);
        add(queue, lists, timer);
    }));
}
