//! Whether media arrives.
//!
//! A remote `MediaStreamTrack` says little: browsers differ in when they unmute one, and an `<audio>` element plays
//! silence as well. Packets that arrived are the one honest sign.

use super::{remote::values, sys};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The SIDs of the participants of whom any packet has arrived.
pub(super) async fn arriving(room: sys::Room) -> Vec<String> {
    let Ok(asked) = room.get_stats() else { return Vec::new() };
    let Ok(reports) = JsFuture::from(asked).await else { return Vec::new() };
    let arrived: Vec<String> = reports
        .unchecked_into::<Array>()
        .iter()
        .map(JsCast::unchecked_into::<sys::StatsReport>)
        .flat_map(|report| [report.remote_audio_track_stats(), report.remote_video_track_stats()])
        .flat_map(|tracks| tracks.to_vec())
        .map(JsCast::unchecked_into::<sys::RemoteTrackStats>)
        .filter(|stats| stats.packets_received().is_some_and(|packets| packets > 0.0))
        .map(|stats| stats.track_sid())
        .collect();
    values::<sys::RemoteParticipant>(&room.participants())
        .into_iter()
        .filter(|participant| {
            let sids = values::<sys::RemoteTrackPublication>(&participant.tracks());
            sids.iter().any(|publication| arrived.contains(&publication.track_sid()))
        })
        .map(|participant| participant.sid())
        .collect()
}
