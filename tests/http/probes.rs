//! Server functions of the tests' own, to see what stands in front of every server function and what it is given.

use super::app::{TestApp, post};
use axum::http::StatusCode;
use leptos::{prelude::*, server};
use owl_hospital::{
    api::{EngineInfo, EngineKind},
    server::{AppState, DemoPass},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Says which contexts it has.
#[server(endpoint = "probe_context")]
pub async fn probe_context() -> Result<String, ServerFnError> {
    let state = use_context::<Arc<AppState>>().is_some();
    let engine = use_context::<EngineInfo>().map(|info| info.engine);
    let pass = use_context::<DemoPass>().is_some();
    Ok(format!("state:{state} embedded:{} pass:{pass}", engine == Some(EngineKind::Embedded)))
}

/// Takes a text of any length.
#[server(endpoint = "probe_body")]
pub async fn probe_body(text: String) -> Result<usize, ServerFnError> {
    Ok(text.len())
}

/// Takes longer than anybody waits.
#[server(endpoint = "probe_slow")]
pub async fn probe_slow() -> Result<(), ServerFnError> {
    tokio::time::sleep(Duration::from_hours(1)).await;
    Ok(())
}

/// Has a fault.
#[server(endpoint = "probe_panic")]
pub async fn probe_panic() -> Result<(), ServerFnError> {
    panic!("somebody's data")
}

/// A safe one: it changes nothing.
#[server(endpoint = "probe_read", input = server_fn::codec::GetUrl)]
pub async fn probe_read() -> Result<u8, ServerFnError> {
    Ok(7)
}

/// Hands its pass to the test, which has no other way to one.
#[server(endpoint = "probe_pass")]
pub async fn probe_pass() -> Result<(), ServerFnError> {
    *PASS.lock().unwrap() = use_context::<DemoPass>();
    Ok(())
}

static PASS: Mutex<Option<DemoPass>> = Mutex::new(None);

/// A pass can be had at the door only.
pub async fn demo_pass(app: &TestApp) -> DemoPass {
    let answer = app.send(post("/api/probe_pass")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    PASS.lock().unwrap().expect("the demo is open")
}
