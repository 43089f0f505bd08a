//! https by the server itself.

use super::app::{app, config};
use axum::{
    body::Bytes,
    http::{Request, StatusCode, Version},
};
use http_body_util::Empty;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use owl_hospital::server::{Application, StartError};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer},
};

/// Far less than the grace period.
const PROMPT: Duration = Duration::from_secs(5);

/// Writes a certificate for `localhost` and returns it, for a client to trust.
pub fn certificate(directory: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(directory.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(directory.join("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

async fn connect(
    address: SocketAddr,
    trusted: CertificateDer<'static>,
    versions: &[&[u8]],
) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let mut client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.alpn_protocols = versions.iter().map(|version| version.to_vec()).collect();
    let socket = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(client)).connect("localhost".try_into().unwrap(), socket).await
}

async fn get(address: SocketAddr, trusted: CertificateDer<'static>, path: &str) -> io::Result<String> {
    let mut stream = connect(address, trusted, &[]).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn settings(directory: &Path) -> [(&'static str, String); 2] {
    let file = |name| directory.join(name).to_str().unwrap().to_owned();
    [("TLS_CERT_FILE", file("cert.pem")), ("TLS_KEY_FILE", file("key.pem"))]
}

async fn secure_application(directory: &Path) -> Result<Application, StartError> {
    let settings = settings(directory);
    Application::build(config(directory, &settings.each_ref().map(|(name, value)| (*name, value.as_str()))))
        .await
}

#[tokio::test]
async fn pages_come_through_https_and_renewed_certificates_without_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let first = certificate(directory.path());
    let application = secure_application(directory.path()).await.unwrap();
    let address = application.local_addr();
    assert!(application.welcome().await.contains(&format!("https://localhost:{}", address.port())));
    let server = tokio::spawn(application.run_until(std::future::pending()));

    let answer = get(address, first.clone(), "/patient").await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age=31536000"));
    assert!(answer.contains("connect-src 'self' wss://localhost;"), "{answer}");

    // Another certificate takes its place at SIGHUP; until then the old one is served.
    let second = certificate(directory.path());
    assert!(get(address, first, "/healthz").await.is_ok());
    hang_up();
    let renewed = async {
        while get(address, second.clone(), "/healthz").await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), renewed).await.expect("the new certificate is served");
    server.abort();
}

#[tokio::test]
async fn browsers_speak_http_2_and_a_stop_ends_their_connections() {
    let directory = tempfile::tempdir().unwrap();
    let trusted = certificate(directory.path());
    let application = secure_application(directory.path()).await.unwrap();
    let address = application.local_addr();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(application.run_until(async { stopped.await.unwrap_or(()) }));

    // One that shakes no hands holds nobody up, at the end neither.
    let silent = TcpStream::connect(address).await.unwrap();
    let stream = connect(address, trusted, &[b"h2", b"http/1.1"]).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let (mut browser, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    for _ in 0..2 {
        let request = Request::get("https://localhost/patient").body(Empty::<Bytes>::new()).unwrap();
        let answer = browser.send_request(request).await.unwrap();
        assert_eq!((answer.status(), answer.version()), (StatusCode::OK, Version::HTTP_2));
    }

    stop.send(()).unwrap();
    timeout(PROMPT, server).await.expect("it stops at once").unwrap().unwrap();
    timeout(PROMPT, connection).await.expect("the connection is closed").unwrap().unwrap();
    drop(silent);
}

/// To this very process, as `kill -HUP` does. The server has its handler by now: it has answered.
fn hang_up() {
    let status = std::process::Command::new("kill").args(["-HUP", &std::process::id().to_string()]).status();
    assert!(status.unwrap().success());
}

#[tokio::test]
async fn files_that_cannot_be_used_are_named_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let Err(missing) = secure_application(directory.path()).await else { panic!("started without files") };
    assert!(missing.to_string().contains("cert.pem cannot be used"), "{missing}");
    assert!(!missing.to_string().contains("PEM format"), "nothing is known of its format: {missing}");

    certificate(directory.path());
    let other = tempfile::tempdir().unwrap();
    certificate(other.path());
    std::fs::copy(other.path().join("key.pem"), directory.path().join("key.pem")).unwrap();
    let Err(mixed) = secure_application(directory.path()).await else { panic!("started with another key") };
    assert!(
        mixed.to_string().starts_with("TLS_CERT_FILE and TLS_KEY_FILE cannot be used together"),
        "{mixed}"
    );
}

/// What a container's health check runs: whether it says that all is well.
async fn is_ready(address: SocketAddr, certificate: &str) -> bool {
    let mut check = std::process::Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/is-ready"));
    check.env("LISTEN", address.to_string()).env("TLS_CERT_FILE", certificate);
    tokio::task::spawn_blocking(move || check.output().unwrap().status.success()).await.unwrap()
}

#[tokio::test]
async fn a_containers_health_check_asks_as_the_server_speaks() {
    let directory = tempfile::tempdir().unwrap();
    certificate(directory.path());
    let plain = tempfile::tempdir().unwrap();
    let file = directory.path().join("cert.pem");
    for (application, certificate) in [
        (secure_application(directory.path()).await.unwrap(), file.to_str().unwrap()),
        (Application::build(config(plain.path(), &[])).await.unwrap(), ""),
    ] {
        let (address, state) = (application.local_addr(), application.state());
        let server = tokio::spawn(application.run_until(std::future::pending()));
        assert!(is_ready(address, certificate).await, "it runs: {certificate}");
        // As while it stops: still there, and takes nothing new.
        state.stopping.cancel();
        assert!(!is_ready(address, certificate).await, "it stops: {certificate}");
        server.abort();
    }
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(!is_ready(free, "").await && !is_ready(free, "/cert.pem").await, "nobody is there");
}

#[tokio::test]
async fn a_taken_address_is_told_plainly() {
    let first = app(&[]).await;
    let taken = first.application.local_addr().to_string();
    let directory = tempfile::tempdir().unwrap();
    let Err(error) = Application::build(config(directory.path(), &[("LISTEN", &taken)])).await else {
        panic!("two servers at one address")
    };
    assert!(error.to_string().starts_with(&format!("Cannot listen on {taken}: ")), "{error}");
}
