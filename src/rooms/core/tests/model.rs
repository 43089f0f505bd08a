//! The reference model of the simulation: who has a seat, and until when if away. What people see is compared with it.

use super::{sdk::Sdk, simulation::Random, world::World};
use crate::rooms::{
    close,
    core::{Book, Input, Loss, ids::RoomSid},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

pub const SEATS: usize = 8;
const SESSION: Duration = Duration::from_secs(30);
const GONE: Duration = Duration::from_secs(4);

/// Somebody in a room.
struct Seat {
    sdk: Sdk,
    /// Until when its seat is kept, if it is away.
    until: Option<Duration>,
    /// Since when it says nothing, though it is here.
    hushed: Option<Duration>,
}

/// Somebody who was put out while away, and is told so (with this code) until then.
struct Ended {
    sdk: Sdk,
    code: u64,
    until: Duration,
}

pub struct Model {
    pub world: World,
    seats: BTreeMap<usize, Seat>,
    ended: Vec<Ended>,
    most: usize,
    last_stall: Duration,
}

/// The first few meet in one room, the others in another.
fn names(seat: usize) -> (String, &'static str) {
    let room = if seat < SEATS / 2 { "red" } else { "blue" };
    (format!("{room}-{seat}"), room)
}

impl Model {
    pub fn new(most: usize) -> Self {
        let world = World::with(most);
        Self { world, seats: BTreeMap::new(), ended: Vec::new(), most, last_stall: Duration::ZERO }
    }

    fn here(&mut self, seat: usize) -> Option<(&mut Sdk, &mut World)> {
        let seat = self.seats.get_mut(&seat).filter(|seat| seat.until.is_none())?;
        Some((&mut seat.sdk, &mut self.world))
    }

    pub fn join(&mut self, seat: usize) {
        let (identity, room) = names(seat);
        let others = self.seats.keys().filter(|other| **other != seat && names(**other).1 == room).count();
        let mut new = Sdk::connect(&mut self.world, &identity, room);
        if others >= self.most {
            new.pump(&mut self.world);
            assert_eq!(new.ended, Some(53105));
            return;
        }
        let new = Seat { sdk: new, until: None, hushed: None };
        if let Some(old) = self.seats.insert(seat, new) {
            self.expect_end(old, 53205);
        }
    }

    /// It hears its end, now or when it comes back.
    fn expect_end(&mut self, seat: Seat, code: u64) {
        let Seat { mut sdk, until, .. } = seat;
        if until.is_some() {
            self.ended.push(Ended { sdk, code, until: self.world.now + SESSION });
        } else {
            while sdk.pump(&mut self.world) {}
            assert_eq!(sdk.ended, Some(code));
        }
    }

    pub fn leave(&mut self, seat: usize) {
        if let Some((sdk, world)) = self.here(seat) {
            sdk.deliver(world, 0, usize::MAX);
            let on = sdk.on.expect("a socket");
            world.say(on, json!({"type": "disconnect", "session": sdk.session}));
            sdk.lose(world);
            self.seats.remove(&seat);
        }
    }

    pub fn lose(&mut self, seat: usize, code: u16) {
        let now = self.world.now;
        let Some((sdk, world)) = self.here(seat) else { return };
        let on = sdk.on.expect("a socket");
        // What was on its way to it is lost, except the answer to its hello: without it there is no session.
        if !sdk.is_joined() {
            sdk.deliver(world, 0, usize::MAX);
        }
        sdk.lose(world);
        let (loss, window) = match code {
            0 => (Loss::Vanished, GONE),
            1 => (Loss::Slow, SESSION),
            close::GOING_AWAY => (Loss::Code(code), GONE),
            _ => (Loss::Code(code), SESSION),
        };
        world.lose(on, loss);
        if code == close::NORMAL {
            self.seats.remove(&seat);
        } else if let Some(seat) = self.seats.get_mut(&seat) {
            seat.until = Some(now + window);
        }
    }

    /// Also of one whose old socket the server takes for alive.
    pub fn come_back(&mut self, seat: usize) {
        let Some(Seat { sdk, until, hushed }) = self.seats.get_mut(&seat) else { return };
        if until.is_none() && !sdk.is_joined() {
            return;
        }
        sdk.lose(&mut self.world);
        sdk.sync(&mut self.world);
        (*until, *hushed) = (None, None);
    }

    pub fn hush(&mut self, seat: usize) {
        let now = self.world.now;
        if let Some((Sdk { on: Some(on), .. }, world)) = self.here(seat) {
            world.beating.remove(on);
            world.ponging.remove(on);
            if let Some(seat) = self.seats.get_mut(&seat) {
                seat.hushed.get_or_insert(now);
            }
        }
    }

    pub fn hide(&mut self, seat: usize) {
        if self.seats.get(&seat).is_none_or(|seat| seat.hushed.is_some()) {
            return;
        }
        if let Some((Sdk { on: Some(on), .. }, world)) = self.here(seat) {
            world.hide(*on);
        }
    }

    pub fn publish(&mut self, seat: usize) {
        if let Some(seat) = self.seats.get_mut(&seat).filter(|seat| seat.sdk.tracks.len() < 5) {
            seat.sdk.publish();
        }
    }

    pub fn unpublish(&mut self, seat: usize) {
        if let Some(seat) = self.seats.get_mut(&seat) {
            seat.sdk.unpublish();
        }
    }

    pub fn gather(&mut self, seat: usize) {
        if let Some(seat) = self.seats.get_mut(&seat) {
            seat.sdk.gather();
        }
    }

    pub fn restart_ice(&mut self, seat: usize) {
        if let Some(seat) = self.seats.get_mut(&seat) {
            seat.sdk.restart_ice();
        }
    }

    pub fn deliver(&mut self, seat: usize, out: usize, back: usize) {
        if let Some((sdk, world)) = self.here(seat) {
            sdk.deliver(world, out, back);
        }
    }

    pub fn repeat_hello(&mut self, seat: usize) {
        if let Some((sdk, world)) = self.here(seat) {
            let (on, body) = (sdk.on.expect("a socket"), World::connect_body(&sdk.identity, &sdk.room));
            world.frame(on, &json!({"type": "hello", "id": "2", "version": 2, "body": body}));
        }
    }

    /// Somebody says what no SDK says.
    pub fn hostile(&mut self, seat: usize, random: &mut Random) {
        let session = self.seats.values().map(|seat| seat.sdk.session.clone()).next().unwrap_or_default();
        let pairs: Vec<String> = self.seats.values().flat_map(|seat| seat.sdk.pcs.keys().cloned()).collect();
        let foreign = pairs.first().cloned().unwrap_or_default();
        let peers: Value = ["offer", "answer", "close", "create-offer", "pranswer"]
            .iter()
            .map(|kind| json!({"id": foreign, "description": {"type": kind, "revision": 99, "sdp": ""}}))
            .collect();
        // From outside: a stranger learns nothing but that it is not welcome.
        let body = match random.below(4) {
            0 => json!({"type": "update", "session": session, "peer_connections": peers}),
            1 => json!({"type": "sync", "session": session, "token": "forged", "peer_connections": peers}),
            2 => json!({"type": "disconnect", "session": session}),
            _ => json!({"type": "connect", "token": "forged", "participant": {"revision": 1}}),
        };
        let stranger = self.world.hello(body);
        for frame in self.world.take_frames(stranger) {
            let kind = if frame["type"] == "msg" { &frame["body"]["type"] } else { &frame["type"] };
            assert!(kind == "welcome" || kind == "error", "{frame}");
        }
        self.world.lose(stranger, Loss::Vanished);
        // From inside: about connections of another room, nothing comes of it; under another's name, it is the end.
        let Some((sdk, world)) = self.here(seat) else { return };
        let own = sdk.session.clone();
        if !sdk.is_joined() {
            return;
        }
        let on = sdk.on.expect("a socket");
        if random.below(2) == 0 && !sdk.pcs.contains_key(&foreign) {
            world.say(on, json!({"type": "update", "session": own, "peer_connections": peers}));
        } else if own != session {
            world.say(on, json!({"type": "update", "session": session, "peer_connections": peers}));
            if let Some(seat) = self.seats.remove(&seat) {
                self.expect_end(seat, 53004);
            }
        }
    }

    pub fn put_out(&mut self, seat: usize) {
        let (identity, room) = names(seat);
        let was_in = self.world.input(Input::PutOut { room, identity: &identity });
        assert_eq!(was_in, Some(self.seats.contains_key(&seat)));
        if let Some(seat) = self.seats.remove(&seat) {
            self.expect_end(seat, 0);
        }
    }

    pub fn complete(&mut self, seat: usize) {
        let (_, room) = names(seat);
        let everybody: Vec<usize> =
            self.seats.keys().copied().filter(|seat| names(*seat).1 == room).collect();
        assert_eq!(self.world.input(Input::Complete { room }), Some(!everybody.is_empty()));
        for seat in everybody {
            if let Some(seat) = self.seats.remove(&seat) {
                self.expect_end(seat, 0);
            }
        }
    }

    /// Somebody who was put out while away comes back to hear why.
    pub fn return_of_the_ended(&mut self, random: &mut Random) {
        if self.ended.is_empty() {
            return;
        }
        let Ended { mut sdk, code, until } = self.ended.swap_remove(random.below(self.ended.len()));
        if self.world.core.next_timeout().is_some_and(|due| due <= self.world.now) {
            self.world.input(Input::Timeout);
        }
        sdk.sync(&mut self.world);
        while sdk.pump(&mut self.world) {}
        // Over a restart the time is known to the second only.
        let forgotten = sdk.ended == Some(53001) && self.world.now >= until;
        let remembered = sdk.ended == Some(code) && self.world.now < until + Duration::from_secs(2);
        assert!(forgotten || remembered, "{:?} instead of {code}", sdk.ended);
    }

    pub fn kill(&mut self, outage: Duration) {
        for Seat { sdk, .. } in self.seats.values_mut() {
            if !sdk.is_joined() {
                sdk.deliver(&mut self.world, 0, usize::MAX);
            }
            sdk.lose(&mut self.world);
        }
        self.world.kill(outage);
        let until = self.world.now + SESSION;
        for seat in self.seats.values_mut() {
            (seat.until, seat.hushed) = (Some(until), None);
        }
        if outage > SESSION * 2 {
            self.seats.clear();
        }
    }

    /// The whole process stands still for a while. Then it listens before it gives anybody up.
    pub fn stand_still(&mut self, time: Duration) {
        let due = self.world.core.next_timeout();
        self.world.now += time;
        self.last_stall = self.world.now;
        if due.is_some_and(|due| due + Duration::from_secs(1) < self.world.now) {
            let lenient = self.world.now + Duration::from_secs(2);
            for seat in self.seats.values_mut() {
                seat.until = seat.until.map(|until| until.max(lenient));
            }
        }
        self.world.input(Input::Timeout);
        self.look_for_the_silent();
    }

    pub fn pass(&mut self, time: Duration) {
        self.world.pass(time);
        self.look_for_the_silent();
    }

    fn look_for_the_silent(&mut self) {
        let now = self.world.now;
        for Seat { sdk, until, hushed } in self.seats.values_mut() {
            let Some(on) = sdk.on else { continue };
            if let Some(at) = self.world.closed_at.get(&on).copied() {
                assert_eq!(self.world.closed[&on], close::SILENT);
                sdk.deliver(&mut self.world, 0, if sdk.is_joined() { 0 } else { usize::MAX });
                sdk.lose(&mut self.world);
                (*until, *hushed) = (Some(at + SESSION), None);
            }
            let heard = hushed.map(|since| since.max(self.last_stall));
            assert!(heard.is_none_or(|since| now < since + Duration::from_secs(9)), "silent for too long");
        }
        self.seats.retain(|_, seat| seat.until.is_none_or(|until| until > now));
    }

    fn by_room(&self) -> BTreeMap<&'static str, BTreeMap<String, bool>> {
        let mut rooms: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (seat, state) in &self.seats {
            let (identity, room) = names(*seat);
            rooms.entry(room).or_default().insert(identity, state.until.is_none());
        }
        rooms
    }

    /// After every step: the core has exactly the rooms, people and pairs that there are.
    pub fn check(&self) {
        let expected = self.by_room();
        let core = &self.world.core;
        assert_eq!(core.rooms.len(), expected.len());
        for room in core.rooms.values() {
            let people: BTreeMap<String, bool> =
                room.participants.iter().map(|own| (own.identity.clone(), own.is_here())).collect();
            assert_eq!(Some(&people), expected.get(room.name.as_str()), "in room {}", room.name);
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
            assert!(rounds < 100, "they never agree");
        }
        for (seat, Seat { sdk, until, .. }) in &self.seats {
            if until.is_some() {
                continue;
            }
            assert_eq!(sdk.ended, None);
            let (own, room) = names(*seat);
            let mut expected = self.by_room().remove(room).expect("its room");
            expected.remove(&own);
            assert_eq!(sdk.sees(), expected, "{own} sees exactly who is there");
            assert_eq!(sdk.published, sdk.tracks.iter().cloned().collect(), "{own} has published its tracks");
            let others = self.seats.iter().filter(|(other, _)| *other != seat && names(**other).1 == room);
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
        for seat in 0..SEATS {
            self.lose(seat, close::NORMAL);
        }
        self.pass(Duration::from_mins(2));
        self.world.assert_empty();
        assert_eq!(self.world.core.alarms(), 0, "no timer is left");
    }
}

/// What a book says, without the revisions, which a restart reserves anew.
fn records(text: &str) -> Vec<Value> {
    let all = text.lines().flat_map(|line| serde_json::from_str::<Vec<Value>>(line).expect("records"));
    all.filter(|record| record.get("revision").is_none()).collect()
}
