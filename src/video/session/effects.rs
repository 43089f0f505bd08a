//! What the machine wants done, done.

use super::{Session, send, with};
use crate::{
    api::ErrorCode,
    domain::call::{
        Attempt, DeviceNews, Effect, Event, MediaFailure, MediaWish, Report, TicketFailure, TrackKind,
    },
    video::{
        loader,
        twilio::{self, LocalMedia, connect},
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
        Effect::Publish => {
            with(|session| {
                if let (Some(room), Some(media)) = (&session.room, &session.media) {
                    room.publish(media);
                }
            });
        }
        Effect::Disconnect => disconnect(),
        Effect::Switch(kind, on) => {
            with(|session| session.media.as_ref().map(|media| media.switch(kind, on)));
        }
        Effect::Restart(asked, kind) => restart(asked, kind),
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
    let asked = if !is_secure() {
        Err(MediaFailure::Insecure)
    } else if !twilio::has_calls() {
        return report(attempt, Report::Unsupported);
    } else if loader::ready().await.is_err() {
        Err(MediaFailure::Unavailable)
    } else {
        LocalMedia::ask(wish).await
    };
    match asked {
        Ok(mut media) => {
            media.listen(&device(attempt));
            keep(attempt, media, |session| &mut session.media);
            report(attempt, Report::MediaReady);
        }
        Err(MediaFailure::Unavailable) if is_foreign() => report(attempt, Report::Unsupported),
        Err(failure) => report(attempt, Report::MediaFailed(failure)),
    }
}

fn is_secure() -> bool {
    web_sys::window().is_some_and(|window| window.is_secure_context())
}

/// Whether a failure without a better reason is this browser's. On an insecure origin the SDK knows no browser at all.
fn is_foreign() -> bool {
    !twilio::has_calls() || (is_secure() && twilio::is_unsupported())
}

/// Takes what devices say to the machine.
fn device(asked: Attempt) -> Rc<dyn Fn(TrackKind, DeviceNews)> {
    Rc::new(move |kind, news| send(Event::Device { asked, kind, news }))
}

fn restart(asked: Attempt, kind: TrackKind) {
    let begun = with(|session| session.media.as_ref().and_then(|media| media.restart(kind, &device(asked))));
    if let Some(restarted) = begun.flatten() {
        spawn_local(restarted);
    }
}

fn fetch_ticket(attempt: Attempt) {
    let Some(source) = with(|session| session.source) else { return };
    let (answer, abort) = abortable(source.ask());
    let earlier = with(|session| session.fetching.replace(abort)).flatten();
    if let Some(earlier) = earlier {
        earlier.abort();
    }
    spawn_local(async move {
        let Ok(answer) = answer.await else { return };
        match answer {
            Ok(ticket) => {
                source.keep(&ticket);
                keep(attempt, ticket, |session| &mut session.ticket);
                report(attempt, Report::TicketReady);
            }
            Err(error) => {
                let failure = match error.code {
                    ErrorCode::BadRequest
                    | ErrorCode::NotFound
                    | ErrorCode::Refused
                    | ErrorCode::NoSession => TicketFailure::Refused,
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
        let media = session.media.as_ref().filter(|_| !session.call.holds_back());
        Some(connect(ticket, media.unwrap_or(&nothing), &origin))
    });
    let connecting = match begun.flatten() {
        None => return,
        Some(Err(code)) => return refused(attempt, code),
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
        Err(code) => refused(attempt, code),
    }
}

fn refused(attempt: Attempt, code: Option<u32>) {
    let report_it =
        if code.is_none() && is_foreign() { Report::Unsupported } else { Report::ConnectFailed(code) };
    report(attempt, report_it);
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
