//! Join Room or Leave Room, never both.

use super::CallState;
use crate::{
    app::text::call::{CallWords, SwitchWords},
    domain::call::{Call, Device, Event, MediaWish, TrackKind},
    video,
};
use leptos::{ev::MouseEvent, prelude::*};

#[component]
pub(super) fn Controls(
    words: &'static CallWords,
    call: CallState,
    hydrated: RwSignal<bool>,
    #[prop(default = Signal::stored(MediaWish::CameraAndMicrophone))] wish: Signal<MediaWish>,
) -> impl IntoView {
    let can_join = Memo::new(move |_| call.with(Call::phase).can_join());
    view! {
        <div class="actions">
            <Switch call kind=TrackKind::Audio words=words.microphone />
            <Switch call kind=TrackKind::Video words=words.camera />
            <Show
                when=move || can_join.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button button--leave"
                            on:click=|press| once(&press, Event::Leave)
                        >
                            {words.leave}
                        </button>
                    }
                }
            >
                // Before the page is ready a press would do nothing: it cannot be pressed then.
                <button
                    type="button"
                    class="button button--primary"
                    disabled=move || !hydrated.get()
                    on:click=move |press| once(&press, Event::Join(wish.get_untracked()))
                >
                    {words.join}
                </button>
            </Show>
        </div>
    }
}

/// Join and Leave appear in each other's place: the second half of a double click on the one is no wish for the other.
fn once(press: &MouseEvent, event: Event) {
    if press.detail() < 2 {
        video::send(event);
    }
}

/// Switches one's own sound or picture; shown in the room, to those who send it. The words say what a press does: to one that
/// is on, to one that is off, and to one whose device has failed.
#[component]
fn Switch(call: CallState, kind: TrackKind, words: SwitchWords) -> impl IntoView {
    let [on, off, again] = words;
    // Who is held back sends nothing yet, whatever they press.
    let shown = Memo::new(move |_| {
        call.with(|call| call.phase().is_joined() && call.wish().includes(kind) && !call.holds_back())
    });
    let sends = Memo::new(move |_| call.with(|call| call.sends(kind)));
    let fails = Memo::new(move |_| call.with(|call| call.device_fails(kind)));
    let restarting = Memo::new(move |_| call.with(|call| call.device(kind)) == Device::Restarting);
    let event = move || {
        if fails.get_untracked() { Event::Restart(kind) } else { Event::Switch(kind, !sends.get_untracked()) }
    };
    view! {
        <Show when=move || shown.get()>
            <button
                type="button"
                class="button button--switch"
                // Not `disabled`: that would throw the focus away.
                aria-disabled=move || restarting.get().then_some("true")
                on:click=move |_| video::send(event())
            >
                {move || match (fails.get(), sends.get()) {
                    (true, _) => again,
                    (false, true) => on,
                    (false, false) => off,
                }}
            </button>
        </Show>
    }
}
