//! What stands around the plain pages of staff.

use super::{Session, SessionNotice};
use crate::{
    api::clinic::{ClinicCard, Me},
    app::components::{NotReady, Owl},
};
use leptos::prelude::*;

/// What stands in a page of staff that changes by itself, for a browser without scripts. As HTML, since hydration must not walk
/// it: a browser with scripts reads what is in a `<noscript>` as mere text.
pub const NO_SCRIPT: &str = "<p class=\"notice notice--warning\">This page needs JavaScript. Please switch it on, or use \
    another browser.</p>";

/// What stands there where the page's code does not come.
pub const NOT_READY: NotReady = NotReady {
    title: "This page does not show what is new",
    why: "Your connection may be slow, or your browser too old. What you see is as it was when the page came.",
    steps: [
        "Wait a little longer, then reload this page.",
        "Try another browser, or bring yours up to date.",
        "If nothing helps, please tell whoever runs this system. Until then call your patients.",
    ],
};

/// Around a page of staff: the clinic's name, the ways to the other pages, the way out.
#[component]
pub fn StaffFrame(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The reader's session, on a page that lives and hears of it. Others tell of its end by style alone.
    #[prop(optional)]
    session: Option<Session>,
    /// The page's `<main>`.
    children: Children,
) -> impl IntoView {
    let ends_soon = me.ends_soon.filter(|_| session.is_none()).map(|at| {
        view! {
            <p class="notice notice--warning session-ends" role="status">
                "Your log-in ends at " {at} ": it is good for twelve hours. Please save what you write before, and log in again."
            </p>
        }
    });
    let warning = match session {
        Some(session) => view! { <SessionNotice session /> }.into_any(),
        None => view! { <SessionWarning /> }.into_any(),
    };
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
        {ends_soon}
        {children()}
        {warning}
    }
}

/// Comes by itself, by style alone, two minutes before the session of a page ends that nobody has used since it came.
#[component]
fn SessionWarning() -> impl IntoView {
    view! {
        <div class="notice notice--warning session-warning" role="alert">
            <p>
                "You will be logged out in about two minutes, unless you work in another tab. What you have typed here and not \
                 saved would be lost."
            </p>
            <form method="post" action="/account/stay" target="_blank" class="actions">
                <button class="button">"Stay logged in"</button>
            </form>
        </div>
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
