//! `/admin`: everybody's accounts.

use crate::{
    api::clinic::{AccountRow, ClinicCard, Me, role_name, role_value},
    app::clinic::{StaffFrame, problem::Problem},
    domain::visit::StaffRole,
};
use leptos::prelude::*;

/// Everybody who works here, and a form for somebody new.
#[component]
pub fn AccountsPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// Everybody.
    accounts: Vec<AccountRow>,
    /// A link that was just made: whose, and where it leads.
    invitation: Option<(String, String)>,
    /// What was wrong.
    error: Option<String>,
    /// What was typed for somebody new: name and address.
    typed: (String, String),
) -> impl IntoView {
    let (name, email) = typed;
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <h1>"Accounts"</h1>
                <Problem error=error.clone() />
                {invitation
                    .map(|(name, address)| {
                        view! {
                            <section class="notice" role="status">
                                <h2>"A link for " {name}</h2>
                                <p>
                                    "Please send it to them. It is good for one day and works once: they set their password with it. \
                                     It cannot be read again."
                                </p>
                                <p class="handed">{address}</p>
                            </section>
                        }
                    })}
                <ul class="accounts">{accounts.into_iter().map(|account| view! { <Account account /> }).collect_view()}</ul>
                <section class="card" aria-labelledby="new">
                    <h2 id="new">"Somebody new"</h2>
                    <form
                        method="post"
                        action="/admin/accounts"
                        class="form"
                        aria-describedby=error.is_some().then_some("problem")
                    >
                        <label class="field">
                            <span>"Name, as patients read it"</span>
                            <input name="name" value=name maxlength="100" required autocomplete="off" />
                        </label>
                        <label class="field">
                            <span>"E-mail address"</span>
                            <input type="email" name="email" value=email maxlength="254" required autocomplete="off" />
                        </label>
                        <RoleField role=StaffRole::Provider />
                        <button class="button button--primary">"Make account and link"</button>
                    </form>
                </section>
            </main>
        </StaffFrame>
    }
}

#[component]
fn Account(account: AccountRow) -> impl IntoView {
    let AccountRow { id, name, email, role, disabled } = account;
    let to = |what: &str| format!("/admin/accounts/{id}/{what}");
    let (roles, invited, reset) = (to("role"), to("invite"), to("reset"));
    let (switch, word) =
        if disabled { (to("enable"), "Enable again") } else { (to("disable"), "Disable and log out") };
    view! {
        <li class="card">
            <h2>{name}</h2>
            <p>
                {email} " · " {role_name(role)}
                {disabled.then(|| view! { " · " <strong class="wrong">"Disabled"</strong> })}
            </p>
            <details>
                <summary>"Change"</summary>
                <form method="post" action=roles class="form">
                    <RoleField role />
                    <button class="button button--quiet">"Change role"</button>
                </form>
                <div class="actions actions--start">
                    <form method="post" action=invited>
                        <button class="button button--quiet">"New link to set the password"</button>
                    </form>
                    <form method="post" action=reset>
                        <button class="button button--quiet">"Reset password and codes"</button>
                    </form>
                    <form method="post" action=switch>
                        <button class="button button--quiet">{word}</button>
                    </form>
                </div>
            </details>
        </li>
    }
}

#[component]
fn RoleField(role: StaffRole) -> impl IntoView {
    view! {
        <label class="field">
            <span>"Role"</span>
            <select name="role">
                {[StaffRole::Provider, StaffRole::FrontDesk, StaffRole::Admin]
                    .map(|one| {
                        view! {
                            <option value=role_value(one) selected=one == role>
                                {role_name(one)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
