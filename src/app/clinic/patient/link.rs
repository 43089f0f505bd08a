//! `/v#…`: where a link leads. It says no more than the clinic's name, since anybody may have opened it: what comes after the press
//! is the patient's.

use crate::{
    api::clinic::ClinicCard,
    app::clinic::{PatientFrame, fragment::FragmentScript},
};
use leptos::prelude::*;

/// Why somebody did not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkProblem {
    /// There is no such link or code.
    Unknown,
    /// It was taken away.
    Revoked,
    /// Its visit is long over.
    Expired,
    /// Too many wrong codes.
    TooMany,
    /// So many come at once that this one was not looked at.
    Busy,
    /// The server had trouble.
    Trouble,
    /// The browser has no session any more: it was closed, or the link was taken away.
    NoSession,
}

/// Where a link leads, and where a code is typed. In both languages where it matters: whose it is, is not known yet.
#[component]
pub fn LinkPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Why somebody did not come in with the last try.
    problem: Option<LinkProblem>,
) -> impl IntoView {
    let (name, phone) = (clinic.name.clone(), clinic.phone.clone());
    view! {
        <PatientFrame clinic also_spanish=true>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>{name}</h1>
                {problem.map(notice)}
                <form method="post" action="/v/enter" class="form" data-fragment="" hidden>
                    <input type="hidden" name="secret" />
                    <input type="hidden" name="zone" />
                    <button class="button button--primary">
                        "Continue " <span lang="es">"· Continuar"</span>
                    </button>
                </form>
                <form method="post" action="/v/enter" class="form" data-without-fragment="">
                    <p>
                        "Do you have a link from the clinic? It is in the message or on the sheet that you were given: please open it \
                         again. Or type the code printed beside it."
                        <br />
                        <span lang="es">
                            "¿Tiene un enlace de la clínica? Está en el mensaje o en la hoja que le dieron: ábralo de nuevo. O escriba el \
                             código que está a su lado."
                        </span>
                    </p>
                    <label class="field">
                        <span>"Code " <span lang="es">"· Código"</span></span>
                        <input
                            name="code"
                            class="code"
                            required
                            autocomplete="one-time-code"
                            autocapitalize="characters"
                            spellcheck="false"
                            maxlength="16"
                            placeholder="ABCDE-12345"
                            aria-describedby=problem.is_some().then_some("problem")
                        />
                    </label>
                    <input type="hidden" name="zone" />
                    <button class="button button--primary">
                        "Continue " <span lang="es">"· Continuar"</span>
                    </button>
                </form>
                {phone
                    .map(|phone| {
                        let call = format!("tel:{}", phone.replace(' ', ""));
                        view! {
                            <p class="help">
                                "If anything does not work, please call the clinic" <br />
                                <span lang="es">"Si algo no funciona, llame a la clínica"</span> ": "
                                <a href=call>{phone}</a>
                            </p>
                        }
                    })}
                <FragmentScript />
            </main>
        </PatientFrame>
    }
}

fn notice(problem: LinkProblem) -> impl IntoView {
    let (english, spanish) = match problem {
        LinkProblem::Unknown => (
            "We do not know this link or code. Please check it, or call the clinic.",
            "No conocemos este enlace o código. Compruébelo o llame a la clínica.",
        ),
        LinkProblem::Revoked => (
            "This link is no longer good. Please use the newest one you were sent, or call the clinic.",
            "Este enlace ya no sirve. Use el último que le enviaron o llame a la clínica.",
        ),
        LinkProblem::Expired => (
            "The visit of this link is over. For a new one please call the clinic.",
            "La visita de este enlace ya terminó. Para otra, llame a la clínica.",
        ),
        LinkProblem::TooMany => (
            "There were too many wrong codes. Please try again in a quarter of an hour, or call the clinic.",
            "Ha habido demasiados códigos erróneos. Inténtelo otra vez dentro de un cuarto de hora o llame a la clínica.",
        ),
        LinkProblem::Busy => (
            "Very many people are coming just now. Please try again in a moment, or call the clinic.",
            "Ahora mismo están entrando muchas personas. Inténtelo otra vez dentro de un momento o llame a la clínica.",
        ),
        LinkProblem::Trouble => (
            "The server had a problem. Please try again.",
            "El servidor ha tenido un problema. Inténtelo otra vez.",
        ),
        LinkProblem::NoSession => (
            "Please open your link again, or type your code.",
            "Abra su enlace de nuevo o escriba su código.",
        ),
    };
    view! {
        <section class="notice notice--warning" role="alert" id="problem">
            <p>{english}</p>
            <p lang="es">{spanish}</p>
        </section>
    }
}
