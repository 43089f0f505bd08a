//! The reference model of the simulation: who has a seat, and until when if away. `verdict` compares.

use super::{sdk::Sdk, simulation::Random, world::World};
use crate::rooms::{
    close,
    core::{Input, Loss},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

pub const SEATS: usize = 8;
const SESSION: Duration = Duration::from_secs(30);
const GONE: Duration = Duration::from_secs(4);

/// Somebody in a room.
pub struct Seat {
    pub sdk: Sdk,
    /// Until when its seat is kept, if it is away.
    pub until: Option<Duration>,
    /// Since when it says nothing, though it is here.
    hushed: Option<Duration>,
}

/// Somebody who was put out while away, and is told so (with this code) until then.
struct Ended {
    sdk: Sdk,
    code: u64,
    until: Duration,
    /// Whether the wall clock has jumped since.
    jumped: bool,
    /// Whether it is known by that clock only: the process was started again after a jump.
    is_unsure: bool,
}

pub struct Model {
    pub world: World,
    pub(super) seats: BTreeMap<usize, Seat>,
    ended: Vec<Ended>,
    most: usize,
    last_stall: Duration,
}

/// The first few meet in one room, the others in another.
pub fn names(seat: usize) -> (String, &'static str) {
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
            let until = self.world.now + SESSION;
            self.ended.push(Ended { sdk, code, until, jumped: false, is_unsure: false });
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
        let Ended { mut sdk, code, until, is_unsure, .. } =
            self.ended.swap_remove(random.below(self.ended.len()));
        if self.world.core.next_timeout().is_some_and(|due| due <= self.world.now) {
            self.world.input(Input::Timeout);
        }
        sdk.sync(&mut self.world);
        while sdk.pump(&mut self.world) {}
        // Over a restart the time is known to the second only.
        let forgotten = sdk.ended == Some(53001) && (is_unsure || self.world.now >= until);
        let remembered = sdk.ended == Some(code) && self.world.now < until + Duration::from_secs(2);
        assert!(forgotten || remembered, "{:?} instead of {code}", sdk.ended);
    }

    /// The wall clock jumps. Nobody notices.
    pub fn jump(&mut self, seconds: i64) {
        self.world.jump(seconds);
        for ended in &mut self.ended {
            ended.jumped = true;
        }
    }

    /// `jump`: of the wall clock meanwhile, in seconds. It matters only where the machine was started anew as well.
    pub fn kill(&mut self, outage: Duration, jump: i64, is_new_boot: bool) {
        for Seat { sdk, .. } in self.seats.values_mut() {
            if !sdk.is_joined() {
                sdk.deliver(&mut self.world, 0, usize::MAX);
            }
            sdk.lose(&mut self.world);
        }
        let seems = self.world.kill_and_jump(outage, jump, is_new_boot);
        let until = self.world.now + SESSION;
        for ended in &mut self.ended {
            ended.jumped |= jump != 0;
            if ended.jumped {
                // By a clock that went back it lasts anew, and by one that went on it is over.
                (ended.is_unsure, ended.until) = (true, ended.until.max(until));
            }
        }
        for seat in self.seats.values_mut() {
            (seat.until, seat.hushed) = (Some(until), None);
        }
        if seems > SESSION * 2 {
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
}
