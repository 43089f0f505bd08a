//! What the machine wants done, done.

use super::{
    super::{send, with as session},
    held::{keep, with},
};
use crate::{
    api::ErrorCode,
    domain::call::{
        Attempt, DeviceNews, Effect, Event, MediaFailure, MediaWish, Report, TicketFailure, TrackKind,
    },
    video::{
        choice, loader,
        twilio::{self, LocalMedia, connect},
    },
};
use futures_util::future::abortable;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

pub fn carry_out(effect: Effect) {
    match effect {
        Effect::AskForMedia(attempt, wish) => spawn_local(ask_for_media(attempt, wish)),
        Effect::FetchTicket(attempt) => fetch_ticket(attempt),
        Effect::Connect(attempt) => spawn_local(enter(attempt)),
        Effect::Publish => {
            with(|held| {
                if let (Some(room), Some(media)) = (&held.room, &held.media) {
                    room.publish(media);
                }
            });
        }
        Effect::Disconnect => disconnect(),
        Effect::Switch(kind, on) => {
            with(|held| held.media.as_ref().map(|media| media.switch(kind, on)));
        }
        Effect::Restart(asked, kind) => restart(asked, kind),
        Effect::StopMedia => drop(with(|held| held.media.take())),
    }
}

fn report(attempt: Attempt, report: Report) {
    send(Event::reported(attempt, report));
}

async fn ask_for_media(attempt: Attempt, wish: MediaWish) {
    let asked = if !is_secure() {
        Err(MediaFailure::Insecure)
    } else if !twilio::has_calls() {
        return report(attempt, Report::Unsupported);
    } else if loader::ready().await.is_err() {
        Err(MediaFailure::Unavailable)
    } else {
        LocalMedia::ask(wish, choice::chosen()).await
    };
    match asked {
        Ok(mut media) => {
            media.listen(&device(attempt));
            keep(attempt, media, |held| &mut held.media);
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
    let begun = with(|held| held.media.as_ref().and_then(|media| media.restart(kind, &device(asked))));
    if let Some(restarted) = begun {
        spawn_local(restarted);
    }
}

fn fetch_ticket(attempt: Attempt) {
    let Some(source) = session(|session| session.source) else { return };
    let (answer, abort) = abortable(source.ask());
    let earlier = with(|held| held.fetching.replace(abort));
    if let Some(earlier) = earlier {
        earlier.abort();
    }
    spawn_local(async move {
        let Ok(answer) = answer.await else { return };
        match answer {
            Ok(ticket) => {
                source.keep(&ticket);
                keep(attempt, ticket, |held| &mut held.ticket);
                report(attempt, Report::TicketReady);
            }
            Err(error) => {
                let failure = match error.code {
                    ErrorCode::BadRequest
                    | ErrorCode::NotFound
                    | ErrorCode::Refused
                    | ErrorCode::NoSession
                    | ErrorCode::AnotherVisit => TicketFailure::Refused,
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
    let Some(holds_back) =
        session(|session| (session.call.attempt() == attempt).then(|| session.call.holds_back())).flatten()
    else {
        return;
    };
    let begun = with(|held| {
        let nothing = LocalMedia::default();
        let media = held.media.as_ref().filter(|_| !holds_back);
        held.ticket.as_ref().map(|ticket| connect(ticket, media.unwrap_or(&nothing), &origin))
    });
    let connecting = match begun {
        None => return,
        Some(Err(code)) => return refused(attempt, code),
        Some(Ok(connecting)) => connecting,
    };
    let done = connecting.done(Rc::new(move |what| report(attempt, what)));
    keep(attempt, connecting, |held| &mut held.connecting);
    match done.await {
        Ok(room) => {
            let remotes = room.remotes();
            keep(attempt, room, |held| &mut held.room);
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
    let (fetching, _gone) =
        with(|held| (held.fetching.take(), (held.ticket.take(), held.connecting.take(), held.room.take())));
    if let Some(fetching) = fetching {
        fetching.abort();
    }
}
