//! `/clinic`: everybody who waits, longest first, and who is expected. Folds what happens as the server does.

mod actions;
mod arrivals;
mod board;
mod heard;
mod row;

use crate::{
    api::clinic::{Me, QueueEntry, QueueView, StaffCard},
    app::clinic::{
        Kept, NO_SCRIPT, StaffFrame, first,
        live::{self, Following},
    },
    domain::{
        queue::{Section, order},
        visit::{Millis, StaffId, VisitId},
    },
};
use arrivals::Arrivals;
use board::Board;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use std::collections::HashMap;

/// How often the minutes are counted anew, in milliseconds.
const COUNT_EVERY: u32 = 10_000;

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct Queue {
    /// All visits that the page knows, by id.
    visits: RwSignal<HashMap<VisitId, QueueEntry>>,
    at_desk: RwSignal<Vec<StaffId>>,
    providers: StoredValue<Vec<StaffCard>>,
    me: StoredValue<StaffCard>,
    build: StoredValue<String>,
    /// How far the clinic's clock is from UTC, in minutes.
    utc_offset: StoredValue<i32>,
    /// The server's time, as this page counts it.
    now: RwSignal<Millis>,
    /// Whether the stream is interrupted.
    lost: RwSignal<bool>,
    /// Why the last wish was refused.
    refused: RwSignal<Option<String>>,
    /// Who came, for those who listen to the page.
    arrived: RwSignal<String>,
    search: RwSignal<String>,
    only_mine: RwSignal<bool>,
}

/// The queue's page.
#[component]
pub fn QueuePage() -> impl IntoView {
    first::<QueueView>().map(|view| view! { <Content view /> })
}

#[component]
fn Content(view: QueueView) -> impl IntoView {
    let (clinic, last) = (view.clinic.clone(), view.last);
    let me = Me { name: view.me.name.clone(), is_admin: false };
    let queue = Queue::of(view);
    let hydrated = RwSignal::new(false);
    let kept = Kept::new();
    Effect::new(move |_| {
        kept.put(queue.begin(last));
        hydrated.set(true);
    });
    let waiting = Memo::new(move |_| queue.count(Section::Waiting));
    badge(waiting);
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page queue" tabindex="-1" data-hydrated=move || hydrated.get()>
                <h1>"Waiting room"</h1>
                <p role="status" class="status">
                    {move || match (queue.lost.get(), waiting.get()) {
                        (true, _) => "The connection is interrupted. What you see may be old; we keep trying.".to_owned(),
                        (false, 0) => "Nobody waits.".to_owned(),
                        (false, 1) => "One person waits.".to_owned(),
                        (false, more) => format!("{more} people wait."),
                    }}
                </p>
                <p role="status" class="visually-hidden">
                    {move || queue.arrived.get()}
                </p>
                <p role="alert" class="queue__refused">
                    {move || queue.refused.get()}
                </p>
                <noscript inner_html=NO_SCRIPT></noscript>
                <Arrivals queue />
                <Filters queue />
                <Board queue section=Section::Waiting title="Waiting" empty="Nobody waits." />
                <Board queue section=Section::InRoom title="With a provider" empty="" />
                <Board queue section=Section::GettingReady title="Getting ready" empty="" />
                <Board queue section=Section::Expected title="Expected" empty="Nobody else is expected today." />
            </main>
        </StaffFrame>
    }
}

#[component]
fn Filters(queue: Queue) -> impl IntoView {
    view! {
        <form class="queue__filters" role="search" on:submit=|press| press.prevent_default()>
            <label class="field">
                <span>"Search by name or reason"</span>
                <input
                    type="search"
                    prop:value=move || queue.search.get()
                    on:input=move |event| queue.search.set(event_target_value(&event))
                />
            </label>
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=move || queue.only_mine.get()
                    on:change=move |event| queue.only_mine.set(event_target_checked(&event))
                />
                <span>"Only my patients"</span>
            </label>
        </form>
    }
}

/// How many wait stands in the tab's title, also while the tab is hidden.
fn badge(waiting: Memo<usize>) {
    Effect::new(move |_| {
        let title = "Waiting room \u{b7} Owl Hospital Telemedicine";
        document().set_title(&match waiting.get() {
            0 => title.to_owned(),
            some => format!("({some}) {title}"),
        });
    });
}

impl Queue {
    fn of(view: QueueView) -> Self {
        let visits = view.visits.into_iter().map(|entry| (entry.id, entry)).collect();
        Self {
            visits: RwSignal::new(visits),
            at_desk: RwSignal::new(view.at_desk),
            providers: StoredValue::new(view.providers),
            me: StoredValue::new(view.me),
            build: StoredValue::new(view.build),
            utc_offset: StoredValue::new(view.utc_offset),
            now: RwSignal::new(view.now),
            lost: RwSignal::new(false),
            refused: RwSignal::new(None),
            arrived: RwSignal::new(String::new()),
            search: RwSignal::new(String::new()),
            only_mine: RwSignal::new(false),
        }
    }

    /// Begins what only a browser does, for as long as the answer lives.
    fn begin(self, last: u64) -> (Following, Interval) {
        let following = live::follow("/clinic/feed", last, move |heard| self.heard(heard));
        let mut counted = js_sys::Date::now();
        let count = Interval::new(COUNT_EVERY, move || {
            let now = js_sys::Date::now();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds")]
            let passed = (now - counted).max(0.0) as u64;
            counted = now;
            self.now.update(|now| now.0 += passed);
        });
        (following, count)
    }

    /// The visits of a section in their order, those that are looked for.
    fn ids(self, section: Section) -> Vec<VisitId> {
        let (search, mine) = (self.search.get().to_lowercase(), self.only_mine.get());
        let me = self.me.with_value(|me| me.id);
        self.visits.with(|visits| {
            let mut found: Vec<&QueueEntry> = visits
                .values()
                .filter(|entry| Section::of(&entry.visit) == Some(section))
                .filter(|entry| !mine || entry.visit.provider == me)
                .filter(|entry| {
                    search.is_empty()
                        || entry.patient.to_lowercase().contains(&search)
                        || entry.reason.to_lowercase().contains(&search)
                })
                .collect();
            found.sort_unstable_by_key(|entry| order(&entry.visit));
            found.into_iter().map(|entry| entry.id).collect()
        })
    }

    fn count(self, section: Section) -> usize {
        self.visits
            .with(|visits| visits.values().filter(|entry| Section::of(&entry.visit) == Some(section)).count())
    }

    fn name_of(self, staff: StaffId) -> String {
        self.providers.with_value(|providers| {
            providers.iter().find(|card| card.id == staff).map(|card| card.name.clone()).unwrap_or_default()
        })
    }
}
