//! `GET /visit`: the page for how the visit stands and for what the form before it has come to.

use super::{Named, Seat, allowed, trouble};
use crate::{
    api::{
        Page,
        clinic::{Lang, SeatView},
    },
    app::{
        App,
        clinic::{
            CancelPage, CheckInPage, ConfirmPage, EarlyPage, ElsewherePage, LatePage, OverPage, Said, words,
        },
    },
    domain::visit::{Actor, Command, Screen, SeatId, decide},
    server::{
        AppState,
        clinic::{ClinicError, SeatSession},
        config::ConfirmIdentity,
        web::clinic::{
            Document,
            answer::{see_other, with_cookie},
            cookie, render,
        },
    },
};
use axum::{
    Extension,
    extract::{Query, Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How often a browser without JavaScript looks for news.
const REFRESH_SECONDS: u32 = 15;

/// The page of who came by a link: whatever is next.
pub async fn visit_page(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    match show_visit(&state, &session, request, Tried::Nothing).await {
        Ok(response) => response,
        Err(error) => trouble(&error),
    }
}

/// Asks a patient once more whether they want to cancel. Where that makes no sense, the visit's page says how things stand.
pub async fn cancel_page(
    State(state): State<Arc<AppState>>,
    seat: Seat,
    Query(named): Query<Named>,
    request: Request,
) -> Response {
    let (session, request) = match allowed(&state, seat, &named.seat, request).await {
        Ok(allowed) => allowed,
        Err(elsewhere) => return elsewhere,
    };
    let clinic = &state.clinic;
    let shown = async {
        let Some(seat) = clinic.seat_view(&session, &state.build).await? else { return Ok(None) };
        if decide(Some(&seat.visit), Command::Cancel, session.actor, clinic.now(), clinic.policy()).is_err() {
            return Ok(None);
        }
        if seat.visit.checked_in_at.is_some() {
            clinic.saw(session.visit).await?;
        }
        Ok(Some(seat))
    };
    match shown.await {
        Ok(Some(seat)) => {
            let plain = Document::plain(words(seat.lang).your_visit).lang(seat.lang.tag());
            let view = move || view! { <CancelPage seat=seat.clone() /> }.into_any();
            render(&state, request, plain, view).await
        }
        Ok(None) => see_other("/visit"),
        Err(error) => trouble(&error),
    }
}

/// What the form before this page has come to.
pub enum Tried {
    Nothing,
    WrongIdentity,
    TooManyTries,
    Incomplete(Said),
}

pub async fn show_visit(
    state: &Arc<AppState>,
    session: &SeatSession,
    request: Request,
    tried: Tried,
) -> Result<Response, ClinicError> {
    let clinic = &state.clinic;
    let Some(seat) = clinic.seat_view(session, &state.build).await? else {
        return Ok(with_cookie(see_other("/v"), cookie::clear(cookie::SEAT)));
    };
    let lang = seat.lang;
    let words = words(lang);
    let plain = Document::plain(words.your_visit).lang(lang.tag());
    if !session.confirmed {
        return Ok(show_confirm(state, request, plain, (lang, session.seat), &tried).await);
    }
    if !session.has_seat {
        let view = move || view! { <ElsewherePage seat=seat.clone() /> }.into_any();
        return Ok(render(state, request, plain, view).await);
    }
    let is_patient = session.actor == Actor::Patient;
    if is_patient && seat.visit.checked_in_at.is_some() {
        clinic.saw(session.visit).await?;
    }
    let screen = Screen::of(&seat.visit, clinic.now(), clinic.policy()).shown_to(session.reader());
    Ok(match screen {
        Screen::TooEarly { opens_at } => {
            let opens = clinic.in_words_for(session, opens_at, lang);
            let view = move || view! { <EarlyPage seat=seat.clone() opens=opens.clone() /> }.into_any();
            render(state, request, plain, view).await
        }
        Screen::TooLate => {
            let view = move || view! { <LatePage seat=seat.clone() /> }.into_any();
            render(state, request, plain, view).await
        }
        Screen::Over(outcome) => {
            let view = move || view! { <OverPage seat=seat.clone() outcome /> }.into_any();
            render(state, request, plain, view).await
        }
        Screen::CheckIn => {
            let incomplete = matches!(tried, Tried::Incomplete(_));
            let said = if let Tried::Incomplete(said) = tried {
                said
            } else {
                let details = clinic.store().details(session.visit).await?;
                Said { location: details.location, call_back: details.call_back, consents: false }
            };
            let status = if incomplete { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let view =
                move || view! { <CheckInPage seat=seat.clone() said=said.clone() incomplete /> }.into_any();
            render(state, request, plain.status(status), view).await
        }
        Screen::GetReady | Screen::Live => show_live(state, request, &seat).await,
    })
}

async fn show_live(state: &Arc<AppState>, request: Request, seat: &SeatView) -> Response {
    let document = Document::hydrated(Page::Seat, words(seat.lang).your_visit, seat)
        .lang(seat.lang.tag())
        .refresh_without_script(REFRESH_SECONDS);
    render(state, request, document, || view! { <App /> }.into_any()).await
}

async fn show_confirm(
    state: &Arc<AppState>,
    request: Request,
    plain: Document,
    (lang, seat): (Lang, SeatId),
    tried: &Tried,
) -> Response {
    let words = words(lang);
    let (error, status) = match tried {
        Tried::WrongIdentity => (Some(words.confirm_wrong), StatusCode::UNPROCESSABLE_ENTITY),
        Tried::TooManyTries => (Some(words.too_many), StatusCode::TOO_MANY_REQUESTS),
        Tried::Nothing | Tried::Incomplete(_) => (None, StatusCode::OK),
    };
    let (clinic, by_birth_date) =
        (state.clinic.card(), state.clinic.settings().confirm_identity == ConfirmIdentity::BirthDate);
    let view =
        move || view! { <ConfirmPage clinic=clinic.clone() lang seat by_birth_date error /> }.into_any();
    render(state, request, plain.status(status), view).await
}
