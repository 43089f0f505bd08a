//! An appointment for another provider.

use leptos::prelude::*;

/// Gives the appointment to somebody else. Nothing where there is nobody else.
#[component]
pub(super) fn Give(
    /// Where the form goes.
    address: String,
    /// To whom it can be given: id and name.
    others: Vec<(String, String)>,
) -> impl IntoView {
    let choice = |(id, name): (String, String)| view! { <option value=id>{name}</option> };
    (!others.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="give">
                <h2 id="give">"Another provider"</h2>
                <form method="post" action=address class="form">
                    <label class="field">
                        <span>"Who sees the patient"</span>
                        <select name="provider" required>
                            {others.into_iter().map(choice).collect_view()}
                        </select>
                    </label>
                    <button class="button">"Give appointment"</button>
                </form>
            </section>
        }
    })
}
