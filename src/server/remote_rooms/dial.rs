//! Opens a socket at the room server in a client's name.

use super::RemoteRooms;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
};
use hyper::{client::conn::http1, upgrade::Upgraded};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use std::{io, net::IpAddr, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

/// From the first packet to the open socket. The SDK gives up after 15 s and may as well try again sooner.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What of a client's request the room server has to see; nothing else of it is any of its business, cookies least of all.
const PASSED_ON: [header::HeaderName; 3] =
    [header::ORIGIN, header::SEC_WEBSOCKET_KEY, header::SEC_WEBSOCKET_VERSION];

/// Why there is no socket. The client may try again.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// Nobody listens there, or nobody who can be trusted.
    #[error("no connection ({0})")]
    Connect(#[from] io::Error),
    /// It is no http server.
    #[error("no http ({0})")]
    Http(#[from] hyper::Error),
    /// It does not want to open a socket.
    #[error("it answers {0}")]
    Refused(StatusCode),
    /// It takes too long.
    #[error("no answer in {} s", TIMEOUT.as_secs())]
    TooLate,
}

/// An open socket at the room server.
pub struct Dialled {
    /// The proof that it has read the client's key.
    pub accept: Option<HeaderValue>,
    /// The bytes of the socket.
    pub io: Upgraded,
}

impl RemoteRooms {
    /// Opens a socket with the headers of a client's request. `from`: the client's address, where it is known.
    pub(super) async fn dial(&self, headers: &HeaderMap, from: Option<IpAddr>) -> Result<Dialled, DialError> {
        let dialled = async {
            let tcp =
                TcpStream::connect((self.origin.host().trim_matches(['[', ']']), self.origin.port())).await?;
            tcp.set_nodelay(true)?;
            match &self.tls {
                None => self.ask(tcp, headers, from).await,
                Some(tls) => {
                    let name = ServerName::try_from(self.origin.host().trim_matches(['[', ']']).to_owned())
                        .map_err(io::Error::other)?;
                    self.ask(tls.connect(name, tcp).await?, headers, from).await
                }
            }
        };
        tokio::time::timeout(TIMEOUT, dialled).await.unwrap_or(Err(DialError::TooLate))
    }

    async fn ask<S>(&self, stream: S, headers: &HeaderMap, from: Option<IpAddr>) -> Result<Dialled, DialError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // Ends with the upgrade, or with the sender.
        tokio::spawn(connection.with_upgrades());
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = axum::http::Uri::from_static("/signaling");
        let to = request.headers_mut();
        let host = HeaderValue::try_from(self.origin.authority()).map_err(io::Error::other)?;
        to.insert(header::HOST, host);
        to.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
        to.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        for name in PASSED_ON {
            if let Some(value) = headers.get(&name) {
                to.insert(name, value.clone());
            }
        }
        if let Some(from) = from.and_then(|from| HeaderValue::try_from(from.to_string()).ok()) {
            to.insert("x-forwarded-for", from);
        }
        let mut response = sender.send_request(request).await?;
        if response.status() != StatusCode::SWITCHING_PROTOCOLS {
            return Err(DialError::Refused(response.status()));
        }
        let accept = response.headers().get(header::SEC_WEBSOCKET_ACCEPT).cloned();
        Ok(Dialled { accept, io: hyper::upgrade::on(&mut response).await? })
    }
}
