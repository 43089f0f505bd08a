//! `/v` and `/visit`: a patient's or guest's way, from the link to the goodbye. Every step is a form, so it needs no JavaScript.

use super::{
    Document,
    answer::{enter, form, see_other, with_cookie},
    cookie, render,
};
use crate::{
    api::{
        Page,
        clinic::{Lang, SeatView},
    },
    app::{
        App,
        clinic::{
            CheckInPage, ConfirmPage, EarlyPage, ElsewherePage, GetReadyPage, LatePage, LinkPage,
            LinkProblem, OverPage, words,
        },
    },
    domain::visit::{Actor, Command, Outcome, Screen},
    rooms::PeerAddress,
    server::{
        AppState,
        clinic::{ClinicError, ConfirmError, EnterError, SeatSession},
        config::ConfirmIdentity,
        store::VisitDetails,
    },
};
use axum::{
    Extension, Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

/// How often a browser without JavaScript looks for news.
const REFRESH_SECONDS: u32 = 15;

/// The longest place and number that somebody can give, in characters.
const MAX_TYPED: usize = 200;

type Seat = Option<Extension<SeatSession>>;

pub fn routes(state: &Arc<AppState>) -> Router {
    Router::new()
        .route("/v", get(link_page))
        .route("/v/enter", post(come_in))
        .route("/visit", get(visit_page))
        .route("/visit/confirm", post(confirm))
        .route("/visit/check-in", post(check_in))
        .route("/visit/ready", post(ready))
        .route("/visit/leave", post(leave))
        .route("/visit/return", post(come_back))
        .route("/visit/take-over", post(take_over))
        .route("/visit/start-now", post(start_now))
        .route("/visit/not-yet", post(not_yet))
        .route("/visit/gone", post(gone))
        .with_state(Arc::clone(state))
}

async fn link_page(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let asks_why = request.uri().query() == Some("again");
    let problem = (asks_why && seat.is_none()).then_some(LinkProblem::NoSession);
    show_link(&state, request, problem).await
}

#[derive(Deserialize)]
struct EnterForm {
    secret: Option<String>,
    code: Option<String>,
}

async fn come_in(
    State(state): State<Arc<AppState>>,
    address: Option<Extension<PeerAddress>>,
    request: Request,
) -> Response {
    let (fields, request) = form::<EnterForm>(request).await;
    let fields = fields.unwrap_or(EnterForm { secret: None, code: None });
    let secret = fields.secret.filter(|secret| !secret.is_empty());
    let entered = match (secret, fields.code) {
        (Some(secret), _) => state.clinic.enter_by_secret(&secret).await,
        (None, Some(code)) => {
            let address = address.map(|Extension(PeerAddress(ip))| ip.to_string()).unwrap_or_default();
            state.clinic.enter_by_code(&code, &address).await
        }
        (None, None) => Err(EnterError::Unknown),
    };
    match entered {
        Ok(entered) => enter("/visit", cookie::SEAT, &entered.secret),
        Err(error) => show_link(&state, request, Some(link_problem(&error))).await,
    }
}

fn link_problem(error: &EnterError) -> LinkProblem {
    match error {
        EnterError::Unknown => LinkProblem::Unknown,
        EnterError::Revoked => LinkProblem::Revoked,
        EnterError::Expired => LinkProblem::Expired,
        EnterError::TooMany { .. } => LinkProblem::TooMany,
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
        Some(LinkProblem::Trouble) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let clinic = state.clinic.card();
    let view = move || {
        let clinic = clinic.clone();
        view! { <LinkPage clinic problem /> }.into_any()
    };
    render(state, request, Document::plain("Your visit").status(status), view).await
}

/// The page of who came by a link: whatever is next.
async fn visit_page(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    match show_visit(&state, &session, request, Tried::Nothing).await {
        Ok(response) => response,
        Err(error) => trouble(&error),
    }
}

/// What the form before this page has come to.
enum Tried {
    Nothing,
    WrongIdentity,
    TooManyTries,
    Incomplete { location: String, call_back: String },
}

async fn show_visit(
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
        return Ok(show_confirm(state, request, plain, lang, &tried).await);
    }
    if !session.has_seat {
        let view = move || view! { <ElsewherePage seat=seat.clone() /> }.into_any();
        return Ok(render(state, request, plain, view).await);
    }
    let is_patient = session.actor == Actor::Patient;
    if is_patient && seat.visit.checked_in_at.is_some() {
        clinic.saw(session.visit).await?;
    }
    let screen = Screen::of(&seat.visit, clinic.now(), clinic.policy());
    Ok(match screen {
        Screen::TooEarly { opens_at } => {
            let opens = clinic.in_words(opens_at, lang);
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
        Screen::CheckIn if is_patient => {
            let incomplete = matches!(tried, Tried::Incomplete { .. });
            let typed = match tried {
                Tried::Incomplete { location, call_back } => (location, call_back),
                _ => {
                    let details = clinic.store().details(session.visit).await?;
                    (details.location, details.call_back)
                }
            };
            let status = if incomplete { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let view =
                move || view! { <CheckInPage seat=seat.clone() typed=typed.clone() incomplete /> }.into_any();
            render(state, request, plain.status(status), view).await
        }
        Screen::GetReady if is_patient => {
            let view = move || view! { <GetReadyPage seat=seat.clone() /> }.into_any();
            render(state, request, plain, view).await
        }
        // A guest follows the patient's wait from the beginning.
        Screen::CheckIn | Screen::GetReady | Screen::Live => show_live(state, request, &seat).await,
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
    lang: Lang,
    tried: &Tried,
) -> Response {
    let words = words(lang);
    let (error, status) = match tried {
        Tried::WrongIdentity => (Some(words.confirm_wrong), StatusCode::UNPROCESSABLE_ENTITY),
        Tried::TooManyTries => (Some(words.too_many), StatusCode::TOO_MANY_REQUESTS),
        Tried::Nothing | Tried::Incomplete { .. } => (None, StatusCode::OK),
    };
    let (clinic, by_birth_date) =
        (state.clinic.card(), state.clinic.settings().confirm_identity == ConfirmIdentity::BirthDate);
    let view = move || view! { <ConfirmPage clinic=clinic.clone() lang by_birth_date error /> }.into_any();
    render(state, request, plain.status(status), view).await
}

#[derive(Deserialize)]
struct ConfirmForm {
    said: String,
}

async fn confirm(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    let (fields, request) = form::<ConfirmForm>(request).await;
    let said = fields.map(|fields| fields.said).unwrap_or_default();
    let tried = match state.clinic.confirm_identity(&session, &said).await {
        Ok(()) => return see_other("/visit"),
        Err(ConfirmError::Wrong) => Tried::WrongIdentity,
        Err(ConfirmError::TooMany { .. }) => Tried::TooManyTries,
        Err(ConfirmError::Clinic(error)) => return trouble(&error),
    };
    show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error))
}

#[derive(Deserialize)]
struct CheckInForm {
    #[serde(default)]
    location: String,
    #[serde(default)]
    call_back: String,
    consent: Option<String>,
}

async fn check_in(State(state): State<Arc<AppState>>, seat: Seat, request: Request) -> Response {
    let session = match allowed(seat) {
        Ok(session) => session,
        Err(elsewhere) => return elsewhere,
    };
    let (fields, request) = form::<CheckInForm>(request).await;
    let Some(CheckInForm { location, call_back, consent }) = fields else { return see_other("/visit") };
    let tidy = |text: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TYPED).collect::<String>()
    };
    let (location, call_back) = (tidy(&location), tidy(&call_back));
    let has_number = call_back.chars().filter(char::is_ascii_digit).count() >= 5;
    if consent.is_none() || location.is_empty() || !has_number {
        let tried = Tried::Incomplete { location, call_back };
        return show_visit(&state, &session, request, tried).await.unwrap_or_else(|error| trouble(&error));
    }
    let outcome = async {
        let before = state.clinic.store().details(session.visit).await?;
        let details = VisitDetails { location, call_back, consented_at: Some(state.clinic.now()), ..before };
        state.clinic.write_details(&session, &details).await?;
        state.clinic.carry_out(session.visit, Command::CheckIn, session.actor).await
    };
    on_to_visit(outcome.await)
}

async fn ready(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::Wait).await
}

async fn leave(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::End { outcome: Outcome::LeftWithoutBeingSeen }).await
}

async fn come_back(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::ComeBack).await
}

async fn start_now(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::StartNow).await
}

async fn not_yet(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    wish(&state, seat, Command::PutOff).await
}

async fn take_over(State(state): State<Arc<AppState>>, seat: Seat) -> Response {
    let Some(Extension(session)) = seat else { return see_other("/v?again") };
    match state.clinic.take_seat(&session).await {
        Ok(()) => see_other("/visit"),
        Err(error) => trouble(&error),
    }
}

/// What a page says with its last breath. Nobody reads the answer.
async fn gone(State(state): State<Arc<AppState>>, seat: Seat) -> StatusCode {
    if let Some(Extension(session)) = seat
        && session.has_seat
        && session.actor == Actor::Patient
    {
        state.clinic.says_goodbye(session.visit);
    }
    StatusCode::NO_CONTENT
}

async fn wish(state: &Arc<AppState>, seat: Seat, command: Command) -> Response {
    match allowed(seat) {
        Ok(session) => on_to_visit(state.clinic.carry_out(session.visit, command, session.actor).await),
        Err(elsewhere) => elsewhere,
    }
}

/// Only the device that has the place acts for it, and only for who has said who they are.
#[expect(clippy::result_large_err, reason = "a response is what is answered then")]
fn allowed(seat: Seat) -> Result<SeatSession, Response> {
    match seat {
        None => Err(see_other("/v?again")),
        Some(Extension(session)) if session.confirmed && session.has_seat => Ok(session),
        Some(_) => Err(see_other("/visit")),
    }
}

/// Whatever the rules say, the visit's page says how it stands now: a refusal is old news there.
fn on_to_visit<T>(outcome: Result<T, ClinicError>) -> Response {
    match outcome {
        Ok(_) | Err(ClinicError::Refused(_) | ClinicError::NotFound) => see_other("/visit"),
        Err(error) => trouble(&error),
    }
}

fn trouble(error: &ClinicError) -> Response {
    tracing::error!(%error, "a visit's page could not be made");
    let message = "The server had a problem. Please try again, or call the clinic.";
    crate::server::web::Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message).into_response()
}
