//! The embedded room server's socket, as far as it is the web server's business: who may open it, and how it ends.

use super::{
    app::{TestApp, app},
    client::Client,
};
use std::time::Duration;
use tokio::{sync::oneshot, time::timeout};
use tokio_tungstenite::tungstenite::http::StatusCode;

/// Runs the application until the returned sender is used or dropped.
pub fn run(app: TestApp) -> (u16, oneshot::Sender<()>, tokio::task::JoinHandle<std::io::Result<()>>) {
    let port = app.application.local_addr().port();
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        let TestApp { application, directory } = app;
        let outcome = application.run_until(async { stopped.await.unwrap_or(()) }).await;
        drop(directory);
        outcome
    });
    (port, stop, server)
}

#[tokio::test]
async fn only_our_own_pages_and_named_origins_may_open_a_socket() {
    let (port, _stop, _server) = run(app(&[("SIGNALING_ORIGINS", "https://partner.example")]).await);
    for (origin, allowed) in [
        (format!("http://localhost:{port}"), true),
        ("https://partner.example".to_owned(), true),
        (format!("http://127.0.0.1:{port}"), false),
        ("http://localhost:9".to_owned(), false),
        ("https://evil.example".to_owned(), false),
        ("null".to_owned(), false),
        (String::new(), false),
    ] {
        let outcome = Client::open(port, &[("origin", &origin)]).await.map(drop);
        assert_eq!(outcome, if allowed { Ok(()) } else { Err(StatusCode::FORBIDDEN) }, "{origin}");
    }
}

/// What the browser says of itself goes before what an origin looks like.
#[tokio::test]
async fn a_socket_that_the_browser_calls_foreign_is_refused_whatever_its_origin() {
    let (port, _stop, _server) = run(app(&[]).await);
    let own = format!("http://localhost:{port}");
    for (site, allowed) in
        [("same-origin", true), ("cross-site", false), ("same-site", false), ("none", false)]
    {
        let outcome = Client::open(port, &[("origin", &own), ("sec-fetch-site", site)]).await.map(drop);
        assert_eq!(outcome, if allowed { Ok(()) } else { Err(StatusCode::FORBIDDEN) }, "{site}");
    }
}

#[tokio::test]
async fn a_server_that_stops_closes_sockets_so_that_the_sdk_comes_back() {
    let (port, stop, server) = run(app(&[]).await);
    let mut client = Client::of_own_page(port).await.unwrap();
    stop.send(()).unwrap();
    // 1012, "service restart". With 1000 the SDK would take it as a wanted end of the call.
    assert_eq!(client.close_code().await, Some(1012));
    timeout(Duration::from_secs(10), server).await.expect("it stops").unwrap().unwrap();
}
