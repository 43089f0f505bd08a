//! The server as a client meets it: requests through the whole router, and through real sockets where those matter.
#![cfg(feature = "ssr")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "http/access/mod.rs"]
mod access;
#[path = "http/app.rs"]
mod app;
#[path = "http/bugs.rs"]
mod bugs;
#[path = "support/client.rs"]
#[expect(dead_code, reason = "the tests of the room server use more of it")]
mod client;
#[path = "http/clinic.rs"]
mod clinic;
#[path = "http/clinic_accounts.rs"]
mod clinic_accounts;
#[path = "http/clinic_appointments.rs"]
mod clinic_appointments;
#[path = "http/clinic_audit.rs"]
mod clinic_audit;
#[path = "http/clinic_audit_files.rs"]
mod clinic_audit_files;
#[path = "http/clinic_demo.rs"]
mod clinic_demo;
#[path = "http/clinic_erasure.rs"]
mod clinic_erasure;
#[path = "http/clinic_feed.rs"]
mod clinic_feed;
#[path = "http/clinic_guests.rs"]
mod clinic_guests;
#[path = "http/clinic_records.rs"]
mod clinic_records;
#[path = "http/clinic_replay.rs"]
mod clinic_replay;
#[path = "http/clinic_rooms.rs"]
mod clinic_rooms;
#[path = "http/clinic_sessions.rs"]
mod clinic_sessions;
#[path = "http/clinic_setup.rs"]
mod clinic_setup;
#[path = "http/clinic_times.rs"]
mod clinic_times;
#[path = "http/content_security_policy.rs"]
mod content_security_policy;
#[path = "support/database.rs"]
#[expect(dead_code, unused_imports, unused_macros, reason = "the clinic's tests use more of it")]
mod database;
#[path = "http/demo_door.rs"]
mod demo_door;
#[path = "support/files.rs"]
mod files;
#[path = "http/fixtures.rs"]
mod fixtures;
#[path = "http/forgery.rs"]
mod forgery;
#[path = "http/guessing.rs"]
mod guessing;
#[path = "http/hangup.rs"]
mod hangup;
#[path = "http/headers.rs"]
mod headers;
#[path = "http/health.rs"]
mod health;
#[path = "http/killed.rs"]
mod killed;
#[path = "http/limits.rs"]
mod limits;
#[path = "http/nonsense.rs"]
mod nonsense;
#[path = "http/not_found.rs"]
mod not_found;
#[path = "http/on_postgres.rs"]
mod on_postgres;
#[path = "http/origin_check.rs"]
mod origin_check;
#[path = "http/pages.rs"]
mod pages;
#[path = "http/panic.rs"]
mod panic;
#[path = "support/past.rs"]
mod past;
#[path = "http/patients_pages.rs"]
mod patients_pages;
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
#[path = "http/routes.rs"]
mod routes;
#[path = "http/secrets.rs"]
mod secrets;
#[path = "http/shutdown.rs"]
mod shutdown;
#[path = "http/signaling.rs"]
mod signaling;
#[path = "http/sigterm.rs"]
mod sigterm;
#[path = "http/site_files.rs"]
mod site_files;
#[path = "http/tls.rs"]
mod tls;
#[path = "http/token.rs"]
mod token;
#[path = "http/trouble.rs"]
mod trouble;
#[path = "http/two_links.rs"]
mod two_links;
#[path = "http/upgrade.rs"]
mod upgrade;
#[path = "http/wait.rs"]
mod wait;
