//! What the SDK's remote participants and their tracks are in plain data.

use super::sys;
use crate::domain::call::{Remote, RemoteTrack, TrackKind};
use js_sys::Map;
use wasm_bindgen::{JsCast, JsValue};

/// Every value of a JavaScript map.
pub(super) fn values<T: JsCast>(map: &Map) -> Vec<T> {
    map.values().into_iter().filter_map(Result::ok).map(JsCast::unchecked_into).collect()
}

pub(super) fn participant(participant: &sys::RemoteParticipant) -> Remote {
    let publications: Vec<sys::RemoteTrackPublication> = values(&participant.tracks());
    let mut remote = Remote::new(participant.sid(), participant.identity());
    remote.reconnecting = participant.state() == "reconnecting";
    remote.publishes = publications.iter().any(|publication| kind(&publication.kind()).is_some());
    let ready = publications.iter().filter(|publication| publication.track().is_some());
    remote.tracks = ready.filter_map(track).collect();
    remote
}

/// The track of a publication; `None` for data tracks, which a visit does not use.
pub(super) fn track(publication: &sys::RemoteTrackPublication) -> Option<RemoteTrack> {
    Some(RemoteTrack {
        sid: publication.track_sid(),
        kind: kind(&publication.kind())?,
        enabled: publication.is_track_enabled(),
    })
}

/// The SDK's word for a kind of track.
pub(super) fn kind_name(kind: TrackKind) -> &'static str {
    match kind {
        TrackKind::Audio => "audio",
        TrackKind::Video => "video",
    }
}

fn kind(kind: &str) -> Option<TrackKind> {
    match kind {
        "audio" => Some(TrackKind::Audio),
        "video" => Some(TrackKind::Video),
        _ => None,
    }
}

pub(super) fn sid(participant: &JsValue) -> String {
    participant.unchecked_ref::<sys::RemoteParticipant>().sid()
}
