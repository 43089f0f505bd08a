//! The peer connection between two participants: what is relayed, and what is kept for one who comes back.
//!
//! Source: SDK module `signaling/v2/peerconnection.js` (`_updateDescription`, `_handleGlare`, `getState`).

use super::{changes::Change, ids::ParticipantSid};
use crate::rooms::wire::{Description, DescriptionKind, Ice, Peer};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest id that a client may give a connection. The SDK gives UUIDs.
pub(super) const MAX_ID: usize = 64;

/// The peer connection between two participants.
#[derive(Debug)]
pub(super) struct Pair {
    pub ends: [End; 2],
    /// The offer that waits for its answer.
    pub open: Option<Open>,
    /// The revision of the last completed negotiation.
    pub settled: u64,
}

/// One end of a pair.
#[derive(Debug)]
pub(super) struct End {
    pub participant: ParticipantSid,
    /// It was asked to make the first offer, and has not yet.
    pub owes_offer: bool,
    /// Since when it knows of the connection: before the other's first description it has nothing to say on it.
    pub involved: Option<Duration>,
    /// The last that it said.
    pub description: Option<Description>,
    /// The answer that it gave before, if the last that it said is an offer.
    pub answer: Option<Description>,
    pub ice: Option<Ice>,
    /// Candidates of its may have died with a socket: see `ask`.
    pub is_in_doubt: bool,
    /// The revision of a request for an offer that it has not followed yet.
    pub asked: Option<u64>,
}

/// An offer that waits for its answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Open {
    /// The end that made it: 0 or 1.
    pub from: usize,
    pub revision: u64,
}

/// What to do with a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Tell the other end.
    Relay,
    /// It is old, or has lost against the other end's offer.
    Drop,
    /// The connection is over for this end.
    Close,
    /// The two ends can never agree any more: a new connection is needed.
    Broken,
}

impl Pair {
    /// A pair for which `offerer` will be asked for an offer.
    pub fn asked(offerer: ParticipantSid, answerer: ParticipantSid, now: Duration) -> Self {
        let end = |participant, involved: Option<Duration>| End {
            participant,
            owes_offer: involved.is_some(),
            involved,
            description: None,
            answer: None,
            ice: None,
            is_in_doubt: false,
            asked: None,
        };
        Self { ends: [end(offerer, Some(now)), end(answerer, None)], open: None, settled: 0 }
    }

    /// A pair for which `offerer` has brought an offer. It still has to be [described](Self::describe).
    pub fn offered(offerer: ParticipantSid, answerer: ParticipantSid, now: Duration) -> Self {
        let mut pair = Self::asked(offerer, answerer, now);
        pair.ends[0].owes_offer = false;
        pair
    }

    fn index(&self, participant: ParticipantSid) -> Option<usize> {
        self.ends.iter().position(|end| end.participant == participant)
    }

    /// Whether it is one of the two.
    pub fn has(&self, participant: ParticipantSid) -> bool {
        self.index(participant).is_some()
    }

    /// The other one. None if `participant` is neither.
    pub fn other(&self, participant: ParticipantSid) -> Option<ParticipantSid> {
        self.index(participant).map(|index| self.ends[1 - index].participant)
    }

    /// Since when a participant knows of this connection. None if it does not.
    pub fn involved(&self, participant: ParticipantSid) -> Option<Duration> {
        self.ends[self.index(participant)?].involved
    }

    /// Takes a description from one end.
    ///
    /// If both ends offer at once, the first offer to arrive wins and the other is dropped: its author rolls back when
    /// the winner's offer reaches it, answers, and then offers again. Relaying both would make both roll back, each
    /// ignore the other's answer, and start all over. `tests::candidates` shows that nothing is
    /// lost.
    pub fn describe(&mut self, from: ParticipantSid, description: &Description, now: Duration) -> Verdict {
        let Some(index) = self.index(from) else { return Verdict::Drop };
        let revision = description.revision;
        match description.kind {
            DescriptionKind::Offer => {
                let asked = self.ends[index].asked.take();
                // The offer that we have asked for comes one revision higher than one made of its own accord.
                let is_glare = self.open.is_some_and(|open| open.from != index)
                    && asked.is_some_and(|asked| revision == asked.saturating_add(1));
                let lost = is_glare || self.open.is_some_and(|open| revision <= open.revision);
                if lost || revision <= self.settled {
                    return Verdict::Drop;
                }
                // This end took the other's very first offer, its answer died with a socket, and now it has something
                // new to offer. The other would wait for the answer for ever: before its first negotiation is done it
                // only queues offers.
                if self.settled == 0 && self.open.is_some_and(|open| open.from != index) {
                    return Verdict::Broken;
                }
                self.open = Some(Open { from: index, revision });
                self.ends[index].owes_offer = false;
            }
            DescriptionKind::Answer | DescriptionKind::Pranswer => {
                let fits = self.open.is_some_and(|open| open.from != index && open.revision == revision);
                if !fits {
                    return Verdict::Drop;
                }
                if description.kind == DescriptionKind::Answer {
                    self.open = None;
                    self.settled = revision;
                }
            }
            DescriptionKind::Close => return Verdict::Close,
            DescriptionKind::CreateOffer => return Verdict::Drop,
        }
        let end = &mut self.ends[index];
        // It carries what was gathered before, and was not lost on the way.
        (end.is_in_doubt, end.asked) = (false, None);
        let before = end.description.replace(description.clone());
        if before.as_ref().is_some_and(|before| before.kind == DescriptionKind::Answer) {
            end.answer = before;
        }
        self.ends[1 - index].involved.get_or_insert(now);
        Verdict::Relay
    }

    /// Takes candidates from one end. Says which it is, and all its candidates; None if it is nothing new.
    pub fn gather(&mut self, from: ParticipantSid, ice: Ice) -> Option<(usize, Ice)> {
        let index = self.index(from)?;
        Some((index, self.ends[index].gather(ice)?.clone()))
    }

    /// What a description that is to be relayed has changed.
    pub fn changes_by(&self, from: ParticipantSid, id: &str) -> impl Iterator<Item = Change> + use<> {
        let description = self.index(from).map(|end| Change::Description(id.to_owned(), end));
        [Change::Pair(id.to_owned())].into_iter().chain(description)
    }

    /// All that `participant` has to know to take part from nothing, in this order. The SDK ignores what it knew before.
    ///
    /// The answer to its first offer may have died with its socket, and the other may have something new to offer since:
    /// without the answer it would only queue that offer, for ever.
    ///
    /// Nothing while the other has to speak first: an SDK that knows of a connection may make an offer of its own on it, which
    /// crosses the one that was asked for, and each would wait for the other's answer for ever.
    pub fn state_for(&self, id: &str, participant: ParticipantSid) -> Vec<Peer> {
        let Some(index) = self.index(participant) else { return Vec::new() };
        if self.ends[index].involved.is_none() {
            return Vec::new();
        }
        let other = &self.ends[1 - index];
        let answer = other.answer.as_ref().filter(|answer| answer.revision == self.settled);
        let answer =
            answer.map(|answer| Peer { id: id.to_owned(), description: Some(answer.clone()), ice: None });
        let description =
            if self.ends[index].owes_offer { Some(create_offer()) } else { other.description.clone() };
        let last = Peer { id: id.to_owned(), description, ice: other.ice.clone() };
        answer.into_iter().chain([last]).collect()
    }

    /// The last word on this connection.
    pub fn close(&self, id: &str) -> Peer {
        let revision = self.open.map_or(self.settled, |open| open.revision).saturating_add(1);
        close(id, revision)
    }
}

fn create_offer() -> Description {
    Description { kind: DescriptionKind::CreateOffer, revision: 1, sdp: None }
}

/// Tells a client to close a connection.
pub(super) fn close(id: &str, revision: u64) -> Peer {
    let description = Description { kind: DescriptionKind::Close, revision, sdp: None };
    Peer { id: id.to_owned(), description: Some(description), ice: None }
}
