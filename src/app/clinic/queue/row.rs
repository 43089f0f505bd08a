//! One visit in the queue.

use super::{Queue, actions::Actions};
use crate::{
    api::clinic::{QueueEntry, language_name},
    domain::{
        queue::{Patience, Section, away_minutes, waited_minutes},
        visit::{Millis, Stage, VisitId},
    },
};
use leptos::prelude::*;

#[component]
pub(super) fn Row(queue: Queue, id: VisitId, section: Section) -> impl IntoView {
    let entry = Memo::new(move |_| queue.visits.with(|visits| visits.get(&id).cloned()));
    let of = move |read: fn(&QueueEntry) -> String| {
        Memo::new(move |_| entry.with(|entry| entry.as_ref().map(read).unwrap_or_default()))
    };
    let (name, reason) = (of(|entry| entry.patient.clone()), of(|entry| entry.reason.clone()));
    let language = of(|entry| language_name(&entry.language).to_owned());
    let wait = Memo::new(move |_| {
        let now = queue.now.get();
        entry.with(|entry| entry.as_ref().and_then(|entry| waited_minutes(&entry.visit, now)))
    });
    let patience = Memo::new(move |_| wait.get().map_or("", |minutes| Patience::of(minutes).as_str()));
    let away = Memo::new(move |_| {
        let now = queue.now.get();
        entry.with(|entry| entry.as_ref().and_then(|entry| away_minutes(&entry.visit, now)))
    });
    let time = Memo::new(move |_| {
        let offset = queue.utc_offset.get_value();
        entry.with(|entry| {
            entry.as_ref().map(|entry| clock(entry.visit.starts_at, offset)).unwrap_or_default()
        })
    });
    let provider = Memo::new(move |_| {
        entry
            .with(|entry| entry.as_ref().map(|entry| queue.name_of(entry.visit.provider)).unwrap_or_default())
    });
    let interpreter =
        Memo::new(move |_| entry.with(|entry| entry.as_ref().is_some_and(|entry| entry.visit.interpreter)));
    let stepped_out = Memo::new(move |_| {
        entry.with(|entry| {
            entry.as_ref().is_some_and(|entry| matches!(entry.visit.stage, Stage::SteppedOut { .. }))
        })
    });
    view! {
        <li
            class="row"
            data-visit=id.to_string()
            data-wait=move || patience.get()
            data-away=move || away.get().is_some().to_string()
        >
            <div class="row__who">
                <h3>{move || name.get()}</h3>
                <p>{move || reason.get()}</p>
            </div>
            <ul class="row__facts">
                <li hidden=move || wait.get().is_none() || section == Section::InRoom class="row__wait">
                    {move || wait.get().map(waited)}
                </li>
                <li hidden=move || away.get().is_none() class="row__away">
                    {move || away.get().map(|minutes| format!("away for {minutes} min"))}
                </li>
                <li hidden=move || !stepped_out.get()>"provider stepped out"</li>
                <li>{move || time.get()}</li>
                <li>{move || language.get()}</li>
                <li hidden=move || !interpreter.get()>"wants an interpreter"</li>
                <li>{move || provider.get()}</li>
            </ul>
            <Actions queue id entry section />
        </li>
    }
}

fn waited(minutes: u64) -> String {
    match minutes {
        0 => "has just come".to_owned(),
        minutes => format!("waits {minutes} min"),
    }
}

/// A time by the clinic's clock.
fn clock(at: Millis, offset_minutes: i32) -> String {
    let minutes = (at.0 / 60_000).cast_signed() + i64::from(offset_minutes);
    let of_day = minutes.rem_euclid(24 * 60);
    format!("{:02}:{:02}", of_day / 60, of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_by_the_clinics_clock() {
        assert_eq!(clock(Millis(0), 0), "00:00");
        assert_eq!(clock(Millis(90 * 60_000), -120), "23:30");
    }
}
