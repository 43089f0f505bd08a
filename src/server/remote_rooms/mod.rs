//! A room server elsewhere (`ROOMS_URL`): this node passes its own `/signaling` on to it, byte by byte.
//!
//! Bytes and not messages: so pings and their answers, close codes, and the loss of a socket without any arrive at the other
//! end as they left, and a slow end holds up the other one and nothing else. A library for web sockets would answer pings
//! itself, and the room server would take a dead browser for a live one. What a message may be and how long it may take is
//! the room server's to say.

mod carry;
mod closed;
mod dial;
mod frames;
mod relay;

pub use closed::{OpenRooms, check, keep_closed};
pub use relay::relay;

use super::{Origin, config::Remote};
use crate::rooms::Crowd;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio_rustls::TlsConnector;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How many sockets a node passes on at a time. As many as a room server takes.
const MAX_SOCKETS: usize = 20_000;

/// A little longer than a socket takes whose ends do not answer: see `carry`.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// Why a room server elsewhere cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The file with the certificate authority is missing or no PEM.
    #[error("{path} cannot be used ({problem}). ROOMS_CA_FILE should hold a certificate in PEM format.")]
    File {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        problem: rustls::pki_types::pem::Error,
    },
    /// The file is readable, and no certificate is in it.
    #[error("{path} holds no certificate. ROOMS_CA_FILE should hold one in PEM format.")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A certificate is no certificate authority's.
    #[error(
        "ROOMS_CA_FILE cannot be used: {0}. It should hold the certificate that signed the room server's."
    )]
    Authority(#[from] rustls::Error),
    /// The system has no certificates.
    #[error(
        "This system trusts no certificate authority, so ROOMS_URL cannot be https. Install ca-certificates, or set \
         ROOMS_CA_FILE."
    )]
    NoAuthority,
}

/// A room server elsewhere, and the sockets that lead there.
pub struct RemoteRooms {
    origin: Origin,
    tls: Option<TlsConnector>,
    crowd: Arc<Crowd>,
    sockets: TaskTracker,
    stopping: CancellationToken,
}

impl RemoteRooms {
    /// Does not connect yet: the room server may start later.
    ///
    /// # Errors
    /// When it speaks https and it cannot be told whom to trust.
    pub fn new(remote: &Remote, per_address: usize) -> Result<Self, RemoteError> {
        let tls = if remote.url.is_https() { Some(tls(remote.ca_file.as_ref())?) } else { None };
        Ok(Self {
            origin: remote.url.clone(),
            tls,
            crowd: Arc::new(Crowd::new(MAX_SOCKETS, per_address)),
            sockets: TaskTracker::new(),
            stopping: CancellationToken::new(),
        })
    }

    /// Closes every socket with 1012 at both ends, so that clients come back by another node, and waits until they are
    /// closed, at most three seconds.
    pub async fn shutdown(&self) {
        self.stopping.cancel();
        self.sockets.close();
        tokio::time::timeout(SHUTDOWN_TIMEOUT, self.sockets.wait()).await.ok();
    }
}

fn tls(ca_file: Option<&PathBuf>) -> Result<TlsConnector, RemoteError> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca_file {
        let failed = |problem| RemoteError::File { path: path.clone(), problem };
        for certificate in CertificateDer::pem_file_iter(path).map_err(failed)? {
            roots.add(certificate.map_err(failed)?)?;
        }
        if roots.is_empty() {
            return Err(RemoteError::Empty { path: path.clone() });
        }
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    if roots.is_empty() {
        return Err(RemoteError::NoAuthority);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config).into())
}
