//! What people see. Placeholder: the integrator writes it.
use leptos::{config::LeptosOptions, prelude::*};
/// The root.
#[component]
pub fn App() -> impl IntoView {
    let page = use_context::<crate::api::Page>();
    view! { <h1>"Welcome to Owl Hospital Telemedicine"</h1> <p>{format!("{page:?}")}</p> }
}
/// The document around it.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>"Owl Hospital"</title>
                <HydrationScripts options=options />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
