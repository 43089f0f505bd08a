//! The reference model of the simulation: who has a seat, and until when if away. `model_rooms` has the rooms, `verdict`
//! compares.

use super::{model_rooms::Chamber, sdk::Sdk, simulation::Random, world::World};
use crate::rooms::{
    close,
    core::{Input, Loss, Now},
};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};

/// The names of rooms. None is part of anything that is said in another.
pub const ROOMS: [&str; 3] = ["crimson", "azure", "emerald"];
pub(super) const SESSION: Duration = Duration::from_secs(30);
const GONE: Duration = Duration::from_secs(4);

/// Somebody in a room.
pub struct Seat {
    pub sdk: Sdk,
    /// Until when its seat is kept, if it is away.
    pub until: Option<Duration>,
    /// Since when it says nothing, though it is here.
    pub(super) hushed: Option<Duration>,
    /// When it came, and until when it may stay.
    pub(super) joined: Now,
    pub(super) stays_until: Duration,
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
    pub(super) rooms: BTreeMap<&'static str, Chamber>,
    /// In which room who meets.
    pub(super) layout: Vec<&'static str>,
    ended: Vec<Ended>,
    most: usize,
    pub(super) last_stall: Duration,
}

impl Model {
    /// Where rooms hold so many, and so many people meet in each of them.
    pub fn new(most: usize, people: &[usize]) -> Self {
        let mut world = World::with(most);
        world.fenced = ROOMS.to_vec();
        let layout = people.iter().zip(ROOMS).flat_map(|(people, room)| vec![room; *people]).collect();
        let (seats, rooms) = (BTreeMap::new(), BTreeMap::new());
        Self { world, seats, rooms, layout, ended: Vec::new(), most, last_stall: Duration::ZERO }
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.layout.len()
    }

    /// The name of somebody, and of their room.
    pub fn names(&self, seat: usize) -> (String, &'static str) {
        let room = self.layout[seat];
        (format!("{room}-{seat}"), room)
    }

    pub(super) fn here(&mut self, seat: usize) -> Option<(&mut Sdk, &mut World)> {
        let seat = self.seats.get_mut(&seat).filter(|seat| seat.until.is_none())?;
        Some((&mut seat.sdk, &mut self.world))
    }

    pub fn join(&mut self, seat: usize) {
        let (identity, room) = self.names(seat);
        let others =
            self.seats.keys().filter(|other| **other != seat && self.names(**other).1 == room).count();
        let mut new = Sdk::connect(&mut self.world, &identity, room);
        if others >= self.rooms.get(room).map_or(self.most, |chamber| chamber.most(self.most)) {
            new.pump(&mut self.world);
            assert_eq!(new.ended, Some(53105));
            return;
        }
        let stays_until = self.entered(room);
        let joined = self.world.clock();
        let new = Seat { sdk: new, until: None, hushed: None, joined, stays_until };
        if let Some(old) = self.seats.insert(seat, new) {
            self.expect_end(old, 53205, self.world.now);
        }
    }

    /// It hears its end, now or when it comes back.
    pub(super) fn expect_end(&mut self, seat: Seat, code: u64, at: Duration) {
        let Seat { mut sdk, until, .. } = seat;
        if until.is_some() {
            let until = at + SESSION;
            self.ended.push(Ended { sdk, code, until, jumped: false, is_unsure: false });
        } else {
            while sdk.pump(&mut self.world) {}
            assert_eq!(sdk.ended, Some(code));
        }
    }

    /// Somebody who is there hears that it is over, at once.
    pub(super) fn is_out(&mut self, seat: usize, code: u64) {
        if let Some(gone) = self.seats.remove(&seat) {
            self.expect_end(gone, code, self.world.now);
            self.vacated(self.names(seat).1, self.world.now);
        }
    }

    pub fn leave(&mut self, seat: usize) {
        if let Some((sdk, world)) = self.here(seat) {
            sdk.deliver(world, 0, usize::MAX);
            let on = sdk.on.expect("a socket");
            world.say(on, json!({"type": "disconnect", "session": sdk.session}));
            sdk.lose(world);
            self.seats.remove(&seat);
            self.vacated(self.names(seat).1, self.world.now);
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
            self.vacated(self.names(seat).1, now);
        } else if let Some(seat) = self.seats.get_mut(&seat) {
            seat.until = Some(now + window);
        }
    }

    /// Also of one whose old socket the server takes for alive.
    pub fn come_back(&mut self, seat: usize) {
        let Some(Seat { sdk, until, hushed, .. }) = self.seats.get_mut(&seat) else { return };
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
            sdk.said_at = world.now;
            let (on, body) = (sdk.on.expect("a socket"), World::connect_body(&sdk.identity, &sdk.room));
            world.frame(on, &json!({"type": "hello", "id": "2", "version": 2, "body": body}));
        }
    }

    pub fn put_out(&mut self, seat: usize) {
        let (identity, room) = self.names(seat);
        let was_in = self.world.input(Input::PutOut { room, identity: &identity });
        assert_eq!(was_in, Some(self.seats.contains_key(&seat)));
        self.is_out(seat, 0);
    }

    pub fn complete(&mut self, seat: usize) {
        let (_, room) = self.names(seat);
        let everybody: Vec<usize> =
            self.seats.keys().copied().filter(|seat| self.names(*seat).1 == room).collect();
        let was_there = self.rooms.remove(room).is_some();
        assert_eq!(self.world.input(Input::Complete { room }), Some(was_there));
        for seat in everybody {
            self.is_out(seat, 0);
        }
    }

    /// Somebody who was put out while away comes back to hear why.
    pub fn return_of_the_ended(&mut self, random: &mut Random) {
        if self.ended.is_empty() {
            return;
        }
        let Ended { mut sdk, code, until, is_unsure, .. } =
            self.ended.swap_remove(random.below(self.ended.len()));
        self.world.wake();
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
        self.resume_times();
        if seems > SESSION * 2 {
            for (seat, _) in std::mem::take(&mut self.seats) {
                self.vacated(self.names(seat).1, self.world.now);
            }
        }
        // What was over before it was started again is found to be so at once.
        self.world.wake();
        self.elapse(true);
    }

    /// The process is told to end, and another takes its place.
    pub fn shut_down(&mut self, outage: Duration) {
        self.world.input(Input::Shutdown);
        for on in self.seats.values().filter_map(|seat| seat.sdk.on) {
            assert_eq!(self.world.closed.get(&on), Some(&close::RESTART));
        }
        let late = self.world.hello(json!({"type": "disconnect"}));
        assert_eq!(self.world.take_frames(late)[0]["type"], "busy");
        self.kill(outage, 0, false);
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
        self.elapse(true);
    }

    pub fn pass(&mut self, time: Duration) {
        self.world.pass(time);
        self.elapse(false);
    }
}
