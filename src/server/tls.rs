//! The server's own https: certificate and key from files, read again on SIGHUP (renewed certificates need no restart).

use super::config::TlsFiles;
use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::signal::unix::{SignalKind, signal};

/// Why https is not possible with the given files.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// No PEM block of the right kind, or no readable file.
    #[error("{path} cannot be used ({problem}). It should hold {expected} in PEM format.")]
    File {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        expected: &'static str,
        /// What was found instead.
        problem: rustls::pki_types::pem::Error,
    },
    /// Certificate and key are readable, but do not work together.
    #[error(
        "TLS_CERT_FILE and TLS_KEY_FILE cannot be used together: {0}. Check that the key is this certificate's."
    )]
    Pair(#[from] rustls::Error),
}

/// Reads the files.
///
/// # Errors
/// When they are missing, no PEM, or do not fit each other.
pub fn load(files: &TlsFiles) -> Result<RustlsConfig, TlsError> {
    Ok(RustlsConfig::from_config(server_config(files)?))
}

/// Reads the files again at every SIGHUP; does not end. Files that cannot be used are reported and the old certificate
/// stays, since an old one is better than none. Without files it still takes the signal, which would end the process.
pub async fn reload_on_hangup(tls: Option<(RustlsConfig, TlsFiles)>) {
    let Ok(mut hangups) = signal(SignalKind::hangup()) else {
        tracing::error!("SIGHUP cannot be received; a new certificate needs a restart");
        return std::future::pending().await;
    };
    while hangups.recv().await.is_some() {
        let Some((config, files)) = &tls else {
            tracing::info!("SIGHUP: there is no certificate to read again");
            continue;
        };
        match server_config(files) {
            Ok(fresh) => {
                config.reload_from_config(fresh);
                tracing::info!("the certificate was read again");
            }
            Err(error) => tracing::error!(%error, "the old certificate stays in use"),
        }
    }
}

/// The same where files are given, and keeps their names for the next reading.
///
/// # Errors
/// As [`load`].
pub fn load_if_any(files: Option<TlsFiles>) -> Result<Option<(RustlsConfig, TlsFiles)>, TlsError> {
    files.map(|files| Ok((load(&files)?, files))).transpose()
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
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn file_error(path: &Path, expected: &'static str, problem: rustls::pki_types::pem::Error) -> TlsError {
    TlsError::File { path: path.to_owned(), expected, problem }
}
