//! Serving and stopping.
//!
//! Stopping goes in this order: `/readyz` says no and streams end; signalling sockets are closed with 1012, so that the
//! SDK comes back by itself; the listener closes, the rooms are left to a successor, and requests under way may end;
//! whatever is left after the grace period is cut. The last two are needed because streams and sockets never end by
//! themselves.

use super::{config::TlsFiles, remote_rooms::RemoteRooms, tls};
use crate::rooms::RoomServer;
use axum::Router;
use axum_server::{
    Handle, Server,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// How long a client may take to send the headers of a request. Slower ones hold connections that others need.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a new connection may stay without a request, TLS handshake apart.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What is served, and what has to end with it.
pub struct Serving {
    pub listener: TcpListener,
    pub router: Router,
    pub tls: Option<(RustlsConfig, TlsFiles)>,
    pub grace: Duration,
    /// Cancelled once the server is told to stop.
    pub stopping: CancellationToken,
    /// Where signalling sockets end.
    pub signalling: Signalling,
}

/// Where signalling sockets end: they have to be closed before the process is.
pub enum Signalling {
    /// In a room server in this process.
    Rooms(RoomServer),
    /// In one elsewhere, to which they are passed on.
    Remote(Arc<RemoteRooms>),
    /// There are none.
    None,
}

/// Serves until `stop` is ready, then lets what is under way end, for a bounded time.
///
/// # Errors
/// When the listening socket breaks.
pub async fn run_until(serving: Serving, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
    let Serving { listener, router, tls, grace, stopping: told, signalling } = serving;
    let handle = Handle::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = limited(axum_server::from_tcp(listener)?).handle(handle.clone());
    // A room server answers a join in two messages: with Nagle's algorithm the second would wait for the client's delayed
    // acknowledgement of the first, 40 ms.
    let acceptor =
        tls.as_ref().map(|(config, _)| RustlsAcceptor::new(config.clone()).acceptor(NoDelayAcceptor::new()));
    let listen = async {
        match acceptor {
            Some(acceptor) => server.acceptor(acceptor).serve(service).await,
            None => server.acceptor(NoDelayAcceptor::new()).serve(service).await,
        }
    };
    let serve = async {
        tokio::select! {
            // Before the first request is answered, SIGHUP is heard.
            biased;
            () = tls::reload_on_hangup(tls) => Ok(()),
            ended = listen => ended,
        }
    };
    let stopping = async {
        stop.await;
        tracing::info!("stopping");
        close(&told, &signalling, grace).await;
        handle.graceful_shutdown(Some(grace));
        if let Signalling::Rooms(rooms) = &signalling {
            rooms.release();
        }
    };
    let (outcome, ()) = tokio::join!(serve, stopping);
    tracing::info!("stopped");
    outcome
}

/// Ends what would not end by itself.
async fn close(stopping: &CancellationToken, signalling: &Signalling, grace: Duration) {
    stopping.cancel();
    let closed = async {
        match signalling {
            Signalling::Rooms(rooms) => rooms.shutdown().await,
            Signalling::Remote(rooms) => rooms.shutdown().await,
            Signalling::None => {}
        }
    };
    if tokio::time::timeout(grace, closed).await.is_err() {
        tracing::warn!("some signalling sockets did not close in time and are cut");
    }
}

fn limited(mut server: Server<SocketAddr>) -> Server<SocketAddr> {
    server.http_builder().http1().header_read_timeout(HEADER_READ_TIMEOUT);
    server.first_request_timeout(FIRST_REQUEST_TIMEOUT)
}
