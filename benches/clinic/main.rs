//! Load on the clinic: `make bench`, or `cargo bench --target-dir target/bench --features ssr --bench clinic`.
//!
//! The server is this program once more, in a process of its own and as it is shipped (release profile, all layers); here are the
//! patients' streams and the providers' presses. Informs, and never fails for being slow.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement that cannot go on says so"
)]

mod clinic;
#[path = "../common/mod.rs"]
mod common;
mod crowd;
mod floor;
mod http;
mod old;
mod postgres;
mod process;
mod throughput;

use clinic::Clinic;
use process::Server;
use std::fs;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == "--serve") {
        return process::serve().await;
    }
    // `cargo bench` passes `--bench`; `cargo test --benches` does not, and wants nothing of us.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let wanted = |part: &str| {
        let parts = ["crowd", "throughput", "old"];
        let named = arguments.iter().any(|argument| parts.contains(&argument.as_str()));
        !named || arguments.iter().any(|argument| argument == part)
    };
    println!("{}", machine());
    if wanted("crowd") {
        let (providers, each) = size(&arguments).unwrap_or((500, 20));
        crowd::measure(&Server::start(Clinic::of(providers, each).await)).await;
    }
    if wanted("throughput") {
        throughput::measure().await;
    }
    if wanted("old") {
        old::measure().await;
    }
}

/// Another crowd: `50x20` are 50 providers, for each of whom 20 wait.
fn size(arguments: &[String]) -> Option<(usize, usize)> {
    arguments.iter().find_map(|argument| {
        let (providers, each) = argument.split_once('x')?;
        Some((providers.parse().ok()?, each.parse().ok()?))
    })
}

/// The machine, in a line: also how busy it was with other things.
fn machine() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    format!("{}; load before the measurement {load}", common::machine())
}
