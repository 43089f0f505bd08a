//! A refusal as a page, where a person has asked for one: whoever waits must not be left with a line of JSON, in a language that
//! they may not read, and without the number for an emergency.

use super::{Document, render};
use crate::{
    app::clinic::TroublePage,
    server::{AppState, web::problem::Problem},
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue, Method,
        header::{ACCEPT, REFRESH},
    },
    middleware::Next,
    response::Response,
};
use leptos::prelude::*;
use std::sync::Arc;

/// When a page that could not be made is asked for again by itself, in seconds. Whoever waits without JavaScript would otherwise
/// be stuck: the page that looked again by itself is gone.
const AGAIN_AFTER: &str = "10";

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Patients,
    Staffs,
}

/// Says in a page what programs are told as JSON.
pub async fn as_a_page(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let Some(whose) = whose(request.uri().path()).filter(|_| reads_pages(&request)) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let asked = Request::from_parts(parts.clone(), Body::empty());
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = response.extensions().get::<Problem>().copied() else { return response };
    let is_asked_again = asked.method() == Method::GET && problem.status().is_server_error();
    let (clinic, again) = (state.clinic.card(), again(&asked, whose));
    let view = move || {
        let (clinic, again) = (clinic.clone(), again.clone());
        view! { <TroublePage clinic is_patients=whose == Whose::Patients message=problem.message() again /> }
            .into_any()
    };
    let document = Document::plain("That did not work").status(problem.status());
    let mut page = render(&state, asked, document, view).await;
    if is_asked_again {
        page.headers_mut().insert(REFRESH, HeaderValue::from_static(AGAIN_AFTER));
    }
    page
}

/// None: nobody reads it but programs, or it is not the clinic's.
fn whose(path: &str) -> Option<Whose> {
    let first = path.split('/').nth(1)?;
    match first {
        "v" | "visit" => Some(Whose::Patients),
        "login" | "logout" | "welcome" | "clinic" | "admin" | "account" => Some(Whose::Staffs),
        _ => None,
    }
}

fn reads_pages(request: &Request) -> bool {
    let accepts =
        request.headers().get(ACCEPT).and_then(|accepted| accepted.to_str().ok()).unwrap_or_default();
    accepts.contains("text/html")
}

/// A form's own address answers nobody who only looks: its page does.
fn again(asked: &Request, whose: Whose) -> String {
    let path = asked.uri().path();
    match whose {
        _ if asked.method() == Method::GET => {
            asked.uri().path_and_query().map_or(path, |all| all.as_str()).to_owned()
        }
        Whose::Patients if path.starts_with("/visit") => "/visit".to_owned(),
        Whose::Patients => "/v".to_owned(),
        Whose::Staffs => "/login".to_owned(),
    }
}
