//! `/clinic/appointments/{id}`: one appointment, and what can be done to it.

use super::{
    fields::WhenFields,
    give::Give,
    guests::Guests,
    handed::{Handed, Handing},
};
use crate::{
    api::clinic::{AppointmentView, ClinicCard, Erasure, Me, language_name},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// One appointment.
#[component]
pub fn AppointmentPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The appointment.
    appointment: AppointmentView,
    /// A link that was just made.
    link: Option<Handing>,
    /// What was just done, or could not be.
    told: Option<Result<&'static str, String>>,
) -> impl IntoView {
    let AppointmentView {
        row,
        date,
        clock,
        day,
        patient_number,
        location,
        call_back,
        can_move,
        others,
        can_cancel,
        is_over,
        guests,
        erasure,
    } = appointment;
    let to = |what: &str| format!("/clinic/appointments/{}/{what}", row.id);
    let back = format!("/clinic/appointments?day={date}");
    let (moved, called_off, linked, taken) = (to("move"), to("cancel"), to("link"), to("revoke"));
    let (erase, given) = (to("erase"), to("give"));
    let language = language_name(&row.language).to_owned();
    let (done, error) = match told {
        None => (None, None),
        Some(Ok(done)) => (Some(done), None),
        Some(Err(error)) => (None, Some(error)),
    };
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <p>
                    <a href=back>"All appointments of the day"</a>
                </p>
                <h1>{row.patient}</h1>
                <Problem error />
                {done.map(|done| view! { <p class="notice" role="status">{done}</p> })}
                {link.map(|link| view! { <Handed link /> })}
                {(erasure == Erasure::Done)
                    .then(|| {
                        view! {
                            <p class="notice">
                                "The patient\u{2019}s name, and what was written down for this visit, are erased. What happened, and \
                                 when, is kept."
                            </p>
                        }
                    })}
                <dl class="facts">
                    <dt>"When"</dt>
                    <dd>{day} ", " {row.time} ", " {row.minutes} " minutes"</dd>
                    <dt>"Born"</dt>
                    <dd>{if row.birth_date.is_empty() { "—".to_owned() } else { row.birth_date }}</dd>
                    <dt>"Provider"</dt>
                    <dd>{row.provider}</dd>
                    <dt>"Reason"</dt>
                    <dd>{if row.reason.is_empty() { "—".to_owned() } else { row.reason }}</dd>
                    <dt>"Language"</dt>
                    <dd>{language} {row.interpreter.then_some(", an interpreter is wanted")}</dd>
                    <dt>"State"</dt>
                    <dd>{row.state}</dd>
                    <dt>"Record number"</dt>
                    <dd>
                        <code>{patient_number}</code>
                    </dd>
                    <SaidAtCheckIn location call_back />
                </dl>
                <Ways id=row.id.clone() />
                {(!is_over).then(|| view! { <Links made=linked taken /> <Guests id=row.id.clone() guests /> })}
                {can_move
                    .then(|| {
                        view! {
                            <section class="card" aria-labelledby="move">
                                <h2 id="move">"Move"</h2>
                                <form method="post" action=moved class="form">
                                    <WhenFields date time=clock minutes=row.minutes.to_string() asks_which=false />
                                    <label class="field">
                                        <span>"If this hour comes twice, since clocks go back"</span>
                                        <select name="which">
                                            <option value="">"It does not"</option>
                                            <option value="first">"The first, before they do"</option>
                                            <option value="second">"The second, after"</option>
                                        </select>
                                    </label>
                                    <button class="button">"Move appointment"</button>
                                </form>
                            </section>
                        }
                    })}
                <Give address=given others />
                {can_cancel.then(|| view! { <CallOff address=called_off /> })}
                {(erasure == Erasure::Possible).then(|| view! { <Erase address=erase /> })}
            </main>
        </StaffFrame>
    }
}

/// The patient's link: made anew, or taken away.
#[component]
fn Links(made: String, taken: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="link">
            <h2 id="link">"The patient\u{2019}s link"</h2>
            <p>
                "A link can be read only once, when it is made. Lost ones are made anew; those made before stay good until they are \
                 taken away."
            </p>
            <div class="actions actions--start">
                <form method="post" action=made>
                    <button class="button">"Make a new link"</button>
                </form>
                <form method="post" action=taken>
                    <button class="button button--quiet">"Take all links away"</button>
                </form>
            </div>
        </section>
    }
}

/// The way to call the visit off.
#[component]
fn CallOff(address: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="cancel">
            <h2 id="cancel">"Call off"</h2>
            <form method="post" action=address class="form">
                <label class="tick">
                    <input type="checkbox" name="sure" value="yes" required />
                    <span>"Yes, call this visit off. The patient\u{2019}s page will say so."</span>
                </label>
                <button class="button button--leave">"Call off"</button>
            </form>
        </section>
    }
}

/// The way to erase a patient who has asked for it.
#[component]
fn Erase(address: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="erase">
            <h2 id="erase">"Erase this patient"</h2>
            <p>
                "For a patient who has asked for it. Name and birth date go, and of every visit the reason, what was said at check-in, \
                 and the note. What happened, and when, is kept without the name. Where the law makes you keep medical records, \
                 please make sure that this one is kept elsewhere."
            </p>
            <form method="post" action=address class="form">
                <label class="tick">
                    <input type="checkbox" name="sure" value="yes" required />
                    <span>"Yes, erase the data of this patient. This cannot be undone."</span>
                </label>
                <button class="button button--leave">"Erase"</button>
            </form>
        </section>
    }
}

/// Where the patient is, and the number to call back: nothing before they have checked in.
#[component]
fn SaidAtCheckIn(location: String, call_back: String) -> impl IntoView {
    let number = format!("tel:{}", call_back.replace(' ', ""));
    view! {
        {(!location.is_empty()).then(|| view! { <dt>"Said they are at"</dt> <dd>{location}</dd> })}
        {(!call_back.is_empty()).then(|| view! { <dt>"Phone"</dt> <dd><a href=number>{call_back}</a></dd> })}
    }
}

/// To the visit's page, to what happened in it, and to correct its record: at every time, also when it is over.
#[component]
fn Ways(id: String) -> impl IntoView {
    let (visit, replay) = (format!("/clinic/visits/{id}"), format!("/clinic/visits/{id}/replay"));
    let correct = format!("/clinic/appointments/{id}/correct");
    view! {
        <p class="actions actions--start">
            <a class="button button--quiet" href=visit>
                "Open the visit\u{2019}s page"
            </a>
            <a class="button button--quiet" href=replay>
                "What happened in this visit"
            </a>
            <a class="button button--quiet" href=correct>
                "Correct the record"
            </a>
        </p>
    }
}
