//! What a provider can do with the visit now.

use super::Care;
use crate::{
    api::clinic::{StaffWish, act_on_visit},
    domain::visit::{Outcome, StaffId, StaffRole, Stage},
};
use leptos::{html, prelude::*, task::spawn_local};

#[component]
pub(super) fn Deeds(care: Care) -> impl IntoView {
    let stage = Memo::new(move |_| care.stage());
    let is_mine = Memo::new(move |_| care.is_mine());
    let in_room = Memo::new(move |_| is_mine.get() && stage.get().room().is_some());
    let is_out = Memo::new(move |_| is_mine.get() && matches!(stage.get(), Stage::SteppedOut { .. }));
    let waits = Memo::new(move |_| is_mine.get() && stage.get() == Stage::Waiting);
    let can_take =
        Memo::new(move |_| care.role == StaffRole::Provider && !is_mine.get() && !stage.get().is_over());
    let ending = RwSignal::new(false);
    let (group, question) = (NodeRef::new(), NodeRef::new());
    keep_focus(stage, ending, group, question);
    view! {
        <div node_ref=group class="actions deeds" role="group" aria-label="This visit" tabindex="-1">
            <Show when=move || waits.get()>
                <Deed care label="Admit" wish=StaffWish::Admit class="button button--primary" />
            </Show>
            <Show when=move || in_room.get() && !is_out.get()>
                <Deed care label="Step out" wish=StaffWish::StepOut class="button button--quiet" />
            </Show>
            <Show when=move || is_out.get()>
                <Deed care label="Come back" wish=StaffWish::StepBack class="button button--primary" />
            </Show>
            <Show when=move || in_room.get()>
                <Deed care label="Send back to waiting" wish=StaffWish::SendBack class="button button--quiet" />
                <Show
                    when=move || ending.get()
                    fallback=move || {
                        view! {
                            <button type="button" class="button button--leave" on:click=move |_| ending.set(true)>
                                "End visit"
                            </button>
                        }
                    }
                >
                    <div node_ref=question class="row__check" role="group" aria-label="End the visit?" tabindex="-1">
                        <p>"The patient will see that the visit is over."</p>
                        <Deed care label="End it: seen" wish=StaffWish::End(Outcome::Seen) class="button button--leave" />
                        <button type="button" class="button button--quiet" on:click=move |_| ending.set(false)>
                            "Go on"
                        </button>
                    </div>
                </Show>
            </Show>
            <Show when=move || can_take.get()>
                <Deed care label="Take over" wish=StaffWish::TakeOver class="button" />
            </Show>
            <Show when=move || is_mine.get() && !stage.get().is_over()>
                <HandOver care />
            </Show>
        </div>
    }
}

/// What is pressed here often goes away by it. Whoever goes by keyboard is not thrown back to the top of the page then, but finds
/// what can be done next.
fn keep_focus(
    stage: Memo<Stage>,
    ending: RwSignal<bool>,
    group: NodeRef<html::Div>,
    question: NodeRef<html::Div>,
) {
    Effect::new(move |before: Option<(Stage, bool)>| {
        let now = (stage.get(), ending.get());
        if before.is_some_and(|before| before != now) {
            // After the page has been changed, which happens with the effects of this turn.
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
                let asked = question.get_untracked().filter(|question| question.is_connected());
                if let (true, Some(place)) = (lost, asked.or_else(|| group.get_untracked())) {
                    // Nothing depends on it: at worst the person presses Tab from the top.
                    let _ = place.focus();
                }
            });
        }
        now
    });
}

#[component]
fn Deed(care: Care, label: &'static str, wish: StaffWish, class: &'static str) -> impl IntoView {
    view! {
        <button type="button" class=class on:click=move |_| act(care, wish)>
            {label}
        </button>
    }
}

#[component]
fn HandOver(care: Care) -> impl IntoView {
    let colleagues: Vec<(StaffId, String)> = care.providers.with_value(|providers| {
        providers.iter().filter(|card| card.id != care.me).map(|card| (card.id, card.name.clone())).collect()
    });
    if colleagues.is_empty() {
        return ().into_any();
    }
    let chosen = RwSignal::new(colleagues[0].0);
    let ids: Vec<StaffId> = colleagues.iter().map(|(id, _)| *id).collect();
    view! {
        <form
            class="hand-over"
            on:submit=move |press| {
                press.prevent_default();
                act(care, StaffWish::HandOver(chosen.get_untracked()));
            }
        >
            <label class="field">
                <span>"Hand to a colleague"</span>
                <select on:change=move |event| {
                    let value = event_target_value(&event);
                    if let Some(id) = ids.iter().find(|id| id.to_string() == value) {
                        chosen.set(*id);
                    }
                }>
                    {colleagues
                        .into_iter()
                        .map(|(id, name)| view! { <option value=id.to_string()>{name}</option> })
                        .collect_view()}
                </select>
            </label>
            <button class="button button--quiet">"Hand over"</button>
        </form>
    }
    .into_any()
}

/// What comes of it, the stream says; what does not, this does.
fn act(care: Care, wish: StaffWish) {
    care.refused.set(None);
    spawn_local(async move {
        if let Err(error) = act_on_visit(care.id, wish).await {
            care.refused.set(Some(error.message));
        }
    });
}
