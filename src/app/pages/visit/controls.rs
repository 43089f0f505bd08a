//! Join Room or Leave Room, never both.

use super::CallState;
use crate::{
    domain::call::{Call, Event, MediaWish},
    video,
};
use leptos::prelude::*;

#[component]
pub(super) fn Controls(call: CallState, hydrated: RwSignal<bool>) -> impl IntoView {
    let can_join = Memo::new(move |_| call.with(Call::phase).can_join());
    view! {
        <div class="actions">
            <Show
                when=move || can_join.get()
                fallback=|| {
                    view! {
                        <button
                            type="button"
                            class="button button--leave"
                            on:click=|press| {
                                // The second half of a double click on Join is no wish to leave.
                                if press.detail() < 2 {
                                    video::send(Event::Leave);
                                }
                            }
                        >
                            "Leave Room"
                        </button>
                    }
                }
            >
                // Before the page is ready a press would do nothing: it cannot be pressed then.
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || !hydrated.get()
                    on:click=|_| video::send(Event::Join(MediaWish::CameraAndMicrophone))
                >
                    "Join Room"
                </button>
            </Show>
        </div>
    }
}
