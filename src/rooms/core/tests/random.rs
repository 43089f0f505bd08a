//! Whatever happens, in whatever order: everyone sees exactly who is there, each two have one live connection, nothing
//! crosses rooms, and nothing is left when all are gone.

use super::{sdk::Sdk, world::World};
use crate::rooms::{
    close,
    core::{Input, Loss},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, time::Duration};

#[derive(Debug, Clone)]
enum Step {
    Join(usize),
    Leave(usize),
    Lose(usize, u16),
    Hush(usize),
    Hide(usize),
    Return(usize),
    Publish(usize),
    Pump(usize),
    Nonsense(usize, String),
    PutOut(usize),
    Pass(u64),
}

const SEATS: usize = 6;

fn step() -> impl Strategy<Value = Step> {
    let seat = 0..SEATS;
    let code = prop::sample::select(vec![0, 1, close::NORMAL, close::GOING_AWAY, 1005, 3001, 3004]);
    prop_oneof![
        6 => seat.clone().prop_map(Step::Join),
        1 => seat.clone().prop_map(Step::Leave),
        3 => (seat.clone(), code).prop_map(|(seat, code)| Step::Lose(seat, code)),
        1 => seat.clone().prop_map(Step::Hush),
        2 => seat.clone().prop_map(Step::Hide),
        4 => seat.clone().prop_map(Step::Return),
        4 => seat.clone().prop_map(Step::Publish),
        6 => seat.clone().prop_map(Step::Pump),
        1 => (seat.clone(), ".{0,40}").prop_map(|(seat, text)| Step::Nonsense(seat, text)),
        1 => seat.prop_map(Step::PutOut),
        3 => (0..9000_u64).prop_map(Step::Pass),
    ]
}

/// The reference model: who has a seat, and until when if away.
struct Model {
    world: World,
    seats: BTreeMap<usize, (Sdk, Option<Duration>)>,
}

/// The first three meet in one room, the others in another.
fn names(seat: usize) -> (String, &'static str) {
    let room = if seat < SEATS / 2 { "red" } else { "blue" };
    (format!("{room}-{seat}"), room)
}

impl Model {
    fn take(&mut self, step: Step) {
        match step {
            Step::Join(seat) => {
                let (identity, room) = names(seat);
                let new = Sdk::connect(&mut self.world, &identity, room);
                if let Some((mut old, None)) = self.seats.insert(seat, (new, None)) {
                    while old.pump(&mut self.world) {}
                    assert_eq!(old.ended, Some(53205));
                }
            }
            Step::Leave(seat) => self.lose(seat, close::NORMAL),
            Step::Lose(seat, code) => self.lose(seat, code),
            Step::Hush(seat) => {
                if let Some((Sdk { on: Some(on), .. }, None)) = self.seats.get(&seat) {
                    self.world.beating.remove(on);
                    self.world.ponging.remove(on);
                }
            }
            Step::Hide(seat) => {
                if let Some((Sdk { on: Some(on), .. }, None)) = self.seats.get(&seat) {
                    self.world.hide(*on);
                }
            }
            Step::Return(seat) => {
                if let Some((sdk, away @ Some(_))) = self.seats.get_mut(&seat) {
                    sdk.sync(&mut self.world);
                    *away = None;
                }
            }
            Step::Publish(seat) => {
                if let Some((sdk, _)) = self.seats.get_mut(&seat) {
                    sdk.publish();
                }
            }
            Step::Pump(seat) => {
                if let Some((sdk, None)) = self.seats.get_mut(&seat) {
                    sdk.pump(&mut self.world);
                }
            }
            Step::Nonsense(seat, text) => {
                let stranger = self.world.open();
                self.world.input(Input::Text(stranger, &text));
                self.world.lose(stranger, Loss::Vanished);
                if let Some((Sdk { on: Some(on), .. }, None)) = self.seats.get(&seat) {
                    self.world.input(Input::Text(*on, &text));
                    self.expect_end(seat, 53004);
                }
            }
            Step::PutOut(seat) => {
                let (identity, room) = names(seat);
                let was_in = self.world.input(Input::PutOut { room, identity: &identity });
                assert_eq!(was_in, Some(self.seats.contains_key(&seat)));
                match self.seats.get(&seat) {
                    Some((_, None)) => self.expect_end(seat, 0),
                    _ => drop(self.seats.remove(&seat)),
                }
            }
            Step::Pass(ms) => self.pass(Duration::from_millis(ms)),
        }
    }

    fn expect_end(&mut self, seat: usize, code: u64) {
        if let Some((mut sdk, _)) = self.seats.remove(&seat) {
            while sdk.pump(&mut self.world) {}
            assert_eq!(sdk.ended, Some(code));
        }
    }

    fn lose(&mut self, seat: usize, code: u16) {
        let Some((sdk, away @ None)) = self.seats.get_mut(&seat) else { return };
        let Some(on) = sdk.on.take() else { return };
        // What was on its way to it is lost, except the answer to its hello: without it there is no session.
        while sdk.participants.is_empty() && sdk.subscribed.is_empty() && self.world.frames.contains_key(&on)
        {
            sdk.on = Some(on);
            sdk.pump(&mut self.world);
            sdk.on = None;
        }
        self.world.take(on);
        let (loss, seconds) = match code {
            0 => (Loss::Vanished, 4),
            1 => (Loss::Slow, 30),
            close::GOING_AWAY => (Loss::Code(code), 4),
            _ => (Loss::Code(code), 30),
        };
        self.world.lose(on, loss);
        *away = Some(self.world.now + Duration::from_secs(seconds));
        if code == close::NORMAL {
            self.seats.remove(&seat);
        }
    }

    fn pass(&mut self, time: Duration) {
        self.world.pass(time);
        for (sdk, away) in self.seats.values_mut() {
            if let Some(on) = sdk.on
                && let Some(at) = self.world.closed_at.get(&on).copied()
            {
                assert_eq!(self.world.closed[&on], close::SILENT);
                sdk.pump(&mut self.world);
                sdk.on = None;
                *away = Some(at + Duration::from_secs(30));
            }
        }
        self.seats.retain(|_, (_, away)| away.is_none_or(|until| until > self.world.now));
    }

    /// Delivers everything, and compares.
    fn settle(&mut self) {
        let mut rounds = 0;
        while self.seats.values_mut().fold(false, |moved, (sdk, _)| sdk.pump(&mut self.world) | moved) {
            rounds += 1;
            assert!(rounds < 100, "they never agree");
        }
        for (seat, (sdk, _)) in self.seats.iter().filter(|(_, (_, away))| away.is_none()) {
            let others = || self.seats.iter().filter(|(other, (o, _))| *other != seat && o.room == sdk.room);
            let expected =
                others().map(|(_, (other, away))| (other.identity.clone(), away.is_none())).collect();
            assert_eq!(sdk.ended, None);
            assert_eq!(sdk.sees(), expected, "{} sees exactly who is there", sdk.identity);
            for (_, (other, _)) in others().filter(|(_, (_, away))| away.is_none()) {
                let shared: Vec<&String> = sdk.pcs.keys().filter(|id| other.pcs.contains_key(*id)).collect();
                assert_eq!(shared.len(), 1, "{} and {}: {shared:?}", sdk.identity, other.identity);
                assert!(!sdk.pcs[shared[0]].offering, "settled");
                for track in &other.tracks {
                    assert!(sdk.subscribed.contains(track), "{} gets {track}", sdk.identity);
                }
            }
            assert!(sdk.pcs.len() <= others().count(), "no connection to nobody");
            assert!(sdk.subscribed.iter().all(|track| track.starts_with(&sdk.room)), "nothing crosses rooms");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everyone_always_sees_exactly_who_is_there(steps in prop::collection::vec(step(), 1..60)) {
        let mut model = Model { world: World::with(10), seats: BTreeMap::new() };
        for (n, step) in steps.into_iter().enumerate() {
            model.take(step);
            if n % 7 == 6 {
                model.settle();
            }
        }
        model.settle();
        for seat in 0..SEATS {
            model.lose(seat, close::NORMAL);
        }
        model.pass(Duration::from_mins(2));
        model.world.assert_empty();
        assert_eq!(model.world.core.alarms(), 0);
    }
}
