//! What one participant has yet to hear: everything that one input changed for it becomes one message.

use crate::rooms::wire::{ParticipantView, Peer};

/// What one participant has yet to hear.
#[derive(Debug, Default)]
pub(super) struct News {
    /// How others are now. With it go the subscriptions.
    pub participants: Vec<ParticipantView>,
    /// What became of its own tracks.
    pub published: bool,
    /// Its peer connections.
    pub peers: Vec<Peer>,
}

impl News {
    /// A connection is over: whatever else was to be said about it no longer matters.
    pub fn close(&mut self, peer: Peer) {
        self.peers.retain(|earlier| earlier.id != peer.id);
        self.peers.push(peer);
    }
}
