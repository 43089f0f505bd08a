//! HTTP on one connection, by hyper.

use axum::{Router, extract::ConnectInfo, http::Request, response::Response};
use hyper::{
    body::Incoming,
    server::conn,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    service::{TowerToHyperService, TowerToHyperServiceFuture},
};
use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::Notify,
};
use tokio_util::sync::CancellationToken;

/// How long a client may take to send the headers of a request, and how long it may keep a connection without one. Slower ones
/// hold connections that others need.
const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an HTTP/2 connection may stay without its first request.
const FIRST_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// The routes, for one peer.
pub(super) struct Service {
    routes: TowerToHyperService<Router>,
    peer: SocketAddr,
}

impl Service {
    pub(super) fn new(router: &Router, peer: SocketAddr) -> Self {
        Self { routes: TowerToHyperService::new(router.clone()), peer }
    }
}

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response;
    type Error = Infallible;
    type Future = TowerToHyperServiceFuture<Router, Request<Incoming>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.routes.call(request)
    }
}

/// Serves HTTP/1.1 until the connection ends, which it does after the request under way once `ending` is cancelled.
pub(super) async fn version_1<S>(stream: S, service: Service, ending: CancellationToken)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_READ_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let connection = Box::pin(connection);
    carry(connection, conn::http1::UpgradeableConnection::graceful_shutdown, ending).await;
}

/// The same with HTTP/2. hyper does not bound the time until its first request.
pub(super) async fn version_2<S>(stream: S, service: Service, ending: CancellationToken)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let asked = Arc::new(Notify::new());
    let first = Arc::clone(&asked);
    let answer = service_fn(move |request| {
        asked.notify_one();
        service.call(request)
    });
    let connection = conn::http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), answer);
    let connection = Box::pin(connection);
    let mut connection = pin!(carry(connection, conn::http2::Connection::graceful_shutdown, ending));
    tokio::select! {
        () = &mut connection => {}
        heard = tokio::time::timeout(FIRST_REQUEST_TIMEOUT, first.notified()) => {
            if heard.is_ok() {
                connection.await;
            }
        }
    }
}

/// How it ended is the client's affair: most often it went away. A connection comes in a box: a future has room for each place
/// where it has held one, and a connection is more than a kilobyte.
async fn carry<C: Future>(
    mut connection: Pin<Box<C>>,
    shut_down: fn(Pin<&mut C>),
    ending: CancellationToken,
) {
    tokio::select! {
        _ = &mut connection => return,
        () = ending.cancelled() => shut_down(connection.as_mut()),
    }
    let _ = connection.await;
}
