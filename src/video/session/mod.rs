//! The page's one call: runs the pure machine, carries out its effects, feeds the answers back.
//!
//! It lives in a thread-local, outside of Leptos: JavaScript objects never get into signals, which hold the plain
//! [`Call`] only. Events wait in a queue, so that an effect that answers at once never finds the session in use.

mod engine;
mod ticket_source;

pub use engine::{Engine, engine, engine_from, hide_track, show_own_picture, show_track, turn_on_sound};
pub use ticket_source::TicketSource;

use super::clock;
use crate::domain::call::{Call, Event};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    static QUEUE: RefCell<VecDeque<Event>> = const { RefCell::new(VecDeque::new()) };
    static DRAINING: Cell<bool> = const { Cell::new(false) };
}

struct Session {
    call: Call,
    source: TicketSource,
    /// Takes every new state to the page.
    show: Rc<dyn Fn(&Call)>,
    timer: Option<Timeout>,
    _pagehide: Option<EventListener>,
}

/// Begins the session of a page, replacing any other. `show` is given every state of the call, the first one included.
pub fn start(source: TicketSource, show: impl Fn(&Call) + 'static) {
    // The camera must go off, and the others be told, before the page is frozen or gone.
    let pagehide =
        web_sys::window().map(|window| EventListener::new(&window, "pagehide", |_| send(Event::PageHidden)));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a random number between 0 and 2^53"
    )]
    let seed = (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64;
    let session =
        Session { call: source.call(seed), source, show: Rc::new(show), timer: None, _pagehide: pagehide };
    (Rc::clone(&session.show))(&session.call);
    drop(SESSION.replace(Some(session)));
    engine::let_go();
    engine::prepare();
}

/// Ends the session: leaves the room, turns everything off.
pub fn stop() {
    send(Event::PageHidden);
    drop(SESSION.take());
    engine::let_go();
}

/// Gives the call an event. Without a session it is nothing.
pub fn send(event: Event) {
    QUEUE.with_borrow_mut(|queue| queue.push_back(event));
    if DRAINING.replace(true) {
        return;
    }
    while let Some(event) = QUEUE.with_borrow_mut(VecDeque::pop_front) {
        step(event);
    }
    DRAINING.set(false);
}

fn step(event: Event) {
    let handled = with(|session| {
        let effects = session.call.handle(event, clock::now());
        (effects, Rc::clone(&session.show), session.call.clone())
    });
    let Some((effects, show, call)) = handled else { return };
    engine::carry_out(effects);
    set_timer(&call);
    engine::follow(&call);
    show(&call);
}

/// Uses the session, if there is one. What is called must not come back here: it takes and gives, and acts outside.
fn with<T>(act: impl FnOnce(&mut Session) -> T) -> Option<T> {
    SESSION.with_borrow_mut(|session| session.as_mut().map(act))
}

fn set_timer(call: &Call) {
    let timer = call.next_deadline().map(|deadline| {
        let wait = deadline.saturating_sub(clock::now()).as_millis();
        // A millisecond more than asked for is better than one less and a second round.
        let wait = u32::try_from(wait).unwrap_or(u32::MAX - 1) + 1;
        Timeout::new(wait, || send(Event::Tick))
    });
    with(|session| session.timer = timer);
}
