//! `/clinic/visits/{id}/replay`: a visit once more, as plain HTML.

use super::{StaffFrame, problem::Problem};
use crate::api::clinic::{ClinicCard, Me, ReplayRow, ReplayView};
use leptos::prelude::*;

/// A visit once more.
#[component]
pub fn ReplayPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The visit.
    replay: ReplayView,
) -> impl IntoView {
    let ReplayView { id, patient, zone, rows } = replay;
    let (appointment, export) =
        (format!("/clinic/appointments/{id}"), format!("/clinic/visits/{id}/replay/recording"));
    let of = if patient.is_empty() {
        "The patient\u{2019}s name has been erased. What happened is kept.".to_owned()
    } else {
        format!("The visit of {patient}.")
    };
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <p>
                    <a href=appointment>"The appointment"</a>
                </p>
                <h1>"What happened in this visit"</h1>
                <p>
                    {of} " Times are " {zone} ", and those with a plus count from the first moment. What a page showed is what it was \
                     made from: nobody records who looked at it."
                </p>
                <p>
                    <a class="button button--quiet" href=export download>
                        "Save without names"
                    </a>
                    " For whoever looks into a problem: no names, no day, no ids that lead to anybody."
                </p>
                <ol class="replay">
                    {rows.into_iter().enumerate().map(|(place, row)| view! { <Row number=place + 1 row /> }).collect_view()}
                </ol>
            </main>
        </StaffFrame>
    }
}

#[component]
fn Row(number: usize, row: ReplayRow) -> impl IntoView {
    let ReplayRow { day, clock, machine, since, what, patient, staff, guests } = row;
    let (anchor, link) = (format!("moment-{number}"), format!("#moment-{number}"));
    view! {
        <li id=anchor class="replay__moment">
            {day.map(|day| view! { <h2 class="replay__day">{day}</h2> })}
            <p class="replay__what">
                <a href=link>
                    <time datetime=machine>{clock}</time>
                </a>
                <span class="replay__since">{since}</span>
                <strong>{what}</strong>
            </p>
            <dl class="facts">
                <dt>"Patient saw"</dt>
                <dd>{patient}</dd>
                <dt>"Provider and front desk saw"</dt>
                <dd>{staff}</dd>
                {guests
                    .into_iter()
                    .map(|(who, saw)| {
                        view! {
                            <dt>{who} " saw"</dt>
                            <dd>{saw}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
        </li>
    }
}

/// A record is not for this person.
#[component]
pub fn RefusedPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// Why not, and what to do.
    why: String,
) -> impl IntoView {
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"This visit is not yours"</h1>
                <Problem error=why />
                <p>
                    <a class="button" href="/clinic">
                        "Go to the waiting room"
                    </a>
                </p>
            </main>
        </StaffFrame>
    }
}
