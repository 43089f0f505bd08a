//! `/patient` and `/provider`: the open demo visit, for one side of it.

mod controls;
mod notice;
mod participant;
mod picture;
mod stage;
mod waiting_room;

use crate::{
    app::{
        components::{SiteFooter, SiteHeader},
        text,
    },
    domain::{
        Role,
        call::{Call, Phase},
    },
    video,
};
use controls::Controls;
use leptos::{html, prelude::*};
use notice::Notices;
use stage::Stage;
use waiting_room::WaitingRoom;

/// The state of this page's call, as every part of the page sees it.
pub(super) type CallState = RwSignal<Call>;

/// The visit page of a patient or provider.
#[component]
pub fn VisitPage(
    /// The side of the visit.
    role: Role,
) -> impl IntoView {
    let call: CallState = RwSignal::new(Call::new(role, 0));
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| {
        video::start(role, move |state| call.set(state.clone()));
        hydrated.set(true);
    });
    let phase = Memo::new(move |_| call.with(Call::phase));
    let status = Memo::new(move |_| call.with(text::status));
    let status_line = keep_focus(phase);
    view! {
        <SiteHeader />
        <main
            id="main"
            class="page visit"
            tabindex="-1"
            data-role=role.as_str()
            data-phase=move || phase.get().as_str()
            data-hydrated=move || hydrated.get()
        >
            <h1>"Welcome to Owl Hospital Telemedicine"</h1>
            <p class="lead">{lead(role)}</p>
            // Never walked by hydration: a browser with scripts reads what is in here as mere text.
            <noscript inner_html=NO_SCRIPT></noscript>
            <p node_ref=status_line role="status" class="status" tabindex="-1">
                {move || status.get()}
            </p>
            <Notices call />
            {(role == Role::Patient).then(|| view! { <WaitingRoom call /> })}
            <Stage call />
            <Controls call hydrated />
        </main>
        <SiteFooter />
    }
}

const NO_SCRIPT: &str = "<section class=\"notice notice--warning\"><h2>This page needs JavaScript for the video</h2>\
    <p>It is switched off in your browser, or it could not be loaded.</p>\
    <ol><li>Switch JavaScript on, or use another browser.</li><li>Then reload this page.</li>\
    <li>If that does not work, please call the clinic.</li></ol></section>";

fn lead(role: Role) -> &'static str {
    match role {
        Role::Provider => "Thanks for caring for our patients.",
        Role::Patient | Role::Guest => {
            "Press Join Room and wait by the campfire. Your provider comes to you here, by video."
        }
    }
}

/// Joining and leaving take away the button that was pressed. Whoever goes by keyboard must not be thrown back to the top
/// of the page: the status line, which says what happens now, takes the focus if nothing else has it.
fn keep_focus(phase: Memo<Phase>) -> NodeRef<html::P> {
    let line = NodeRef::<html::P>::new();
    Effect::new(move |before: Option<bool>| {
        let can_join = phase.get().can_join();
        if before.is_some_and(|before| before != can_join) {
            // After the page has been changed, which happens with the effects of this turn.
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
                if let (true, Some(line)) = (lost, line.get_untracked()) {
                    // Nothing depends on it: at worst the person presses Tab from the top.
                    let _ = line.focus();
                }
            });
        }
        can_join
    });
    line
}
