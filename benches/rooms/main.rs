//! Load on the room server, beside a minimal relay on Node's `ws` that does the same work, in one run: `make bench`.
//!
//! Informs, and never fails for being slow. Messages per core are counted against the processor time that the server itself used, since
//! the clients run on the same machine.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says so"
)]

mod client;
#[path = "../common/mod.rs"]
mod common;
mod measure;
mod process;

use client::Client;
use common::{machine, ms, quantile};
use measure::{idle, joins, relay, rooms_of_two};
use process::Server;
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// Rooms of two that are open while others join.
const ROOMS: usize = 1000;
const JOINS_PER_SECOND: u32 = 50;
const JOINS_FOR: Duration = Duration::from_secs(20);
const RELAY_FOR: Duration = Duration::from_secs(10);
const IDLE: usize = 10_000;

/// One server's figures.
#[derive(Debug, Default)]
struct Figures {
    join_p50: Duration,
    join_p99: Duration,
    per_core_second: f64,
    per_second: f64,
    relay_p50: Duration,
    relay_p99: Duration,
    pair_bytes: f64,
    idle_bytes: f64,
    idle_cpu: f64,
}

#[tokio::main]
async fn main() {
    // `cargo bench` passes `--bench`; `cargo test --benches` does not, and wants nothing of us.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut figures = Vec::new();
    for name in ["owl", "relay"] {
        let mut these = busy(&start(name).await).await;
        (these.idle_bytes, these.idle_cpu) = waiting(&start(name).await).await;
        figures.push(these);
    }
    print(&figures[0], &figures[1]);
}

async fn start(name: &str) -> Arc<Server> {
    Arc::new(if name == "owl" { Server::owl().await } else { Server::relay().await })
}

/// Joins and relaying, with a thousand rooms open.
async fn busy(server: &Arc<Server>) -> Figures {
    println!("{}: {ROOMS} rooms of two", server.name);
    let before = server.process.memory().0;
    let pairs = rooms_of_two(server, ROOMS, "room").await;
    let pair_bytes = per(server.process.memory().0.saturating_sub(before), ROOMS * 2);

    println!("{}: relaying as fast as it goes", server.name);
    let (fast, pairs) = relay(server, pairs, Duration::ZERO, RELAY_FOR).await;
    println!("{}: relaying with time to breathe", server.name);
    let (mut calm, pairs) = relay(server, pairs, Duration::from_millis(500), RELAY_FOR).await;

    println!("{}: {JOINS_PER_SECOND} joins a second", server.name);
    let crowd = idle(pairs.into_iter().flat_map(|(first, second, _)| [first, second]));
    let mut joined_in = joins(server, JOINS_PER_SECOND, JOINS_FOR).await;
    drop(crowd);
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let messages = fast.messages as f64;
    Figures {
        join_p50: quantile(&mut joined_in, 0.5),
        join_p99: quantile(&mut joined_in, 0.99),
        per_core_second: messages / fast.cpu.as_secs_f64(),
        per_second: messages / fast.wall.as_secs_f64(),
        relay_p50: quantile(&mut calm.latencies, 0.5),
        relay_p99: quantile(&mut calm.latencies, 0.99),
        pair_bytes,
        ..Figures::default()
    }
}

/// Ten thousand who wait, each alone in a room: bytes for each, and the share of a core that they cost.
async fn waiting(server: &Arc<Server>) -> (f64, f64) {
    println!("{}: {IDLE} who wait", server.name);
    let before = server.process.memory().0;
    let mut crowd = JoinSet::new();
    let mut joining = JoinSet::new();
    for index in 0..IDLE {
        if joining.len() >= 32 {
            let client: Client = joining.join_next().await.expect("one").expect("joined");
            crowd.spawn(client.idle());
        }
        let server = Arc::clone(server);
        joining.spawn(async move { Client::join(&server, "patient", &format!("waiting-{index}")).await });
    }
    while let Some(client) = joining.join_next().await {
        crowd.spawn(client.expect("joined").idle());
    }
    let cpu = server.process.cpu();
    tokio::time::sleep(RELAY_FOR).await;
    let cpu = server.process.cpu().saturating_sub(cpu).as_secs_f64() / RELAY_FOR.as_secs_f64();
    assert!(crowd.try_join_next().is_none(), "somebody lost the socket");
    (per(server.process.memory().0.saturating_sub(before), IDLE), cpu)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn per(bytes: u64, participants: usize) -> f64 {
    bytes as f64 / participants as f64
}

fn print(owl: &Figures, relay: &Figures) {
    let row = |what: &str, unit: &str, owl: f64, relay: f64| {
        println!("| {what} | {owl:.1} {unit} | {relay:.1} {unit} | {:.2} |", owl / relay);
    };
    println!("\n{}\n", machine());
    println!("| | Owl | Node ws | ratio |\n|---|---|---|---|");
    row("connect to connected, median", "ms", ms(owl.join_p50), ms(relay.join_p50));
    row("connect to connected, p99 (aim: 20 ms)", "ms", ms(owl.join_p99), ms(relay.join_p99));
    row(
        "messages relayed per core (aim: ratio 2)",
        "1000/s",
        owl.per_core_second / 1e3,
        relay.per_core_second / 1e3,
    );
    row(
        "messages relayed, clients on the same machine",
        "1000/s",
        owl.per_second / 1e3,
        relay.per_second / 1e3,
    );
    row("relay latency at 2,000 a second, median", "ms", ms(owl.relay_p50), ms(relay.relay_p50));
    row("relay latency at 2,000 a second, p99", "ms", ms(owl.relay_p99), ms(relay.relay_p99));
    row("memory per participant in a call", "kB", owl.pair_bytes / 1e3, relay.pair_bytes / 1e3);
    row(
        "memory per idle participant of 10,000 (aim: 25 kB)",
        "kB",
        owl.idle_bytes / 1e3,
        relay.idle_bytes / 1e3,
    );
    row(
        "processor for 10,000 idle participants",
        "% of a core",
        owl.idle_cpu * 100.0,
        relay.idle_cpu * 100.0,
    );
}
