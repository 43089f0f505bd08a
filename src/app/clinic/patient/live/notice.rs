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
    app::clinic::{Kept, tab},
    domain::{
        call::Event,
        visit::{Courtesy, Millis, Owed, Stage, VisitId},
    },
    video,
};
use gloo_timers::callback::Interval;
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use std::time::Duration;

/// How often the countdown is looked at, in milliseconds.
const LOOK_EVERY: u32 = 200;

/// Where the tab remembers of what its person has been told.
const TOLD: &str = "owl.told";

/// "Not yet" was pressed, and the clinic has not answered, or could not be asked. Nobody is seen or heard meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PutOff {
    Asked,
    Failed,
}

/// What holds picture and sound back.
#[derive(Clone, Copy)]
pub(super) struct Held {
    visit: VisitId,
    courtesy: StoredValue<Courtesy>,
    owed: StoredValue<Owed>,
    /// Seconds; the server, and the first view, know no clock.
    left: RwSignal<u64>,
    put_off: RwSignal<Option<PutOff>>,
    /// What the call was told last.
    said: StoredValue<bool>,
}

impl Held {
    pub(super) fn new(visit: VisitId) -> Self {
        Self {
            visit,
            courtesy: StoredValue::new(Courtesy::default()),
            owed: StoredValue::new(Owed::Nothing),
            left: RwSignal::new(0),
            put_off: RwSignal::new(None),
            said: StoredValue::new(false),
        }
    }

    /// Takes up what an earlier page of this tab has told.
    pub(super) fn recall(self) {
        let told = tab::recall(TOLD).and_then(|kept| {
            let (visit, opens_at) = kept.split_once(' ')?;
            (visit == self.visit.to_string()).then(|| opens_at.parse().ok().map(Millis))?
        });
        self.courtesy.set_value(Courtesy::after(told));
    }

    /// Whether the patient may be neither seen nor heard now.
    pub(super) fn is_on(self) -> bool {
        self.owed.get_value() != Owed::Nothing || self.put_off.get_untracked().is_some()
    }

    fn change<T>(self, change: impl FnOnce(&mut Courtesy) -> T) -> Option<T> {
        let before = self.courtesy.with_value(Courtesy::told);
        let changed = self.courtesy.try_update_value(change);
        let told = self.courtesy.with_value(Courtesy::told);
        if told != before {
            // A tab that cannot remember tells it again after a reload.
            let _ =
                tab::remember(TOLD, &told.map_or_else(String::new, |at| format!("{} {}", self.visit, at.0)));
        }
        changed
    }
}

impl Live {
    /// Looks again at what is owed, and holds picture and sound for as long as something is. Whether time runs.
    pub(super) fn look(self) -> bool {
        let held = self.held;
        let (stage, notice, is_guest) = self
            .seat
            .with_untracked(|seat| (seat.visit.stage, Duration::from_secs(seat.notice), seat.is_guest));
        let now = self.server_now();
        let owed = held.change(|courtesy| courtesy.look(stage, now, notice)).filter(|_| !is_guest);
        let owed = owed.unwrap_or(Owed::Nothing);
        held.owed.set_value(owed);
        if !matches!(stage, Stage::Admitted { .. }) && held.put_off.get_untracked().is_some() {
            held.put_off.set(None);
        }
        let left = if let Owed::Time(left) = owed { left.as_millis().div_ceil(1000) } else { 0 };
        let left = u64::try_from(left).unwrap_or(u64::MAX);
        if held.left.get_untracked() != left {
            held.left.set(left);
        }
        let is_on = held.is_on();
        if held.said.get_value() != is_on {
            held.said.set_value(is_on);
            video::send(Event::Hold(is_on));
        }
        left > 0
    }

    fn is_notice_by_the_log(self) -> bool {
        let stage = self.seat.with_untracked(|seat| seat.visit.stage);
        matches!(stage, Stage::Admitted { opens_at, .. } if self.server_now() < opens_at)
    }

    /// Without leaving the page, which is in a call. What comes of it, the stream says.
    fn wish(self, press: &SubmitEvent, wish: SeatWish) {
        press.prevent_default();
        let (held, seat) = (self.held, self.seat.with_untracked(|seat| seat.seat));
        if wish == SeatWish::StartNow {
            // It is for the patient to say, also where the clinic cannot be told.
            held.put_off.set(None);
            held.change(Courtesy::start_now);
            self.look();
            // By the clinic's clock the notice may be over: then there is nothing to tell.
            if !self.is_notice_by_the_log() {
                return;
            }
        } else {
            held.put_off.set(Some(PutOff::Asked));
        }
        spawn_local(async move {
            let Err(error) = act_in_seat(seat, wish).await else { return };
            if error.code == ErrorCode::AnotherVisit {
                return self.put_aside();
            }
            // Of "Start now" it means that the notice has just ended by the clinic's clock.
            if held.put_off.get_untracked().is_some() {
                held.put_off.set(Some(PutOff::Failed));
            }
        });
    }
}

#[component]
pub(super) fn Notice(page: Live, lang: Lang) -> impl IntoView {
    let (words, held) = (words(lang), page.held);
    let seat = page.seat.with_untracked(|seat| seat.seat);
    let stage = Memo::new(move |_| page.seat.with(|seat| seat.visit.stage));
    let ticking = Kept::new();
    let look = move || {
        if !page.look() {
            ticking.clear();
        }
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody reads finds out nothing.
        let _ = stage.get();
        if page.look() {
            ticking.put(Interval::new(LOOK_EVERY, look));
        } else {
            ticking.clear();
        }
    });
    let runs = Memo::new(move |_| held.left.get() > 0 || held.put_off.get().is_some());
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
    let whole = page.seat.with_untracked(|seat| seat.notice).to_string();
    // Said once: a number that is read out every second would drown everything.
    let said = move || match held.put_off.get() {
        Some(PutOff::Failed) => words.not_yet_failed.to_owned(),
        _ => fill(words.starts_in, &[&whole]),
    };
    let shown = move || match held.put_off.get() {
        Some(PutOff::Failed) => words.not_yet_failed.to_owned(),
        Some(PutOff::Asked) => words.held.to_owned(),
        None => fill(words.starts_in, &[&held.left.get().to_string()]),
    };
    view! {
        <Show when=move || runs.get()>
            <section node_ref=section tabindex="-1" class="notice notice--warning countdown" aria-label=words.notice>
                <p role="alert" class="visually-hidden">{said.clone()}</p>
                <p aria-hidden="true" class="countdown__left">{shown}</p>
                <div class="actions">
                    <form method="post" action="/visit/start-now" on:submit=move |press| page.wish(&press, SeatWish::StartNow)>
                        <SeatField seat />
                        <button class="button button--primary">{words.start_now}</button>
                    </form>
                    <form method="post" action="/visit/not-yet" on:submit=move |press| page.wish(&press, SeatWish::NotYet)>
                        <SeatField seat />
                        <button class="button button--quiet">{words.not_yet}</button>
                    </form>
                </div>
            </section>
        </Show>
    }
}
