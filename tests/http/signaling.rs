//! The embedded room server's socket, as far as it is the web server's business: who may open it, and how it ends.

use super::app::{TestApp, app};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::{net::TcpStream, sync::oneshot, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::StatusCode},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a signalling socket as a page of `origin` does.
pub async fn open(port: u16, origin: &str) -> Result<Socket, StatusCode> {
    open_with(port, &[("origin", origin)]).await
}

/// Opens a signalling socket as our own page does on a machine with this address, behind a reverse proxy.
pub async fn open_from(port: u16, address: &str) -> Result<Socket, StatusCode> {
    open_with(port, &[("origin", &format!("http://localhost:{port}")), ("x-forwarded-for", address)]).await
}

async fn open_with(port: u16, headers: &[(&'static str, &str)]) -> Result<Socket, StatusCode> {
    let mut request = format!("ws://localhost:{port}/signaling").into_client_request().unwrap();
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status()),
        Err(error) => panic!("{error}"),
    }
}

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
        let outcome = open(port, &origin).await.map(|_| ());
        assert_eq!(outcome, if allowed { Ok(()) } else { Err(StatusCode::FORBIDDEN) }, "{origin}");
    }
}

#[tokio::test]
async fn a_server_that_stops_closes_sockets_so_that_the_sdk_comes_back() {
    let (port, stop, server) = run(app(&[]).await);
    let mut socket = open(port, &format!("http://localhost:{port}")).await.unwrap();
    stop.send(()).unwrap();
    let close = timeout(Duration::from_secs(10), async {
        while let Some(Ok(message)) = socket.next().await {
            if let Message::Close(frame) = message {
                return frame.map(|frame| u16::from(frame.code));
            }
        }
        None
    });
    // 1012, "service restart". With 1000 the SDK would take it as a wanted end of the call.
    assert_eq!(close.await.expect("a close frame"), Some(1012));
    timeout(Duration::from_secs(10), server).await.expect("it stops").unwrap().unwrap();
}
