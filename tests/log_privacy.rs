//! Invariant 7: no patient data or token in logs, addresses, or error texts. Drives visits of all kinds, captures everything that is
//! logged at the most that LOG can ask for, and searches it.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "http/app.rs"]
#[expect(dead_code, reason = "the http tests use more of it")]
mod app;
#[path = "log_privacy/call.rs"]
mod call;
#[path = "log_privacy/capture.rs"]
mod capture;
#[path = "support/client.rs"]
#[expect(dead_code, reason = "the tests of the room server use more of it")]
mod client;
#[path = "log_privacy/clinic.rs"]
mod clinic;
#[expect(dead_code, reason = "the tests of HTTP use more of it")]
#[path = "http/fixtures.rs"]
mod fixtures;
#[path = "log_privacy/mistakes.rs"]
mod mistakes;
