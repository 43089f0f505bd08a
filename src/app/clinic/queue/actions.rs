//! What can be done with a visit, from the queue.

use super::{Queue, focus};
use crate::{
    api::clinic::{QueueEntry, StaffWish, act_on_visit},
    app::clinic::{IS_IT_THEM, TAKES_OVER, TwoIdentifiers, WHAT_IT_ENDS},
    domain::{
        queue::Section,
        visit::{Outcome, StaffRole, VisitId},
    },
};
use leptos::{html, prelude::*, task::spawn_local};

/// What may be done now.
#[derive(Clone, Copy, PartialEq, Eq)]
struct May {
    /// Admit, and open: the patient is the reader's.
    see: bool,
    take_over: bool,
    say_left: bool,
}

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Admit,
    NoShow,
    TakeOver,
}

#[component]
pub(super) fn Actions(queue: Queue, entry: RwSignal<QueueEntry>, section: Section) -> impl IntoView {
    let (me, role) = queue.me.with_value(|me| (me.id, me.role));
    let id = entry.with_untracked(|entry| entry.id);
    let sees_patients = role == StaffRole::Provider;
    let is_here = move || entry.with(|entry| entry.visit.is_here());
    let may = Memo::new(move |_| {
        let is_mine = entry.with(|entry| entry.visit.provider == me);
        May {
            see: sees_patients && is_mine,
            take_over: sees_patients && section != Section::Expected && !is_mine,
            say_left: matches!(section, Section::Waiting | Section::GettingReady) && !is_here(),
        }
    });
    let may_admit = move || section == Section::Waiting && may.get().see;
    let asked = RwSignal::new(None);
    // Each button says whose it is: out of its row "Admit" alone would say nothing.
    let label = move |what: &'static str| move || entry.with(|entry| format!("{what} {}", entry.patient));
    view! {
        <div class="row__actions">
            <Show when=move || may_admit() && asked.get().is_none()>
                <button
                    type="button"
                    class="button"
                    aria-label=label("Admit")
                    aria-disabled=move || (!is_here()).then_some("true")
                    on:click=move |_| if entry.with_untracked(|entry| entry.visit.is_here()) { asked.set(Some(Asked::Admit)) }
                >
                    "Admit"
                </button>
            </Show>
            <Show when=move || may_admit() && asked.get() == Some(Asked::Admit)>
                <Question id asked question=IS_IT_THEM yes="Admit now" no="Not now" on_yes=move || admit(queue, id)>
                    <TwoIdentifiers entry />
                </Question>
            </Show>
            <Show when=move || section == Section::InRoom && may.get().see>
                <a class="button" href=format!("/clinic/visits/{id}") aria-label=label("Open the visit of")>
                    "Open"
                </a>
            </Show>
            <Show when=move || may.get().take_over && asked.get() != Some(Asked::TakeOver)>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Take over")
                    on:click=move |_| {
                        if section == Section::InRoom {
                            return asked.set(Some(Asked::TakeOver));
                        }
                        take_over(queue, id);
                    }
                >
                    "Take over"
                </button>
            </Show>
            <Show when=move || may.get().take_over && asked.get() == Some(Asked::TakeOver)>
                <Question id asked question=TAKES_OVER yes="Take over" no="Leave it" on_yes=move || take_over(queue, id)>
                    <p>{WHAT_IT_ENDS}</p>
                </Question>
            </Show>
            <Show when=move || may.get().say_left>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Has left:")
                    on:click=move |_| {
                        focus::to_section(section);
                        wish(queue, id, StaffWish::End(Outcome::LeftWithoutBeingSeen));
                    }
                >
                    "Has left"
                </button>
            </Show>
            <Show when=move || section == Section::Expected && asked.get().is_none()>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Did not come:")
                    on:click=move |_| asked.set(Some(Asked::NoShow))
                >
                    "Did not come"
                </button>
            </Show>
            <Show when=move || asked.get() == Some(Asked::NoShow)>
                <Question
                    id
                    asked
                    question="Will nobody come?"
                    yes="End it: did not come"
                    no="Not yet"
                    on_yes=move || {
                        focus::to_section(section);
                        wish(queue, id, StaffWish::End(Outcome::NoShow));
                    }
                >
                    <p>"The patient\u{2019}s link then says that the time has passed. This cannot be undone."</p>
                </Question>
            </Show>
        </div>
    }
}

/// A question in the row. The keyboard goes to its first answer, and back to the row when it is put off.
#[component]
fn Question(
    id: VisitId,
    asked: RwSignal<Option<Asked>>,
    question: &'static str,
    yes: &'static str,
    no: &'static str,
    on_yes: impl Fn() + Copy + Send + Sync + 'static,
    children: Children,
) -> impl IntoView {
    let first = NodeRef::<html::Button>::new();
    first.on_load(|button| {
        // It fails only for what cannot have the focus.
        let _ = button.focus();
    });
    let put_off = move || {
        focus::to_row(id);
        asked.set(None);
    };
    view! {
        <div
            class="row__check"
            role="group"
            aria-label=question
            on:keydown=move |press| if press.key() == "Escape" { put_off() }
        >
            {children()}
            <button
                type="button"
                class="button button--primary"
                node_ref=first
                on:click=move |_| {
                    on_yes();
                    asked.set(None);
                }
            >
                {yes}
            </button>
            <button type="button" class="button button--quiet" on:click=move |_| put_off()>
                {no}
            </button>
        </div>
    }
}

/// What comes of it, the stream says; what does not, this does.
fn wish(queue: Queue, id: VisitId, wish: StaffWish) {
    queue.refused.set(None);
    spawn_local(async move {
        if let Err(error) = act_on_visit(id, wish).await {
            queue.refused.set(Some(error.message));
        }
    });
}

fn take_over(queue: Queue, id: VisitId) {
    // The button goes when it has worked.
    focus::to_row(id);
    wish(queue, id, StaffWish::TakeOver);
}

/// Whoever admits goes to the visit's page.
fn admit(queue: Queue, id: VisitId) {
    queue.refused.set(None);
    focus::to_row(id);
    spawn_local(async move {
        match act_on_visit(id, StaffWish::Admit).await {
            Ok(()) => {
                let location = web_sys::window().map(|window| window.location());
                // It fails only in a page that goes away already.
                let _ = location.map(|location| location.set_href(&format!("/clinic/visits/{id}")));
            }
            Err(error) => queue.refused.set(Some(error.message)),
        }
    });
}
