//! TLS on one connection, by rustls.

use super::http::{self, Service};
use rustls::ServerConfig;
use std::{sync::Arc, time::Duration};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// How long a client may take for the TLS handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// HTTP/2's name in TLS (ALPN, RFC 9113 section 3.2).
pub(in crate::server) const HTTP_2: &[u8] = b"h2";

/// Shakes hands, and serves the version of HTTP that was agreed on. One who cannot, or is too slow, is left.
pub(super) async fn serve<S>(
    config: Arc<ServerConfig>,
    stream: S,
    service: Service,
    ending: CancellationToken,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handshake = tokio::time::timeout(HANDSHAKE_TIMEOUT, TlsAcceptor::from(config).accept(stream));
    let Some(Ok(Ok(stream))) = ending.run_until_cancelled(handshake).await else { return };
    if stream.get_ref().1.alpn_protocol() == Some(HTTP_2) {
        Box::pin(http::version_2(stream, service, ending)).await;
    } else {
        Box::pin(http::version_1(stream, service, ending)).await;
    }
}
