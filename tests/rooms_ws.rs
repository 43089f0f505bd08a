//! The room server over real sockets: signalling, REST, and status callbacks.

#[path = "rooms_ws/api.rs"]
mod api;
#[path = "rooms_ws/callbacks.rs"]
mod callbacks;
#[path = "support/client.rs"]
#[expect(dead_code, reason = "the tests of the web server use more of it")]
mod client;
#[path = "rooms_ws/remote.rs"]
mod remote;
#[path = "rooms_ws/restart.rs"]
mod restart;
#[path = "rooms_ws/service.rs"]
mod service;
#[path = "support/signalling.rs"]
mod signalling;

use futures_util::SinkExt;
use owl_hospital::rooms::{Limits, Rate, RoomService};
use serde_json::json;
use signalling::Host;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn two_meet_and_their_messages_are_relayed() {
    let host = Host::start(Limits::default()).await;
    let (mut a, _) = host.join("a", "r").await;
    let (mut b, state) = host.join("b", "r").await;
    assert_eq!(state["participants"][0]["identity"], "a");
    let news = a.message().await;
    assert_eq!(news["participants"][0]["identity"], "b");
    assert_eq!(news["peer_connections"][0]["id"], "pc-b");
    let answer = json!({"id": "pc-b", "description": {"type": "answer", "revision": 1, "sdp": "an answer"}});
    a.update(&answer).await;
    assert_eq!(b.message().await["peer_connections"][0], answer);
    let candidates = json!({"id": "pc-b", "ice": {"candidates": [{}], "ufrag": "u", "revision": 1}});
    b.update(&candidates).await;
    assert_eq!(a.message().await["peer_connections"][0], candidates);
}

#[tokio::test]
async fn shutdown_closes_every_socket_with_1012_and_waits_for_it() {
    let host = Host::start(Limits::default()).await;
    let (mut a, _) = host.join("a", "r").await;
    let mut idle = host.open().await;
    let server = host.server.clone();
    let shutdown = tokio::spawn(async move { server.shutdown().await });
    assert_eq!(a.close_code().await, Some(1012));
    assert_eq!(idle.close_code().await, Some(1012));
    shutdown.await.expect("done");
    let mut late = host.open().await;
    late.send(&json!({"type": "hello", "id": "1", "version": 2})).await;
    assert_eq!(late.frame().await["type"], "busy");
}

#[tokio::test]
async fn who_comes_back_is_let_in_however_many_wait_without_a_seat() {
    let host = Host::start(Limits { max_greeted: 2, ..Limits::default() }).await;
    let (lost, _) = host.join("lost", "r").await;
    let hello = json!({"type": "hello", "id": "1", "version": 2});
    let mut waiting = Vec::new();
    for _ in 0..2 {
        let mut idle = host.open().await;
        idle.send(&hello).await;
        assert_eq!(idle.frame().await["type"], "welcome");
        waiting.push(idle);
    }
    let mut third = host.open().await;
    third.send(&hello).await;
    assert_eq!(third.frame().await, json!({"type": "busy", "retryAfter": 1000, "keepAlive": false}));
    assert_eq!(host.sync(&lost, "lost").await.1["type"], "synced");
    host.join("newcomer", "r").await;
    drop(waiting);
}

#[tokio::test]
async fn shutdown_does_not_wait_for_a_client_that_never_answers() {
    let host = Host::start(Limits::default()).await;
    let (_mute, _) = host.join("a", "r").await;
    tokio::time::timeout(Duration::from_secs(10), host.server.shutdown()).await.expect("done in time");
}

#[tokio::test]
async fn too_long_a_message_is_1009() {
    let limits = Limits { max_message_bytes: 10_000, ..Limits::default() };
    for length in [10_001, 100_000] {
        let host = Host::start(limits.clone()).await;
        let mut client = host.open().await;
        // The server may close before it has taken everything.
        client.socket.send(Message::text(" ".repeat(length))).await.ok();
        let code = client.close_code().await;
        assert!(code == Some(1009) || (length > 20_000 && code.is_none()), "{length}: {code:?}");
    }
}

#[tokio::test]
async fn what_is_no_text_is_1003() {
    let host = Host::start(Limits::default()).await;
    let mut client = host.open().await;
    client.socket.send(Message::binary(vec![0])).await.expect("sent");
    assert_eq!(client.close_code().await, Some(1003));
}

#[tokio::test]
async fn a_slow_reader_is_cut_off_and_never_holds_up_the_others() {
    let host = Host::start(Limits {
        max_queued_bytes: 1024 * 1024,
        rate: Rate::UNBOUNDED,
        heartbeat: Duration::from_secs(5),
        ..Limits::default()
    })
    .await;
    let (slow, _) = host.join("slow", "r").await;
    let (mut writer, _) = host.join("writer", "r").await;
    let (mut witness, _) = host.join("witness", "r").await;
    let sdp = "x".repeat(300_000);
    let flood = async {
        for revision in 2.. {
            let offer = json!({"id": "pc-writer", "description": {"type": "offer", "revision": revision, "sdp": sdp}});
            writer.update(&offer).await;
        }
    };
    tokio::select! {
        () = flood => {}
        () = witness.until_other_is("reconnecting") => {}
    }
    drop(slow);
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_dropped_though_its_queue_has_room() {
    let host = Host::start(Limits {
        max_queued_bytes: usize::MAX,
        max_queued_messages: 1_000_000,
        rate: Rate::UNBOUNDED,
        send_timeout: Duration::from_millis(500),
        heartbeat: Duration::from_mins(5),
        ..Limits::default()
    })
    .await;
    // Its silence alone would be borne for a quarter of an hour.
    let (stuck, _) = host.join_with_heartbeat("stuck", "r", Duration::from_mins(5)).await;
    let (mut writer, _) = host.join("writer", "r").await;
    let (mut witness, _) = host.join("witness", "r").await;
    let write = async {
        for revision in 2.. {
            // Everybody else is told of each: more than the kernel keeps for a connection, in the end.
            let name = |track: u64| format!("{revision:060}-{track:060}");
            let tracks: Vec<_> = (0..32).map(|track| json!({"id": name(track), "name": name(track), "kind": "audio", "enabled": true, "priority": "standard"})).collect();
            writer.publish(revision, &json!(tracks)).await;
            writer.message_of("update").await;
        }
    };
    let dropped = async {
        tokio::select! {
            () = write => {}
            () = witness.until_somebody_is("reconnecting") => {}
        }
    };
    // Long before its silence would end it.
    tokio::time::timeout(Duration::from_secs(20), dropped).await.expect("dropped in time");
    drop(stuck);
}

#[tokio::test]
async fn a_silent_client_is_dropped_and_the_others_see_it() {
    let host = Host::start(Limits { heartbeat: Duration::from_millis(200), ..Limits::default() }).await;
    let (mut silent, _) = host.join("silent", "r").await;
    let (mut a, _) = host.join("a", "r").await;
    a.until_other_is("reconnecting").await;
    assert_eq!(silent.close_code().await, Some(4408));
}

/// As in a hidden tab, whose timers stand still: this client's library answers pings whenever it reads.
#[tokio::test]
async fn who_waits_alone_and_only_answers_pings_stays() {
    let heartbeat = Duration::from_millis(500);
    let host = Host::start(Limits { heartbeat, ..Limits::default() }).await;
    let (mut hidden, _) = host.join("hidden", "r").await;
    for _ in 0..6 {
        hidden.until_pinged().await;
    }
}

#[tokio::test]
async fn who_only_answers_pings_is_dropped_after_the_hidden_timeout() {
    let limits = Limits {
        heartbeat: Duration::from_millis(200),
        hidden_timeout: Duration::from_secs(1),
        ..Limits::default()
    };
    let host = Host::start(limits).await;
    let (mut frozen, _) = host.join("frozen", "r").await;
    frozen.until_pinged().await;
    assert_eq!(frozen.close_code().await, Some(4408));
}

#[tokio::test]
async fn one_who_vanishes_is_gone_after_the_gone_timeout() {
    let host = Host::start(Limits::default()).await;
    let (gone, _) = host.join("gone", "r").await;
    let (mut a, _) = host.join("a", "r").await;
    drop(gone);
    a.until_other_is("reconnecting").await;
    a.until_other_is("disconnected").await;
}

#[tokio::test]
async fn the_service_completes_rooms_and_puts_people_out() {
    let host = Host::start(Limits::default()).await;
    let (mut a, _) = host.join("a", "r").await;
    let (mut b, _) = host.join("b", "r").await;
    assert!(host.server.put_out("r", "b").await.expect("answered"));
    assert_eq!(b.message().await, json!({"type": "disconnected", "status": "disconnected"}));
    a.until_other_is("disconnected").await;
    assert!(host.server.complete("r").await.expect("answered"));
    assert_eq!(a.message().await, json!({"type": "disconnected", "status": "completed"}));
    assert!(!host.server.complete("r").await.expect("answered"));
}

#[tokio::test]
async fn who_says_too_much_is_told_so_and_put_out() {
    let host = Host::start(Limits::default()).await;
    let (mut flooder, _) = host.join("flooder", "r").await;
    let (mut witness, _) = host.join("witness", "r").await;
    // So many that what is allowed again meanwhile is used up too, however slow this machine is.
    for _ in 0..2 * Rate::default().messages_at_once {
        // The server may close before it has taken everything.
        if flooder.socket.send(Message::text(r#"{"type":"heartbeat"}"#)).await.is_err() {
            break;
        }
    }
    witness.until_other_is("disconnected").await;
    while flooder.message().await["code"] != 53006 {}
    assert_eq!(flooder.close_code().await, Some(1008));
}
