//! The end of a session, on a page that lives: told two minutes before, put off by a press or by use of the page, and when it has
//! come the page leads to the log-in. A call that is under way goes on.

use crate::{
    api::clinic::{SessionEnd, stay_logged_in},
    app::clinic::{Kept, desktop},
};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, rc::Rc};

/// So long before the end it is told, in milliseconds.
const TOLD_BEFORE: f64 = 120_000.0;

/// Use of the page is told to the server at most so often, in milliseconds.
const USE_EVERY: f64 = 60_000.0;

/// How often it is looked at the clock, in milliseconds.
const LOOK_EVERY: u32 = 1_000;

/// What somebody does who is there.
const SIGNS: [&str; 3] = ["pointerdown", "keydown", "wheel"];

/// The reader's session, as the page knows it.
#[derive(Clone, Copy)]
pub struct Session {
    /// As it was said last, and when that was by this page's clock: never, while there is only the page's first view.
    end: StoredValue<Option<(SessionEnd, f64)>>,
    /// What is told of it now. True: it can be put off.
    warning: RwSignal<Option<bool>>,
    trouble: RwSignal<Option<String>>,
    /// Whether the server is being asked to put it off.
    asking: StoredValue<bool>,
    /// It is over, but a call goes on.
    over: RwSignal<bool>,
}

impl Session {
    /// As the page's first view knows it.
    pub fn new(end: Option<SessionEnd>) -> Self {
        Self {
            end: StoredValue::new(end.map(|end| (end, f64::INFINITY))),
            warning: RwSignal::new(None),
            trouble: RwSignal::new(None),
            asking: StoredValue::new(false),
            over: RwSignal::new(false),
        }
    }

    /// The server says when it ends.
    pub fn ends(self, end: Option<SessionEnd>) {
        self.end.set_value(end.map(|end| (end, js_sys::Date::now())));
        self.over.set(false);
        self.look();
    }

    /// It has ended. The page leads to the log-in; not while a call is under way.
    pub fn is_over(self, in_call: bool) {
        self.warning.set(None);
        if in_call { self.over.set(true) } else { lead_to_log_in() }
    }

    /// The call has ended: so does the page, if its session has.
    pub fn call_ended(self) {
        if self.over.get_untracked() {
            lead_to_log_in();
        }
    }

    /// Whether it has ended, and only the call goes on.
    pub fn is_over_in_call(self) -> bool {
        self.over.get_untracked()
    }

    fn look(self) {
        let now = js_sys::Date::now();
        #[expect(clippy::cast_precision_loss, reason = "some hours")]
        let ends_soon =
            self.end.get_value().filter(|(end, since)| since + end.left as f64 - now <= TOLD_BEFORE);
        let warning = ends_soon.map(|(end, _)| end.can_stay);
        if self.warning.get_untracked() != warning {
            self.warning.set(warning);
            if warning.is_some() {
                desktop::say("You will be logged out in about two minutes: nobody is announced here then");
            }
        }
    }

    /// Puts it off. A press on the button is a sign of use as well: one of the two is enough.
    fn stay(self) {
        if self.asking.get_value() {
            return;
        }
        self.asking.set_value(true);
        spawn_local(async move {
            // That it worked, the stream says.
            let outcome = stay_logged_in().await;
            self.asking.set_value(false);
            self.trouble.set(outcome.err().map(|error| error.message));
        });
    }

    /// Begins what only a browser does, for as long as the answer lives.
    fn begin(self) -> (Interval, Vec<EventListener>) {
        self.ends(self.end.get_value().map(|(end, _)| end));
        let told = Rc::new(Cell::new(js_sys::Date::now()));
        let signs = SIGNS.map(|sign| {
            let told = Rc::clone(&told);
            EventListener::new_with_options(
                &document(),
                sign,
                EventListenerOptions::enable_prevent_default(),
                move |_| {
                    let now = js_sys::Date::now();
                    if now - told.get() >= USE_EVERY {
                        told.set(now);
                        self.stay();
                    }
                },
            )
        });
        (Interval::new(LOOK_EVERY, move || self.look()), signs.into())
    }
}

/// What is told of the end.
#[component]
pub fn SessionNotice(
    /// The reader's session.
    session: Session,
) -> impl IntoView {
    let kept = Kept::new();
    Effect::new(move |_| kept.put(session.begin()));
    view! {
        <div class="session-notice" role="alert">
            <Show when=move || session.over.get()>
                <div class="notice notice--warning">
                    <p>
                        "You are logged out. The call goes on, but nothing else does, and your note is not saved. Log in in the new tab, \
                         and come back here."
                    </p>
                    <p class="actions actions--start">
                        <a class="button" href="/login" target="_blank">
                            "Log in again"
                        </a>
                    </p>
                </div>
            </Show>
            <Show when=move || session.warning.get() == Some(true)>
                <div class="notice notice--warning">
                    <p>"You will be logged out in about two minutes, since nobody seems to be here."</p>
                    <p hidden=move || session.trouble.with(Option::is_none)>{move || session.trouble.get()}</p>
                    <p class="actions actions--start">
                        <button type="button" class="button button--primary" on:click=move |_| session.stay()>
                            "Stay logged in"
                        </button>
                    </p>
                </div>
            </Show>
            <Show when=move || session.warning.get() == Some(false)>
                <div class="notice notice--warning">
                    <p>
                        "You will be logged out in about two minutes: a log-in is good for twelve hours. Please finish what you are \
                         writing, and log in again then."
                    </p>
                </div>
            </Show>
        </div>
    }
}

fn lead_to_log_in() {
    if let Some(window) = web_sys::window() {
        // Not to come back to by the back button. It fails only in a page that goes away already.
        let _ = window.location().replace("/login?ended");
    }
}
