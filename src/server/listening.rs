//! The socket that the server listens on: one that a supervisor holds for it, or its own.
//!
//! Where a supervisor holds it, connections are taken while the server is away, too: they wait in the kernel and are answered when
//! it is back. Nobody is refused, and nobody has to find out by trying again ever more slowly, as the SDK does.

use super::startup::StartError;
use std::{
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

/// How often to try an address that a predecessor is about to give free, and how long to wait in between: 5 s in all.
const BIND_TRIES: u32 = 250;
const BIND_PAUSE: Duration = Duration::from_millis(20);

/// The socket that was handed over (`held`), or else one at this address. A predecessor may hold the address for a moment longer than its
/// rooms (`succeeds`); a stranger there is reported at once.
pub async fn listen(
    address: SocketAddr,
    held: Option<TcpListener>,
    succeeds: bool,
) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |problem| StartError::Listen { address, problem };
    let listener = match held {
        Some(held) => held,
        None => bind(address, succeeds).await.map_err(failed)?,
    };
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

async fn bind(address: SocketAddr, succeeds: bool) -> io::Result<TcpListener> {
    let tries = if succeeds { BIND_TRIES } else { 1 };
    let mut outcome = TcpListener::bind(address);
    for _ in 1..tries {
        if !matches!(&outcome, Err(problem) if problem.kind() == io::ErrorKind::AddrInUse) {
            break;
        }
        tokio::time::sleep(BIND_PAUSE).await;
        outcome = TcpListener::bind(address);
    }
    outcome
}
