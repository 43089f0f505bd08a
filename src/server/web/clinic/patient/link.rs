//! `/v`: the link's page, and the one way in: a human's click, or the code that is printed beside the link.

use super::Seat;
use crate::{
    app::clinic::{LinkPage, LinkProblem},
    server::{
        AppState,
        clinic::{EnterError, Whence},
        web::clinic::{
            Document,
            answer::{enter, form},
            cookie, render,
        },
    },
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

pub async fn link_page(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let asks_why = request.uri().query() == Some("again");
    let problem = (asks_why && seat.is_none()).then_some(LinkProblem::NoSession);
    show_link(&state, request, problem).await
}

#[derive(Deserialize)]
struct EnterForm {
    secret: Option<String>,
    code: Option<String>,
    zone: Option<String>,
}

pub async fn come_in(State(state): State<Arc<AppState>>, from: Whence, request: Request) -> Response {
    let (fields, request) = form::<EnterForm>(request).await;
    let fields = fields.unwrap_or(EnterForm { secret: None, code: None, zone: None });
    let secret = fields.secret.filter(|secret| !secret.is_empty());
    let entered = match (secret, fields.code) {
        (Some(secret), _) => state.clinic.enter_by_secret(&secret, from).await,
        (None, Some(code)) => state.clinic.enter_by_code(&code, from).await,
        (None, None) => Err(EnterError::Unknown),
    };
    match entered {
        Ok(entered) => {
            let zone = fields.zone.unwrap_or_default();
            if let Err(error) = state.clinic.note_time_zone(&entered.secret, &zone).await {
                // Times are the clinic's then, and say so.
                tracing::error!(%error, "a time zone could not be noted");
            }
            enter("/visit", cookie::SEAT, &entered.secret)
        }
        Err(error) => show_link(&state, request, Some(link_problem(&error))).await,
    }
}

fn link_problem(error: &EnterError) -> LinkProblem {
    match error {
        EnterError::Unknown => LinkProblem::Unknown,
        EnterError::Revoked => LinkProblem::Revoked,
        EnterError::Expired => LinkProblem::Expired,
        EnterError::TooMany => LinkProblem::TooMany,
        EnterError::Busy => LinkProblem::Busy,
        EnterError::Clinic(error) => {
            tracing::error!(%error, "a link could not be used");
            LinkProblem::Trouble
        }
    }
}

async fn show_link(state: &Arc<AppState>, request: Request, problem: Option<LinkProblem>) -> Response {
    let status = match problem {
        None | Some(LinkProblem::NoSession) => StatusCode::OK,
        Some(LinkProblem::Unknown) => StatusCode::NOT_FOUND,
        Some(LinkProblem::Revoked | LinkProblem::Expired) => StatusCode::GONE,
        Some(LinkProblem::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(LinkProblem::Busy | LinkProblem::Trouble) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let clinic = state.clinic.card();
    let view = move || {
        let clinic = clinic.clone();
        view! { <LinkPage clinic problem /> }.into_any()
    };
    render(state, request, Document::plain("Your visit").status(status), view).await
}
