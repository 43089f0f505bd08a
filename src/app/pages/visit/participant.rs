//! One other person in the room.

use super::{
    CallState,
    picture::{RemotePicture, RemoteSound},
};
use crate::{
    app::text::call::{CallWords, role_label},
    domain::{
        Role,
        call::{Remote, TrackKind},
    },
};
use leptos::prelude::*;

#[component]
pub(super) fn Participant(words: &'static CallWords, call: CallState, sid: String) -> impl IntoView {
    let remote =
        Memo::new(move |_| call.with(|call| call.remotes().iter().find(|remote| remote.sid == sid).cloned()));
    let of = move |read: fn(&Remote) -> Option<String>| {
        Memo::new(move |_| remote.with(|remote| remote.as_ref().and_then(read)))
    };
    let identity = of(|remote| Some(remote.identity.clone()));
    let picture =
        of(|remote| Some(remote.track(TrackKind::Video).filter(|track| track.enabled)?.sid.clone()));
    let sound = of(|remote| Some(remote.track(TrackKind::Audio)?.sid.clone()));
    let label = move || {
        role_label(
            words,
            identity.with(|identity| identity.as_deref().map_or(Role::Guest, Role::of_identity)),
        )
    };
    let reconnecting =
        Memo::new(move |_| remote.with(|remote| remote.as_ref().is_some_and(|r| r.reconnecting)));
    let muted = Memo::new(move |_| {
        remote.with(|remote| {
            remote.as_ref().and_then(|r| r.track(TrackKind::Audio)).is_some_and(|track| !track.enabled)
        })
    });
    view! {
        <article class="participant" data-identity=move || identity.get() aria-label=label>
            {move || picture.get().map(|sid| view! { <RemotePicture words sid label=label() /> })}
            {move || sound.get().map(|sid| view! { <RemoteSound sid /> })}
            <p class="participant__name">{label} {move || muted.get().then(|| format!(" ({})", words.muted))}</p>
            <Show when=move || reconnecting.get()>
                <p class="participant__state">{words.reconnects}</p>
            </Show>
        </article>
    }
}
