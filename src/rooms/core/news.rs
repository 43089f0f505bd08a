//! What one participant has yet to hear: everything that one input changed for it becomes one message.

use crate::rooms::wire::{ParticipantView, Peer};

/// What one participant has yet to hear.
#[derive(Debug, Default)]
pub(super) struct News {
    /// How others are now.
    pub participants: Vec<ParticipantView>,
    /// Which tracks it gets.
    pub subscribed: bool,
    /// What became of its own tracks.
    pub published: bool,
    /// Its peer connections.
    pub peers: Vec<Peer>,
}

impl News {
    /// Another is, or has, something new.
    pub fn tell(&mut self, view: ParticipantView) {
        self.participants.push(view);
        self.subscribed = true;
    }

    /// A connection is over: whatever else was to be said about it no longer matters.
    pub fn close(&mut self, peer: Peer) {
        self.peers.retain(|earlier| earlier.id != peer.id);
        self.peers.push(peer);
        self.subscribed = true;
    }
}
