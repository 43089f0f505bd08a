//! A day's list: chosen, shown as it was understood, and only then made. Nothing is kept in between: the list is sent again.

use super::{handed, me, render, trouble};
use crate::{
    api::clinic::{ImportLine, ImportSays, language_name},
    app::clinic::{ImportPage, ImportedPage, PreviewPage},
    server::{
        AppState,
        clinic::{
            BookError, ClinicError, ListError, ListLine, Plan, StaffSession, Typed, on_the_wall, read_list,
            time_of_day,
        },
        web::{client::Client, clinic::Document},
    },
};
use axum::{
    Extension,
    body::Body,
    extract::{FromRequest, Multipart, Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use std::{collections::HashSet, sync::Arc};

const OTHER_COLUMNS: &str = "This line has another number of columns than the first line.";
const TWICE: &str = "This appointment stands in the list twice.";

pub async fn page(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    request: Request,
) -> Response {
    show_choice(&state, request, &session, None).await
}

pub async fn preview(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    request: Request,
) -> Response {
    let (list, request) = list_of(request).await;
    let read = match read(&state, list.as_deref()).await {
        Ok(read) => read,
        Err(Unread::List(error)) => return show_choice(&state, request, &session, Some(error)).await,
        Err(Unread::Clinic(error)) => return trouble(&error),
    };
    let (clinic, me, list) = (state.clinic.card(), me(&session), list.unwrap_or_default());
    let lines: Vec<_> = read.into_iter().map(|(line, _)| line).collect();
    let view = move || {
        let (clinic, me, list, lines) = (clinic.clone(), me.clone(), list.clone(), lines.clone());
        view! { <PreviewPage clinic me list lines /> }.into_any()
    };
    render(&state, request, Document::plain("Is this right?"), view).await
}

pub async fn confirm(
    State(state): State<Arc<AppState>>,
    Extension(session): Extension<StaffSession>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Response {
    let (list, request) = list_of(request).await;
    let read = match read(&state, list.as_deref()).await {
        Ok(read) => read,
        Err(Unread::List(error)) => return show_choice(&state, request, &session, Some(error)).await,
        Err(Unread::Clinic(error)) => return trouble(&error),
    };
    let (mut lines, plans): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    // Those that are right. None is made when the server fails: the list can be sent again.
    let made = match state.clinic.book_all(plans.iter().flatten().cloned().collect(), &session).await {
        Ok(made) => made,
        Err(error) => return trouble(&error),
    };
    let right = lines.iter_mut().zip(&plans).filter_map(|(line, plan)| plan.as_ref().map(|_| line));
    for (line, made) in right.zip(made) {
        match made {
            Ok((_, link)) => line.link = Some(handed(&state, &client, link)),
            Err(error) => line.error = Some(error.to_string()),
        }
    }
    let (clinic, me) = (state.clinic.card(), me(&session));
    let view = move || {
        let (clinic, me, lines) = (clinic.clone(), me.clone(), lines.clone());
        view! { <ImportedPage clinic me lines /> }.into_any()
    };
    render(&state, request, Document::plain("Imported"), view).await
}

enum Unread {
    List(ListError),
    Clinic(ClinicError),
}

/// Each line as people read it, with its plan if it is right.
async fn read(state: &AppState, list: Option<&str>) -> Result<Vec<(ImportLine, Option<Plan>)>, Unread> {
    let list = read_list(list.ok_or(Unread::List(ListError::NoText))?).map_err(Unread::List)?;
    let providers = state.clinic.providers().await.map_err(Unread::Clinic)?;
    let (mut lines, mut seen) = (Vec::with_capacity(list.len()), HashSet::new());
    for ListLine { number, typed } in list {
        let Some(typed) = typed else {
            let error = Some(OTHER_COLUMNS.to_owned());
            lines.push((ImportLine { number, says: ImportSays::default(), error, link: None }, None));
            continue;
        };
        let (plan, error) = match state.clinic.plan(&typed, &providers).await {
            Ok(plan) => {
                let same =
                    (plan.name.to_lowercase(), plan.birth_date.clone(), plan.provider.id, plan.starts_at);
                if seen.insert(same) { (Some(plan), None) } else { (None, Some(TWICE.to_owned())) }
            }
            Err(BookError::Clinic(error)) => return Err(Unread::Clinic(error)),
            Err(error) => (None, Some(error.to_string())),
        };
        let says = plan.as_ref().map_or_else(|| as_typed(typed), |plan| understood(state, plan));
        lines.push((ImportLine { number, says, error, link: None }, plan));
    }
    Ok(lines)
}

/// What will be made, so that it can be checked.
fn understood(state: &AppState, plan: &Plan) -> ImportSays {
    let wall = on_the_wall(&state.clinic.settings().time_zone, plan.starts_at);
    ImportSays {
        when: format!("{} {}", wall.date(), time_of_day(&wall)),
        minutes: plan.minutes.to_string(),
        patient: plan.name.clone(),
        birth_date: plan.birth_date.clone(),
        provider: plan.provider.name.clone(),
        reason: plan.reason.clone(),
        language: language_name(&plan.language).to_owned(),
        interpreter: if plan.interpreter { "yes" } else { "no" }.to_owned(),
    }
}

fn as_typed(typed: Typed) -> ImportSays {
    ImportSays {
        when: format!("{} {} {}", typed.date, typed.time, typed.which).trim_end().to_owned(),
        minutes: typed.minutes,
        patient: typed.name,
        birth_date: typed.birth_date,
        provider: typed.provider,
        reason: typed.reason,
        language: typed.language,
        interpreter: typed.interpreter,
    }
}

/// The list that a form carries. None if there is none, or no text.
async fn list_of(request: Request) -> (Option<String>, Request) {
    let (parts, body) = request.into_parts();
    let list = async {
        let mut form = Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await.ok()?;
        while let Some(field) = form.next_field().await.ok()? {
            if field.name() == Some("list") {
                return String::from_utf8(field.bytes().await.ok()?.to_vec()).ok();
            }
        }
        None
    };
    (list.await, Request::from_parts(parts, Body::empty()))
}

async fn show_choice(
    state: &Arc<AppState>,
    request: Request,
    session: &StaffSession,
    error: Option<ListError>,
) -> Response {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (clinic, me, error) = (state.clinic.card(), me(session), error.map(|error| error.to_string()));
    let view = move || {
        let (clinic, me, error) = (clinic.clone(), me.clone(), error.clone());
        view! { <ImportPage clinic me error /> }.into_any()
    };
    render(state, request, Document::plain("Import a list").status(status), view).await
}
