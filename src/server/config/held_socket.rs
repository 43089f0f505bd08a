//! A socket that a supervisor has opened and keeps open, handed over as `sd_listen_fds(3)` says: systemd with `deploy/owl.socket`.

use super::ConfigError;
use listenfd::ListenFd;
use std::{io, net::TcpListener};

/// The one socket that was handed over, if any was. Takes it from the environment, so it is asked for once, before there is a
/// second thread.
pub(super) fn take() -> Result<Option<TcpListener>, ConfigError> {
    let mut given = ListenFd::from_env();
    let taken = match given.len() {
        0 => Ok(None),
        1 => given.take_tcp_listener(0),
        more => Err(io::Error::other(format!("there are {more} sockets"))),
    };
    taken.map_err(|problem| {
        ConfigError::wrong("LISTEN_FDS", problem, "Hand over one TCP socket, as deploy/owl.socket does.")
    })
}
