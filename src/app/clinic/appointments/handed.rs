//! A link that was just made: to be handed out now, since it cannot be read again.

use crate::api::clinic::HandedLink;
use leptos::prelude::*;

/// A link that was just made, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handing {
    /// The patient.
    ToPatient(HandedLink),
    /// Somebody who comes along.
    ToGuest(HandedLink),
}

/// A link to hand out.
#[component]
pub fn Handed(
    /// The link.
    link: Handing,
) -> impl IntoView {
    let (title, link) = match link {
        Handing::ToPatient(link) => ("The link for the patient", link),
        Handing::ToGuest(link) => ("The link for the guest", link),
    };
    view! {
        <section class="notice" role="status">
            <h2>{title}</h2>
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
