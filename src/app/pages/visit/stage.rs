//! The people in the room: the others, and oneself.

use super::{CallState, participant::Participant, picture::OwnPicture};
use crate::{
    app::text::call::CallWords,
    domain::call::{Call, Phase, TrackKind},
    video,
};
use leptos::prelude::*;

#[component]
pub(super) fn Stage(words: &'static CallWords, call: CallState) -> impl IntoView {
    let under_way = Memo::new(move |_| {
        !matches!(call.with(Call::phase), Phase::AskingForMedia) && call.with(Call::phase).is_under_way()
    });
    let sids = Memo::new(move |_| {
        call.with(|call| call.remotes().iter().map(|remote| remote.sid.clone()).collect::<Vec<_>>())
    });
    let own_picture = Memo::new(move |_| call.with(Call::wish).includes(TrackKind::Video));
    let sound_blocked = Memo::new(move |_| call.with(Call::sound_blocked));
    view! {
        <Show when=move || under_way.get()>
            <Show when=move || sound_blocked.get()>
                <button type="button" class="button button--sound" on:click=|_| video::turn_on_sound()>
                    {words.turn_on_sound}
                </button>
            </Show>
            <section class="stage" aria-label=words.in_the_room data-others=move || sids.with(Vec::len)>
                <For each=move || sids.get() key=Clone::clone let:sid>
                    <Participant words call sid />
                </For>
                <Show when=move || own_picture.get()>
                    <figure class="self-view" aria-label=words.you>
                        <OwnPicture words call />
                    </figure>
                </Show>
            </section>
        </Show>
    }
}
