//! Looks whether media arrives, as long as some is awaited.

use super::{send, with};
use crate::domain::call::{Attempt, Call, Event, Report};
use gloo_timers::callback::Interval;
use wasm_bindgen_futures::spawn_local;

const EVERY_MS: u32 = 500;

/// A look every [`EVERY_MS`], until it is dropped.
#[must_use = "nobody looks any more when this is dropped"]
pub(super) struct MediaWatch {
    attempt: Attempt,
    _interval: Interval,
}

impl MediaWatch {
    fn new(attempt: Attempt) -> Self {
        Self { attempt, _interval: Interval::new(EVERY_MS, move || look(attempt)) }
    }
}

/// Begins or ends to look, as the state wants it.
pub(super) fn keep(call: &Call) {
    let wanted = call.awaits_media().then(|| call.attempt());
    let old = with(|session| {
        let watched = session.watch.as_ref().map(|watch| watch.attempt);
        if watched == wanted {
            return None;
        }
        std::mem::replace(&mut session.watch, wanted.map(MediaWatch::new))
    });
    drop(old);
}

fn look(attempt: Attempt) {
    let Some(arriving) = with(|session| session.room.as_ref().map(super::Room::arriving)).flatten() else {
        return;
    };
    spawn_local(async move {
        for sid in arriving.await {
            send(Event::reported(attempt, Report::MediaFlows(sid)));
        }
    });
}
