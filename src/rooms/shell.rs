//! The core, the queues of all sockets, and where rooms are kept.

use super::{
    callbacks::Callbacks,
    clock::Clock,
    config::{Limits, RoomsConfig},
    core::{Book, ConnectionId, Core, Input, Output},
    desk::Answers,
    journal::Journal,
    outbox::{Item, Outbox},
};
use crate::tokens::Credentials;
use std::{collections::HashMap, time::Duration};

/// The core with what its outputs go to. It is locked whole.
pub(super) struct Shell {
    pub core: Core,
    /// None: rooms end with the process.
    pub journal: Option<Journal>,
    pub outboxes: HashMap<ConnectionId, Outbox>,
    pub last_id: u64,
    /// The timeout for which the timekeeper sleeps.
    pub armed: Option<Duration>,
}

impl Shell {
    pub fn new(config: RoomsConfig, limits: &Limits, credentials: Credentials) -> Self {
        let core = Core::new(config, limits.clone(), credentials, Box::new(random));
        Self { core, journal: None, outboxes: HashMap::new(), last_id: 0, armed: None }
    }

    /// Takes over the rooms that are kept.
    pub fn restore(&mut self, journal: Journal, clock: Clock, callbacks: &Callbacks) -> std::io::Result<()> {
        let outage = journal.outage(clock);
        let mut books = Vec::new();
        for (book, text) in journal.read()? {
            match self.core.restore(book, &text, clock.now()) {
                Ok(()) => books.push(book),
                Err(damaged) => {
                    tracing::warn!(%book, %damaged, "a damaged file is set aside; who was in that room has to join again");
                    journal.set_aside(book);
                }
            }
        }
        self.journal = Some(journal);
        self.handle(Input::Restarted { outage }, clock, callbacks);
        // Written whole: to a last line without its end nothing could be appended.
        if let Some(journal) = &mut self.journal {
            for book in &books {
                journal.rewrite(*book, self.core.snapshot(*book));
            }
        }
        if !books.is_empty() {
            tracing::info!(books = books.len(), ?outage, "rooms are back");
        }
        Ok(())
    }

    fn keep(&mut self, book: Book, lines: &str, clock: Clock) {
        if let Some(journal) = &mut self.journal {
            journal.append(book, lines, || self.core.snapshot(book));
            journal.pulse(clock, |book| self.core.snapshot(book));
        }
    }

    pub fn handle(&mut self, input: Input<'_>, clock: Clock, callbacks: &Callbacks) -> Answers {
        if let Input::Closed(id, _) = input {
            self.outboxes.remove(&id);
        }
        let mut answers = Answers::default();
        for output in self.core.handle(input, clock.now()) {
            match output {
                Output::Keep(book, lines) => self.keep(book, &lines, clock),
                Output::Forget(book) => {
                    if let Some(journal) = &mut self.journal {
                        journal.rewrite(book, None);
                    }
                }
                Output::Send(to, text) => {
                    if let Some(outbox) = self.outboxes.get(&to) {
                        outbox.push(Item::Text(text));
                    }
                }
                Output::Ping(to) => {
                    if let Some(outbox) = self.outboxes.get(&to) {
                        outbox.push(Item::Ping);
                    }
                }
                Output::Close(to, code) => {
                    if let Some(outbox) = self.outboxes.remove(&to) {
                        outbox.push(Item::Close(code));
                    }
                }
                Output::Answer(is_true) => answers.is_true = is_true,
                Output::Created(created) => answers.created = Some(created),
                Output::Event(event) => callbacks.send(*event),
            }
        }
        answers
    }
}

/// 128 bits from the operating system.
fn random() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Sessions made of guessable numbers would let strangers into calls.
        tracing::error!("the operating system gives no random numbers");
        std::process::abort();
    }
    u128::from_ne_bytes(bytes)
}
