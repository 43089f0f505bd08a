//! What a provider can do with the visit now.

use super::Care;
use crate::{
    api::clinic::{StaffWish, act_on_visit},
    app::clinic::{IS_IT_THEM, TAKES_OVER, TwoIdentifiers, WHAT_IT_ENDS},
    domain::visit::{Outcome, StaffId, StaffRole, Stage},
};
use leptos::{html, prelude::*, task::spawn_local};
use std::mem::{Discriminant, discriminant};

/// What is asked before it is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Admit,
    End,
    NoShow,
    TakeOver,
}

#[component]
pub(super) fn Deeds(care: Care) -> impl IntoView {
    let stage = Memo::new(move |_| care.stage());
    let is_mine = Memo::new(move |_| care.is_mine());
    let in_room = Memo::new(move |_| is_mine.get() && stage.get().room().is_some());
    let is_out = Memo::new(move |_| is_mine.get() && matches!(stage.get(), Stage::SteppedOut { .. }));
    let waits = Memo::new(move |_| is_mine.get() && stage.get() == Stage::Waiting);
    let can_take =
        Memo::new(move |_| care.role == StaffRole::Provider && !is_mine.get() && !stage.get().is_over());
    let with_colleague = Memo::new(move |_| !is_mine.get() && stage.get().room().is_some());
    let is_away = Memo::new(move |_| care.entry.with(|entry| !entry.visit.is_here()));
    let expected = Memo::new(move |_| stage.get() == Stage::Scheduled);
    let can_have_left =
        Memo::new(move |_| is_away.get() && matches!(stage.get(), Stage::CheckedIn | Stage::Waiting));
    let asked = RwSignal::new(None);
    let (group, question) = (NodeRef::new(), NodeRef::new());
    // The notice's time is part of a stage, and no button goes with it.
    let kind = Memo::new(move |_| discriminant(&stage.get()));
    // What was asked is answered, or is no question any more.
    Effect::new(move |before: Option<()>| {
        kind.track();
        if before.is_some() {
            asked.set(None);
        }
    });
    keep_focus(kind, asked, group, question);
    view! {
        <div node_ref=group class="actions deeds" role="group" aria-label="This visit" tabindex="-1">
            <Show when=move || waits.get()>
                <Question
                    asked
                    about=Asked::Admit
                    press="Admit"
                    class="button button--primary"
                    name=IS_IT_THEM
                    no="Not now"
                    node=question
                >
                    <TwoIdentifiers entry=care.entry />
                    <Deed care label="Admit now" wish=StaffWish::Admit class="button button--primary" />
                </Question>
            </Show>
            <Show when=move || in_room.get() && !is_out.get()>
                <Deed care label="Step out" wish=StaffWish::StepOut class="button button--quiet" />
            </Show>
            <Show when=move || is_out.get()>
                <Deed care label="Come back" wish=StaffWish::StepBack class="button button--primary" />
            </Show>
            <Show when=move || in_room.get()>
                <Deed care label="Send back to waiting" wish=StaffWish::SendBack class="button button--quiet" />
                <Question asked about=Asked::End press="End visit" name="End the visit?" no="Go on" node=question>
                    <p>"The patient will see that the visit is over."</p>
                    <Deed care label="End it: seen" wish=StaffWish::End(Outcome::Seen) class="button button--leave" />
                    <Show when=move || is_away.get()>
                        <Deed
                            care
                            label="End it: has left"
                            wish=StaffWish::End(Outcome::LeftWithoutBeingSeen)
                            class="button button--leave"
                        />
                    </Show>
                </Question>
            </Show>
            <Show when=move || can_have_left.get()>
                <Deed
                    care
                    label="Has left"
                    wish=StaffWish::End(Outcome::LeftWithoutBeingSeen)
                    class="button button--quiet"
                />
            </Show>
            <Show when=move || expected.get()>
                <Question asked about=Asked::NoShow press="Did not come" name="Will nobody come?" no="Not yet" node=question>
                    <p>"The patient\u{2019}s link then says that the time has passed. This cannot be undone."</p>
                    <Deed
                        care
                        label="End it: did not come"
                        wish=StaffWish::End(Outcome::NoShow)
                        class="button button--leave"
                    />
                </Question>
            </Show>
            <Show when=move || can_take.get() && !with_colleague.get()>
                <Deed care label="Take over" wish=StaffWish::TakeOver class="button" />
            </Show>
            <Show when=move || can_take.get() && with_colleague.get()>
                <Question asked about=Asked::TakeOver press="Take over" class="button" name=TAKES_OVER no="Leave it" node=question>
                    <p>{WHAT_IT_ENDS}</p>
                    <Deed care label="Take over" wish=StaffWish::TakeOver class="button button--leave" />
                </Question>
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
    kind: Memo<Discriminant<Stage>>,
    asked: RwSignal<Option<Asked>>,
    group: NodeRef<html::Div>,
    question: NodeRef<html::Div>,
) {
    Effect::new(move |before: Option<(Discriminant<Stage>, Option<Asked>)>| {
        let now = (kind.get(), asked.get());
        if before.is_some_and(|before| before != now) {
            // After the page has been changed, which happens with the effects of this turn.
            request_animation_frame(move || {
                let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
                let open = question.get_untracked().filter(|question| question.is_connected());
                if let (true, Some(place)) = (lost, open.or_else(|| group.get_untracked())) {
                    // Nothing depends on it: at worst the person presses Tab from the top.
                    let _ = place.focus();
                }
            });
        }
        now
    });
}

/// A button that asks once more, and the answers in its place.
#[component]
fn Question(
    asked: RwSignal<Option<Asked>>,
    about: Asked,
    press: &'static str,
    #[prop(default = "button button--leave")] class: &'static str,
    name: &'static str,
    no: &'static str,
    node: NodeRef<html::Div>,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show
            when=move || asked.get() == Some(about)
            fallback=move || {
                view! {
                    <button type="button" class=class on:click=move |_| asked.set(Some(about))>
                        {press}
                    </button>
                }
            }
        >
            <div
                node_ref=node
                class="row__check"
                role="group"
                aria-label=name
                tabindex="-1"
                on:keydown=move |press| if press.key() == "Escape" { asked.set(None) }
            >
                {children()}
                <button type="button" class="button button--quiet" on:click=move |_| asked.set(None)>
                    {no}
                </button>
            </div>
        </Show>
    }
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
        providers
            .iter()
            .filter(|card| card.works && card.id != care.me)
            .map(|card| (card.id, card.name.clone()))
            .collect()
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
