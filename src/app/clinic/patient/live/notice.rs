//! The seconds before the patient is seen and heard: told once, counted down, ended early or put off by a press.

use super::{
    super::{fill, seat_frame::SeatField, words},
    Live,
};
use crate::{
    api::{
        ErrorCode,
        clinic::{Lang, SeatWish, act_in_seat},
    },
    app::clinic::Kept,
    domain::call::Event,
    video,
};
use gloo_timers::callback::Interval;
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

/// How often the countdown is looked at, in milliseconds.
const LOOK_EVERY: u32 = 200;

#[component]
pub(super) fn Notice(page: Live, lang: Lang) -> impl IntoView {
    let words = words(lang);
    // Seconds; the server, and the first view, know no clock.
    let left = RwSignal::new(0_u64);
    let seat = page.seat.with_untracked(|seat| seat.seat);
    let stage = Memo::new(move |_| page.seat.with(|seat| seat.visit.stage));
    let ticking = Kept::new();
    let look = move || {
        let now = page.notice_left().div_ceil(1000);
        if left.get_untracked() != now {
            left.set(now);
        }
        if now == 0 {
            video::send(Event::Hold(false));
            ticking.clear();
        }
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody reads finds out nothing.
        let _ = stage.get();
        if page.is_notice() {
            look();
            ticking.put(Interval::new(LOOK_EVERY, look));
        } else {
            look();
        }
    });
    let runs = Memo::new(move |_| left.get() > 0);
    let section = NodeRef::<html::Section>::new();
    // Ten seconds are short for whoever finds the buttons by keyboard or by ear: they are the next stop.
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            request_animation_frame(move || {
                // Nothing depends on it: at worst the person presses Tab from where they are.
                let _ = section.focus();
            });
        }
    });
    let told = fill(words.starts_in, &[&page.seat.with_untracked(|seat| seat.notice).to_string()]);
    view! {
        <Show when=move || runs.get()>
            <section node_ref=section tabindex="-1" class="notice notice--warning countdown" aria-label=words.notice>
                // Said once: a number that is read out every second would drown everything.
                <p role="alert" class="visually-hidden">{told.clone()}</p>
                <p aria-hidden="true" class="countdown__left">
                    {move || fill(words.starts_in, &[&left.get().to_string()])}
                </p>
                <div class="actions">
                    <form method="post" action="/visit/start-now" on:submit=move |press| page.wishes(&press, SeatWish::StartNow)>
                        <SeatField seat />
                        <button class="button button--primary">{words.start_now}</button>
                    </form>
                    <form method="post" action="/visit/not-yet" on:submit=move |press| page.wishes(&press, SeatWish::NotYet)>
                        <SeatField seat />
                        <button class="button button--quiet">{words.not_yet}</button>
                    </form>
                </div>
            </section>
        </Show>
    }
}

impl Live {
    /// Without leaving the page, which is in a call. What comes of it, the stream says.
    fn wishes(self, press: &SubmitEvent, wish: SeatWish) {
        press.prevent_default();
        let seat = self.seat.with_untracked(|seat| seat.seat);
        spawn_local(async move {
            // Any other refusal means that the notice was over, or the provider quicker: the page shows that anyway.
            if act_in_seat(seat, wish).await.is_err_and(|error| error.code == ErrorCode::AnotherVisit) {
                self.put_aside();
            }
        });
    }
}
