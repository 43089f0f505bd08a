//! What stands around the clinic's pages.

use crate::{api::clinic::ClinicCard, app::components::Owl};
use leptos::prelude::*;

/// Around a page for patients, and for who is not known yet: the clinic's name, and the number for an emergency on every page.
#[component]
pub fn PatientFrame(
    /// The clinic.
    clinic: ClinicCard,
    /// The sentence for an emergency, in the page's language, before the number.
    #[prop(default = "In an emergency call")]
    emergency: &'static str,
    /// The same in Spanish, where it is not known yet who reads.
    #[prop(optional)]
    also_spanish: bool,
    /// The skip link's words.
    #[prop(default = "Skip to content")]
    skip: &'static str,
    /// The page's `<main>`.
    children: Children,
) -> impl IntoView {
    let ClinicCard { name, emergency: number, .. } = clinic;
    let call = format!("tel:{number}");
    view! {
        <a class="skip-link" href="#main">
            {skip}
        </a>
        <header class="site-header">
            <span class="site-header__home">
                <Owl />
                {name}
            </span>
        </header>
        {children()}
        <footer class="site-footer">
            <p>
                {emergency} {also_spanish.then(|| view! { <span lang="es">" · En una emergencia llame al"</span> })} " "
                <a href=call>{number}</a> "."
            </p>
        </footer>
    }
}
