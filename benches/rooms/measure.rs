//! What is measured, on any server that speaks the protocol.

use crate::{client::Client, process::Server};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{task::JoinSet, time::Instant};

/// How many clients come at a time while a crowd gathers.
const AT_ONCE: usize = 32;

/// Two people in each room, their peer connection negotiated. They stay as long as the set lives.
pub async fn rooms_of_two(
    server: &Arc<Server>,
    rooms: usize,
    prefix: &'static str,
) -> Vec<(Client, Client, String)> {
    let mut joining = JoinSet::new();
    let mut pairs = Vec::with_capacity(rooms);
    for index in 0..rooms {
        if joining.len() >= AT_ONCE {
            pairs.extend(joining.join_next().await.map(|pair| pair.expect("joined")));
        }
        let server = Arc::clone(server);
        joining.spawn(async move {
            let room = format!("{prefix}-{index}");
            let mut first = Client::join(&server, &format!("{prefix}-{index}-a"), &room).await;
            let id = format!("{prefix}-{index}-b");
            let mut second = Client::join(&server, &id, &room).await;
            first.answer().await;
            while second.message().await["peer_connections"][0]["description"]["type"] != "answer" {}
            (first, second, id)
        });
    }
    while let Some(pair) = joining.join_next().await {
        pairs.push(pair.expect("joined"));
    }
    pairs
}

/// Keeps clients in their rooms until the set is dropped.
pub fn idle(clients: impl IntoIterator<Item = Client>) -> JoinSet<()> {
    let mut set = JoinSet::new();
    for client in clients {
        set.spawn(client.idle());
    }
    set
}

/// Joins `rate` a second for `duration`, two to a room; returns how long each took from `connect` to `connected`.
pub async fn joins(server: &Arc<Server>, rate: u32, duration: Duration) -> Vec<Duration> {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / rate);
    let mut joining = JoinSet::new();
    for index in 0..(duration.as_secs() * u64::from(rate)) {
        ticks.tick().await;
        let server = Arc::clone(server);
        joining.spawn(async move {
            let client =
                Client::join(&server, &format!("comer-{index}"), &format!("coming-{}", index / 2)).await;
            let joined_in = client.joined_in;
            // They stay for a while, so that rooms of two come to be.
            tokio::time::timeout(Duration::from_secs(2), client.idle()).await.ok();
            joined_in
        });
    }
    joining.join_all().await
}

/// What relaying came to.
pub struct Relayed {
    pub messages: u64,
    pub wall: Duration,
    pub cpu: Duration,
    /// From one client's sending to the other's having it.
    pub latencies: Vec<Duration>,
}

/// In every pair the two answer each other's candidates for `duration`: at once, or with a pause in between.
pub async fn relay(
    server: &Arc<Server>,
    pairs: Vec<(Client, Client, String)>,
    pause: Duration,
    duration: Duration,
) -> (Relayed, Vec<(Client, Client, String)>) {
    static REVISION: AtomicU64 = AtomicU64::new(1);
    let (cpu, start) = (server.process.cpu(), Instant::now());
    let mut talks = JoinSet::new();
    for (mut first, mut second, id) in pairs {
        talks.spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < duration {
                let revision = REVISION.fetch_add(1, Ordering::Relaxed);
                let candidates: Vec<_> = (0..4).map(candidate).collect();
                let ice = json!({"candidates": candidates, "ufrag": "aZ3k", "revision": revision});
                let sent = Instant::now();
                first.update(&json!({"id": id, "ice": ice})).await;
                while second.message().await["peer_connections"][0]["ice"]["revision"] != revision {}
                latencies.push(sent.elapsed());
                std::mem::swap(&mut first, &mut second);
                tokio::time::sleep(pause).await;
            }
            (latencies, (first, second, id))
        });
    }
    let (latencies, pairs): (Vec<_>, Vec<_>) = talks.join_all().await.into_iter().unzip();
    let latencies: Vec<Duration> = latencies.into_iter().flatten().collect();
    let messages = latencies.len() as u64;
    (
        Relayed { messages, wall: start.elapsed(), cpu: server.process.cpu().saturating_sub(cpu), latencies },
        pairs,
    )
}

fn candidate(index: u32) -> serde_json::Value {
    json!({
        "candidate": format!("candidate:84216330{index} 1 udp 2122260223 192.168.1.{index} 5600{index} typ host generation 0 ufrag aZ3k network-id 1"),
        "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": "aZ3k"
    })
}
