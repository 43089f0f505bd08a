//! What stands around the plain pages of staff.

use crate::{
    api::clinic::{ClinicCard, Me},
    app::components::Owl,
};
use leptos::prelude::*;

/// What stands in a page of staff that changes by itself, for a browser without scripts. As HTML, since hydration must not walk
/// it: a browser with scripts reads what is in a `<noscript>` as mere text.
pub const NO_SCRIPT: &str = "<p class=\"notice notice--warning\">This page needs JavaScript. Please switch it on, or use \
    another browser.</p>";

/// Around a page of staff: the clinic's name, the ways to the other pages, the way out.
#[component]
pub fn StaffFrame(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The page's `<main>`.
    children: Children,
) -> impl IntoView {
    let ways: &[(&str, &str)] = if me.is_admin {
        &[("/admin", "Accounts"), ("/admin/audit", "Audit")]
    } else {
        &[("/clinic", "Waiting room"), ("/clinic/appointments", "Appointments")]
    };
    view! {
        <a class="skip-link" href="#main">
            "Skip to content"
        </a>
        <header class="site-header staff-header">
            <span class="site-header__home">
                <Owl />
                {clinic.name}
            </span>
            <nav class="staff-header__ways" aria-label="Pages">
                {ways.iter().map(|(path, name)| view! { <a href=*path>{*name}</a> }).collect_view()}
                <a href="/account">{me.name}</a>
            </nav>
            <form method="post" action="/logout">
                <button class="button button--quiet">"Log out"</button>
            </form>
        </header>
        {children()}
        <SessionWarning />
    }
}

/// Comes by itself, by style alone, two minutes before the session of a page ends that nobody has used since it came.
#[component]
fn SessionWarning() -> impl IntoView {
    view! {
        <aside class="notice notice--warning session-warning" role="alert">
            <p>
                "You will be logged out in about two minutes, unless you work in another tab. What you have typed here and not \
                 saved would be lost."
            </p>
            <form method="post" action="/account/stay" target="_blank" class="actions">
                <button class="button">"Stay logged in"</button>
            </form>
        </aside>
    }
}

/// The page is not for this account.
#[component]
pub fn ForbiddenPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
) -> impl IntoView {
    let (whom, home, name) = if me.is_admin {
        ("for the front desk and for providers: admins see no patients", "/admin", "Go to the accounts")
    } else {
        ("for admins", "/clinic", "Go to the waiting room")
    };
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"This page is not for your account"</h1>
                <p>"It is " {whom} ". If you need it, please ask your admin."</p>
                <p>
                    <a class="button" href=home>
                        {name}
                    </a>
                </p>
            </main>
        </StaffFrame>
    }
}
