//! The server's own https: certificate and key from files, read again on SIGHUP (renewed certificates need no restart).

use super::{config::TlsFiles, connections::HTTP_2, file_trouble::remedy};
use rustls::{
    ServerConfig,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
};
use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Why https is not possible with the given files.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No PEM block of the right kind.
    #[error("{path} cannot be used ({problem}). It should hold {expected} in PEM format.")]
    File {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        expected: &'static str,
        /// What was found instead.
        problem: pem::Error,
    },
    /// The operating system does not give it.
    #[error("{path} cannot be used ({problem}). {}", remedy(*.problem))]
    Refused {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: ErrorKind,
    },
    /// Certificate and key are readable, but do not work together.
    #[error(
        "TLS_CERT_FILE and TLS_KEY_FILE cannot be used together: {0}. Check that the key is this certificate's."
    )]
    Pair(#[from] rustls::Error),
}

/// The certificate and key in use.
pub struct Certificate {
    files: TlsFiles,
    current: watch::Sender<Arc<ServerConfig>>,
}

impl Certificate {
    /// Reads the files, if any are given.
    ///
    /// # Errors
    /// When they are missing, no PEM, or do not fit each other.
    pub fn load(files: Option<TlsFiles>) -> Result<Option<Arc<Self>>, TlsError> {
        let load = |files| {
            let current = watch::Sender::new(server_config(&files)?);
            Ok(Arc::new(Self { files, current }))
        };
        files.map(load).transpose()
    }

    /// What the next connection uses.
    pub fn current(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.borrow())
    }

    /// Reads the files again. If they cannot be used, that is reported and the old certificate stays, since an old one is
    /// better than none.
    fn reload(&self) {
        match server_config(&self.files) {
            Ok(fresh) => {
                self.current.send_replace(fresh);
                tracing::info!("the certificate was read again");
            }
            Err(error) => tracing::error!(%error, "the old certificate stays in use"),
        }
    }
}

/// Reads the certificate again at every SIGHUP; does not end. Without one it still takes the signal, which would end the
/// process.
pub async fn reload_on_hangup(certificate: Option<Arc<Certificate>>) {
    let Ok(mut hangups) = signal(SignalKind::hangup()) else {
        tracing::error!("SIGHUP cannot be received; a new certificate needs a restart");
        return std::future::pending().await;
    };
    while hangups.recv().await.is_some() {
        if let Some(certificate) = &certificate {
            certificate.reload();
        } else {
            tracing::info!("SIGHUP: there is no certificate to read again");
        }
    }
}

fn server_config(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
    let certificates = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|problem| file_error(&files.certificate, "a certificate chain", problem))?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|problem| file_error(&files.key, "a private key", problem))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certificates, key)?;
    config.alpn_protocols = vec![HTTP_2.to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn file_error(path: &Path, expected: &'static str, problem: pem::Error) -> TlsError {
    let path = path.to_owned();
    match problem {
        pem::Error::Io(error) => TlsError::Refused { path, problem: error.kind() },
        problem => TlsError::File { path, expected, problem },
    }
}
