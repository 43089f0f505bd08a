//! `/login`, `/logout`, `/welcome`: how those who work here come in and go.

use super::{
    Document,
    answer::{enter, form, see_other, with_cookie},
    cookie, render,
};
use crate::{
    app::clinic::{LogInPage, WelcomePage},
    domain::visit::StaffRole,
    server::{
        AppState,
        clinic::{AccountError, InvitationError, LogInError, StaffSession, Whence},
    },
};
use axum::{
    Extension, Router,
    extract::{Query, Request, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use leptos::prelude::*;
use secrecy::SecretString;
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc};

pub fn routes(state: &Arc<AppState>) -> Router {
    Router::new()
        .route("/login", get(log_in_page).post(log_in))
        .route("/logout", post(log_out))
        .route("/welcome", get(welcome_page).post(welcome))
        .with_state(Arc::clone(state))
}

/// Where somebody of the staff begins.
pub fn home_of(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Admin => "/admin",
        StaffRole::Provider | StaffRole::FrontDesk => "/clinic",
    }
}

async fn log_in_page(
    State(state): State<Arc<AppState>>,
    session: Option<Extension<StaffSession>>,
    Query(why): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    if let Some(Extension(session)) = session {
        return see_other(home_of(session.role));
    }
    let ended = why.contains_key("ended");
    show_log_in(&state, request, Shown { ended, ..Shown::default() }).await
}

#[derive(Deserialize)]
struct LogInForm {
    email: String,
    password: SecretString,
    #[serde(default)]
    code: String,
}

async fn log_in(State(state): State<Arc<AppState>>, from: Whence, request: Request) -> Response {
    let (fields, request) = form::<LogInForm>(request).await;
    let Some(LogInForm { email, password, code }) = fields else {
        return show_log_in(&state, request, Shown { error: Some(LogInError::Wrong), ..Shown::default() })
            .await;
    };
    match state.clinic.log_in(&email, password, &code, from).await {
        Ok(logged_in) => enter(home_of(logged_in.staff.role), cookie::STAFF, &logged_in.secret),
        Err(error) => show_log_in(&state, request, Shown { email, error: Some(error), ended: false }).await,
    }
}

/// What the log-in's page says.
#[derive(Default)]
struct Shown {
    email: String,
    error: Option<LogInError>,
    /// Whether a session has just ended.
    ended: bool,
}

async fn show_log_in(state: &Arc<AppState>, request: Request, shown: Shown) -> Response {
    let Shown { email, error, ended } = shown;
    let status = match &error {
        None => StatusCode::OK,
        Some(LogInError::Wrong) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(LogInError::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
        Some(LogInError::Busy) => StatusCode::SERVICE_UNAVAILABLE,
        Some(LogInError::Clinic(error)) => {
            tracing::error!(%error, "a log-in failed");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    let (clinic, error) = (state.clinic.card(), error.map(|error| error.to_string()));
    let view = move || {
        let (clinic, email, error) = (clinic.clone(), email.clone(), error.clone());
        view! { <LogInPage clinic email error ended /> }.into_any()
    };
    render(state, request, Document::plain("Log in").status(status), view).await
}

#[derive(Deserialize)]
struct LogOutForm {
    everywhere: Option<String>,
}

async fn log_out(
    State(state): State<Arc<AppState>>,
    session: Option<Extension<StaffSession>>,
    request: Request,
) -> Response {
    let (fields, _) = form::<LogOutForm>(request).await;
    let everywhere = fields.is_some_and(|fields| fields.everywhere.is_some());
    if let Some(Extension(session)) = session
        && let Err(error) = state.clinic.log_out(&session, everywhere).await
    {
        // The cookie goes all the same: the session itself ends by its limits.
        tracing::error!(%error, "a session could not be ended");
    }
    with_cookie(see_other("/login"), cookie::clear(cookie::STAFF))
}

async fn welcome_page(State(state): State<Arc<AppState>>, request: Request) -> Response {
    show_welcome(&state, request, None).await
}

#[derive(Deserialize)]
struct WelcomeForm {
    secret: String,
    password: SecretString,
}

async fn welcome(State(state): State<Arc<AppState>>, from: Whence, request: Request) -> Response {
    let (fields, request) = form::<WelcomeForm>(request).await;
    let Some(WelcomeForm { secret, password }) = fields else {
        return show_welcome(&state, request, Some(InvitationError::Unknown)).await;
    };
    match state.clinic.accept_invitation(&secret, password, from).await {
        Ok(()) => with_cookie(see_other("/login"), cookie::clear(cookie::STAFF)),
        Err(error) => show_welcome(&state, request, Some(error)).await,
    }
}

async fn show_welcome(state: &Arc<AppState>, request: Request, error: Option<InvitationError>) -> Response {
    let status = match &error {
        None => StatusCode::OK,
        Some(InvitationError::Account(AccountError::Busy)) => StatusCode::SERVICE_UNAVAILABLE,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (clinic, error) = (state.clinic.card(), error.map(|error| error.to_string()));
    let view = move || {
        let (clinic, error) = (clinic.clone(), error.clone());
        view! { <WelcomePage clinic error /> }.into_any()
    };
    render(state, request, Document::plain("Welcome").status(status), view).await
}
