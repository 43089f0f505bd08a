//! The server as a client meets it: requests through the whole router, and through real sockets where those matter.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "http/app.rs"]
mod app;
#[path = "http/clinic.rs"]
mod clinic;
#[path = "http/clinic_accounts.rs"]
mod clinic_accounts;
#[path = "http/clinic_appointments.rs"]
mod clinic_appointments;
#[path = "http/content_security_policy.rs"]
mod content_security_policy;
#[path = "http/demo_door.rs"]
mod demo_door;
#[path = "http/hangup.rs"]
mod hangup;
#[path = "http/headers.rs"]
mod headers;
#[path = "http/health.rs"]
mod health;
#[path = "http/limits.rs"]
mod limits;
#[path = "http/not_found.rs"]
mod not_found;
#[path = "http/origin_check.rs"]
mod origin_check;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/panic.rs"]
mod panic;
#[path = "http/probes.rs"]
#[expect(clippy::unused_async, reason = "server functions are async")]
mod probes;
#[path = "http/problem.rs"]
mod problem;
#[path = "http/program.rs"]
mod program;
#[path = "http/remote_rooms.rs"]
mod remote_rooms;
#[path = "http/restart.rs"]
mod restart;
#[path = "http/room_server.rs"]
mod room_server;
#[path = "http/shutdown.rs"]
mod shutdown;
#[path = "http/signaling.rs"]
mod signaling;
#[path = "http/site_files.rs"]
mod site_files;
#[path = "http/tls.rs"]
mod tls;
#[path = "http/token.rs"]
mod token;
#[path = "http/wait.rs"]
mod wait;
