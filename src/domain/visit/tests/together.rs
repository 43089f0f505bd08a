//! Several visits in one clinic, at once.

use super::{
    properties::{actor, command, with_new_room},
    *,
};
use proptest::prelude::*;
use std::collections::HashMap;

const VISITS: usize = 4;

/// One more patient: their own place, their own id.
fn appointment(number: usize) -> Command {
    let own = number as u128 + 1;
    let Command::Schedule { provider, starts_at, minutes, interpreter, .. } = schedule() else {
        unreachable!()
    };
    Command::Schedule {
        patient: PatientId(own),
        provider,
        seat: SeatId(own),
        starts_at,
        minutes,
        interpreter,
    }
}

/// Who is before whom, for everybody in the queue of one provider.
fn order(visits: &[Clinic], provider: StaffId) -> Vec<SeatId> {
    let mut queue: Vec<&Visit> = visits.iter().map(Clinic::visit).collect();
    queue.retain(|visit| visit.is_in_queue() && visit.provider == provider);
    queue.sort_by_key(|visit| visit.queue_key());
    queue.iter().map(|visit| visit.seat).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// Invariants 3 and 4, as they are between people.
    #[test]
    fn never_two_patients_in_a_room_and_nobody_overtakes(
        steps in prop::collection::vec((0..VISITS, actor(), command(), 0..600_u64), 1..120),
    ) {
        let mut visits: Vec<Clinic> = (0..VISITS).map(|_| Clinic::empty()).collect();
        for (number, clinic) in visits.iter_mut().enumerate() {
            clinic.may(FRONT_DESK, appointment(number));
        }
        let (mut rooms, mut whose) = (0, HashMap::new());
        for (chosen, actor, command, seconds) in steps {
            rooms += 1;
            for clinic in &mut visits {
                clinic.pass(Duration::from_secs(seconds));
            }
            let before: Vec<_> = [1, 2].map(|provider| order(&visits, StaffId(provider))).into();
            // A refusal changes nothing: another property says so.
            let _ = visits[chosen].try_to(actor, with_new_room(command, rooms));
            for (number, clinic) in visits.iter().enumerate() {
                for who in [Actor::Patient, PROVIDER, COLLEAGUE] {
                    let Ok(room) = clinic.visit().room_for(who) else { continue };
                    let first = *whose.entry(room).or_insert(number);
                    prop_assert_eq!(first, number, "two patients have been given one room");
                }
            }
            for (provider, before) in [1, 2].into_iter().zip(before) {
                let after = order(&visits, StaffId(provider));
                let stayed = |list: &[SeatId], other: &[SeatId]| -> Vec<SeatId> {
                    list.iter().copied().filter(|seat| other.contains(seat)).collect()
                };
                prop_assert_eq!(stayed(&before, &after), stayed(&after, &before), "somebody has overtaken");
            }
        }
    }
}
