//! One's own account.

use super::trouble;
use crate::{
    api::clinic::{Lang, SecondFactor, SessionRow},
    app::clinic::{AccountPage, StayPage},
    server::{
        AppState,
        clinic::{AuditActor, ClinicError, Enrolment, LogInError, PasswordError, StaffSession},
        web::clinic::{Document, answer::form, guard::me, render},
    },
};
use axum::{
    Extension,
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use secrecy::SecretString;
use serde::Deserialize;
use std::sync::Arc;

type Own = Extension<StaffSession>;
type Told = Option<Result<&'static str, String>>;

const INCOMPLETE: &str = "Something is missing. Please fill in every field.";
const WRONG_PASSWORD: &str = "The password until now is not right. Please try again.";
const WRONG_CODE: &str =
    "This code is not right. Please wait for the next one, and check that your phone’s clock is right.";

pub async fn page(State(state): State<Arc<AppState>>, Extension(session): Own, request: Request) -> Response {
    show(&state, request, &session, None, None).await
}

pub async fn stay(State(state): State<Arc<AppState>>, Extension(session): Own, request: Request) -> Response {
    if let Err(error) = state.clinic.stay_logged_in(&session).await {
        return trouble(&error);
    }
    let (clinic, me) = (state.clinic.card(), me(&session));
    let view = move || {
        let (clinic, me) = (clinic.clone(), me.clone());
        view! { <StayPage clinic me /> }.into_any()
    };
    render(&state, request, Document::plain("You stay logged in"), view).await
}

#[derive(Deserialize)]
struct Passwords {
    old: SecretString,
    new: SecretString,
}

pub async fn password(
    State(state): State<Arc<AppState>>,
    Extension(session): Own,
    request: Request,
) -> Response {
    let (fields, request) = form::<Passwords>(request).await;
    let told = match fields {
        None => Err(INCOMPLETE.to_owned()),
        Some(Passwords { old, new }) => match state.clinic.change_password(&session, old, new).await {
            Ok(()) => Ok("Your password is changed. Other browsers are logged out."),
            Err(PasswordError::Old(LogInError::Wrong)) => Err(WRONG_PASSWORD.to_owned()),
            Err(PasswordError::Old(LogInError::Clinic(error))) => return trouble(&error),
            Err(error) => Err(error.to_string()),
        },
    };
    show(&state, request, &session, None, Some(told)).await
}

pub async fn begin(
    State(state): State<Arc<AppState>>,
    Extension(session): Own,
    request: Request,
) -> Response {
    match state.clinic.begin_second_factor(&session).await {
        // Codes are in use already: the page says so.
        Ok(_) | Err(ClinicError::NotFound) => show(&state, request, &session, None, None).await,
        Err(error) => trouble(&error),
    }
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

pub async fn confirm(
    State(state): State<Arc<AppState>>,
    Extension(session): Own,
    request: Request,
) -> Response {
    let (fields, request) = form::<Code>(request).await;
    let code = fields.map(|fields| fields.code).unwrap_or_default();
    match state.clinic.confirm_second_factor(&session, &code).await {
        Ok(Some(recovery)) => {
            let second = Some(SecondFactor::JustOn { recovery });
            let told = Some(Ok("From now on you log in with your password and a code."));
            show(&state, request, &session, second, told).await
        }
        Ok(None) => show(&state, request, &session, None, Some(Err(WRONG_CODE.to_owned()))).await,
        Err(error) => trouble(&error),
    }
}

#[derive(Deserialize)]
struct Password {
    password: SecretString,
}

pub async fn off(State(state): State<Arc<AppState>>, Extension(session): Own, request: Request) -> Response {
    let (fields, request) = form::<Password>(request).await;
    let Some(Password { password }) = fields else {
        return show(&state, request, &session, None, Some(Err(INCOMPLETE.to_owned()))).await;
    };
    let told = match state.clinic.check_password(&session, password).await {
        Ok(()) => {
            let by = AuditActor::Staff(session.staff);
            if let Err(error) = state.clinic.end_second_factor(session.staff, by).await {
                return trouble(&error);
            }
            Ok("Codes are off: your password alone logs you in.")
        }
        Err(LogInError::Wrong) => Err(WRONG_PASSWORD.to_owned()),
        Err(LogInError::Clinic(error)) => return trouble(&error),
        Err(error) => Err(error.to_string()),
    };
    show(&state, request, &session, None, Some(told)).await
}

async fn show(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    second: Option<SecondFactor>,
    told: Told,
) -> Response {
    let found = async {
        let second = match second {
            Some(second) => second,
            None => second_factor(state, session).await?,
        };
        let words = |at| state.clinic.in_words(at, Lang::En);
        let sessions = state.clinic.sessions_of(session).await?;
        let sessions: Vec<_> = sessions
            .into_iter()
            .map(|one| SessionRow { since: words(one.since), seen: words(one.seen), is_this: one.is_this })
            .collect();
        Ok::<_, ClinicError>((second, sessions))
    };
    let (second, sessions) = match found.await {
        Ok(found) => found,
        Err(error) => return trouble(&error),
    };
    let status = if matches!(told, Some(Err(_))) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me, second) = (clinic.clone(), me.clone(), second.clone());
        let (sessions, told) = (sessions.clone(), told.clone());
        view! { <AccountPage clinic me second sessions told /> }.into_any()
    };
    render(state, request, Document::plain("Your account").status(status), view).await
}

async fn second_factor(state: &AppState, session: &StaffSession) -> Result<SecondFactor, ClinicError> {
    if state.clinic.has_second_factor(session.staff).await? {
        return Ok(SecondFactor::On);
    }
    let begun = state.clinic.begun_second_factor(session).await?;
    Ok(begun.map_or(SecondFactor::Off, |Enrolment { key, address }| SecondFactor::Begun { key, address }))
}
