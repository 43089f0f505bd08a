//! The server's own https.

use super::ConfigError;
use clap::Args;
use std::path::PathBuf;

/// Where certificate and key lie.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate chain, PEM, the server's own first.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

#[derive(Args)]
#[command(next_help_heading = "TLS: set both to serve https instead of http")]
pub(super) struct TlsArgs {
    /// File with the certificate chain (PEM). It is read again on SIGHUP
    #[arg(long, env = "TLS_CERT_FILE", value_name = "FILE")]
    tls_cert_file: Option<PathBuf>,
    /// File with the certificate's private key (PEM). It is read again on SIGHUP
    #[arg(long, env = "TLS_KEY_FILE", value_name = "FILE")]
    tls_key_file: Option<PathBuf>,
}

impl TlsArgs {
    pub(super) fn check(self) -> Result<Option<TlsFiles>, ConfigError> {
        let half = |missing, present| {
            let remedy = "Set both to serve https, or neither to serve plain http.";
            Err(ConfigError::Incomplete { missing: vec![missing], present, remedy })
        };
        match (self.tls_cert_file, self.tls_key_file) {
            (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
            (None, None) => Ok(None),
            (Some(_), None) => half("TLS_KEY_FILE", "TLS_CERT_FILE"),
            (None, Some(_)) => half("TLS_CERT_FILE", "TLS_KEY_FILE"),
        }
    }
}
