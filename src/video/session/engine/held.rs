//! What the engine holds for the call: outside of the session, whose drop would bring all of this into the first part.

use super::{super::with as session, media_watch::MediaWatch};
use crate::{
    api::JoinTicket,
    domain::call::Attempt,
    video::twilio::{Connecting, LocalMedia, Room},
};
use futures_util::future::AbortHandle;
use std::cell::RefCell;

thread_local! {
    static HELD: RefCell<Held> = const { RefCell::new(Held::NOTHING) };
}

pub struct Held {
    pub media: Option<LocalMedia>,
    pub fetching: Option<AbortHandle>,
    pub ticket: Option<JoinTicket>,
    pub connecting: Option<Connecting>,
    pub room: Option<Room>,
    pub watch: Option<MediaWatch>,
}

impl Held {
    const NOTHING: Self =
        Self { media: None, fetching: None, ticket: None, connecting: None, room: None, watch: None };
}

/// Uses what is held. What is called must not come back here: it takes and gives, and acts outside.
pub fn with<T>(act: impl FnOnce(&mut Held) -> T) -> T {
    HELD.with_borrow_mut(act)
}

/// Keeps something for an attempt that is still the current one; gives it back, to be dropped, otherwise.
pub fn keep<T>(attempt: Attempt, thing: T, place: fn(&mut Held) -> &mut Option<T>) {
    let mut thing = Some(thing);
    if session(|session| session.call.attempt()) == Some(attempt) {
        with(|held| std::mem::swap(place(held), &mut thing));
    }
    // Whatever is left in `thing` is dropped here, outside of what is held: dropping acts on the world.
}

/// Gives everything back.
pub fn let_go() {
    drop(HELD.replace(Held::NOTHING));
}
