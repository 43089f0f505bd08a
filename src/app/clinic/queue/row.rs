//! One visit in the queue.

use super::{Queue, actions::Actions, focus::row_id};
use crate::{
    api::clinic::{QueueEntry, language_name},
    app::text::readiness_words,
    domain::{
        queue::{Patience, Section, away_minutes, waited_minutes},
        visit::Stage,
    },
};
use leptos::prelude::*;

#[component]
pub(super) fn Row(queue: Queue, entry: RwSignal<QueueEntry>, section: Section) -> impl IntoView {
    let id = entry.with_untracked(|entry| entry.id);
    // The minutes change every ten seconds in every row, all else only with the visit.
    let wait = Memo::new(move |_| entry.with(|entry| waited_minutes(&entry.visit, queue.now.get())));
    let away = Memo::new(move |_| entry.with(|entry| away_minutes(&entry.visit, queue.now.get())));
    // Of who has not come nothing can be known, and of who is in the call one sees it.
    let tells_devices = matches!(section, Section::Waiting | Section::GettingReady);
    let devices = Memo::new(move |_| entry.with(|entry| entry.devices));
    let patience = move || wait.get().map_or("", |minutes| Patience::of(minutes).as_str());
    view! {
        <li
            class="row"
            data-visit=id.to_string()
            data-wait=patience
            data-away=move || away.get().is_some().to_string()
        >
            <div class="row__who">
                <h3>
                    <a id=row_id(id) href=format!("/clinic/visits/{id}")>
                        {move || entry.with(|entry| entry.patient.clone())}
                    </a>
                </h3>
                <p>{move || entry.with(|entry| entry.reason.clone())}</p>
            </div>
            <ul class="row__facts">
                <li hidden=move || wait.get().is_none() || section == Section::InRoom class="row__wait">
                    {move || wait.get().map(waited)}
                </li>
                <li hidden=move || away.get().is_none() class="row__away">
                    {move || away.get().map(|minutes| format!("away for {minutes} min"))}
                </li>
                <li hidden=!tells_devices class="row__devices" data-devices=move || devices.get().as_str()>
                    {move || readiness_words(devices.get())}
                </li>
                {move || {
                    entry
                        .with(|entry| facts(queue, entry))
                        .into_iter()
                        .map(|fact| view! { <li>{fact}</li> })
                        .collect_view()
                }}
            </ul>
            <Actions queue entry section />
        </li>
    }
}

/// What does not change with the clock.
fn facts(queue: Queue, entry: &QueueEntry) -> Vec<String> {
    let stepped_out = matches!(entry.visit.stage, Stage::SteppedOut { .. });
    [
        stepped_out.then(|| "provider stepped out".to_owned()),
        Some(queue.clock.with_value(|clock| clock.time(entry.visit.starts_at))),
        Some(language_name(&entry.language).to_owned()),
        entry.visit.interpreter.then(|| "wants an interpreter".to_owned()),
        Some(queue.name_of(entry.visit.provider)),
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .collect()
}

fn waited(minutes: u64) -> String {
    match (minutes, Patience::of(minutes).in_words()) {
        (0, _) => "has just come".to_owned(),
        (minutes, "") => format!("waits {minutes} min"),
        (minutes, words) => format!("waits {minutes} min, {words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_wait_is_told_in_words_and_not_by_a_colour_alone() {
        assert_eq!(
            [0, 3, 20, 40].map(waited),
            ["has just come", "waits 3 min", "waits 20 min, long", "waits 40 min, too long"]
        );
    }
}
