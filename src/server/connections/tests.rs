//! Slow and silent clients, by a clock that jumps to the next time-out as soon as nobody has anything to do.

use super::{http, secure, *};
use axum::{body::Body, http::Request, routing::get};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    time::{Instant, sleep, timeout},
};

const BUFFER: usize = 64 * 1024;

/// Longer than any time-out, and over at once by the clock of these tests.
const NEVER: Duration = Duration::from_hours(1);

fn service() -> Service {
    let router = Router::new().route("/", get(async || "hello"));
    Service::new(&router, SocketAddr::from(([127, 0, 0, 1], 1)))
}

/// The client's end of a connection that is served.
fn version_1() -> DuplexStream {
    let (near, far) = duplex(BUFFER);
    tokio::spawn(http::version_1(far, service(), CancellationToken::new()));
    near
}

/// What the server says until it hangs up, and how many seconds that takes from now.
async fn hung_up(mut client: impl AsyncRead + Unpin) -> (String, u64) {
    let begun = Instant::now();
    let mut said = Vec::new();
    let all = client.read_to_end(&mut said);
    timeout(NEVER, all).await.expect("the server hangs up").unwrap();
    (String::from_utf8_lossy(&said).into_owned(), begun.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_is_hung_up_on() {
    assert_eq!(hung_up(version_1()).await.1, 10);
}

#[tokio::test(start_paused = true)]
async fn headers_that_come_one_by_one_have_to_come_in_time_together() {
    let (reader, mut writer) = tokio::io::split(version_1());
    tokio::spawn(async move {
        for byte in b"GET / HTTP/1.1\r\nhost: localhost\r\n".iter().cycle() {
            sleep(Duration::from_secs(1)).await;
            if writer.write_all(&[*byte]).await.is_err() {
                return;
            }
        }
    });
    assert_eq!(hung_up(reader).await.1, 10);
}

#[tokio::test(start_paused = true)]
async fn a_connection_on_which_no_more_is_asked_ends() {
    let mut client = version_1();
    sleep(Duration::from_secs(9)).await;
    client.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let (said, seconds) = hung_up(client).await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("hello"), "{said}");
    assert_eq!(seconds, 10, "from the answer on");
}

#[tokio::test(start_paused = true)]
async fn a_tls_handshake_has_to_come_in_time() {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    // Nothing, and the beginning of a handshake: record type, version, length.
    for begins in [&[][..], &[22, 3, 1, 1, 0]] {
        let (mut client, far) = duplex(BUFFER);
        tokio::spawn(secure::serve(Arc::clone(&config), far, service(), CancellationToken::new()));
        client.write_all(begins).await.unwrap();
        assert_eq!(hung_up(client).await, (String::new(), 10));
    }
}

#[tokio::test(start_paused = true)]
async fn an_http_2_connection_without_a_first_request_ends_and_with_one_goes_on() {
    for asks in [false, true] {
        let (near, far) = duplex(BUFFER);
        tokio::spawn(http::version_2(far, service(), CancellationToken::new()));
        let (mut client, connection) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(near)).await.unwrap();
        let connection = tokio::spawn(connection);
        let begun = Instant::now();
        let ask = || Request::get("http://localhost/").body(Body::empty()).unwrap();
        if asks {
            sleep(Duration::from_secs(29)).await;
            assert!(client.send_request(ask()).await.unwrap().status().is_success());
            sleep(Duration::from_mins(1)).await;
            assert!(client.send_request(ask()).await.unwrap().status().is_success(), "the same one");
        } else {
            // How it ends is hyper's affair.
            let _ = timeout(NEVER, connection).await.expect("the server hangs up").unwrap();
            assert_eq!(begun.elapsed().as_secs(), 30);
            assert!(client.send_request(ask()).await.is_err());
        }
    }
}
