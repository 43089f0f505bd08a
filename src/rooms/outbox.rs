//! What waits for one client to read it: bounded, so that a slow reader costs itself its connection and nobody else
//! anything.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;

use super::config::Limits;

/// Something to send.
#[derive(Debug)]
pub(super) enum Item {
    /// A text.
    Text(String),
    /// A ping.
    Ping,
    /// A close frame with this code; nothing follows.
    Close(u16),
}

/// The end into which the core's outputs go. Never waits.
#[derive(Debug)]
pub(super) struct Outbox {
    items: Sender<Item>,
    queued_bytes: Arc<AtomicUsize>,
    max_bytes: usize,
    cut: CancellationToken,
}

/// The end that the socket empties.
#[derive(Debug)]
pub(super) struct Pending {
    items: Receiver<Item>,
    queued_bytes: Arc<AtomicUsize>,
    /// Cancelled when the queue is full: the socket is to be dropped as it is.
    pub cut: CancellationToken,
}

/// Makes both ends.
pub(super) fn outbox(limits: &Limits) -> (Outbox, Pending) {
    let (sender, receiver) = channel(limits.max_queued_messages.max(1));
    let queued_bytes = Arc::new(AtomicUsize::new(0));
    let cut = CancellationToken::new();
    let outbox = Outbox {
        items: sender,
        queued_bytes: Arc::clone(&queued_bytes),
        max_bytes: limits.max_queued_bytes,
        cut: cut.clone(),
    };
    (outbox, Pending { items: receiver, queued_bytes, cut })
}

impl Outbox {
    /// Queues an item. Where there is no room for it the connection is cut.
    pub fn push(&self, item: Item) {
        let bytes = if let Item::Text(text) = &item { text.len() } else { 0 };
        let queued = self.queued_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if queued > self.max_bytes || self.items.try_send(item).is_err() {
            self.cut.cancel();
        }
    }
}

impl Pending {
    /// The next item. None when no more will come.
    pub async fn next(&mut self) -> Option<Item> {
        let item = self.items.recv().await?;
        if let Item::Text(text) = &item {
            self.queued_bytes.fetch_sub(text.len(), Ordering::Relaxed);
        }
        Some(item)
    }
}
