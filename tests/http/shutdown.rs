//! Through real sockets: slow clients, and the end of the server.

use super::app::app;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::timeout,
};

const PROMPT: Duration = Duration::from_secs(10);

pub async fn ask(stream: &mut TcpStream, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut buffer = vec![0; 4096];
    let length = timeout(PROMPT, stream.read(&mut buffer)).await.unwrap().unwrap();
    String::from_utf8_lossy(&buffer[..length]).into_owned()
}

#[tokio::test]
async fn it_stops_when_told_to_and_closes_idle_connections() {
    let app = app(&[]).await;
    let address = app.application.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    let state = app.application.state();
    let server = tokio::spawn(app.application.run_until(async {
        let _ = stopped.await;
    }));
    let mut idle = TcpStream::connect(address).await.unwrap();
    assert!(ask(&mut idle, "/healthz").await.starts_with("HTTP/1.1 200"));

    stop.send(()).unwrap();
    timeout(PROMPT, server).await.expect("it stops").unwrap().unwrap();
    assert!(state.stopping.is_cancelled());
    assert_eq!(
        timeout(PROMPT, idle.read(&mut [0; 1])).await.unwrap().unwrap_or(0),
        0,
        "the connection is closed"
    );
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn what_does_not_end_by_itself_is_cut_after_the_grace_period() {
    let app = app(&[("SHUTDOWN_GRACE", "300ms")]).await;
    let address = app.application.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(app.application.run_until(async {
        let _ = stopped.await;
    }));
    let mut slow = TcpStream::connect(address).await.unwrap();
    let head = "POST /api/probe_slow HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\ncontent-length: 0\r\n\r\n";
    slow.write_all(head.as_bytes()).await.unwrap();
    // A second request's answer shows that the server has taken the first one up.
    let mut other = TcpStream::connect(address).await.unwrap();
    assert!(ask(&mut other, "/readyz").await.starts_with("HTTP/1.1 200"));

    stop.send(()).unwrap();
    timeout(PROMPT, server).await.expect("it stops all the same").unwrap().unwrap();
    assert_eq!(timeout(PROMPT, slow.read(&mut [0; 1])).await.unwrap().unwrap_or(0), 0);
}

#[tokio::test]
async fn a_client_that_never_finishes_its_headers_is_cut_off() {
    let app = app(&[]).await;
    let address = app.application.local_addr();
    let server = tokio::spawn(app.application.run_until(std::future::pending()));
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: loc").await.unwrap();
    let mut buffer = [0; 512];
    let read = timeout(Duration::from_secs(40), async {
        while slow.read(&mut buffer).await.is_ok_and(|length| length > 0) {}
    });
    assert!(read.await.is_ok(), "the connection is closed");
    server.abort();
}
