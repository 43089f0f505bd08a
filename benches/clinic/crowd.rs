//! Ten thousand who wait, each shown their place, while providers let people in and send them back.

use crate::{
    common::{ms, quantile},
    floor,
    http::{Caller, Stream},
    process::Server,
};
use leptos::server_fn::{Encodes, ServerFn, codec::PostcardEncoding};
use owl_hospital::{
    api::{
        clinic::{ActOnVisit, ProviderStatus, SeatItem, StaffWish},
        wire,
    },
    domain::visit::{Change, VisitId},
    server::{config::Database, store::Store},
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{Instant, interval, sleep, timeout},
};

/// How many pages come at a time while the crowd gathers.
const AT_ONCE: usize = 64;
const PER_SECOND: u32 = 100;
const ADMISSIONS: usize = 2000;
/// Long before it is the same provider's turn again.
const SENT_BACK_AFTER: Duration = Duration::from_secs(2);
/// Bare rows, to compare with.
const ROWS: usize = 500;
const IDLE_FOR: Duration = Duration::from_secs(20);
/// Nothing comes any more.
const SILENCE: Duration = Duration::from_secs(10);

/// What a page learned of an admission.
struct Heard {
    /// The provider's place.
    provider: usize,
    /// Whether it is the page of who was let in, or of somebody who waits on.
    is_own: bool,
    /// Whether it says how long the wait may be.
    has_range: bool,
    at: Instant,
}

/// Gathers the crowd, lets it be for a while, and lets people in.
pub async fn measure(server: &Server) {
    let count = server.clinic.waiting.len();
    let (before, _) = server.process.memory();
    println!("\n{count} who wait, {} providers", server.clinic.providers.len());
    let (tell, heard) = mpsc::unbounded_channel();
    let started = Instant::now();
    let mut crowd = gather(server, &tell).await;
    println!("  gathered in {:.1} s", started.elapsed().as_secs_f64());
    let cpu = server.process.cpu();
    sleep(IDLE_FOR).await;
    let idle = server.process.cpu().saturating_sub(cpu).as_secs_f64() / IDLE_FOR.as_secs_f64();
    let (now, _) = server.process.memory();
    println!("  | memory before they came | {:.0} MB |", mb(before));
    println!("  | memory while they wait (aim: 250 MB) | {:.0} MB |", mb(now));
    println!(
        "  | of it for each of them | {:.1} kB |",
        mb(now.saturating_sub(before)) * 1000.0 / number(count)
    );
    println!("  | processor while nothing happens | {:.1} % of a core |", idle * 100.0);

    let (cpu, started) = (server.process.cpu(), Instant::now());
    let pressed = Arc::new(Mutex::new(vec![started; server.clinic.providers.len()]));
    let listening = tokio::spawn(collect(heard, Arc::clone(&pressed)));
    let mut answers = admissions(server, &pressed).await;
    let took = started.elapsed();
    let busy = server.process.cpu().saturating_sub(cpu).as_secs_f64() / took.as_secs_f64();
    let (mut own, mut others) = listening.await.expect("collected");
    let (now, most) = server.process.memory();
    let rate = number(ADMISSIONS) / took.saturating_sub(SENT_BACK_AFTER).as_secs_f64();
    println!("  | admissions a second | {rate:.0} |");
    let floor = floor().await;
    println!("  | the least: one bare row, committed | median {:.1} ms |", ms(floor));
    for (what, times) in [
        ("press to the patient's page (aim: p99 50 ms)", &mut own),
        ("press to the pages of those behind", &mut others),
        ("press to its answer", &mut answers),
    ] {
        let (median, high) = (quantile(times, 0.5), quantile(times, 0.99));
        println!(
            "  | {what} | median {:.1} ms ({:.1} times the least), p99 {:.1} ms, of {} |",
            ms(median),
            median.as_secs_f64() / floor.as_secs_f64(),
            ms(high),
            times.len()
        );
    }
    println!("  | processor meanwhile | {:.0} % of a core |", busy * 100.0);
    println!("  | memory after it, and the most that it was | {:.0} MB, {:.0} MB |", mb(now), mb(most));
    assert_eq!(own.len(), ADMISSIONS, "admissions were not told to their patients");
    assert!(crowd.try_join_next().is_none(), "a page has lost its stream");
}

/// What anybody pays whose press is to outlive the power, on this machine and now: in the middle.
async fn floor() -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&Database::Sqlite, folder.path()).await.expect("a database");
    let pace = floor::append(&store, ROWS, 1).await;
    store.close().await;
    pace.median
}

/// Opens everybody's page.
async fn gather(server: &Server, tell: &mpsc::UnboundedSender<Heard>) -> JoinSet<()> {
    let (mut crowd, mut coming) = (JoinSet::new(), JoinSet::new());
    for waiting in &server.clinic.waiting {
        if coming.len() >= AT_ONCE {
            let (provider, stream) = coming.join_next().await.expect("one").expect("opened");
            crowd.spawn(listen(provider, stream, tell.clone()));
        }
        let (address, cookie, provider) = (server.address, waiting.cookie.clone(), waiting.provider);
        let seat = waiting.seat;
        coming.spawn(async move {
            let mut stream = Stream::open(address, &cookie, seat).await.expect("a stream");
            let first = stream.next().await.expect("a snapshot");
            let Some(SeatItem::Snapshot(view)) = wire::from_text(&first) else { panic!("no snapshot") };
            assert!(view.facts.before.is_some(), "everybody is shown their place");
            (provider, stream)
        });
    }
    while let Some(opened) = coming.join_next().await {
        let (provider, stream) = opened.expect("opened");
        crowd.spawn(listen(provider, stream, tell.clone()));
    }
    crowd
}

async fn listen(provider: usize, mut stream: Stream, tell: mpsc::UnboundedSender<Heard>) {
    while let Ok(text) = stream.next().await {
        let at = Instant::now();
        let (is_own, has_range) = match wire::from_text(&text) {
            Some(SeatItem::Event(event)) if matches!(event.change, Change::Admitted { .. }) => (true, false),
            Some(SeatItem::Facts(facts)) if facts.status == ProviderStatus::WithAnother => {
                (false, facts.wait.is_some())
            }
            _ => continue,
        };
        drop(tell.send(Heard { provider, is_own, has_range, at }));
    }
}

/// How long after the press pages knew: the patient's own, and those of who are behind.
async fn collect(
    mut heard: mpsc::UnboundedReceiver<Heard>,
    pressed: Arc<Mutex<Vec<Instant>>>,
) -> (Vec<Duration>, Vec<Duration>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    while let Ok(Some(Heard { provider, is_own, has_range, at })) = timeout(SILENCE, heard.recv()).await {
        let since = at.duration_since(pressed.lock().unwrap_or_else(PoisonError::into_inner)[provider]);
        if is_own {
            own.push(since);
        } else {
            assert!(has_range, "everybody is shown how long it may take");
            others.push(since);
        }
    }
    (own, others)
}

/// Each provider in turn lets somebody in, and sends them back later, so that the crowd stays what it is.
async fn admissions(server: &Server, pressed: &Arc<Mutex<Vec<Instant>>>) -> Vec<Duration> {
    let mut providers = Vec::new();
    for (place, cookie) in server.clinic.providers.iter().enumerate() {
        let caller = Caller::open(server.address, cookie).await.expect("a socket");
        let first = server.clinic.waiting.iter().find(|waiting| waiting.provider == place).expect("somebody");
        providers.push((Arc::new(tokio::sync::Mutex::new(caller)), first.visit));
    }
    let mut deeds = JoinSet::new();
    let mut ticks = interval(Duration::from_secs(1) / PER_SECOND);
    for turn in 0..ADMISSIONS {
        ticks.tick().await;
        let provider = turn % providers.len();
        let (caller, visit) = (Arc::clone(&providers[provider].0), providers[provider].1);
        let pressed = Arc::clone(pressed);
        deeds.spawn(async move {
            let mut caller = caller.lock().await;
            let now = Instant::now();
            pressed.lock().unwrap_or_else(PoisonError::into_inner)[provider] = now;
            assert_eq!(act(&mut caller, visit, StaffWish::Admit).await, 200, "let in");
            let answered = now.elapsed();
            sleep(SENT_BACK_AFTER).await;
            assert_eq!(act(&mut caller, visit, StaffWish::SendBack).await, 200, "sent back");
            answered
        });
    }
    deeds.join_all().await
}

async fn act(caller: &mut Caller, visit: VisitId, wish: StaffWish) -> u16 {
    let body = PostcardEncoding::encode(&ActOnVisit { visit, wish }).expect("encoded");
    caller.call(ActOnVisit::PATH, &body).await.expect("an answer")
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
