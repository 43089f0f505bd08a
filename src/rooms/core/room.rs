//! A room: who is in it, their pairs, and the news that its participants have yet to hear.

use super::{
    changes::Change,
    ids::{ParticipantSid, RoomSid},
    ledger::RoomLedger,
    news::News,
    pair::{Pair, Verdict},
    participant::{Participant, Presence},
    settings::RoomSettings,
    track::{self, Track},
};
use crate::rooms::{
    allowance::Allowance,
    wire::{LocalState, Peer, PublishedTrack, Revised, State, SubscribedTrack},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// How many revisions are reserved at a time. Kept is only the highest, so that they never fall over a restart although
/// not every one of them is kept.
const REVISIONS: u64 = 1024;

/// A room from its first participant to its last, or for as long as its settings say.
#[derive(Debug)]
pub(super) struct Room {
    pub sid: RoomSid,
    pub name: String,
    /// In the order of their coming. A mesh is small.
    pub participants: Vec<Participant>,
    pub pairs: BTreeMap<String, Pair>,
    pub news: BTreeMap<ParticipantSid, News>,
    pub settings: RoomSettings,
    pub ledger: RoomLedger,
    /// What all together may still say.
    pub allowance: Allowance,
    /// What has to be kept.
    pub changes: BTreeSet<Change>,
    revision: u64,
    /// No revision above this one was given out, nor will be before it is kept.
    highest_revision: u64,
}

impl Room {
    pub fn new(sid: RoomSid, name: String, settings: RoomSettings, opened_at: u64) -> Self {
        Self {
            sid,
            name,
            participants: Vec::new(),
            pairs: BTreeMap::new(),
            news: BTreeMap::new(),
            settings,
            ledger: RoomLedger { opened_at, ..RoomLedger::default() },
            allowance: Allowance::default(),
            changes: BTreeSet::from([Change::Room, Change::Ledger]),
            revision: 0,
            highest_revision: 0,
        }
    }

    /// One count for everything in the room, so that it rises whatever it is used for.
    pub fn next_revision(&mut self) -> u64 {
        self.revision = self.revision.saturating_add(1);
        if self.revision > self.highest_revision {
            self.highest_revision = self.revision.saturating_add(REVISIONS);
            self.changes.insert(Change::Revision);
        }
        self.revision
    }

    pub fn highest_revision(&self) -> u64 {
        self.highest_revision
    }

    /// Goes on above all revisions that were given out before a restart.
    pub fn resume_revisions(&mut self, highest: u64) {
        self.revision = self.revision.max(highest);
        self.highest_revision = self.highest_revision.max(highest);
    }

    pub fn participant(&self, sid: ParticipantSid) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.sid == sid)
    }

    pub fn participant_mut(&mut self, sid: ParticipantSid) -> Option<&mut Participant> {
        self.participants.iter_mut().find(|participant| participant.sid == sid)
    }

    pub fn by_identity(&self, identity: &str) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.identity == identity)
    }

    /// Lets somebody in.
    pub fn enter(&mut self, participant: Participant) {
        let sid = participant.sid;
        self.participants.push(participant);
        self.changes.insert(Change::Participant(sid));
        self.announce(sid);
    }

    /// Tells the others how a participant is now.
    fn announce(&mut self, sid: ParticipantSid) {
        let revision = self.next_revision();
        let Some(participant) = self.participant_mut(sid) else { return };
        participant.revision = revision;
        let view = participant.view();
        self.tell_others(sid, |news| news.tell(view.clone()));
    }

    fn tell_others(&mut self, sid: ParticipantSid, mut tell: impl FnMut(&mut News)) {
        for other in self.participants.iter().filter(|other| other.sid != sid) {
            tell(self.news.entry(other.sid).or_default());
        }
    }

    /// Takes a participant's own account of itself.
    pub fn describe(
        &mut self,
        sid: ParticipantSid,
        state: LocalState,
        max_tracks: usize,
        new_sid: impl FnMut() -> super::ids::TrackSid,
    ) {
        let Some(participant) = self.participant_mut(sid) else { return };
        if state.revision <= participant.heard_revision {
            return;
        }
        participant.heard_revision = state.revision;
        participant.tracks = track::publish(&participant.tracks, state.tracks, max_tracks, new_sid);
        self.changes.insert(Change::Participant(sid));
        self.news.entry(sid).or_default().published = true;
        self.announce(sid);
    }

    /// Changes whether a participant can be reached.
    pub fn set_presence(&mut self, sid: ParticipantSid, presence: Presence) {
        let Some(participant) = self.participant_mut(sid) else { return };
        let was_here = participant.is_here();
        participant.presence = presence;
        if was_here != participant.is_here() {
            self.announce(sid);
        }
    }

    /// Takes somebody out. Those who stay see a participant that keeps its tracks, and lose their connection to it.
    pub fn leave(&mut self, sid: ParticipantSid) -> Option<Participant> {
        self.close_pairs(sid);
        let index = self.participants.iter().position(|participant| participant.sid == sid)?;
        let revision = self.next_revision();
        let mut participant = self.participants.remove(index);
        participant.revision = revision;
        let mut view = participant.view();
        view.state = State::Disconnected;
        self.news.remove(&sid);
        self.changes.insert(Change::Participant(sid));
        self.tell_others(sid, |news| news.tell(view.clone()));
        Some(participant)
    }

    /// Gives up all peer connections of a participant. It hears of it only by their absence in `synced`.
    pub fn close_pairs(&mut self, sid: ParticipantSid) {
        self.close_pairs_but(sid, &BTreeSet::new());
    }

    /// The same, but for those with `kept`.
    pub fn close_pairs_but(&mut self, sid: ParticipantSid, kept: &BTreeSet<ParticipantSid>) {
        let is_over = |pair: &Pair| pair.other(sid).is_some_and(|other| !kept.contains(&other));
        for (id, pair) in self.pairs.extract_if(.., |_, pair| is_over(pair)) {
            self.changes.insert(Change::Pair(id.clone()));
            if let Some(other) = pair.other(sid) {
                self.news.entry(other).or_default().close(pair.close(&id));
            }
        }
    }

    /// Gives a participant a connection to everybody who is here and to whom it has none. `offer` serves the first.
    pub fn connect_to_all(
        &mut self,
        sid: ParticipantSid,
        mut offer: Option<Peer>,
        now: Duration,
        mut new_id: impl FnMut() -> String,
    ) {
        let others: Vec<ParticipantSid> = self
            .participants
            .iter()
            .filter(|other| other.sid != sid && other.is_here())
            .map(|other| other.sid)
            .filter(|&other| !self.is_connected(sid, other))
            .collect();
        for other in others {
            self.news.entry(sid).or_default().subscribed = true;
            self.news.entry(other).or_default().subscribed = true;
            if let Some(peer) = offer.take() {
                self.changes.insert(Change::Pair(peer.id.clone()));
                self.pairs.insert(peer.id.clone(), Pair::offered(sid, other, now));
                self.relay(sid, peer, now);
            } else {
                let (id, pair) = (new_id(), Pair::asked(sid, other, now));
                self.changes.insert(Change::Pair(id.clone()));
                self.news.entry(sid).or_default().peers.extend(pair.state_for(&id, sid));
                self.pairs.insert(id, pair);
            }
        }
    }

    /// Takes news of a peer connection from one of its ends. True if the connection is over, and they need a new one.
    ///
    /// What is about a connection that does not exist (any more), or about somebody else's, is dropped without a word:
    /// it crosses with our own `close` on the way.
    pub fn relay(&mut self, from: ParticipantSid, peer: Peer, now: Duration) -> bool {
        let Some(pair) = self.pairs.get_mut(&peer.id) else { return false };
        let Some(to) = pair.other(from) else { return false };
        let Peer { id, description, ice } = peer;
        let mut relayed = Peer { id, description: None, ice: None };
        if let Some(description) = description {
            match pair.describe(from, &description, now) {
                Verdict::Relay => {
                    self.changes.extend(pair.changes_by(from, &relayed.id));
                    relayed.description = Some(description);
                }
                Verdict::Drop => {}
                verdict @ (Verdict::Close | Verdict::Broken) => {
                    let close = pair.close(&relayed.id);
                    self.pairs.remove(&relayed.id);
                    self.changes.insert(Change::Pair(relayed.id));
                    let own = self.news.entry(from).or_default();
                    own.subscribed = true;
                    if verdict == Verdict::Broken {
                        own.close(close.clone());
                    }
                    self.news.entry(to).or_default().close(close);
                    return true;
                }
            }
        }
        if let Some(ice) = ice
            && let Some((end, all)) = pair.gather(from, ice)
        {
            self.changes.insert(Change::Candidates(relayed.id.clone(), end));
            relayed.ice = Some(all);
        }
        if relayed.description.is_some() || relayed.ice.is_some() {
            self.news.entry(to).or_default().peers.push(relayed);
        }
        false
    }

    fn is_connected(&self, one: ParticipantSid, other: ParticipantSid) -> bool {
        self.pairs.values().any(|pair| pair.other(one) == Some(other))
    }

    /// Since when a participant knows of a peer connection of its own. None if it has none.
    pub fn paired(&self, sid: ParticipantSid) -> Option<Duration> {
        self.pairs.values().filter_map(|pair| pair.involved(sid)).min()
    }

    /// Whether a client may give this id to a new connection.
    pub fn is_free(&self, id: &str) -> bool {
        !id.is_empty() && id.len() <= super::pair::MAX_ID && !self.pairs.contains_key(id)
    }

    /// All connections of a participant, as it has to know them.
    pub fn peers_of(&self, sid: ParticipantSid) -> Vec<Peer> {
        self.pairs.iter().flat_map(|(id, pair)| pair.state_for(id, sid)).collect()
    }

    /// What became of a participant's own tracks.
    pub fn published(&mut self, sid: ParticipantSid) -> Revised<PublishedTrack> {
        let revision = self.next_revision();
        let tracks = self.participant(sid).map(|own| own.tracks.iter().map(Track::published).collect());
        Revised { revision, tracks: tracks.unwrap_or_default() }
    }

    /// Which tracks of others a participant gets: those of everybody to whom it has a connection.
    ///
    /// The SDK swaps the media under an application's feet, without `trackUnsubscribed` and `trackSubscribed`, if a
    /// track comes over a new connection while it counts as subscribed: the picture stands still for ever. So between a
    /// connection's end and the next one's beginning there has to be a message in which the tracks are missing.
    pub fn subscribed(&mut self, sid: ParticipantSid) -> Revised<SubscribedTrack> {
        let revision = self.next_revision();
        let others = self.publishers_for(sid);
        Revised {
            revision,
            tracks: others.flat_map(|other| &other.tracks).filter_map(Track::subscribed).collect(),
        }
    }

    /// Whose tracks a participant gets.
    pub fn publishers_for(&self, sid: ParticipantSid) -> impl Iterator<Item = &Participant> {
        let wants_tracks = self.participant(sid).is_some_and(|own| own.wants_tracks);
        self.participants.iter().filter(move |other| wants_tracks && self.is_connected(sid, other.sid))
    }
}
