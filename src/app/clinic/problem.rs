//! What was wrong with a form.

use leptos::prelude::*;

/// What was wrong with a form, where it is read first. Its id is `problem`.
#[component]
pub fn Problem(
    /// A sentence that says what to do. None: nothing was wrong.
    #[prop(into)]
    error: Option<String>,
) -> impl IntoView {
    error.map(|error| {
        view! {
            <section class="notice notice--error" role="alert" id="problem">
                <p>{error}</p>
            </section>
        }
    })
}
