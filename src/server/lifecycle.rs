//! Serving and stopping.
//!
//! Stopping goes in this order: `/readyz` says no and streams end; signalling sockets are closed with 1012, so that the
//! SDK comes back by itself; the listener closes, the rooms are left to a successor, and requests under way may end;
//! whatever is left after the grace period is cut. The last two are needed because streams and sockets never end by
//! themselves. Signalling sockets that came after the others were closed are waited for at the very end: they were told to
//! come back, and their close is answered.

use super::{
    connections::Connections,
    remote_rooms::RemoteRooms,
    tls::{self, Certificate},
};
use crate::rooms::RoomServer;
use axum::Router;
use std::{io, net::TcpListener, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// What is served, and what has to end with it.
pub struct Serving {
    pub listener: TcpListener,
    pub router: Router,
    pub tls: Option<Arc<Certificate>>,
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
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let connections = Connections::new(router, tls.clone());
    let stopping = async {
        stop.await;
        tracing::info!("stopping");
        close(&told, &signalling, grace).await;
    };
    tokio::select! {
        // Before the first request is answered, SIGHUP is heard.
        biased;
        () = tls::reload_on_hangup(tls) => {}
        () = connections.accept(&listener) => {}
        () = stopping => {}
    }
    drop(listener);
    if let Signalling::Rooms(rooms) = &signalling {
        rooms.release();
    }
    connections.end(grace).await;
    if let Signalling::Rooms(rooms) = &signalling {
        rooms.finish().await;
    }
    tracing::info!("stopped");
    Ok(())
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
