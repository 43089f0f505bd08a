//! `/clinic/appointments/{id}`: one appointment, and what can be done to it.

use super::fields::WhenFields;
use crate::{
    api::clinic::{AppointmentView, ClinicCard, HandedLink, Me, language_name},
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
    link: Option<HandedLink>,
    /// What was just done, or could not be.
    told: Option<Result<&'static str, String>>,
) -> impl IntoView {
    let AppointmentView { row, date, clock, day, can_move, can_cancel, is_over } = appointment;
    let back = format!("/clinic/appointments?day={date}");
    let to = |what: &str| format!("/clinic/appointments/{}/{what}", row.id);
    let (moved, called_off, linked, taken) = (to("move"), to("cancel"), to("link"), to("revoke"));
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
                <dl class="facts">
                    <dt>"When"</dt>
                    <dd>{day} ", " {row.time} ", " {row.minutes} " minutes"</dd>
                    <dt>"Born"</dt>
                    <dd>{row.birth_date}</dd>
                    <dt>"Provider"</dt>
                    <dd>{row.provider}</dd>
                    <dt>"Reason"</dt>
                    <dd>{if row.reason.is_empty() { "—".to_owned() } else { row.reason }}</dd>
                    <dt>"Language"</dt>
                    <dd>{language} {row.interpreter.then_some(", an interpreter is wanted")}</dd>
                    <dt>"State"</dt>
                    <dd>{row.state}</dd>
                </dl>
                {(!is_over)
                    .then(|| {
                        view! {
                            <section class="card" aria-labelledby="link">
                                <h2 id="link">"The patient\u{2019}s link"</h2>
                                <p>
                                    "A link can be read only once, when it is made. Lost ones are made anew; those made before stay \
                                     good until they are taken away."
                                </p>
                                <div class="actions actions--start">
                                    <form method="post" action=linked>
                                        <button class="button">"Make a new link"</button>
                                    </form>
                                    <form method="post" action=taken>
                                        <button class="button button--quiet">"Take all links away"</button>
                                    </form>
                                </div>
                            </section>
                        }
                    })}
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
                {can_cancel
                    .then(|| {
                        view! {
                            <section class="card" aria-labelledby="cancel">
                                <h2 id="cancel">"Call off"</h2>
                                <form method="post" action=called_off class="form">
                                    <label class="tick">
                                        <input type="checkbox" name="sure" value="yes" required />
                                        <span>"Yes, call this visit off. The patient\u{2019}s page will say so."</span>
                                    </label>
                                    <button class="button button--leave">"Call off"</button>
                                </form>
                            </section>
                        }
                    })}
            </main>
        </StaffFrame>
    }
}

/// A link to hand out.
#[component]
pub fn Handed(
    /// The link.
    link: HandedLink,
) -> impl IntoView {
    view! {
        <section class="notice" role="status">
            <h2>"The link for the patient"</h2>
            <p>"Please send or print it now: it cannot be read again."</p>
            <dl class="facts">
                <dt>"Link"</dt>
                <dd class="handed">{link.address}</dd>
                <dt>"Code, for whoever cannot open it"</dt>
                <dd class="handed">{link.code}</dd>
            </dl>
        </section>
    }
}
