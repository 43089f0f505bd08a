//! `/clinic/visits/{id}`: one visit, as its provider has it: who it is, the call, the note, and what can be done.

mod deeds;
mod facts;
mod note;

use crate::{
    api::clinic::{Me, QueueEntry, QueueItem, StaffCard, VisitView},
    app::{
        clinic::{
            Kept, NO_SCRIPT, StaffFrame, first,
            live::{self, Following, Heard},
        },
        pages::{CallParts, CallState},
        text,
    },
    domain::{
        Role,
        call::{Call, Event, MediaWish},
        visit::{Presence, StaffId, StaffRole, Stage, Visit, VisitId},
    },
    video::{self, TicketSource},
};
use deeds::Deeds;
use facts::Facts;
use leptos::prelude::*;
use note::Note;

/// The state of the page.
#[derive(Clone, Copy)]
pub(super) struct Care {
    id: VisitId,
    entry: RwSignal<QueueEntry>,
    me: StaffId,
    role: StaffRole,
    providers: StoredValue<Vec<StaffCard>>,
    build: StoredValue<String>,
    call: CallState,
    /// Whether the stream is interrupted.
    lost: RwSignal<bool>,
    /// Why the last wish was refused.
    refused: RwSignal<Option<String>>,
}

/// The page of one visit.
#[component]
pub fn CarePage() -> impl IntoView {
    first::<VisitView>().map(|view| view! { <Content view /> })
}

#[component]
fn Content(view: VisitView) -> impl IntoView {
    let VisitView { queue, entry, note } = view;
    let (clinic, last) = (queue.clinic, queue.last);
    let me = Me { name: queue.me.name.clone(), is_admin: false };
    let care = Care {
        id: entry.id,
        entry: RwSignal::new(entry),
        me: queue.me.id,
        role: queue.me.role,
        providers: StoredValue::new(queue.providers),
        build: StoredValue::new(queue.build),
        call: RwSignal::new(Call::new(Role::Provider, 0)),
        lost: RwSignal::new(false),
        refused: RwSignal::new(None),
    };
    let hydrated = RwSignal::new(false);
    let kept = Kept::new();
    Effect::new(move |_| {
        kept.put(care.begin(last));
        hydrated.set(true);
    });
    care.follow_stage();
    let name = Memo::new(move |_| care.entry.with(|entry| entry.patient.clone()));
    let status = Memo::new(move |_| care.status());
    let is_mine = Memo::new(move |_| care.is_mine());
    let has_call = Memo::new(move |_| care.wants_call());
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page care" tabindex="-1" data-hydrated=move || hydrated.get() data-stage=move || care.stage_name()>
                <p>
                    <a href="/clinic">"Back to the waiting room"</a>
                </p>
                <h1>{move || name.get()}</h1>
                <p role="status" class="status">
                    {move || status.get()}
                </p>
                <p role="alert" class="queue__refused">
                    {move || care.refused.get()}
                </p>
                <noscript inner_html=NO_SCRIPT></noscript>
                <div class="care__columns">
                    <div class="care__call">
                        <Show when=move || has_call.get()>
                            <CallParts call=care.call hydrated />
                        </Show>
                        <Deeds care />
                    </div>
                    <div class="care__record">
                        <Facts care />
                        <Show when=move || is_mine.get()>
                            <Note id=care.id text=note.clone() />
                        </Show>
                    </div>
                </div>
            </main>
        </StaffFrame>
    }
}

impl Care {
    /// Begins what only a browser does, for as long as the answer lives.
    fn begin(self, last: u64) -> Following {
        let call = self.call;
        video::start(TicketSource::Visit(self.id), move |state| call.set(state.clone()));
        live::follow("/clinic/feed", last, move |heard| self.heard(heard))
    }

    /// The call follows the visit: entered by whoever has let the patient in, left when they step out or it is over.
    fn follow_stage(self) {
        let wanted = Memo::new(move |_| self.wants_call());
        Effect::new(move |before: Option<bool>| {
            let now = wanted.get();
            match (before.unwrap_or(false), now) {
                (false, true) => video::send(Event::Join(MediaWish::CameraAndMicrophone)),
                (true, false) => video::send(Event::Leave),
                _ => {}
            }
            now
        });
    }

    fn is_mine(self) -> bool {
        self.role == StaffRole::Provider && self.entry.with(|entry| entry.visit.provider == self.me)
    }

    fn wants_call(self) -> bool {
        self.is_mine() && matches!(self.stage(), Stage::Admitted { .. })
    }

    fn stage(self) -> Stage {
        self.entry.with(|entry| entry.visit.stage)
    }

    fn stage_name(self) -> &'static str {
        match self.stage() {
            Stage::Scheduled => "scheduled",
            Stage::CheckedIn => "checked-in",
            Stage::Waiting => "waiting",
            Stage::Admitted { .. } => "admitted",
            Stage::SteppedOut { .. } => "stepped-out",
            Stage::Ended(_) => "over",
        }
    }

    fn status(self) -> String {
        if self.lost.get() {
            return "The connection is interrupted. What you see may be old; we keep trying.".to_owned();
        }
        let away = self.entry.with(|entry| {
            entry.visit.checked_in_at.is_some() && matches!(entry.visit.presence, Presence::Away { .. })
        });
        match self.stage() {
            Stage::Scheduled => "The patient has not come yet.".to_owned(),
            Stage::CheckedIn => "The patient is getting ready.".to_owned(),
            Stage::Waiting if away => "The patient is away just now. Their place is kept.".to_owned(),
            Stage::Waiting => "The patient waits.".to_owned(),
            Stage::Admitted { .. } if away => {
                "The patient\u{2019}s page is gone. It comes back by itself when it can.".to_owned()
            }
            Stage::Admitted { .. } => "The patient is let in.".to_owned(),
            Stage::SteppedOut { .. } => "You have stepped out. The patient waits for you.".to_owned(),
            Stage::Ended(outcome) => format!("The visit is over: {}.", text::outcome_words(outcome)),
        }
    }

    fn heard(self, heard: Heard<QueueItem>) {
        match heard {
            Heard::Item(QueueItem::Snapshot(view)) => {
                let is_old = self.build.with_value(|build| *build != view.build);
                if let Some(entry) = view.visits.into_iter().find(|entry| entry.id == self.id) {
                    self.entry.set(entry);
                }
                if is_old {
                    self.reload_if_harmless();
                }
            }
            Heard::Item(QueueItem::Entry(entry)) if entry.id == self.id => self.entry.set(*entry),
            Heard::Item(QueueItem::Event(id, event)) if id == self.id => self.entry.update(|entry| {
                if entry.visit.seq < event.seq
                    && let Some(visit) = Visit::fold(Some(entry.visit.clone()), &event)
                {
                    entry.visit = visit;
                }
            }),
            Heard::Item(QueueItem::Over) => reload(),
            Heard::Item(_) => {}
            Heard::Lost => self.lost.set(true),
            Heard::Back => self.lost.set(false),
            Heard::Unreadable => self.reload_if_harmless(),
        }
    }

    /// A newer page, but never in a call.
    fn reload_if_harmless(self) {
        if !self.call.with_untracked(|call| call.phase().is_under_way()) {
            reload();
        }
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        // It fails only in a page that goes away already.
        let _ = window.location().reload();
    }
}
