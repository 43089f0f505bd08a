//! Carries bytes between a client and the room server, as long as both are there.

use super::frames::Frames;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf, split},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// How much may be on its way in one direction; more waits where it comes from.
const BUFFER: usize = 8 * 1024;
/// How long an end may take to read that much. The room server drops such a client after the same time.
const SEND_TIMEOUT: Duration = Duration::from_secs(20);
/// How long one direction may outlive the other: for the second half of a closing handshake.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Close frames with 1012, service restart. Clients' frames are masked, here with nothing (RFC 6455, section 5.3).
const RESTART_FOR_CLIENT: [u8; 4] = [0x88, 0x02, 0x03, 0xf4];
const RESTART_FOR_SERVER: [u8; 8] = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xf4];

/// One direction.
struct Lane<R, W> {
    from: ReadHalf<R>,
    to: WriteHalf<W>,
    frames: Frames,
    buffer: Vec<u8>,
}

/// Why a direction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The end that speaks is gone, or has said its last word.
    Silent,
    /// We are about to stop, and a frame of our own may come next.
    Stopping,
}

/// Carries until one side is gone, or until `stopping`: then both are told to come back.
///
/// # Errors
/// When a side breaks. Whoever calls drops the other, so that it is lost there without a close frame too.
pub async fn between<C, S>(client: C, server: S, stopping: &CancellationToken) -> io::Result<()>
where
    C: AsyncRead + AsyncWrite,
    S: AsyncRead + AsyncWrite,
{
    let ((client_reads, client_writes), (server_reads, server_writes)) = (split(client), split(server));
    let (mut up, mut down) = (Lane::new(client_reads, server_writes), Lane::new(server_reads, client_writes));
    let (first, second) = {
        let (upwards, downwards) = (up.run(stopping), down.run(stopping));
        tokio::pin!(upwards, downwards);
        tokio::select! {
            end = &mut upwards => (end?, rest(downwards).await?),
            end = &mut downwards => (end?, rest(upwards).await?),
        }
    };
    if first == End::Stopping || second == End::Stopping {
        let told = async { tokio::try_join!(up.close(&RESTART_FOR_SERVER), down.close(&RESTART_FOR_CLIENT)) };
        timeout(CLOSE_TIMEOUT, told).await??;
    }
    Ok(())
}

async fn rest(direction: impl Future<Output = io::Result<End>>) -> io::Result<End> {
    timeout(CLOSE_TIMEOUT, direction).await?
}

impl<R, W> Lane<R, W>
where
    R: AsyncRead,
    W: AsyncWrite,
{
    fn new(from: ReadHalf<R>, to: WriteHalf<W>) -> Self {
        Self { from, to, frames: Frames::default(), buffer: vec![0; BUFFER] }
    }

    async fn run(&mut self, stopping: &CancellationToken) -> io::Result<End> {
        loop {
            if stopping.is_cancelled() && self.frames.is_between() {
                return Ok(End::Stopping);
            }
            let length = tokio::select! {
                () = stopping.cancelled(), if self.frames.is_between() => continue,
                length = self.from.read(&mut self.buffer) => length?,
            };
            if length == 0 {
                self.to.shutdown().await?;
                return Ok(End::Silent);
            }
            let complete = self.frames.see(&self.buffer[..length]);
            // What has begun by now will not be said to its end.
            let is_enough = complete > 0 && stopping.is_cancelled();
            let passed_on = if is_enough { complete } else { length };
            timeout(SEND_TIMEOUT, self.to.write_all(&self.buffer[..passed_on])).await??;
            timeout(SEND_TIMEOUT, self.to.flush()).await??;
            if is_enough {
                return Ok(End::Stopping);
            }
        }
    }

    /// Says a last word to one end, and waits for the other's answer to its own.
    async fn close(&mut self, frame: &[u8]) -> io::Result<()> {
        if !self.frames.is_closed() {
            self.to.write_all(frame).await?;
            self.to.flush().await?;
        }
        while !self.frames.is_closed() {
            let length = self.from.read(&mut self.buffer).await?;
            if length == 0 {
                break;
            }
            self.frames.see(&self.buffer[..length]);
        }
        Ok(())
    }
}
