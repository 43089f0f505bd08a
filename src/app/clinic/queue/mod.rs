//! `/clinic`: everybody who waits, longest first, and who is expected. Folds what happens as the server does.

mod actions;
mod arrivals;
mod bell;
mod board;
mod filters;
mod focus;
mod growth;
mod heard;
mod row;
mod rows;
mod state;

use crate::{
    api::clinic::{Me, QueueView},
    app::{
        clinic::{
            Kept, NO_SCRIPT, NOT_READY, Session, StaffFrame, first,
            live::{self, Following},
            yield_to_browser,
        },
        components::NotRunning,
    },
    domain::queue::Section,
};
use arrivals::Arrivals;
use board::Board;
use filters::FilterForm;
use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use state::{Lists, Queue};
use web_sys::HtmlElement;

/// How often the minutes are counted anew, in milliseconds.
const COUNT_EVERY: u32 = 10_000;

/// With so many rows of each section the page comes.
const FIRST_ROWS: usize = 4;

/// The queue's page, as the server renders it.
#[component]
pub fn QueuePage() -> impl IntoView {
    first::<QueueView>().map(|view| view! { <Content view /> })
}

/// Takes a part of the page over from the server, from this element on, for as long as the page lives.
type TakeOver = fn(HtmlElement, Box<dyn FnOnce() -> AnyView>);

/// Takes the page over from the server with this, bit by bit: no task of it takes long, with whatever number of people.
pub async fn hydrate_queue(take_over: TakeOver) {
    let Some(view) = first::<QueueView>() else { return };
    yield_to_browser().await;
    let Some(body) = document().body() else { return };
    take_over(body, Box::new(move || view! { <Content view take_over /> }.into_any()));
}

#[component]
fn Content(view: QueueView, #[prop(optional)] take_over: Option<TakeOver>) -> impl IntoView {
    let (clinic, last) = (view.clinic.clone(), view.last);
    let me = Me { name: view.me.name.clone(), is_admin: false, ends_soon: None };
    let session = Session::new(view.session);
    let queue = Queue::of(view, session);
    let hydrated = RwSignal::new(false);
    // What is taken over must be as it came, whatever somebody presses meanwhile.
    let lists = Memo::new(move |before: Option<&Lists>| match before {
        Some(before) if !hydrated.get() => before.clone(),
        _ => queue.lists(),
    });
    let kept = Kept::new();
    Effect::new(move |_| {
        let Some(take_over) = take_over else { return };
        spawn_local(async move {
            for section in Section::ALL {
                yield_to_browser().await;
                rows::hydrate(queue, lists, section, take_over);
            }
            yield_to_browser().await;
            hydrated.set(true);
            let providers =
                queue.providers.with_untracked(|all| all.iter().map(|card| card.id).collect::<Vec<_>>());
            queue.filters().take_up(&providers);
            yield_to_browser().await;
            kept.put(queue.begin(last));
        });
    });
    growth::grow(queue, lists, hydrated);
    let apart = take_over.is_some();
    let waiting = Memo::new(move |_| lists.with(|lists| lists.waiting));
    badge(waiting);
    view! {
        <StaffFrame clinic me session>
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
                <p role="status" class="queue__cancelled">
                    {move || queue.cancelled.get()}
                </p>
                <p role="alert" class="queue__refused">
                    {move || queue.refused.get()}
                </p>
                <noscript inner_html=NO_SCRIPT></noscript>
                <NotRunning words=&NOT_READY />
                <Arrivals queue />
                <FilterForm queue lists />
                <Board queue lists apart section=Section::Waiting title="Waiting" empty="Nobody waits." />
                <Board queue lists apart section=Section::InRoom title="With a provider" empty="" />
                <Board queue lists apart section=Section::GettingReady title="Getting ready" empty="" />
                <Board queue lists apart section=Section::Expected title="Expected" empty="Nobody else is expected today." />
            </main>
        </StaffFrame>
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
}
