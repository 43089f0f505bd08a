//! Candidates that died with a socket are brought again.
//!
//! A `sync` repeats descriptions only. Candidates that were written to a dying socket are lost, unless later ones of the
//! same description follow, since each message repeats the earlier ones. If they were the last, nothing follows, and the
//! connection may never come about. So whoever comes back, and of whose candidates we do not know that they are
//! complete, is in doubt, and is asked for a new offer (`create-offer`): a browser's offer carries all candidates that it
//! has gathered so far, and its answer too; ICE is not restarted, and media go on.
//!
//! Only one of two ends is asked at a time, since the other's answer does the same for it, and none while an offer waits
//! for its answer: it carries them already, or the doubt is looked at again when it is settled. In a call that has come
//! about both ends are complete, and nobody is asked.
//!
//! Source: SDK module `signaling/v2/peerconnection.js` (`_handleIceCandidateEvent`, `_setLocalDescription`,
//! `_updateDescription`).

use super::{
    bounds::MAX_CANDIDATES,
    ids::ParticipantSid,
    pair::{End, Pair},
    room::Room,
};
use crate::rooms::wire::{Candidate, Description, DescriptionKind, Ice, Peer};

impl Pair {
    /// One end is back on a new socket: what it was asked for and what it sent last may have died with the old one.
    pub fn doubt(&mut self, participant: ParticipantSid) {
        for end in self.ends.iter_mut().filter(|end| end.participant == participant) {
            end.asked = None;
            end.is_in_doubt = end.description.is_some() && !end.has_gathered_all();
        }
    }

    /// Asks one end in doubt for an offer, if that is of use now. `is_here` tells who can be asked.
    pub fn ask(
        &mut self,
        id: &str,
        is_here: impl Fn(ParticipantSid) -> bool,
    ) -> Option<(ParticipantSid, Peer)> {
        let is_settled = self.open.is_none() && self.settled > 0;
        if !is_settled || self.ends.iter().any(|end| end.asked.is_some()) {
            return None;
        }
        let revision = self.settled.saturating_add(1);
        let end = self.ends.iter_mut().find(|end| end.is_in_doubt && is_here(end.participant))?;
        end.asked = Some(revision);
        let description = Description { kind: DescriptionKind::CreateOffer, revision, sdp: None };
        Some((end.participant, Peer { id: id.to_owned(), description: Some(description), ice: None }))
    }
}

impl End {
    /// Whether all its candidates have reached us.
    pub fn has_gathered_all(&self) -> bool {
        let ufrag = self.description.as_ref().and_then(Description::ufrag);
        self.ice.as_ref().is_some_and(|ice| {
            ice.complete == Some(true) && ufrag.is_none_or(|ufrag| ice.ufrag.as_deref() == Some(ufrag))
        })
    }

    /// Takes candidates, and returns all that are known of their generation. None if they are older than what is known.
    ///
    /// After a new description the SDK begins its list anew, while the receiving SDK takes only what is beyond the length
    /// of the longest list it has seen. So the list that it gets has to grow.
    pub fn gather(&mut self, ice: Ice) -> Option<&Ice> {
        let known = self.ice.take();
        if known.as_ref().is_some_and(|known| known.revision >= ice.revision) {
            self.ice = known;
            return None;
        }
        let all = match known.filter(|known| known.ufrag == ice.ufrag) {
            Some(known) => known.grown_by(ice),
            None => ice,
        };
        self.is_in_doubt &= all.complete != Some(true);
        Some(self.ice.insert(all))
    }
}

impl Ice {
    /// With what a later message of the same generation adds. More than there can be, and only the later one counts.
    fn grown_by(mut self, later: Self) -> Self {
        let Self { candidates, ufrag, revision, complete } = later;
        let complete = complete.or(self.complete);
        let is_new = |candidate: &&Candidate| !self.candidates.contains(candidate);
        if self.candidates.len() + candidates.iter().filter(is_new).count() > MAX_CANDIDATES {
            return Self { candidates, ufrag, revision, complete };
        }
        for candidate in candidates {
            if !self.candidates.contains(&candidate) {
                self.candidates.push(candidate);
            }
        }
        Self { revision, complete, ..self }
    }
}

impl Room {
    /// Somebody is back on a new socket.
    pub fn doubt(&mut self, sid: ParticipantSid) {
        for pair in self.pairs.values_mut() {
            pair.doubt(sid);
        }
    }

    /// Asks those in doubt for an offer, where that is of use now.
    pub fn ask_for_candidates(&mut self) {
        let Self { pairs, participants, news, .. } = self;
        let is_here =
            |sid| participants.iter().any(|participant| participant.sid == sid && participant.is_here());
        for (id, pair) in pairs {
            if let Some((whom, peer)) = pair.ask(id, is_here) {
                news.entry(whom).or_default().peers.push(peer);
            }
        }
    }
}
