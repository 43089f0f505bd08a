//! A room that this page is in.

use super::{Connecting, LocalMedia, error_code, listener::Listener, remote, stats, sys};
use crate::domain::call::{Remote, Report};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

type Tracks = Rc<RefCell<HashMap<String, sys::MediaTrack>>>;
type Tell = Rc<dyn Fn(Report)>;

/// A room. Dropping it removes every listener, then leaves.
#[must_use = "the room is left when this is dropped"]
pub struct Room {
    // Before `raw`: what the SDK says while we leave is not news.
    listeners: Vec<Listener>,
    tracks: Tracks,
    raw: sys::Room,
}

impl Connecting {
    /// A future of the room; from then on `tell` hears what happens in it.
    ///
    /// Does not borrow: the [`Connecting`] stays with its owner, who may call it off by dropping it.
    ///
    /// # Errors
    /// Twilio's error code, if the SDK gives one.
    pub fn done(&self, tell: Rc<dyn Fn(Report)>) -> impl Future<Output = Result<Room, Option<u32>>> + use<> {
        let room = self.room();
        async move { room.await.map(|raw| Room::enter(raw, &tell)).map_err(|error| error_code(&error)) }
    }
}

impl Room {
    fn enter(raw: sys::Room, tell: &Tell) -> Self {
        let tracks = Tracks::default();
        let listeners = listen(&raw, &tracks, tell);
        for participant in remote::values::<sys::RemoteParticipant>(&raw.participants()) {
            for publication in remote::values::<sys::RemoteTrackPublication>(&participant.tracks()) {
                keep(&tracks, &publication, publication.track());
            }
        }
        Self { listeners, tracks, raw }
    }

    /// The others who are in the room now.
    pub fn remotes(&self) -> Vec<Remote> {
        let participants: Vec<sys::RemoteParticipant> = remote::values(&self.raw.participants());
        participants.iter().map(remote::participant).collect()
    }

    /// Publishes media in a room that was entered without them.
    pub fn publish(&self, media: &LocalMedia) {
        let Ok(published) = self.raw.local_participant().publish_tracks(&media.as_js()) else { return };
        // It fails only when the room ends meanwhile; then the next one is entered with them.
        spawn_local(async move { drop(JsFuture::from(published).await) });
    }

    /// Plays a remote track in an element; false if there is no such track any more.
    pub fn attach(&self, track_sid: &str, element: &web_sys::HtmlMediaElement) -> bool {
        self.tracks.borrow().get(track_sid).is_some_and(|track| track.attach(element).is_truthy())
    }

    /// Takes a remote track out of an element.
    pub fn detach(&self, track_sid: &str, element: &web_sys::HtmlMediaElement) {
        if let Some(track) = self.tracks.borrow().get(track_sid) {
            track.detach(element);
        }
    }

    /// A future of the SIDs of the participants of whom media has arrived. Does not borrow.
    pub fn arriving(&self) -> impl Future<Output = Vec<String>> + use<> {
        stats::arriving(self.raw.clone())
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.listeners.clear();
        for track in self.tracks.borrow().values() {
            track.detach_all();
        }
        self.raw.disconnect();
    }
}

fn listen(raw: &sys::Room, tracks: &Tracks, tell: &Tell) -> Vec<Listener> {
    let on = |event: &'static str, report: fn(JsValue, JsValue) -> Option<Report>| {
        let tell = Rc::clone(tell);
        Listener::new(raw, event, move |first, second, _| {
            if let Some(report) = report(first, second) {
                tell(report);
            }
        })
    };
    vec![
        on("participantConnected", |participant, _| {
            Some(Report::ParticipantJoined(remote::participant(participant.unchecked_ref())))
        }),
        on("participantDisconnected", |participant, _| {
            Some(Report::ParticipantLeft(remote::sid(&participant)))
        }),
        on("participantReconnecting", |participant, _| {
            Some(Report::ParticipantReconnecting(remote::sid(&participant), true))
        }),
        on("participantReconnected", |participant, _| {
            Some(Report::ParticipantReconnecting(remote::sid(&participant), false))
        }),
        on("trackPublished", |_, participant| Some(Report::ParticipantPublishes(remote::sid(&participant)))),
        on("trackEnabled", |publication, participant| enabled(&publication, &participant, true)),
        on("trackDisabled", |publication, participant| enabled(&publication, &participant, false)),
        on("reconnecting", |_, _| Some(Report::Reconnecting)),
        on("reconnected", |_, _| Some(Report::Reconnected)),
        on("disconnected", |_, error| {
            let code = (!error.is_null_or_undefined()).then(|| error_code(&error).unwrap_or(0));
            Some(Report::Disconnected(code))
        }),
        subscribed(raw, tracks, tell),
        unsubscribed(raw, tracks, tell),
    ]
}

/// Keeps what can be played. A data track, which a visit does not use, has no elements to go into or out of.
fn keep(tracks: &Tracks, publication: &sys::RemoteTrackPublication, track: Option<sys::MediaTrack>) {
    if let (Some(playable), Some(track)) = (remote::track(publication), track) {
        tracks.borrow_mut().insert(playable.sid, track);
    }
}

fn subscribed(raw: &sys::Room, tracks: &Tracks, tell: &Tell) -> Listener {
    let (tracks, tell) = (Rc::clone(tracks), Rc::clone(tell));
    Listener::new(raw, "trackSubscribed", move |track, publication, participant| {
        let publication: &sys::RemoteTrackPublication = publication.unchecked_ref();
        keep(&tracks, publication, Some(track.unchecked_into()));
        if let Some(track) = remote::track(publication) {
            tell(Report::TrackAdded(remote::sid(&participant), track));
        }
    })
}

fn unsubscribed(raw: &sys::Room, tracks: &Tracks, tell: &Tell) -> Listener {
    let (tracks, tell) = (Rc::clone(tracks), Rc::clone(tell));
    Listener::new(raw, "trackUnsubscribed", move |_, publication, participant| {
        let sid = publication.unchecked_ref::<sys::RemoteTrackPublication>().track_sid();
        if let Some(track) = tracks.borrow_mut().remove(&sid) {
            track.detach_all();
        }
        tell(Report::TrackRemoved(remote::sid(&participant), sid));
    })
}

#[expect(clippy::unnecessary_wraps, reason = "one of several functions of this shape")]
fn enabled(publication: &JsValue, participant: &JsValue, enabled: bool) -> Option<Report> {
    let track = publication.unchecked_ref::<sys::RemoteTrackPublication>().track_sid();
    Some(Report::TrackEnabled(remote::sid(participant), track, enabled))
}
