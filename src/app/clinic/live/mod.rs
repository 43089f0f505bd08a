//! The page's one stream of events, in the browser: resumed by a new one whenever it ends, so that nothing is missed and nothing
//! comes twice. One 503 closes a browser's own for ever, and a reconnecting one asks all at once: hence our own.

mod outdated;
mod patience;
mod source;

pub use outdated::{Outdated, reload};

use crate::api::{
    clinic::{QueueItem, SeatItem},
    wire,
};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use patience::Patience;
use serde::de::DeserializeOwned;
use source::Source;
use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

/// A stream that has said nothing for so long is dead, in milliseconds: the server says something every 15 s. A network that is gone
/// without a word closes nothing, and the page would show for a quarter of an hour what was true before.
const SILENCE: u32 = 40_000;

/// What a page hears.
#[derive(Debug)]
pub enum Heard<T> {
    /// Something of the stream.
    Item(T),
    /// The stream is interrupted; a new one is on its way.
    Lost,
    /// It is back.
    Back,
    /// The server speaks another version's language: this page is too old.
    Unreadable,
}

/// A stream that is followed. Dropping it ends it.
#[must_use = "the stream ends when this is dropped"]
pub struct Following {
    inner: Rc<dyn Stream>,
}

impl Following {
    /// Lets it rest: nothing is heard, and nobody asks for it again.
    pub fn rest(&self) {
        self.inner.rest();
    }

    /// Begins anew, with a snapshot.
    pub fn begin_anew(&self) {
        Rc::clone(&self.inner).begin_anew();
    }
}

/// What a stream consists of.
pub trait Item: DeserializeOwned + 'static {
    /// Whether nothing comes after it, whoever asks. The page goes elsewhere then, which takes time, and to ask again would begin
    /// that anew.
    fn is_last(&self) -> bool;
}

impl Item for SeatItem {
    fn is_last(&self) -> bool {
        matches!(self, Self::Over | Self::Another)
    }
}

impl Item for QueueItem {
    fn is_last(&self) -> bool {
        matches!(self, Self::Over)
    }
}

trait Stream {
    fn rest(&self);
    fn begin_anew(self: Rc<Self>);
}

struct Inner<T> {
    path: String,
    /// The id of the last event that was heard. None: all is wanted anew.
    last: Cell<Option<u64>>,
    /// Counts streams, so that what a closed one still says is not heard.
    generation: Cell<u32>,
    source: RefCell<Option<Source>>,
    timer: RefCell<Option<Timeout>>,
    /// Runs out when nothing is heard.
    silence: RefCell<Option<Timeout>>,
    patience: RefCell<Patience>,
    lost: Cell<bool>,
    tell: Box<dyn Fn(Heard<T>)>,
    wake: RefCell<Vec<EventListener>>,
}

/// Follows the stream at `path`, which may have a query, from the event `last` on.
pub fn follow<T: Item>(path: impl Into<String>, last: u64, tell: impl Fn(Heard<T>) + 'static) -> Following {
    let inner = Rc::new(Inner {
        path: path.into(),
        last: Cell::new(Some(last)),
        generation: Cell::new(0),
        source: RefCell::new(None),
        timer: RefCell::new(None),
        silence: RefCell::new(None),
        patience: RefCell::new(Patience::new(js_sys::Math::random)),
        lost: Cell::new(false),
        tell: Box::new(tell),
        wake: RefCell::new(Vec::new()),
    });
    inner.wake.replace(wake_ups(&Rc::downgrade(&inner)));
    inner.open();
    Following { inner }
}

/// The network is back, or the page: no need to wait any longer.
fn wake_ups<T: Item>(inner: &Weak<Inner<T>>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    ["online", "pageshow"]
        .map(|event| {
            let inner = Weak::clone(inner);
            EventListener::new(&window, event, move |_| {
                if let Some(inner) = inner.upgrade().filter(|inner| inner.timer.borrow().is_some()) {
                    inner.open();
                }
            })
        })
        .into()
}

impl<T: Item> Inner<T> {
    fn open(self: &Rc<Self>) {
        drop(self.timer.take());
        let generation = self.generation.get().wrapping_add(1);
        self.generation.set(generation);
        let joined = if self.path.contains('?') { '&' } else { '?' };
        let after = self.last.get().map(|last| format!("{joined}after={last}")).unwrap_or_default();
        let url = format!("{}{after}", self.path);
        let hear = |act| self.weak_call(generation, act);
        let (on_message, on_beat, on_error) =
            (hear(Self::heard), hear(Self::heard), hear(|inner, _| inner.failed()));
        let source = Source::open(
            &url,
            move |message| on_message(Some(message)),
            move || on_beat(None),
            move || on_error(None),
        );
        drop(self.source.replace(source));
        if self.source.borrow().is_none() {
            return self.failed();
        }
        self.listen();
    }

    /// From now on the stream has to say something within [`SILENCE`], also one that does not even come.
    fn listen(self: &Rc<Self>) {
        let on_silence = self.weak_call(self.generation.get(), |inner, _| inner.failed());
        drop(self.silence.replace(Some(Timeout::new(SILENCE, move || on_silence(None)))));
    }

    /// A call of the stream of this generation, as long as it is the current one and somebody follows.
    fn weak_call(
        self: &Rc<Self>,
        generation: u32,
        act: fn(&Rc<Self>, Option<source::Message>),
    ) -> impl Fn(Option<source::Message>) + 'static {
        let inner = Rc::downgrade(self);
        move |message| {
            if let Some(inner) = inner.upgrade().filter(|inner| inner.generation.get() == generation) {
                act(&inner, message);
            }
        }
    }

    /// Without a message: the stream lives, and has nothing to say.
    fn heard(self: &Rc<Self>, message: Option<source::Message>) {
        self.listen();
        let Some(message) = message else { return };
        self.patience.borrow_mut().reset();
        if self.lost.replace(false) {
            (self.tell)(Heard::Back);
        }
        match wire::from_text::<T>(&message.text) {
            Some(item) => {
                if item.is_last() {
                    self.rest();
                }
                if message.id.is_some() {
                    self.last.set(message.id);
                }
                (self.tell)(Heard::Item(item));
            }
            None => (self.tell)(Heard::Unreadable),
        }
    }

    fn failed(self: &Rc<Self>) {
        drop(self.silence.take());
        // What is closed is not called any more, and its own callback is running: it goes with the next one.
        self.generation.set(self.generation.get().wrapping_add(1));
        if let Some(source) = &*self.source.borrow() {
            source.close();
        }
        if !self.lost.replace(true) {
            (self.tell)(Heard::Lost);
        }
        let wait = self.patience.borrow_mut().next();
        let inner = Rc::downgrade(self);
        let timer = Timeout::new(wait, move || {
            if let Some(inner) = inner.upgrade() {
                inner.open();
            }
        });
        drop(self.timer.replace(Some(timer)));
    }
}

impl<T: Item> Stream for Inner<T> {
    fn rest(&self) {
        self.generation.set(self.generation.get().wrapping_add(1));
        drop((self.timer.take(), self.silence.take()));
        // Its own callback may be running: it is dropped with the next one.
        if let Some(source) = &*self.source.borrow() {
            source.close();
        }
    }

    fn begin_anew(self: Rc<Self>) {
        self.rest();
        self.last.set(None);
        self.open();
    }
}
