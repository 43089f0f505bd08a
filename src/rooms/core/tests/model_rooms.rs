//! The rooms of the reference model: which there are, for how long, and how long one may stay in each.

use super::{
    model::{Model, SESSION, Seat},
    simulation::Random,
};
use crate::rooms::{
    close,
    core::{CreateError, Input, NewRoom, RoomSettings},
};
use std::time::Duration;

/// A room in progress.
pub struct Chamber {
    /// How it was made over REST. None: its first participant opened it.
    made: Option<RoomSettings>,
    was_used: bool,
    /// When it ends if nobody comes, by both clocks.
    waits: Option<(Duration, u64)>,
}

/// What becomes due, in the order in which it does when several do at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Absence(usize),
    Vacancy(&'static str),
    Stay(usize),
}

impl Chamber {
    pub fn most(&self, usual: usize) -> usize {
        self.made.as_ref().and_then(|made| made.max_participants).unwrap_or(usual)
    }

    fn patience(&self) -> Duration {
        let of = |made: &RoomSettings| if self.was_used { made.empty_timeout } else { made.unused_timeout };
        self.made.as_ref().map_or(Duration::ZERO, of)
    }

    fn max_stay(&self) -> Duration {
        self.made.as_ref().map_or(Duration::from_hours(4), |made| made.max_stay)
    }
}

impl Model {
    /// The service asks for a room.
    pub fn create(&mut self, seat: usize, random: &mut Random) {
        let mut seconds = |from: &[u64]| Duration::from_secs(random.pick(from));
        let mut settings = RoomSettings {
            max_stay: seconds(&[20, 60, 600]),
            empty_timeout: seconds(&[0, 5, 30]),
            unused_timeout: seconds(&[5, 30]),
            ..RoomSettings::default()
        };
        settings.max_participants = random.pick(&[None, Some(2), Some(4)]);
        let (_, room) = self.names(seat);
        let new = NewRoom { name: Some(room.to_owned()), settings: settings.clone() };
        self.world.input(Input::Create(Box::new(new)));
        let created = self.world.created.take().expect("an answer");
        if self.rooms.contains_key(room) {
            assert_eq!(created, Err(CreateError::Exists));
            return;
        }
        assert!(created.is_ok(), "{created:?}");
        self.rooms.insert(room, Chamber { made: Some(settings), was_used: false, waits: None });
        self.vacated(room, self.world.now);
    }

    /// Somebody has entered a room. Says until when they may stay.
    pub(super) fn entered(&mut self, room: &'static str) -> Duration {
        let opened = || Chamber { made: None, was_used: true, waits: None };
        let chamber = self.rooms.entry(room).or_insert_with(opened);
        (chamber.was_used, chamber.waits) = (true, None);
        self.world.now + chamber.max_stay()
    }

    /// Somebody has left a room, or nobody has come yet.
    pub(super) fn vacated(&mut self, room: &'static str, at: Duration) {
        if self.seats.keys().any(|seat| self.names(*seat).1 == room) {
            return;
        }
        let unix = self.world.unix_at(at);
        let Some(chamber) = self.rooms.get_mut(room) else { return };
        let patience = chamber.patience();
        chamber.waits = Some((at + patience, unix + patience.as_secs()));
        if patience.is_zero() {
            self.rooms.remove(room);
        }
    }

    /// What is known of times after a restart: by the wall clock, but never more than the whole time. A stay ends no earlier for a
    /// wall clock that was put on, unless the machine was started anew too.
    pub(super) fn resume_times(&mut self) {
        let clock = self.world.clock();
        let (now, unix) = (clock.monotonic, clock.unix);
        for chamber in self.rooms.values_mut() {
            let patience = chamber.patience();
            if let Some((at, until)) = &mut chamber.waits {
                let left = Duration::from_secs(until.saturating_sub(unix)).min(patience);
                (*at, *until) = (now + left, unix + left.as_secs());
            }
        }
        for (seat, Seat { joined, stays_until, .. }) in &mut self.seats {
            let max_stay = self.rooms[self.layout[*seat]].max_stay();
            let mut stayed = Duration::from_secs(unix.saturating_sub(joined.unix));
            if clock.uptime.map(|now| now.boot) == joined.uptime.map(|then| then.boot) {
                stayed = stayed.min(now.saturating_sub(joined.monotonic));
            }
            *stays_until = now + max_stay.saturating_sub(stayed);
        }
    }

    /// Does what has become due. `is_late`: all of it only now, since the process stood still.
    pub(super) fn elapse(&mut self, is_late: bool) {
        self.look_for_the_silent();
        let now = self.world.now;
        while let Some((due, what)) = self.next_due().filter(|(due, _)| *due <= now) {
            let at = if is_late { now } else { due };
            match what {
                Due::Vacancy(room) => drop(self.rooms.remove(room)),
                Due::Absence(seat) => {
                    self.seats.remove(&seat);
                    self.vacated(self.names(seat).1, at);
                }
                Due::Stay(seat) => {
                    if let Some(gone) = self.seats.remove(&seat) {
                        self.expect_end(gone, 53216, at);
                    }
                    self.vacated(self.names(seat).1, at);
                }
            }
        }
    }

    fn next_due(&self) -> Option<(Duration, Due)> {
        let absences =
            self.seats.iter().filter_map(|(seat, state)| Some((state.until?, Due::Absence(*seat))));
        let stays = self.seats.iter().map(|(seat, state)| (state.stays_until, Due::Stay(*seat)));
        let vacancies =
            self.rooms.iter().filter_map(|(room, chamber)| Some((chamber.waits?.0, Due::Vacancy(room))));
        absences.chain(stays).chain(vacancies).min()
    }

    fn look_for_the_silent(&mut self) {
        let now = self.world.now;
        for Seat { sdk, until, hushed, .. } in self.seats.values_mut() {
            let Some(on) = sdk.on else { continue };
            if self.world.closed.get(&on) == Some(&close::SILENT) {
                sdk.deliver(&mut self.world, 0, if sdk.is_joined() { 0 } else { usize::MAX });
                sdk.lose(&mut self.world);
                (*until, *hushed) = (Some(self.world.closed_at[&on] + SESSION), None);
            }
            let heard = hushed.map(|since| since.max(self.last_stall).max(sdk.said_at));
            assert!(heard.is_none_or(|since| now < since + Duration::from_secs(9)), "silent for too long");
        }
    }
}
