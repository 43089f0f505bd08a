//! What an input changed in a room, so that exactly that is kept.

use super::{
    ids::ParticipantSid,
    pair::{End, Pair},
    participant::Participant,
    record::{
        self, CandidatesRecord, DescriptionRecord, EndRecord, PairRecord, ParticipantRecord, Record,
        RoomRecord, VERSION,
    },
    room::Room,
};
use std::{borrow::Cow, collections::BTreeSet};

/// Something that may have changed. In the order in which records are read again: a pair's ends come after it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// The room itself.
    Room,
    /// What is written down of it.
    Ledger,
    /// Somebody who was in it.
    Past(ParticipantSid),
    /// The highest revision.
    Revision,
    /// A participant, or its absence.
    Participant(ParticipantSid),
    /// A pair, or its absence.
    Pair(String),
    /// What this end of a pair described.
    Description(String, usize),
    /// The candidates of this end of a pair.
    Candidates(String, usize),
}

impl Room {
    /// The records of what has changed since the last time.
    pub fn take_changes(&mut self) -> String {
        let changes = std::mem::take(&mut self.changes);
        self.write(&changes)
    }

    /// Everything that has to be kept.
    pub fn snapshot(&self) -> String {
        let mut all = BTreeSet::from([Change::Room, Change::Ledger, Change::Revision]);
        all.extend(self.ledger.past.iter().map(|past| Change::Past(past.sid)));
        all.extend(self.participants.iter().map(|participant| Change::Participant(participant.sid)));
        for id in self.pairs.keys() {
            all.insert(Change::Pair(id.clone()));
            for end in 0..2 {
                all.insert(Change::Description(id.clone(), end));
                all.insert(Change::Candidates(id.clone(), end));
            }
        }
        self.write(&all)
    }

    fn write(&self, changes: &BTreeSet<Change>) -> String {
        let records: Vec<Record<'_>> = changes.iter().filter_map(|change| self.record(change)).collect();
        let mut line = String::new();
        record::write(&records, &mut line);
        line
    }

    /// How it is now. None for the ends of a pair that is over, and for what an end has not said yet.
    fn record<'a>(&'a self, change: &'a Change) -> Option<Record<'a>> {
        Some(match change {
            Change::Room => Record::Room(RoomRecord {
                version: VERSION,
                sid: self.sid,
                name: Cow::Borrowed(&self.name),
                settings: Cow::Borrowed(&self.settings),
            }),
            Change::Ledger => Record::Ledger(Cow::Borrowed(&self.ledger)),
            Change::Past(sid) => {
                Record::Past(Cow::Borrowed(self.ledger.past.iter().find(|past| past.sid == *sid)?))
            }
            Change::Revision => Record::Revision(self.highest_revision()),
            Change::Participant(sid) => {
                self.participant(*sid).map_or(Record::Left(*sid), Participant::record)
            }
            Change::Pair(id) => {
                self.pairs.get(id).map_or(Record::Closed(Cow::Borrowed(id)), |pair| pair.record(id))
            }
            Change::Description(id, end) => self.pairs.get(id)?.description_record(id, *end)?,
            Change::Candidates(id, end) => self.pairs.get(id)?.candidates_record(id, *end)?,
        })
    }
}

impl Participant {
    fn record(&self) -> Record<'_> {
        Record::Participant(ParticipantRecord {
            sid: self.sid,
            identity: Cow::Borrowed(&self.identity),
            session: self.session,
            heard_revision: self.heard_revision,
            tracks: Cow::Borrowed(&self.tracks),
            wants_tracks: self.wants_tracks,
            ledger: Cow::Borrowed(&self.ledger),
        })
    }
}

impl Pair {
    fn record<'a>(&'a self, id: &'a str) -> Record<'a> {
        Record::Pair(PairRecord {
            id: Cow::Borrowed(id),
            ends: self.ends.each_ref().map(End::record),
            open: self.open,
            settled: self.settled,
        })
    }

    fn description_record<'a>(&'a self, id: &'a str, end: usize) -> Option<Record<'a>> {
        let from = self.ends.get(end)?;
        Some(Record::Description(DescriptionRecord {
            pair: Cow::Borrowed(id),
            end,
            last: Cow::Borrowed(from.description.as_ref()?),
            answer: from.answer.as_ref().map(Cow::Borrowed),
        }))
    }

    fn candidates_record<'a>(&'a self, id: &'a str, end: usize) -> Option<Record<'a>> {
        let ice = self.ends.get(end)?.ice.as_ref()?;
        Some(Record::Candidates(CandidatesRecord { pair: Cow::Borrowed(id), end, ice: Cow::Borrowed(ice) }))
    }
}

impl End {
    fn record(&self) -> EndRecord {
        EndRecord {
            participant: self.participant,
            owes_offer: self.owes_offer,
            is_involved: self.involved.is_some(),
        }
    }
}
