//! What can be done with a visit, from the queue.

use super::Queue;
use crate::{
    api::clinic::{QueueEntry, StaffWish, act_on_visit},
    domain::{
        queue::Section,
        visit::{Outcome, StaffRole, VisitId},
    },
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn Actions(
    queue: Queue,
    id: VisitId,
    entry: Memo<Option<QueueEntry>>,
    section: Section,
) -> impl IntoView {
    let (me, role) = queue.me.with_value(|me| (me.id, me.role));
    let is_mine = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().is_some_and(|entry| entry.visit.provider == me))
    });
    let is_here =
        Memo::new(move |_| entry.with(|entry| entry.as_ref().is_some_and(|entry| entry.visit.is_here())));
    let sees_patients = role == StaffRole::Provider;
    let checking = RwSignal::new(false);
    let name = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().map(|entry| entry.patient.clone()).unwrap_or_default())
    });
    let born = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().map(|entry| entry.birth_date.clone()).unwrap_or_default())
    });
    let can_admit = Memo::new(move |_| sees_patients && section == Section::Waiting && is_mine.get());
    let can_take = Memo::new(move |_| sees_patients && section != Section::Expected && !is_mine.get());
    let can_open = Memo::new(move |_| sees_patients && section == Section::InRoom && is_mine.get());
    let has_left =
        Memo::new(move |_| matches!(section, Section::Waiting | Section::GettingReady) && !is_here.get());
    // Each button says whose it is: out of its row "Admit" alone would say nothing.
    let label = move |what: &'static str| move || format!("{what} {}", name.get());
    view! {
        <div class="row__actions">
            <Show when=move || can_admit.get() && !checking.get()>
                <button
                    type="button"
                    class="button"
                    aria-label=label("Admit")
                    aria-disabled=move || (!is_here.get()).then_some("true")
                    on:click=move |_| if is_here.get_untracked() { checking.set(true) }
                >
                    "Admit"
                </button>
            </Show>
            <Show when=move || can_admit.get() && checking.get()>
                <div class="row__check" role="group" aria-label="Is this the right patient?">
                    <p>
                        "Check two things with the patient: "
                        <strong>{move || name.get()}</strong>
                        ", born "
                        <strong>{move || born.get()}</strong>
                        "."
                    </p>
                    <button type="button" class="button button--primary" on:click=move |_| admit(queue, id)>
                        "Admit now"
                    </button>
                    <button type="button" class="button button--quiet" on:click=move |_| checking.set(false)>
                        "Not now"
                    </button>
                </div>
            </Show>
            <Show when=move || can_open.get()>
                <a class="button" href=format!("/clinic/visits/{id}") aria-label=label("Open the visit of")>
                    "Open"
                </a>
            </Show>
            <Show when=move || can_take.get()>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Take over")
                    on:click=move |_| wish(queue, id, StaffWish::TakeOver)
                >
                    "Take over"
                </button>
            </Show>
            <Show when=move || has_left.get()>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Has left:")
                    on:click=move |_| wish(queue, id, StaffWish::End(Outcome::LeftWithoutBeingSeen))
                >
                    "Has left"
                </button>
            </Show>
            <Show when=move || section == Section::Expected>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=label("Did not come:")
                    on:click=move |_| wish(queue, id, StaffWish::End(Outcome::NoShow))
                >
                    "Did not come"
                </button>
            </Show>
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

/// Whoever admits goes to the visit's page.
fn admit(queue: Queue, id: VisitId) {
    queue.refused.set(None);
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
