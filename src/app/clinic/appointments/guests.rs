//! Who comes along with the patient: invited here, and asked no longer.

use crate::api::clinic::GuestRow;
use leptos::prelude::*;

/// Who comes along with the patient.
#[component]
pub(super) fn Guests(id: String, guests: Vec<GuestRow>) -> impl IntoView {
    let (invite, remove) =
        (format!("/clinic/appointments/{id}/guest"), format!("/clinic/appointments/{id}/guest/remove"));
    view! {
        <section class="card" aria-labelledby="guests">
            <h2 id="guests">"Guests"</h2>
            <p>
                "An interpreter, a relative, or whoever looks after the patient. Each guest has a link of their own, which can be read \
                 only once, when it is made. Guests wait until the patient is let in, and see nothing of the record."
            </p>
            {(!guests.is_empty())
                .then(|| {
                    let one = |(place, guest): (usize, GuestRow)| view! { <Guest place guest remove=remove.clone() /> };
                    view! { <ul class="guests">{(1..).zip(guests).map(one).collect_view()}</ul> }
                })}
            <form method="post" action=invite>
                <button class="button">"Invite a guest"</button>
            </form>
        </section>
    }
}

#[component]
fn Guest(place: usize, guest: GuestRow, remove: String) -> impl IntoView {
    let GuestRow { seat, invited, has_come } = guest;
    let come = if has_come { "has opened the link" } else { "has not opened the link yet" };
    view! {
        <li>
            <form method="post" action=remove class="actions actions--start">
                <span>{format!("Guest {place}, invited on {invited}: {come}")}</span>
                <input type="hidden" name="seat" value=seat />
                <button class="button button--quiet" aria-label=format!("Take the link of guest {place} away")>
                    "Take away"
                </button>
            </form>
        </li>
    }
}
