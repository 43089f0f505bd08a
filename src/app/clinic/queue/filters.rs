//! What is shown of the queue: by name or reason, provider, language and state. What was chosen is kept for this tab, what was
//! searched is not: it names patients.

use super::{Lists, Queue};
use crate::{
    api::clinic::{LANGUAGES, QueueEntry},
    app::clinic::tab,
    domain::{
        queue::Section,
        sought::is_sought,
        visit::{StaffId, StaffRole},
    },
};
use leptos::prelude::*;

/// Under which a tab keeps what was chosen.
const KEPT: [&str; 3] = ["owl-queue-provider", "owl-queue-language", "owl-queue-state"];

/// What is looked for. Empty: everything.
#[derive(Clone, Copy)]
pub(super) struct Filters {
    search: RwSignal<String>,
    /// A provider's id.
    provider: RwSignal<String>,
    /// A tag.
    language: RwSignal<String>,
    /// A section's word.
    state: RwSignal<String>,
}

/// The same at one moment.
pub(super) struct Sought {
    search: String,
    provider: String,
    language: String,
    state: String,
}

impl Filters {
    pub fn new() -> Self {
        let [search, provider, language, state] = [(); 4].map(|()| RwSignal::new(String::new()));
        Self { search, provider, language, state }
    }

    pub fn get(self) -> Sought {
        Sought {
            search: self.search.get(),
            provider: self.provider.get(),
            language: self.language.get(),
            state: self.state.get(),
        }
    }

    pub fn is_for_provider_untracked(self, entry: &QueueEntry) -> bool {
        self.provider.with_untracked(|provider| is_of(provider, entry.visit.provider))
    }

    /// Whether somebody searches. Tracked.
    pub fn is_typed(self) -> bool {
        !self.search.with(String::is_empty)
    }

    fn chosen(self) -> [RwSignal<String>; 3] {
        [self.provider, self.language, self.state]
    }

    /// Takes up what this tab has kept, as far as it can still be chosen.
    pub fn take_up(self, providers: &[StaffId]) {
        let [provider, language, state] = KEPT.map(|name| tab::recall(name).unwrap_or_default());
        let known = [
            providers.iter().any(|id| id.to_string() == provider),
            LANGUAGES.iter().any(|(tag, _)| *tag == language),
            Section::ALL.iter().any(|section| section.as_str() == state),
        ];
        for ((signal, value), is_known) in
            self.chosen().into_iter().zip([provider, language, state]).zip(known)
        {
            if is_known {
                signal.set(value);
            }
        }
    }

    fn keep(self) {
        for (name, signal) in KEPT.into_iter().zip(self.chosen()) {
            // Where nothing can be kept, all is shown again.
            let _ = tab::remember(name, &signal.get_untracked());
        }
    }
}

impl Sought {
    pub fn is_for_provider(&self, entry: &QueueEntry) -> bool {
        is_of(&self.provider, entry.visit.provider)
    }

    pub fn shows(&self, entry: &QueueEntry, section: Section) -> bool {
        self.is_for_provider(entry)
            && (self.language.is_empty() || self.language == entry.language)
            && (self.state.is_empty() || self.state == section.as_str())
            && (self.search.is_empty()
                || is_sought(&self.search, &format!("{} {}", entry.patient, entry.reason)))
    }
}

fn is_of(chosen: &str, provider: StaffId) -> bool {
    chosen.is_empty() || chosen == provider.to_string()
}

#[component]
pub(super) fn FilterForm(queue: Queue, lists: Memo<Lists>) -> impl IntoView {
    let filters = queue.filters();
    let (me, role) = queue.me.with_value(|me| (me.id, me.role));
    let providers = Signal::derive(move || {
        let mut providers = queue
            .providers
            .with(|all| all.iter().map(|card| (card.id.to_string(), card.name.clone())).collect::<Vec<_>>());
        if role == StaffRole::Provider {
            let own = me.to_string();
            providers.retain(|(id, _)| *id != own);
            providers.insert(0, (own, "My patients".to_owned()));
        }
        providers
    });
    let languages = LANGUAGES.map(|(tag, name)| (tag.to_owned(), name.to_owned())).to_vec().into();
    let states = [
        (Section::Waiting, "Waiting"),
        (Section::InRoom, "With a provider"),
        (Section::GettingReady, "Getting ready"),
        (Section::Expected, "Expected"),
    ];
    let states = states.map(|(section, name)| (section.as_str().to_owned(), name.to_owned())).to_vec().into();
    view! {
        <form class="queue__filters" role="search" on:submit=|press| press.prevent_default()>
            <label class="field">
                <span>"Search by name or reason"</span>
                <input
                    type="search"
                    autocomplete="off"
                    prop:value=move || filters.search.get()
                    on:input=move |event| filters.search.set(event_target_value(&event))
                />
            </label>
            <Choice filters label="Provider" all="All providers" options=providers chosen=filters.provider />
            <Choice filters label="Language" all="All languages" options=languages chosen=filters.language />
            <Choice filters label="State" all="All states" options=states chosen=filters.state />
            <p class="queue__shown" role="status">
                {move || lists.with(|lists| {
                    (lists.shown() < lists.known)
                        .then(|| format!("{} of {} shown.", lists.shown(), lists.known))
                })}
            </p>
        </form>
    }
}

#[component]
fn Choice(
    filters: Filters,
    label: &'static str,
    all: &'static str,
    options: Signal<Vec<(String, String)>>,
    chosen: RwSignal<String>,
) -> impl IntoView {
    view! {
        <label class="field queue__choice">
            <span>{label}</span>
            <select
                prop:value=move || chosen.get()
                on:change=move |event| {
                    chosen.set(event_target_value(&event));
                    filters.keep();
                }
            >
                <option value="">{all}</option>
                {move || {
                    // What is chosen stays chosen when the list is another one.
                    options
                        .get()
                        .into_iter()
                        .map(|(value, name)| {
                            let is_chosen = chosen.with_untracked(|chosen| *chosen == value);
                            view! { <option value=value prop:selected=is_chosen>{name}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </label>
    }
}
