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

/// What holds picture and sound back. In a place of its own: the page's state is passed by value everywhere.
#[derive(Clone, Copy)]
pub(super) struct Held(StoredValue<Parts>);

struct Parts {
    visit: VisitId,
    courtesy: Courtesy,
    owed: Owed,
    /// What the call was told last.
    said: bool,
    /// Seconds; the server, and the first view, know no clock.
    left: RwSignal<u64>,
    put_off: RwSignal<Option<PutOff>>,
}

impl Held {
    pub(super) fn new(visit: VisitId) -> Self {
        Self(StoredValue::new(Parts {
            visit,
            courtesy: Courtesy::default(),
            owed: Owed::Nothing,
            said: false,
            left: RwSignal::new(0),
            put_off: RwSignal::new(None),
        }))
    }

    /// Takes up what an earlier page of this tab has told.
    pub(super) fn recall(self) {
        self.0.update_value(|parts| {
            let told = tab::recall(TOLD).and_then(|kept| {
                let (visit, opens_at) = kept.split_once(' ')?;
                (visit == parts.visit.to_string()).then(|| opens_at.parse().ok().map(Millis))?
            });
            parts.courtesy = Courtesy::after(told);
        });
    }

    /// Whether the patient may be neither seen nor heard now.
    pub(super) fn is_on(self) -> bool {
        self.put_off().get_untracked().is_some() || self.0.with_value(|parts| parts.owed != Owed::Nothing)
    }

    fn left(self) -> RwSignal<u64> {
        self.0.with_value(|parts| parts.left)
    }

    fn put_off(self) -> RwSignal<Option<PutOff>> {
        self.0.with_value(|parts| parts.put_off)
    }

    fn change<T>(self, change: impl FnOnce(&mut Courtesy) -> T) -> Option<T> {
        self.0.try_update_value(|parts| {
            let before = parts.courtesy.told();
            let changed = change(&mut parts.courtesy);
            let told = parts.courtesy.told();
            if told != before {
                let kept = told.map_or_else(String::new, |at| format!("{} {}", parts.visit, at.0));
                // A tab that cannot remember tells it again after a reload.
                let _ = tab::remember(TOLD, &kept);
            }
            changed
        })
    }

    /// Tells the call, if it does not know.
    fn tell(self) {
        let is_on = self.is_on();
        if self.0.with_value(|parts| parts.said) != is_on {
            self.0.update_value(|parts| parts.said = is_on);
            video::send(Event::Hold(is_on));
        }
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
        let look = |courtesy: &mut Courtesy| courtesy.look(stage, now, notice);
        // A guest is owed none.
        let owed = if is_guest { None } else { held.change(look) }.unwrap_or(Owed::Nothing);
        held.0.update_value(|parts| parts.owed = owed);
        let (put_off, shown) = (held.put_off(), held.left());
        if !matches!(stage, Stage::Admitted { .. }) && put_off.get_untracked().is_some() {
            put_off.set(None);
        }
        let left = if let Owed::Time(left) = owed { left.as_millis().div_ceil(1000) } else { 0 };
        let left = u64::try_from(left).unwrap_or(u64::MAX);
        if shown.get_untracked() != left {
            shown.set(left);
        }
        held.tell();
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
        let put_off = held.put_off();
        if wish == SeatWish::StartNow {
            // It is for the patient to say, also where the clinic cannot be told.
            put_off.set(None);
            held.change(Courtesy::start_now);
            self.look();
            // By the clinic's clock the notice may be over: then there is nothing to tell.
            if !self.is_notice_by_the_log() {
                return;
            }
        } else {
            put_off.set(Some(PutOff::Asked));
        }
        spawn_local(async move {
            let Err(error) = act_in_seat(seat, wish).await else { return };
            if error.code == ErrorCode::AnotherVisit {
                return self.put_aside();
            }
            // Of "Start now" it means that the notice has just ended by the clinic's clock.
            if put_off.get_untracked().is_some() {
                put_off.set(Some(PutOff::Failed));
            }
        });
    }
}

#[component]
pub(super) fn Notice(page: Live, lang: Lang) -> impl IntoView {
    let words = words(lang);
    let (left, put_off) = (page.held.left(), page.held.put_off());
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
    let runs = Memo::new(move |_| left.get() > 0 || put_off.get().is_some());
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
    let said = move || match put_off.get() {
        Some(PutOff::Failed) => words.not_yet_failed.to_owned(),
        _ => fill(words.starts_in, &[&whole]),
    };
    let shown = move || match put_off.get() {
        Some(PutOff::Failed) => words.not_yet_failed.to_owned(),
        Some(PutOff::Asked) => words.held.to_owned(),
        None => fill(words.starts_in, &[&left.get().to_string()]),
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
