//! What there is and what people see, compared with the reference model.

use super::model::{Model, Seat};
use crate::rooms::{
    close,
    core::{Book, ids::RoomSid},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

impl Model {
    /// Who is in which room, and there; and what the server has heard that they publish.
    fn by_room(&self) -> BTreeMap<&'static str, BTreeMap<String, (bool, &BTreeSet<String>)>> {
        let mut rooms: BTreeMap<_, BTreeMap<_, _>> =
            self.rooms.keys().map(|room| (*room, BTreeMap::new())).collect();
        for (seat, state) in &self.seats {
            let (identity, room) = self.names(*seat);
            rooms.entry(room).or_default().insert(identity, (state.until.is_none(), &state.sdk.told));
        }
        rooms
    }

    /// After every step: the core has exactly the rooms, people, tracks and pairs that there are.
    pub fn check(&self) {
        let expected = self.by_room();
        let core = &self.world.core;
        assert_eq!(core.rooms.len(), expected.len());
        for room in core.rooms.values() {
            let expected = expected.get(room.name.as_str()).expect("a room");
            assert_eq!(room.participants.len(), expected.len(), "in room {}", room.name);
            for own in &room.participants {
                let (is_here, tracks) = expected.get(&own.identity).expect("somebody of this room");
                assert_eq!(own.is_here(), *is_here, "{} in room {}", own.identity, room.name);
                let names: BTreeSet<String> = own.remote_tracks().map(|(_, track)| track.name).collect();
                assert_eq!(&names, *tracks, "tracks of {}", own.identity);
            }
            let mut connected = BTreeSet::new();
            for pair in room.pairs.values() {
                let mut ends = pair.ends.each_ref().map(|end| end.participant);
                ends.sort_unstable();
                assert!(
                    ends.iter().all(|end| room.participant(*end).is_some()),
                    "with somebody of this room"
                );
                assert!(connected.insert(ends), "one pair for each two");
            }
            let here: Vec<_> = room.participants.iter().filter(|own| own.is_here()).collect();
            for (n, one) in here.iter().enumerate() {
                for other in &here[n + 1..] {
                    let mut ends = [one.sid, other.sid];
                    ends.sort_unstable();
                    assert!(connected.contains(&ends), "{} and {} have one", one.identity, other.identity);
                }
            }
        }
    }

    /// What is kept is what is.
    pub fn check_books(&mut self) {
        let rooms: BTreeSet<RoomSid> = self.world.core.rooms.values().map(|room| room.sid).collect();
        let kept = self.world.books.keys().filter_map(|book| match book {
            Book::Room(sid) => Some(*sid),
            Book::Ended => None,
        });
        assert_eq!(kept.collect::<BTreeSet<_>>(), rooms);
        for (book, restored) in self.world.reread() {
            let live = self.world.core.snapshot(book).expect("a room");
            assert_eq!(records(&restored), records(&live));
        }
        self.world.compact();
    }

    /// Delivers everything, and compares what everybody sees.
    pub fn settle(&mut self) {
        let mut rounds = 0;
        while self.seats.values_mut().fold(false, |moved, seat| seat.sdk.pump(&mut self.world) | moved) {
            rounds += 1;
            assert!(rounds < 300, "they never agree");
        }
        for (seat, Seat { sdk, until, .. }) in &self.seats {
            if until.is_some() {
                continue;
            }
            assert_eq!(sdk.ended, None);
            let (own, room) = self.names(*seat);
            let expected = self.by_room().remove(room).expect("its room");
            let expected: BTreeMap<String, bool> = expected
                .into_iter()
                .filter(|(other, _)| *other != own)
                .map(|(other, (is_here, _))| (other, is_here))
                .collect();
            assert_eq!(sdk.sees(), expected, "{own} sees exactly who is there");
            assert_eq!(sdk.published, sdk.tracks.iter().cloned().collect(), "{own} has published its tracks");
            let others =
                self.seats.iter().filter(|(other, _)| *other != seat && self.names(**other).1 == room);
            let mut subscribed = BTreeSet::new();
            for (_, other) in others.filter(|(_, other)| other.until.is_none()) {
                sdk.assert_meets(&other.sdk);
                subscribed.extend(other.sdk.tracks.iter().cloned());
            }
            assert!(sdk.subscribed.is_superset(&subscribed), "{own} gets all tracks of those who are here");
            let prefix = format!("{room}-");
            assert!(sdk.subscribed.iter().all(|track| track.starts_with(&prefix)), "nothing crosses rooms");
            assert!(sdk.pcs.len() <= expected.len(), "no connection to nobody");
        }
    }

    /// All leave, and nothing is left.
    pub fn end(&mut self) {
        for seat in 0..self.people() {
            self.lose(seat, close::NORMAL);
        }
        self.pass(Duration::from_mins(2));
        self.world.assert_empty();
        assert_eq!(self.world.core.alarms(), 0, "no timer is left");
        // For so long the rooms that are over are remembered.
        self.world.now += Duration::from_hours(1);
        self.world.wake();
        assert_eq!(self.world.core.footprint(), [0; 8], "nor anything else");
    }
}

/// What a book says, without the revisions, which a restart reserves anew.
fn records(text: &str) -> Vec<Value> {
    let all = text.lines().flat_map(|line| serde_json::from_str::<Vec<Value>>(line).expect("records"));
    all.filter(|record| record.get("revision").is_none()).collect()
}
