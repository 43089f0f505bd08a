//! https by the server itself.

use super::app::{app, config};
use owl_hospital::server::{Application, StartError};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer},
};

/// Writes a certificate for `localhost` and returns it, for a client to trust.
pub fn certificate(directory: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(directory.join("cert.pem"), cert.pem()).unwrap();
    std::fs::write(directory.join("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.der().clone()
}

async fn get(
    address: std::net::SocketAddr,
    trusted: CertificateDer<'static>,
    path: &str,
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let socket = TcpStream::connect(address).await?;
    let mut stream =
        TlsConnector::from(Arc::new(client)).connect("localhost".try_into().unwrap(), socket).await?;
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
    assert!(application.welcome().contains(&format!("https://localhost:{}", address.port())));
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
    tokio::time::timeout(Duration::from_secs(10), renewed).await.expect("the new certificate is served");
    server.abort();
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
