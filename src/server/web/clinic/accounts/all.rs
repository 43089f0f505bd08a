//! Everybody's accounts, for admins.

use super::trouble;
use crate::{
    api::clinic::{AccountRow, role_of},
    app::clinic::AccountsPage,
    domain::visit::StaffId,
    server::{
        AppState,
        clinic::{AccountChange, AccountError, AuditActor, ClinicError, NewStaff, StaffSession},
        web::{
            client::Client,
            clinic::{Document, answer::form, guard::me, render},
            not_found::not_found,
        },
    },
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

type Admin = Extension<StaffSession>;

/// What the page tells beside the accounts.
#[derive(Default)]
struct Told {
    invitation: Option<(String, String)>,
    error: Option<String>,
    typed: (String, String),
}

pub async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    request: Request,
) -> Response {
    show(&state, request, &session, Told::default()).await
}

#[derive(Deserialize)]
struct New {
    name: String,
    email: String,
    role: String,
}

pub async fn hire(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Extension(client): Extension<Client>,
    request: Request,
) -> Response {
    let (fields, request) = form::<New>(request).await;
    let Some((New { name, email, .. }, role)) =
        fields.and_then(|fields| role_of(&fields.role).map(|role| (fields, role)))
    else {
        return show(&state, request, &session, Told::default()).await;
    };
    let new = NewStaff { email: email.clone(), name: name.clone(), role, password: None };
    match state.clinic.hire(new, AuditActor::Staff(session.staff)).await {
        Ok(id) => hand_link(&state, request, &session, &client, id).await,
        Err(AccountError::Clinic(error)) => trouble(&error),
        Err(error) => {
            let told = Told { error: Some(error.to_string()), typed: (name, email), ..Told::default() };
            show(&state, request, &session, told).await
        }
    }
}

pub async fn invite(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = StaffId::try_from(id) else { return not_found(&state, request).await };
    hand_link(&state, request, &session, &client, id).await
}

pub async fn reset(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Ok(id) = StaffId::try_from(id) else { return not_found(&state, request).await };
    match state.clinic.change_account(id, AccountChange::Reset, &session).await {
        Ok(()) => hand_link(&state, request, &session, &client, id).await,
        Err(error) => refused(&state, request, &session, error).await,
    }
}

#[derive(Deserialize)]
struct Role {
    role: String,
}

pub async fn role(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (fields, request) = form::<Role>(request).await;
    match fields.and_then(|fields| role_of(&fields.role)) {
        Some(role) => change(&state, request, &session, id, AccountChange::Role(role)).await,
        None => show(&state, request, &session, Told::default()).await,
    }
}

pub async fn disable(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    change(&state, request, &session, id, AccountChange::Disable).await
}

pub async fn enable(
    State(state): State<Arc<AppState>>,
    Extension(session): Admin,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    change(&state, request, &session, id, AccountChange::Enable).await
}

async fn change(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    id: String,
    change: AccountChange,
) -> Response {
    let Ok(id) = StaffId::try_from(id) else { return not_found(state, request).await };
    match state.clinic.change_account(id, change, session).await {
        Ok(()) => show(state, request, session, Told::default()).await,
        Err(error) => refused(state, request, session, error).await,
    }
}

async fn refused(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    error: AccountError,
) -> Response {
    match error {
        AccountError::Clinic(ClinicError::NotFound) => not_found(state, request).await,
        AccountError::Clinic(error) => trouble(&error),
        error => {
            show(state, request, session, Told { error: Some(error.to_string()), ..Told::default() }).await
        }
    }
}

/// Makes a link by which somebody sets a password, and shows it.
async fn hand_link(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    client: &Client,
    id: StaffId,
) -> Response {
    let made = async {
        let staff = state.clinic.store().staff(id).await?.ok_or(ClinicError::NotFound)?;
        let secret = state.clinic.invite(id, AuditActor::Staff(session.staff)).await?;
        Ok::<_, ClinicError>((staff.name, secret))
    };
    match made.await {
        Ok((name, secret)) => {
            let origin = client.own_origin(state).map(|origin| origin.to_string()).unwrap_or_default();
            let invitation = Some((name, format!("{origin}/welcome#{secret}")));
            show(state, request, session, Told { invitation, ..Told::default() }).await
        }
        Err(ClinicError::NotFound) => not_found(state, request).await,
        Err(error) => trouble(&error),
    }
}

async fn show(state: &Arc<AppState>, request: Request, session: &StaffSession, told: Told) -> Response {
    let staff = match state.clinic.store().all_staff().await {
        Ok(staff) => staff,
        Err(error) => return trouble(&error.into()),
    };
    let accounts: Vec<_> = staff
        .into_iter()
        .map(|staff| AccountRow {
            id: staff.id.to_string(),
            name: staff.name,
            email: staff.email,
            role: staff.role,
            disabled: staff.disabled,
        })
        .collect();
    let status = if told.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me, Told { invitation, error, typed }) = (state.clinic.card(), me(session), told);
    let view = move || {
        let (clinic, me, accounts) = (clinic.clone(), me.clone(), accounts.clone());
        let (invitation, error, typed) = (invitation.clone(), error.clone(), typed.clone());
        view! { <AccountsPage clinic me accounts invitation error typed /> }.into_any()
    };
    render(state, request, Document::plain("Accounts").status(status), view).await
}
