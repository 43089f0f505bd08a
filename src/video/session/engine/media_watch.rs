//! Looks whether media arrives, as long as some is awaited.

use super::{super::send, held::with};
use crate::{
    domain::call::{Attempt, Call, Event, Report},
    video::twilio::Room,
};
use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;

const EVERY_MS: u32 = 500;

/// A look every [`EVERY_MS`], until it is dropped.
#[must_use = "nobody looks any more when this is dropped"]
pub struct MediaWatch {
    attempt: Attempt,
    _interval: Interval,
}

impl MediaWatch {
    fn new(attempt: Attempt) -> Self {
        Self { attempt, _interval: Interval::new(EVERY_MS, move || look(attempt)) }
    }
}

/// Begins or ends to look, as the state wants it.
pub fn keep(call: &Call) {
    let wanted = call.awaits_media().then(|| call.attempt());
    let old = with(|held| {
        let watched = held.watch.as_ref().map(|watch| watch.attempt);
        if watched == wanted {
            return None;
        }
        std::mem::replace(&mut held.watch, wanted.map(MediaWatch::new))
    });
    drop(old);
}

fn look(attempt: Attempt) {
    let Some(arriving) = with(|held| held.room.as_ref().map(Room::arriving)) else {
        return;
    };
    spawn_local(async move {
        for sid in arriving.await {
            send(Event::reported(attempt, Report::MediaFlows(sid)));
        }
    });
}
