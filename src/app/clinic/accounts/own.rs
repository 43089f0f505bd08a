//! `/account`: one's own.

use crate::{
    api::clinic::{ClinicCard, Me, SecondFactor, SessionRow},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// Password, codes, and where one is logged in.
#[component]
pub fn AccountPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// How codes at log-in stand.
    second: SecondFactor,
    /// Where one is logged in.
    sessions: Vec<SessionRow>,
    /// What was just done, or could not be.
    told: Option<Result<&'static str, String>>,
) -> impl IntoView {
    let name = me.name.clone();
    let (done, error) = match told {
        None => (None, None),
        Some(Ok(done)) => (Some(done), None),
        Some(Err(error)) => (None, Some(error)),
    };
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"Your account"</h1>
                <p>{name}</p>
                <Problem error />
                {done.map(|done| view! { <p class="notice" role="status">{done}</p> })}
                <Second second />
                <Password />
                <Sessions sessions />
            </main>
        </StaffFrame>
    }
}

#[component]
fn Password() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="password">
            <h2 id="password">"Password"</h2>
            <form method="post" action="/account/password" class="form">
                <label class="field">
                    <span>"Password until now"</span>
                    <input type="password" name="old" autocomplete="current-password" required />
                </label>
                <label class="field">
                    <span>"New password"</span>
                    <input
                        type="password"
                        name="new"
                        autocomplete="new-password"
                        minlength="15"
                        maxlength="256"
                        required
                        aria-describedby="rule"
                    />
                    <small id="rule">"At least 15 characters. Four or five random words are good."</small>
                </label>
                <button class="button">"Change password"</button>
            </form>
        </section>
    }
}

#[component]
fn Second(second: SecondFactor) -> impl IntoView {
    let content = match second {
        SecondFactor::Off => view! {
            <p>"With codes from an app on your phone, a stolen password alone opens nothing."</p>
            <form method="post" action="/account/codes/begin">
                <button class="button">"Set up codes"</button>
            </form>
        }
        .into_any(),
        SecondFactor::Begun { key, address } => view! {
            <p>
                "On your phone, " <a href=address>"open this link in your app"</a> ", or type this key into it:"
            </p>
            <p class="handed">{key}</p>
            <form method="post" action="/account/codes/confirm" class="form">
                <label class="field">
                    <span>"The code that the app shows then"</span>
                    <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="8" required />
                </label>
                <button class="button button--primary">"Switch codes on"</button>
            </form>
        }
        .into_any(),
        SecondFactor::On => view! { <SwitchOff /> }.into_any(),
        SecondFactor::JustOn { recovery } => view! {
            <p>
                "If you lose your phone, one of these works in place of a code, once. Please print them now, and keep them safe: they \
                 cannot be read again."
            </p>
            <ul class="handed">{recovery.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}</ul>
            <SwitchOff />
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="codes">
            <h2 id="codes">"Codes at log-in"</h2>
            {content}
        </section>
    }
}

#[component]
fn SwitchOff() -> impl IntoView {
    view! {
        <p>"You log in with your password and a code from your app."</p>
        <form method="post" action="/account/codes/off" class="form">
            <label class="field">
                <span>"Your password, to switch codes off"</span>
                <input type="password" name="password" autocomplete="current-password" required />
            </label>
            <button class="button button--quiet">"Switch codes off"</button>
        </form>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="sessions">
            <h2 id="sessions">"Where you are logged in"</h2>
            <ul>
                {sessions
                    .into_iter()
                    .map(|SessionRow { since, seen, is_this }| {
                        view! {
                            <li>
                                {if is_this { "This browser" } else { "Another browser" }} ", since " {since} ", last used " {seen}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <form method="post" action="/logout">
                <input type="hidden" name="everywhere" value="yes" />
                <button class="button button--quiet">"Log out everywhere"</button>
            </form>
        </section>
    }
}

/// Says in a tab of its own that one stays logged in.
#[component]
pub fn StayPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
) -> impl IntoView {
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"You stay logged in"</h1>
                <p>"You can close this tab and go on in the other one."</p>
            </main>
        </StaffFrame>
    }
}
