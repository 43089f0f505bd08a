//! Connections: accepted, behind TLS where there is a certificate, and HTTP on each.
//!
//! Not `axum::serve` or `axum-server`: to tell HTTP/2 from HTTP/1.1, both read a connection's first 24 bytes by themselves. After
//! a read that short hyper doubles its buffer and keeps it for as long as the connection lasts: 8 kB more for everyone who waits.
//! Nothing has to be guessed: over TLS the version is agreed on (ALPN), and without TLS browsers and proxies speak HTTP/1.1.

mod http;
mod secure;
#[cfg(test)]
mod tests;

pub(super) use secure::HTTP_2;

use super::tls::Certificate;
use axum::Router;
use http::Service;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long to wait after a connection could not be accepted, most often for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What is sent has to be acknowledged within so long, or the connection is dead: by itself Linux would try for a quarter of an
/// hour, in which a patient whose network is gone would still count as there. Streams and rooms say something every few seconds.
/// Longer than the session time-out of a room is by default, which is not for the kernel to cut short.
const DEAD_AFTER: Duration = Duration::from_secs(45);

/// All connections of a server.
pub struct Connections {
    router: Router,
    certificate: Option<Arc<Certificate>>,
    open: TaskTracker,
    /// Cancelled when no connection may begin another request.
    ending: CancellationToken,
    /// Cancelled when what is still under way is broken off.
    cut: CancellationToken,
}

impl Connections {
    /// None yet. They will speak TLS if there is a certificate.
    pub fn new(router: Router, certificate: Option<Arc<Certificate>>) -> Self {
        let (ending, cut) = (CancellationToken::new(), CancellationToken::new());
        Self { router, certificate, open: TaskTracker::new(), ending, cut }
    }

    /// Accepts and serves connections for as long as it is polled.
    pub async fn accept(&self, listener: &TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => self.open(stream, peer),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Lets requests under way end, and cuts what has not ended after the grace period. Idle connections end at once.
    pub async fn end(self, grace: Duration) {
        self.ending.cancel();
        self.open.close();
        if tokio::time::timeout(grace, self.open.wait()).await.is_err() {
            self.cut.cancel();
            self.open.wait().await;
        }
    }

    fn open(&self, stream: TcpStream, peer: SocketAddr) {
        // A room server answers a join in two messages: with Nagle's algorithm the second would wait for the client's delayed
        // acknowledgement of the first, 40 ms. One that is gone already fails at its first read.
        let _ = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(DEAD_AFTER));
        let service = Service::new(&self.router, peer);
        let (ending, cut) = (self.ending.clone(), self.cut.clone());
        // A task is as large as the largest future it may hold: what waits without TLS holds none of TLS.
        match &self.certificate {
            None => {
                let served = http::version_1(stream, service, ending);
                self.open.spawn(async move { cut.run_until_cancelled_owned(served).await });
            }
            Some(certificate) => {
                let served = secure::serve(certificate.current(), stream, service, ending);
                self.open.spawn(async move { cut.run_until_cancelled_owned(served).await });
            }
        }
    }
}
