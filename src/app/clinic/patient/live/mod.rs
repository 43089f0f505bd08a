//! `/visit` while it changes by itself: the wait, the notice, the call. Folds what happens as the server does; without JavaScript
//! the same page asks again every few seconds.

mod heard;
mod notice;
mod ready;
mod say;
mod waiting;

use super::{
    check::Checking,
    seat_frame::SeatFrame,
    words::{call_words, words},
};
use crate::{
    api::clinic::SeatView,
    app::{
        clinic::{
            Kept, first,
            live::{self, Following, Outdated},
        },
        components::NotRunning,
        pages::{CallParts, CallState},
    },
    domain::{
        Role,
        call::{Call, Event, Failure, Phase},
        visit::{Millis, Stage},
    },
    video::{self, TicketSource},
};
use gloo_events::EventListener;
use leptos::prelude::*;
use notice::{Held, Notice};
use ready::GettingReady;
use say::Stands;
use waiting::Waiting;

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// The visit, as this page knows it.
    seat: RwSignal<SeatView>,
    /// How the page itself stands.
    stands: RwSignal<Stands>,
    call: CallState,
    /// Camera and microphone, tried out before the call, and what it is joined with.
    checking: Checking,
    /// Whether the server is of another build.
    outdated: Outdated,
    /// What is left of the notice before they are seen.
    held: Held,
    /// The server's clock less this page's, in milliseconds.
    ahead: RwSignal<i64>,
}

/// The page of a patient or guest while it changes by itself.
#[component]
pub fn SeatPage() -> impl IntoView {
    first::<SeatView>().map(|seat| view! { <Content seat /> })
}

#[component]
fn Content(seat: SeatView) -> impl IntoView {
    let (clinic, lang, is_guest) = (seat.clinic.clone(), seat.lang, seat.is_guest);
    let role = if is_guest { Role::Guest } else { Role::Patient };
    let call: CallState = RwSignal::new(Call::new(role, 0));
    let checking = Checking::new(seat.id, (!is_guest).then_some(seat.seat));
    let held = Held::new(seat.id);
    let page = Live {
        held,
        seat: RwSignal::new(seat),
        checking,
        stands: RwSignal::new(Stands::Well),
        call,
        outdated: Outdated::new(move || call.with(|call| call.phase().is_under_way()) || checking.is_on()),
        ahead: RwSignal::new(0),
    };
    let hydrated = RwSignal::new(false);
    let kept = Kept::new();
    Effect::new(move |_| {
        kept.put(page.begin(role));
        hydrated.set(true);
    });
    // Why no ticket was given, the stream knows.
    let refused = Memo::new(move |_| call.with(|call| call.phase() == Phase::Failed(Failure::Token)));
    Effect::new(move |_| {
        if refused.get() {
            kept.with(|(following, _)| following.begin_anew());
        }
    });
    page.follow_stage();
    page.remember_wish();
    let gets_ready = Memo::new(move |_| page.gets_ready());
    let wish = Signal::derive(move || checking.wish());
    let stage = Memo::new(move |_| page.seat.with(|seat| say::stage_name(seat.visit.stage)));
    let title = Memo::new(move |_| page.seat.with(|seat| say::title(seat, page.is_put_aside())));
    let status = Memo::new(move |_| page.seat.with(|seat| say::status(seat, page.stands.get())));
    let next = Memo::new(move |_| !page.is_put_aside() && page.seat.with(say::is_next));
    let waits = Memo::new(move |_| page.waiting_room_visible());
    let has_room = Memo::new(move |_| page.seat.with(|seat| seat.visit.stage.room().is_some()));
    let words = words(lang);
    let without_script =
        if has_room.get_untracked() { words.admitted_no_script } else { words.no_script_waiting };
    view! {
        <SeatFrame clinic lang>
            <div class="seat__live" data-stage=move || stage.get() data-hydrated=move || hydrated.get()>
                <h1 tabindex="-1">{move || title.get()}</h1>
                <p role="status" class="status">
                    {move || status.get()}
                </p>
                // Once, and at once: everything else can wait for a pause.
                <p role="alert" class="visually-hidden">
                    {move || next.get().then_some(words.next)}
                </p>
                // Never walked by hydration: a browser with scripts reads what is in here as mere text.
                <NotRunning words=&words.not_ready />
                <noscript inner_html=format!("<p>{without_script}</p>")></noscript>
                <Show when=move || gets_ready.get()>
                    <GettingReady page lang checking />
                </Show>
                <Show when=move || waits.get()>
                    <Waiting page lang is_guest />
                </Show>
                <Show when=move || !page.is_put_aside()>
                    <Notice page lang />
                </Show>
                // A browser without scripts has no call: buttons that do nothing would be a lie.
                <Show when=move || has_room.get() && hydrated.get()>
                    <CallParts words=call_words(lang) call=page.call hydrated wish />
                </Show>
            </div>
        </SeatFrame>
    }
}

impl Live {
    /// Begins what only a browser does, for as long as the answer lives.
    fn begin(self, role: Role) -> (Following, Option<EventListener>) {
        let (last, now, seat) = self.seat.with_untracked(|seat| (seat.last, seat.now, seat.seat));
        self.set_clock(now);
        self.checking.recall();
        self.held.recall();
        let call = self.call;
        video::start(TicketSource::Seat(role, seat), move |state| call.set(state.clone()));
        let page = name();
        let feed = format!("/visit/feed?page={page}&seat={seat}");
        let following = live::follow(feed, last, move |heard| self.heard(heard));
        let gone = web_sys::window().map(|window| {
            EventListener::new(&window, "pagehide", move |_| {
                self.checking.close();
                // The grace begins at once, and not when the connection is found dead.
                let navigator = web_sys::window().map(|window| window.navigator());
                navigator
                    .map(|navigator| navigator.send_beacon(&format!("/visit/gone?page={page}&seat={seat}")));
            })
        });
        (following, gone)
    }

    /// The call follows the visit: entered when the patient is admitted, left when they are not any more.
    fn follow_stage(self) {
        let wanted = Memo::new(move |_| self.seat.with(|seat| seat.visit.stage.room().is_some()));
        Effect::new(move |before: Option<bool>| {
            let now = wanted.get();
            match (before.unwrap_or(false), now) {
                (false, true) => {
                    // Off before the call asks for them: some phones give one device to one owner only.
                    self.checking.close();
                    self.look();
                    video::send(Event::Hold(self.held.is_on()));
                    video::send(Event::Join(untrack(|| self.checking.wish())));
                }
                (true, false) => video::send(Event::Leave),
                _ => {}
            }
            now
        });
    }

    /// Whoever joins without a camera is not asked for it when they are let in again.
    fn remember_wish(self) {
        let joined =
            Memo::new(move |_| self.call.with(|call| call.phase().is_under_way().then(|| call.wish())));
        Effect::new(move |_| {
            if let Some(wish) = joined.get() {
                self.checking.joined_with(wish);
            }
        });
    }

    /// Checked in, and not waiting yet.
    fn gets_ready(self) -> bool {
        !self.is_put_aside() && self.seat.with(|seat| !seat.is_guest && seat.visit.stage == Stage::CheckedIn)
    }

    /// Whether another visit was opened in this browser.
    fn is_put_aside(self) -> bool {
        self.stands.get() == Stands::PutAside
    }

    /// Invariant 1: while the patient waits and no provider is with them. A page that was put aside does not know of it any more.
    fn waiting_room_visible(self) -> bool {
        let is_with_provider = self.call.with(|call| call.phase().has_room() && call.provider_present());
        !self.is_put_aside()
            && !self.gets_ready()
            && self.seat.with(|seat| seat.visit.waiting_room_visible(is_with_provider))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds has 41 bits")]
    fn server_now(self) -> Millis {
        let now = (js_sys::Date::now() as i64).saturating_add(self.ahead.get_untracked());
        Millis(now.max(0).cast_unsigned())
    }

    #[expect(clippy::cast_possible_truncation, reason = "a time in milliseconds has 41 bits")]
    fn set_clock(self, now: Millis) {
        self.ahead.set(now.0.cast_signed().saturating_sub(js_sys::Date::now() as i64));
    }
}

/// What this page calls itself, so that its last word is about itself alone. No secret.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number below 2^32")]
fn name() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
