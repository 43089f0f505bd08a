//! What is in the visit's record, and from whom it is kept.

use super::{callers::Caller, world::World};

pub const NOTE: &str = "Suspects a pheochromocytoma";
pub const PLACE: &str = "14 Juniper Lane";
pub const PHONE: &str = "+1 555 0142 778";

/// Nothing of this may be in any answer to them, by whatever route.
pub fn kept_from(world: &World, caller: Caller) -> Vec<String> {
    let record = [&world.patient, &world.birth_date, &world.reason, PLACE, PHONE].map(str::to_owned);
    let (note, room) = ([NOTE.to_owned()], world.room.clone());
    match caller.letter {
        'D' => Vec::new(),
        // Their own visit. What the provider writes down for themselves is not for them.
        'P' => note.to_vec(),
        'S' | 'C' | 'F' => note.into_iter().chain(room).collect(),
        'G' => record.into_iter().chain(note).collect(),
        _ => record.into_iter().chain(note).chain(room).collect(),
    }
}
