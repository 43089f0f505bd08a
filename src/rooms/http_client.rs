//! The HTTP client of `callbacks` and `remote`: TLS by rustls with *ring*, the machine's certificate authorities, no
//! redirects (a signature and a password are for one address), no proxy.

use reqwest::{Certificate, Client, redirect::Policy};
use std::time::Duration;

/// The system gives no HTTP client, most likely because it knows no certificate authorities.
#[derive(Debug, thiserror::Error)]
#[error(
    "There can be no HTTP client ({0}). Install the system's certificate authorities (package ca-certificates)."
)]
pub struct HttpClientError(#[from] reqwest::Error);

/// Makes a client. `timeout` is for a whole exchange; `authority` is the certificate (PEM) of one that the system does not know.
pub(super) fn http_client(timeout: Duration, authority: Option<&[u8]>) -> Result<Client, HttpClientError> {
    // Fails only when there is one already.
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut builder = Client::builder();
    if let Some(authority) = authority {
        builder = builder.add_root_certificate(Certificate::from_pem(authority)?);
    }
    let client = builder
        .redirect(Policy::none())
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .user_agent(concat!("owl-hospital/", env!("CARGO_PKG_VERSION")))
        .build()?;
    Ok(client)
}
