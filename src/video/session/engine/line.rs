//! Fetches the engine, and keeps in line what is to be done until it is there.

use super::{
    super::{send, with as session},
    ENGINE, Engine,
};
use crate::{
    domain::call::{Effect, Event, MediaFailure, Report, TicketFailure},
    video::loader,
};
use futures_util::future::LocalBoxFuture;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::spawn_local;

/// Brings the engine to the page. None when it cannot be had; the next call tries again.
pub type Fetch = fn() -> LocalBoxFuture<'static, Option<&'static Engine>>;

thread_local! {
    static FROM: Cell<Option<Fetch>> = const { Cell::new(None) };
    static LINE: RefCell<Vec<Effect>> = const { RefCell::new(Vec::new()) };
    static FETCHING: Cell<bool> = const { Cell::new(false) };
    /// A part that neither comes nor fails would leave the person waiting for ever.
    static PATIENCE: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Says where the engine comes from. Before the first call: an engine from elsewhere is forgotten.
pub fn engine_from(fetch: Fetch) {
    ENGINE.set(None);
    FROM.set(Some(fetch));
}

/// Brings the engine and the SDK beside each other once the page has been painted, to have them at hand.
pub fn prepare() {
    loader::after_the_paint(|| {
        fetch();
        spawn_local(async {
            // Joining waits for it too, tries again, and tells if it cannot be had.
            let _ = loader::ready().await;
        });
    });
}

/// Does what the machine wants, in its order: now, or as soon as the engine is there.
pub fn carry_out(effects: Vec<Effect>) {
    if let Some(engine) = ENGINE.get() {
        effects.into_iter().for_each(engine.carry_out);
    } else if !effects.is_empty() {
        LINE.with_borrow_mut(|line| line.extend(effects));
        PATIENCE.set(Some(Timeout::new(loader::PATIENCE_MS, give_up)));
        fetch();
    }
}

fn fetch() {
    let Some(from) = FROM.get() else { return };
    if ENGINE.get().is_some() || FETCHING.replace(true) {
        return;
    }
    spawn_local(async move {
        let fetched = from().await;
        FETCHING.set(false);
        if let Some(engine) = fetched {
            ENGINE.set(Some(engine));
            PATIENCE.take();
            LINE.take().into_iter().filter(is_wanted).for_each(engine.carry_out);
        } else {
            // Whoever tries again fetches again.
            give_up();
        }
    });
}

/// Who has left meanwhile wants no camera any more: they would be asked for it.
fn is_wanted(effect: &Effect) -> bool {
    match effect {
        Effect::AskForMedia(attempt, _) | Effect::FetchTicket(attempt) | Effect::Connect(attempt) => {
            session(|session| session.call.attempt()) == Some(*attempt)
        }
        _ => true,
    }
}

/// Says of everything in line that it cannot be done. Of the devices first: what is said of them is that the page lacks a part.
fn give_up() {
    let (devices, others): (Vec<_>, Vec<_>) =
        LINE.take().into_iter().partition(|effect| matches!(effect, Effect::AskForMedia(..)));
    devices.into_iter().chain(others).filter_map(failure).for_each(send);
}

fn failure(effect: Effect) -> Option<Event> {
    let (attempt, report) = match effect {
        Effect::AskForMedia(attempt, _) => (attempt, Report::MediaFailed(MediaFailure::Unavailable)),
        Effect::FetchTicket(attempt) => (attempt, Report::TicketFailed(TicketFailure::Unreachable)),
        Effect::Connect(attempt) => (attempt, Report::ConnectFailed(None)),
        // Nothing was begun that these could change or end.
        Effect::Publish
        | Effect::Disconnect
        | Effect::Switch(..)
        | Effect::Restart(..)
        | Effect::StopMedia => return None,
    };
    Some(Event::reported(attempt, report))
}
