//! Serving and stopping.
//!
//! Stopping goes in this order: `/readyz` says no and streams end; signalling sockets are closed with 1012, so that the
//! SDK comes back by itself; the listener closes, the rooms are left to a successor, and requests under way may end;
//! whatever is left after the grace period is cut. The last two are needed because streams and sockets never end by
//! themselves.

use super::{
    startup::Application,
    state::{AppState, Engine},
    tls,
};
use axum_server::{Handle, Server, tls_rustls::RustlsAcceptor};
use std::{io, net::SocketAddr, time::Duration};

/// How long a client may take to send the headers of a request. Slower ones hold connections that others need.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a new connection may stay without a request, TLS handshake apart.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

pub async fn run_until(application: Application, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
    let Application { listener, router, state, tls, grace, .. } = application;
    let handle = Handle::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = limited(axum_server::from_tcp(listener)?).handle(handle.clone());
    let acceptor = tls.as_ref().map(|(config, _)| RustlsAcceptor::new(config.clone()));
    let listen = async {
        match acceptor {
            Some(acceptor) => server.acceptor(acceptor).serve(service).await,
            None => server.serve(service).await,
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
        close(&state, grace).await;
        handle.graceful_shutdown(Some(grace));
        if let Engine::Embedded { rooms, .. } = &state.engine {
            rooms.release();
        }
    };
    let (outcome, ()) = tokio::join!(serve, stopping);
    tracing::info!("stopped");
    outcome
}

/// Ends what would not end by itself.
async fn close(state: &AppState, grace: Duration) {
    state.stopping.cancel();
    if let Engine::Embedded { rooms, .. } = &state.engine
        && tokio::time::timeout(grace, rooms.shutdown()).await.is_err()
    {
        tracing::warn!("some signalling sockets did not close in time and are cut");
    }
}

fn limited(mut server: Server<SocketAddr>) -> Server<SocketAddr> {
    server.http_builder().http1().header_read_timeout(HEADER_READ_TIMEOUT);
    server.first_request_timeout(FIRST_REQUEST_TIMEOUT)
}
