//! Who may come to a page of staff. In front of its route, so that no handler can forget it.

use super::{Document, answer::see_other, cookie, render};
use crate::{
    api::clinic::Me,
    app::clinic::ForbiddenPage,
    domain::visit::StaffRole,
    server::{AppState, clinic::StaffSession},
};
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Whom a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Who looks after patients: front desk and providers.
    Desk,
    /// Who looks after accounts.
    Admin,
    /// Everybody who works here.
    Staff,
}

/// Keeps everybody else out: who is not logged in is led to the log-in.
pub fn behind(router: Router, state: &Arc<AppState>, only: Only) -> Router {
    router.route_layer(from_fn_with_state((Arc::clone(state), only), keep))
}

async fn keep(State((state, only)): State<(Arc<AppState>, Only)>, request: Request, next: Next) -> Response {
    let Some(session) = request.extensions().get::<StaffSession>() else {
        let had_one = cookie::get(request.headers(), cookie::STAFF).is_some();
        return see_other(if had_one { "/login?ended" } else { "/login" });
    };
    let is_admin = session.role == StaffRole::Admin;
    let may = match only {
        Only::Desk => !is_admin,
        Only::Admin => is_admin,
        Only::Staff => true,
    };
    if may {
        return next.run(request).await;
    }
    let (clinic, me) = (state.clinic.card(), me(session));
    let view = move || {
        let (clinic, me) = (clinic.clone(), me.clone());
        view! { <ForbiddenPage clinic me /> }.into_any()
    };
    render(&state, request, Document::plain("Not for this account").status(StatusCode::FORBIDDEN), view).await
}

/// What a page says of who reads it.
pub fn me(session: &StaffSession) -> Me {
    Me {
        name: session.name.clone(),
        is_admin: session.role == StaffRole::Admin,
        ends_soon: session.ends_soon.clone(),
    }
}
