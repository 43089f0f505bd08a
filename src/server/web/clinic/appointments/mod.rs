//! `/clinic/appointments` and `/clinic/import`: for the front desk and for providers.

mod correct;
mod guests;
mod import;
mod new;
mod one;

use super::{
    Document,
    guard::{Only, behind, me},
    render,
};
use crate::{
    api::clinic::HandedLink,
    app::clinic::AppointmentsPage,
    server::{
        AppState,
        clinic::{ClinicError, Link, StaffSession},
        web::{client::Client, problem::Problem},
    },
};
use axum::{
    Extension, Router,
    extract::{Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

pub fn routes(state: &Arc<AppState>) -> Router {
    let router = Router::new()
        .route("/clinic/appointments", get(day_page))
        .route("/clinic/appointments/new", get(new::page).post(new::make))
        .route("/clinic/appointments/{id}", get(one::page))
        .route("/clinic/appointments/{id}/move", post(one::reschedule))
        .route("/clinic/appointments/{id}/give", post(one::give))
        .route("/clinic/appointments/{id}/correct", get(correct::page).post(correct::save))
        .route("/clinic/appointments/{id}/cancel", post(one::call_off))
        .route("/clinic/appointments/{id}/link", post(one::link))
        .route("/clinic/appointments/{id}/revoke", post(one::take_links_away))
        .route("/clinic/appointments/{id}/guest", post(guests::invite))
        .route("/clinic/appointments/{id}/guest/remove", post(guests::remove))
        .route("/clinic/appointments/{id}/erase", post(one::erase))
        .route("/clinic/import", get(import::page).post(import::preview))
        .route("/clinic/import/confirm", post(import::confirm))
        .with_state(Arc::clone(state));
    behind(router, state, Only::Desk)
}

/// Which day is asked for. Nonsense is today.
#[derive(Deserialize)]
struct Asked {
    day: Option<String>,
}

impl Asked {
    fn day(&self, state: &AppState) -> Date {
        self.day.as_deref().and_then(|day| day.parse().ok()).unwrap_or_else(|| state.clinic.today())
    }
}

async fn day_page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Response {
    let day = match state.clinic.appointments_on(asked.day(&state), &session).await {
        Ok(day) => day,
        Err(error) => return trouble(&error),
    };
    let (clinic, me) = (state.clinic.card(), me(&session));
    let view = move || {
        let (clinic, me, day) = (clinic.clone(), me.clone(), day.clone());
        view! { <AppointmentsPage clinic me day /> }.into_any()
    };
    render(&state, request, Document::plain("Appointments"), view).await
}

/// The store failed: nothing can be shown.
fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "a page about appointments could not be made");
    let message = "The server had a problem. Please try again.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}

/// A link as it is handed out: under the address by which whoever makes it has come.
fn handed(state: &AppState, client: &Client, link: Link) -> HandedLink {
    let origin = client.own_origin(state).map(|origin| origin.to_string()).unwrap_or_default();
    HandedLink { address: format!("{origin}/v#{}", link.secret), code: link.code }
}
