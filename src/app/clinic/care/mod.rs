//! `/clinic/visits/{id}`: one visit, as its provider has it: who it is, the call, the note, and what can be done.

mod deeds;
mod facts;
mod note;

use crate::{
    api::clinic::{Me, QueueEntry, QueueItem, StaffCard, VisitView},
    app::{
        clinic::{
            Kept, NO_SCRIPT, NOT_READY, Session, StaffFrame, first,
            live::{self, Following, Heard, Outdated},
        },
        components::NotRunning,
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
use gloo_events::EventListener;
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
    /// The build that made the page, and whether the server is of another one.
    build: StoredValue<(String, Outdated)>,
    /// Whether something of the note is not saved yet.
    unsaved: RwSignal<bool>,
    call: CallState,
    /// Whether the stream is interrupted.
    lost: RwSignal<bool>,
    /// Why the last wish was refused.
    refused: RwSignal<Option<String>>,
    session: Session,
    /// The page's stream.
    following: Kept<Following>,
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
    let me = Me { name: queue.me.name.clone(), is_admin: false, ends_soon: None };
    let call: CallState = RwSignal::new(Call::new(Role::Provider, 0));
    let unsaved = RwSignal::new(false);
    let outdated = Outdated::new(move || call.with(|call| call.phase().is_under_way()) || unsaved.get());
    let session = Session::new(queue.session);
    let care = Care {
        id: entry.id,
        entry: RwSignal::new(entry),
        me: queue.me.id,
        role: queue.me.role,
        providers: StoredValue::new(queue.providers),
        build: StoredValue::new((queue.build, outdated)),
        unsaved,
        call,
        lost: RwSignal::new(false),
        refused: RwSignal::new(None),
        session,
        following: Kept::new(),
    };
    let hydrated = RwSignal::new(false);
    let returning = Kept::new();
    Effect::new(move |_| {
        care.begin(last);
        returning.put(care.listen_for_a_return());
        hydrated.set(true);
    });
    care.follow_stage();
    let name = Memo::new(move |_| care.entry.with(|entry| entry.patient.clone()));
    let status = Memo::new(move |_| care.status());
    let is_mine = Memo::new(move |_| care.is_mine());
    // As it was when the page came; who has the visit later, or again, asks for it then.
    let first_note = StoredValue::new(care.is_mine().then_some(note));
    let has_call = Memo::new(move |_| care.wants_call());
    view! {
        <StaffFrame clinic me session>
            <main id="main" class="page care" tabindex="-1" data-hydrated=move || hydrated.get() data-stage=move || care.stage_name()>
                <nav class="care__ways" aria-label="This patient">
                    <a href="/clinic">"Back to the waiting room"</a>
                    <a href=format!("/clinic/appointments/{}", care.id)>"The appointment"</a>
                    // In another tab: here may be a call.
                    <a href=format!("/clinic/appointments/{}#guests", care.id) target="_blank">
                        "Invite a guest (opens a new tab)"
                    </a>
                </nav>
                <h1>{move || name.get()}</h1>
                <p role="status" class="status">
                    {move || status.get()}
                </p>
                <p role="alert" class="queue__refused">
                    {move || care.refused.get()}
                </p>
                <noscript inner_html=NO_SCRIPT></noscript>
                <NotRunning words=&NOT_READY />
                <div class="care__columns">
                    <div class="care__call">
                        <Show when=move || has_call.get()>
                            <CallParts call=care.call hydrated />
                        </Show>
                        <Deeds care />
                    </div>
                    <div class="care__record">
                        <Facts care />
                        // What could not be saved before a colleague took over stays to be read.
                        <Show when=move || is_mine.get() || care.unsaved.get()>
                            <Note
                                id=care.id
                                is_mine
                                text=first_note.try_update_value(Option::take).flatten()
                                unsaved=care.unsaved
                            />
                        </Show>
                    </div>
                </div>
            </main>
        </StaffFrame>
    }
}

impl Care {
    /// Begins what only a browser does.
    fn begin(self, last: u64) {
        let call = self.call;
        video::start(TicketSource::Visit(self.id), move |state| {
            call.set(state.clone());
            if !state.phase().is_under_way() {
                self.session.call_ended();
            }
        });
        self.following.put(live::follow("/clinic/feed", last, move |heard| self.heard(heard)));
    }

    /// Whoever was logged out in a call, and has logged in again in another tab, goes on here.
    fn listen_for_a_return(self) -> Option<EventListener> {
        let window = web_sys::window()?;
        Some(EventListener::new(&window, "focus", move |_| {
            if self.session.is_over_in_call() {
                self.following.with(Following::begin_anew);
            }
        }))
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
                // Another one has logged in in this browser: what happens is not for this page any more.
                if view.me.id != self.me || view.me.role != self.role {
                    return self.over();
                }
                self.session.ends(view.session);
                self.compare_build(&view.build);
                match view.visits.into_iter().find(|entry| entry.id == self.id) {
                    Some(entry) => self.entry.set(entry),
                    // It ended while nothing was heard, or its day is far off.
                    None if !self.stage().is_over() => {
                        self.build.with_value(|(_, outdated)| outdated.is_behind(view.last));
                    }
                    None => {}
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
            Heard::Item(QueueItem::Providers(providers)) => self.providers.set_value(providers),
            Heard::Item(QueueItem::Build(build)) => self.compare_build(&build),
            Heard::Item(QueueItem::Session(end)) => self.session.ends(end),
            Heard::Item(QueueItem::Over) => self.over(),
            Heard::Item(_) => {}
            Heard::Lost => self.lost.set(true),
            Heard::Back => self.lost.set(false),
            Heard::Unreadable => self.build.with_value(|(own, outdated)| outdated.unreadable(own)),
        }
    }

    fn compare_build(self, build: &str) {
        self.build.with_value(|(own, outdated)| outdated.compare(own, build));
    }

    /// The session is over, but a call goes on.
    fn over(self) {
        self.following.with(Following::rest);
        self.session.is_over(self.is_in_call());
    }

    fn is_in_call(self) -> bool {
        self.call.with_untracked(|call| call.phase().is_under_way())
    }
}
