//! A restart is nothing but everybody's socket loss: the books are read again, and everybody is away.

use super::{
    Core, Now,
    connection::Seat,
    end::Ended,
    ids::RoomSid,
    keep::Book,
    pair::{End, Pair},
    participant::{Participant, Presence},
    record::{PairRecord, ParticipantRecord, Record, VERSION},
    room::Room,
    timers::Wake,
    together::BEFORE_IT_FAILS,
};
use crate::rooms::{allowance::Allowance, config::RoomsConfig};
use std::time::Duration;

/// What the SDK needs beside half of the outage until it is back. It waits 80 ms and 1.5 times as long after every attempt, but
/// never just that: anything between nothing and the double of it, and at most 10 s. So after an outage of 1 s 99.9 % are back
/// within half of it and 2 s, after one of 4 s 97 %, after the longest 90 % (each tried 40,000 times).
///
/// Source: SDK modules `util/backoff.js` and `util/constants.js` (`reconnectBackoffConfig`).
pub(super) const RETURN: Duration = Duration::from_secs(2);
/// And at the very least: with this 96 % after 2 s, 91 % after 4 s.
const LEAST: Duration = Duration::from_secs(1);

/// A book cannot be understood. It has to be set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} cannot be understood")]
pub(in crate::rooms) struct Damaged {
    /// The first such line, from 1.
    pub line: usize,
}

impl Core {
    /// Reads a book. A last line without its end was being written when the process ended: nobody was told of it.
    ///
    /// # Errors
    /// When it is damaged. Nothing of it is taken then.
    pub fn restore(&mut self, book: Book, text: &str, now: Now) -> Result<(), Damaged> {
        self.now = now;
        let lines = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        match book {
            Book::Ended => self.restore_ended(lines),
            Book::Room(sid) => self.restore_room(sid, lines),
        }
    }

    fn restore_ended<'a>(&mut self, lines: impl Iterator<Item = &'a str>) -> Result<(), Damaged> {
        for (number, line) in (1..).zip(lines) {
            for record in parse(line, number)? {
                let Record::Ended(ended) = record else { return Err(Damaged { line: number }) };
                let left = Duration::from_secs(ended.until.saturating_sub(self.now.unix));
                let until = self.now.monotonic.saturating_add(left.min(self.config.session_timeout));
                let remembered = Ended { farewell: ended.farewell, until, until_unix: ended.until };
                self.ended.insert(ended.session, remembered);
                self.timers.set(until, Wake::Ended(ended.session));
            }
        }
        Ok(())
    }

    fn restore_room<'a>(
        &mut self,
        sid: RoomSid,
        lines: impl Iterator<Item = &'a str>,
    ) -> Result<(), Damaged> {
        let mut room = None;
        let mut read = 0;
        for (number, line) in (1..).zip(lines) {
            read = number;
            let damaged = Damaged { line: number };
            for record in parse(line, number)? {
                match (record, &mut room) {
                    (Record::Room(record), _) if record.version != VERSION || record.sid != sid => {
                        return Err(damaged);
                    }
                    (Record::Room(record), room @ None) => {
                        *room = Some(Room::new(
                            sid,
                            record.name.into_owned(),
                            record.settings.into_owned(),
                            self.now.unix,
                        ));
                    }
                    (Record::Room(_), Some(_)) => {}
                    (record, Some(room)) => room.replay(record).ok_or(damaged)?,
                    (_, None) => return Err(damaged),
                }
            }
        }
        let damaged = Damaged { line: read };
        let mut room = room.ok_or(damaged)?;
        room.forget_strangers();
        if self.names.contains_key(&room.name) {
            return Err(damaged);
        }
        self.names.insert(room.name.clone(), sid);
        for own in &room.participants {
            self.sessions.insert(own.session, Seat { room: sid, participant: own.sid });
        }
        self.rooms.insert(sid, room);
        Ok(())
    }

    /// Gives everybody the full time to come back. If nobody can come back any more, all are gone.
    pub(super) fn restart(&mut self, outage: Option<Duration>) {
        let session_timeout = self.config.session_timeout;
        let outage = outage.unwrap_or_default();
        // The SDK gives up after the session timeout, but not in the middle of waiting for its next attempt.
        let is_too_late = outage > session_timeout.saturating_mul(2);
        let until = self.now.monotonic.saturating_add(session_timeout);
        let pairs_until = self.now.monotonic.saturating_add(pairs_wait(outage, &self.config));
        self.resume_stays();
        let mut seats: Vec<Seat> = self.sessions.values().copied().collect();
        seats.sort_unstable_by_key(|seat| (seat.room, seat.participant));
        for seat in seats {
            if is_too_late {
                self.remove(seat);
            } else if let Some(room) = self.rooms.get_mut(&seat.room) {
                let heard = self.now.monotonic.saturating_sub(outage);
                let presence = Presence::Away { heard, pairs_until, until };
                room.wait_for(seat.participant, presence, self.now.monotonic);
                self.timers.set(pairs_until, Wake::Absence(seat.room, seat.participant));
            }
        }
        // Those whose last participant was removed just now wait already.
        let is_empty = |room: &&Room| room.participants.is_empty() && room.ledger.ends_at.is_none();
        let empty: Vec<RoomSid> = self.rooms.values().filter(is_empty).map(|room| room.sid).collect();
        for sid in empty {
            self.vacate(sid);
        }
    }
}

/// How long peer connections wait after a restart for both of their ends: [`RETURN`] says why, and never less than the half of
/// the outage and a second, in which nine of ten are back. If one end died with the server, the other's ICE fails 8 s later, and
/// takes its call down: so not longer than until then, as long as that leaves them that much. After an outage of more than
/// 4.3 s it does not, and nothing can be done for such a survivor without interrupting everybody else.
pub(super) fn pairs_wait(outage: Duration, config: &RoomsConfig) -> Duration {
    let half = outage / 2;
    let usual = half.saturating_add(RETURN).max(config.gone_timeout).min(config.session_timeout);
    let before_it_fails = BEFORE_IT_FAILS.saturating_sub(outage);
    if before_it_fails < half.saturating_add(LEAST) { usual } else { usual.min(before_it_fails) }
}

fn parse(line: &str, number: usize) -> Result<Vec<Record<'static>>, Damaged> {
    serde_json::from_str(line).map_err(|_| Damaged { line: number })
}

impl Room {
    /// Takes a record. None if it makes no sense in a room.
    fn replay(&mut self, record: Record<'_>) -> Option<()> {
        match record {
            Record::Ledger(ledger) => self.ledger.resume(ledger.into_owned()),
            Record::Past(past) => self.ledger.part(past.into_owned()),
            Record::Revision(highest) => self.resume_revisions(highest),
            Record::Participant(record) => {
                let restored = Participant::restored(record);
                match self.participants.iter_mut().find(|known| known.sid == restored.sid) {
                    Some(known) => *known = restored,
                    None => self.participants.push(restored),
                }
            }
            Record::Left(sid) => self.participants.retain(|participant| participant.sid != sid),
            Record::Pair(record) => {
                let id = record.id.clone().into_owned();
                let before = self.pairs.remove(&id);
                self.pairs.insert(id, Pair::restored(&record, before)?);
            }
            Record::Closed(id) => drop(self.pairs.remove(id.as_ref())),
            Record::Description(record) => {
                let end = self.pairs.get_mut(record.pair.as_ref())?.ends.get_mut(record.end)?;
                end.description = Some(record.last.into_owned());
                end.answer = record.answer.map(std::borrow::Cow::into_owned);
            }
            Record::Candidates(record) => {
                let end = self.pairs.get_mut(record.pair.as_ref())?.ends.get_mut(record.end)?;
                end.ice = Some(record.ice.into_owned());
            }
            Record::Room(_) | Record::Ended(_) => return None,
        }
        Some(())
    }

    /// Drops pairs with somebody who is not in the room. There are none but in books that were tampered with.
    fn forget_strangers(&mut self) {
        let Self { participants, pairs, .. } = self;
        let is_in = |sid| participants.iter().any(|participant| participant.sid == sid);
        pairs.retain(|_, pair| pair.ends.iter().all(|end| is_in(end.participant)));
    }

    /// Somebody may come back after a restart.
    fn wait_for(&mut self, sid: super::ids::ParticipantSid, presence: Presence, now: Duration) {
        let revision = self.next_revision();
        for own in self.participants.iter_mut().filter(|own| own.sid == sid) {
            own.presence = presence;
            // What others had heard of it may have been newer than anything that is kept.
            own.revision = revision;
        }
        let ends = self.pairs.values_mut().flat_map(|pair| &mut pair.ends);
        for involved in ends.filter(|end| end.participant == sid).filter_map(|end| end.involved.as_mut()) {
            *involved = now;
        }
    }
}

impl Participant {
    fn restored(record: ParticipantRecord<'_>) -> Self {
        Self {
            sid: record.sid,
            identity: record.identity.into_owned(),
            session: record.session,
            presence: Presence::Away {
                heard: Duration::ZERO,
                pairs_until: Duration::MAX,
                until: Duration::MAX,
            },
            spared_until: Duration::ZERO,
            revision: 0,
            heard_revision: record.heard_revision,
            tracks: record.tracks.into_owned(),
            wants_tracks: record.wants_tracks,
            ledger: record.ledger.into_owned(),
            allowance: Allowance::default(),
        }
    }
}

impl Pair {
    /// None if the record makes no sense.
    fn restored(record: &PairRecord<'_>, before: Option<Self>) -> Option<Self> {
        if record.open.is_some_and(|open| open.from > 1) {
            return None;
        }
        let before = before.map_or([None, None], |pair| pair.ends.map(Some));
        let mut ends = record.ends.into_iter().zip(before).map(|(end, before)| {
            let (description, answer, ice) =
                before.map_or((None, None, None), |before| (before.description, before.answer, before.ice));
            End {
                participant: end.participant,
                owes_offer: end.owes_offer,
                involved: end.is_involved.then_some(Duration::ZERO),
                description,
                answer,
                ice,
                is_in_doubt: false,
                asked: None,
            }
        });
        Some(Self { ends: [ends.next()?, ends.next()?], open: record.open, settled: record.settled })
    }
}
