//! What the machine wants done, done.

use super::{Session, send, with};
use crate::{
    api::{self, ErrorCode},
    domain::call::{Attempt, Effect, Event, MediaFailure, MediaWish, Report, TicketFailure},
    video::{
        loader, seat,
        twilio::{LocalMedia, connect},
    },
};
use futures_util::future::abortable;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

pub(super) fn carry_out(effect: Effect) {
    match effect {
        Effect::AskForMedia(attempt, wish) => spawn_local(ask_for_media(attempt, wish)),
        Effect::FetchTicket(attempt) => fetch_ticket(attempt),
        Effect::Connect(attempt) => spawn_local(enter(attempt)),
        Effect::Disconnect => disconnect(),
        Effect::Switch(kind, on) => {
            with(|session| session.media.as_ref().map(|media| media.switch(kind, on)));
        }
        Effect::StopMedia => drop(with(|session| session.media.take())),
    }
}

fn report(attempt: Attempt, report: Report) {
    send(Event::reported(attempt, report));
}

/// Keeps something for an attempt that is still the current one; gives it back, to be dropped, otherwise.
fn keep<T>(attempt: Attempt, thing: T, place: fn(&mut Session) -> &mut Option<T>) {
    let mut thing = Some(thing);
    with(|session| {
        if session.call.attempt() == attempt {
            std::mem::swap(place(session), &mut thing);
        }
    });
    // Whatever is left in `thing` is dropped here, outside of the session: dropping acts on the world.
}

async fn ask_for_media(attempt: Attempt, wish: MediaWish) {
    let secure = web_sys::window().is_some_and(|window| window.is_secure_context());
    let asked = if !secure {
        Err(MediaFailure::Insecure)
    } else if loader::ready().await.is_err() {
        Err(MediaFailure::Unavailable)
    } else {
        LocalMedia::ask(wish).await
    };
    match asked {
        Ok(media) => {
            keep(attempt, media, |session| &mut session.media);
            report(attempt, Report::MediaReady);
        }
        Err(failure) => report(attempt, Report::MediaFailed(failure)),
    }
}

fn fetch_ticket(attempt: Attempt) {
    let Some(role) = with(|session| session.call.role()) else { return };
    let (answer, abort) = abortable(api::join_demo(role, seat::remembered(role)));
    let earlier = with(|session| session.fetching.replace(abort)).flatten();
    if let Some(earlier) = earlier {
        earlier.abort();
    }
    spawn_local(async move {
        let Ok(answer) = answer.await else { return };
        match answer {
            Ok(ticket) => {
                seat::remember(&ticket.identity);
                keep(attempt, ticket, |session| &mut session.ticket);
                report(attempt, Report::TicketReady);
            }
            Err(error) => {
                let failure = match error.code {
                    ErrorCode::BadRequest | ErrorCode::NotFound => TicketFailure::Refused,
                    ErrorCode::Unreachable | ErrorCode::Internal => TicketFailure::Unreachable,
                };
                report(attempt, Report::TicketFailed(failure));
            }
        }
    });
}

async fn enter(attempt: Attempt) {
    if loader::ready().await.is_err() {
        return report(attempt, Report::ConnectFailed(None));
    }
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let begun = with(|session| {
        let ticket = session.ticket.as_ref().filter(|_| session.call.attempt() == attempt)?;
        let nothing = LocalMedia::default();
        Some(connect(ticket, session.media.as_ref().unwrap_or(&nothing), &origin))
    });
    let connecting = match begun.flatten() {
        None => return,
        Some(Err(code)) => return report(attempt, Report::ConnectFailed(code)),
        Some(Ok(connecting)) => connecting,
    };
    let done = connecting.done(Rc::new(move |what| report(attempt, what)));
    keep(attempt, connecting, |session| &mut session.connecting);
    match done.await {
        Ok(room) => {
            let remotes = room.remotes();
            keep(attempt, room, |session| &mut session.room);
            report(attempt, Report::Connected(remotes));
        }
        Err(code) => report(attempt, Report::ConnectFailed(code)),
    }
}

fn disconnect() {
    let (fetching, _gone) = with(|session| {
        let gone = (session.ticket.take(), session.connecting.take(), session.room.take());
        (session.fetching.take(), Some(gone))
    })
    .unwrap_or_default();
    if let Some(fetching) = fetching {
        fetching.abort();
    }
}
