//! All rooms, and which of them an input has touched: what they changed has to be kept.

use super::{ids::RoomSid, room::Room};
use crate::rooms::allowance::Allowance;
use std::collections::{BTreeSet, HashMap};

/// All rooms.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    by_sid: HashMap<RoomSid, Room>,
    touched: BTreeSet<RoomSid>,
}

impl Rooms {
    pub fn get(&self, sid: &RoomSid) -> Option<&Room> {
        self.by_sid.get(sid)
    }

    /// To change it. There is no other way to change what is kept, so that no change is missed.
    pub fn get_mut(&mut self, sid: &RoomSid) -> Option<&mut Room> {
        let room = self.by_sid.get_mut(sid)?;
        self.touched.insert(*sid);
        Some(room)
    }

    /// What a room may still say, and how many it was made for. Nothing that is kept: it is not touched by that.
    pub fn allowance_of(&mut self, sid: &RoomSid) -> Option<(&mut Allowance, Option<usize>)> {
        let room = self.by_sid.get_mut(sid)?;
        Some((&mut room.allowance, room.settings.max_participants))
    }

    pub fn insert(&mut self, sid: RoomSid, room: Room) {
        self.touched.insert(sid);
        self.by_sid.insert(sid, room);
    }

    pub fn remove(&mut self, sid: &RoomSid) -> Option<Room> {
        self.touched.insert(*sid);
        self.by_sid.remove(sid)
    }

    pub fn contains_key(&self, sid: &RoomSid) -> bool {
        self.by_sid.contains_key(sid)
    }

    pub fn len(&self) -> usize {
        self.by_sid.len()
    }

    /// In no order.
    pub fn values(&self) -> impl Iterator<Item = &Room> {
        self.by_sid.values()
    }

    /// Those that were touched since the last time, and that there may be no more.
    pub fn take_touched(&mut self) -> BTreeSet<RoomSid> {
        std::mem::take(&mut self.touched)
    }
}
