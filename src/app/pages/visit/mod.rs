//! `/patient` and `/provider`: the open demo visit, for one side of it.

mod controls;
mod notice;
mod participant;
mod picture;
mod stage;
mod waiting_room;

use crate::{
    app::{
        components::{NotReady, NotRunning, SiteFooter, SiteHeader},
        text::call::{CallWords, ENGLISH, status},
    },
    domain::{
        Role,
        call::{Call, MediaWish},
    },
    video,
};
use controls::Controls;
use leptos::{html, prelude::*};
use notice::Notices;
use stage::Stage;
use waiting_room::WaitingRoom;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The state of this page's call, as every part of the page sees it.
pub type CallState = RwSignal<Call>;

/// The visit page of a patient or provider.
#[component]
pub fn VisitPage(
    /// The side of the visit.
    role: Role,
) -> impl IntoView {
    let words = &ENGLISH;
    let call: CallState = RwSignal::new(Call::new(role, 0));
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| {
        video::start(video::TicketSource::Demo(role), move |state| call.set(state.clone()));
        hydrated.set(true);
    });
    let phase = Memo::new(move |_| call.with(Call::phase));
    let line = Memo::new(move |_| call.with(|call| status(words, call)));
    let status_line = keep_focus(call);
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
            <NotRunning words=&NOT_READY />
            <p node_ref=status_line role="status" class="status" tabindex="-1">
                {move || line.get()}
            </p>
            <Notices words call />
            {(role == Role::Patient).then(|| view! { <WaitingRoom call /> })}
            <Stage words call />
            <Controls words call hydrated />
        </main>
        <SiteFooter />
    }
}

/// What a call consists of on a page that has its own words around it: what went wrong, who is there, and the buttons.
#[component]
pub fn CallParts(
    /// The words of the call.
    #[prop(default = &ENGLISH)]
    words: &'static CallWords,
    /// The call.
    call: CallState,
    /// Whether presses are heard.
    hydrated: RwSignal<bool>,
    /// What Join Room joins with.
    #[prop(default = Signal::stored(MediaWish::CameraAndMicrophone))]
    wish: Signal<MediaWish>,
) -> impl IntoView {
    let phase = Memo::new(move |_| call.with(Call::phase));
    let line = Memo::new(move |_| call.with(|call| status(words, call)));
    view! {
        <div class="visit call" data-phase=move || phase.get().as_str()>
            <p role="status" class="status" tabindex="-1">
                {move || line.get()}
            </p>
            <Notices words call />
            <Stage words call />
            <Controls words call hydrated wish />
        </div>
    }
}

const NOT_READY: NotReady = NotReady {
    title: "This page is still not ready",
    why: "Your connection may be slow, or your browser too old for video visits.",
    steps: [
        "Wait a little longer, then reload this page.",
        "Try another browser, or bring yours up to date.",
        "If nothing helps, please call the clinic.",
    ],
};

const NO_SCRIPT: &str = "<section class=\"notice notice--warning\"><h2>This page needs JavaScript for the video</h2>\
    <p>It is switched off in your browser.</p>\
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

/// Joining, leaving, and the end of the wait take away the button that may have the focus. Whoever goes by keyboard must not
/// be thrown back to the top of the page: the line that says what happens now takes the focus if nothing else has it, or the
/// notice if there is one.
fn keep_focus(call: CallState) -> NodeRef<html::P> {
    let line = NodeRef::<html::P>::new();
    let shown = Memo::new(move |_| {
        call.with(|call| (call.phase().can_join(), call.waiting_room_visible(), call.sound_blocked()))
    });
    Effect::new(move |before: Option<(bool, bool, bool)>| {
        // Read, not only tracked: a memo that nobody reads finds out nothing.
        let now = shown.get();
        if before.is_some_and(|before| before != now) {
            // After the page has been changed, which happens with the effects of this turn.
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
                if let (true, Some(line)) = (lost, line.get_untracked()) {
                    let notice = document().query_selector(".notice--error h2").ok().flatten();
                    let place: HtmlElement = notice.map_or_else(|| line.into(), JsCast::unchecked_into);
                    // Nothing depends on it: at worst the person presses Tab from the top.
                    let _ = place.focus();
                }
            });
        }
        now
    });
    line
}
