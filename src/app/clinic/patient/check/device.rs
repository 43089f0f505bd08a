//! One of the two devices: what it does, which one it is, and what to do when it fails.

use super::{super::words::check_words, Checking};
use crate::{
    api::clinic::Lang,
    domain::{call::TrackKind, check::Trial},
    video::tryout::Tryout,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlMediaElement};

#[component]
pub(super) fn OneDevice(checking: Checking, lang: Lang, kind: TrackKind) -> impl IntoView {
    let words = check_words(lang);
    let own = words.of(kind);
    let trial = Memo::new(move |_| checking.check.with(|check| check.of(kind)));
    let heard = checking.heard;
    let line = NodeRef::<html::P>::new();
    let said = move || match trial.get() {
        Trial::Works if kind == TrackKind::Audio && !heard.get() => words.speak,
        Trial::Works | Trial::Worked => own.works,
        Trial::Without => own.is_without,
        Trial::NotTried | Trial::Asking | Trial::Failed(_) => "",
    };
    let again = move |_| {
        checking.ask_for(kind);
        focus(line);
    };
    view! {
        <div class="check__device" data-device=kind_word(kind) data-trial=move || trial_word(trial.get())>
            {match kind {
                TrackKind::Video => view! {
                    <Show when=move || trial.get() == Trial::Works>
                        <Picture checking label=words.picture />
                    </Show>
                }
                .into_any(),
                TrackKind::Audio => view! { <Level checking trial label=words.level /> }.into_any(),
            }}
            <p node_ref=line role="status" tabindex="-1">
                {said}
            </p>
            <Which checking kind name=own.name trial />
            {move || match trial.get() {
                Trial::Failed(failure) => {
                    let fault = words.fault(kind, failure);
                    Some(
                        view! {
                            <section role="alert" class="notice notice--warning" data-failure=kind_word(kind)>
                                <h3>{fault.title}</h3>
                                <ol>{fault.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
                                <div class="actions">
                                    <button type="button" class="button" on:click=again>
                                        {words.try_again}
                                    </button>
                                    <button
                                        type="button"
                                        class="button button--quiet"
                                        on:click=move |_| {
                                            checking.go_without(kind);
                                            focus(line);
                                        }
                                    >
                                        {own.go_without}
                                    </button>
                                </div>
                            </section>
                        },
                    )
                }
                _ => None,
            }}
            <Show when=move || trial.get() == Trial::Without>
                <button type="button" class="button button--quiet" aria-label=format!("{}: {}", own.name, words.after_all) on:click=again>
                    {words.after_all}
                </button>
            </Show>
        </div>
    }
}

/// One's own picture, silent and mirrored, from the moment it is there.
#[component]
fn Picture(checking: Checking, label: &'static str) -> impl IntoView {
    let node = NodeRef::<html::Video>::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            element.set_muted(true);
            let element: HtmlMediaElement = element.unchecked_into();
            checking.place(TrackKind::Video).with(|tryout| tryout.show(&element));
        }
    });
    view! {
        <figure class="self-view check__picture">
            <video node_ref=node class="self-view__video" playsinline autoplay muted aria-label=label></video>
        </figure>
    }
}

/// How loud one is heard.
#[component]
fn Level(checking: Checking, trial: Memo<Trial>, label: &'static str) -> impl IntoView {
    view! {
        <meter
            class="check__level"
            min="0"
            max="100"
            hidden=move || trial.get() != Trial::Works
            aria-label=label
            prop:value=move || f64::from(checking.level.get())
        ></meter>
    }
}

/// Which of several devices it is.
#[component]
fn Which(checking: Checking, kind: TrackKind, name: &'static str, trial: Memo<Trial>) -> impl IntoView {
    let names = Memo::new(move |_| {
        checking
            .names
            .with(|names| names.iter().filter(|device| device.kind == kind).cloned().collect::<Vec<_>>())
    });
    let is_shown = Memo::new(move |_| trial.get() == Trial::Works && names.with(|names| names.len() > 1));
    view! {
        <Show when=move || is_shown.get()>
            <label class="field">
                <span>{name}</span>
                <select on:change=move |event| checking.choose(kind, event_target_value(&event))>
                    {move || {
                        let current = checking.place(kind).with(Tryout::device).flatten();
                        names
                            .get()
                            .into_iter()
                            .map(|device| {
                                let is_current = current.as_ref() == Some(&device.id);
                                view! {
                                    <option value=device.id selected=is_current>
                                        {device.label}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
            </label>
        </Show>
    }
}

/// The press took away the button that had the focus: what it has come to is read next.
fn focus(line: NodeRef<html::P>) {
    request_animation_frame(move || {
        if let Some(line) = line.get_untracked() {
            let line: HtmlElement = line.into();
            // Nothing depends on it: at worst the person presses Tab from the top.
            let _ = line.focus();
        }
    });
}

/// A stable word for style sheets and tests.
fn kind_word(kind: TrackKind) -> &'static str {
    match kind {
        TrackKind::Video => "camera",
        TrackKind::Audio => "microphone",
    }
}

/// A stable word for style sheets and tests.
fn trial_word(trial: Trial) -> &'static str {
    match trial {
        Trial::NotTried => "not-tried",
        Trial::Asking => "asking",
        Trial::Works => "works",
        Trial::Worked => "worked",
        Trial::Failed(_) => "failed",
        Trial::Without => "without",
    }
}
