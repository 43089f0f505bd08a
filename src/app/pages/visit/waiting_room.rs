//! The waiting room: shown exactly while the patient is in the room and no provider is (invariant 1).

use super::CallState;
use crate::{
    app::{components::Campfire, text::call::ENGLISH},
    domain::call::Call,
};
use leptos::prelude::*;

#[component]
pub(super) fn WaitingRoom(call: CallState) -> impl IntoView {
    let visible = Memo::new(move |_| call.with(Call::waiting_room_visible));
    view! {
        <Show when=move || visible.get()>
            <section class="waiting-room" aria-label="Waiting room">
                <h2>"Thanks! Your provider will be with you shortly."</h2>
                <p>"In the meantime enjoy this soothing campfire."</p>
                <Campfire words=&ENGLISH.fire visible />
            </section>
        </Show>
    }
}
