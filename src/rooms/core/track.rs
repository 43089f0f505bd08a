//! What a participant publishes, and the rules for it.

use super::ids::TrackSid;
use crate::rooms::wire::{PublishedTrack, Refusal, RemoteTrack, SubscribedTrack, TrackFailure, TrackState};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The longest name of a track, in characters.
const MAX_NAME: usize = 128;

/// A track that a participant wants to publish.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Track {
    state: TrackState,
    outcome: Result<TrackSid, Refusal>,
}

impl Track {
    /// For the publisher.
    pub fn published(&self) -> PublishedTrack {
        let id = self.state.id.clone();
        match self.outcome {
            Ok(sid) => PublishedTrack::Ready { id, sid: sid.to_string() },
            Err(why) => PublishedTrack::Failed {
                id,
                error: TrackFailure { code: why.code(), message: why.to_string() },
            },
        }
    }

    /// Nothing, where publishing failed.
    pub fn sid(&self) -> Option<TrackSid> {
        self.outcome.ok()
    }

    /// For the others: nothing, where publishing failed.
    pub fn remote(&self) -> Option<RemoteTrack> {
        let sid = self.outcome.ok()?;
        let TrackState { name, kind, enabled, priority, .. } = self.state.clone();
        Some(RemoteTrack { sid: sid.to_string(), name, kind, enabled, priority })
    }

    /// For the others: by which id the track comes in the descriptions.
    pub fn subscribed(&self) -> Option<SubscribedTrack> {
        let sid = self.outcome.ok()?;
        Some(SubscribedTrack { sid: sid.to_string(), id: self.state.id.clone() })
    }
}

/// Makes publications of what a participant says it publishes. A track that stays keeps its SID.
pub(super) fn publish(
    before: &[Track],
    wanted: Vec<TrackState>,
    max_tracks: usize,
    mut new_sid: impl FnMut() -> TrackSid,
) -> Vec<Track> {
    let mut names = HashSet::new();
    let mut tracks: Vec<Track> = Vec::with_capacity(wanted.len().min(max_tracks));
    for state in wanted {
        let outcome = if tracks.len() >= max_tracks {
            Err(Refusal::TooManyTracks)
        } else if state.name.chars().count() > MAX_NAME {
            Err(Refusal::TrackNameTooLong)
        } else if !names.insert(state.name.clone()) {
            Err(Refusal::TrackNameDuplicated)
        } else {
            let known =
                before.iter().find(|track| track.state.id == state.id && track.state.kind == state.kind);
            Ok(known.and_then(|track| track.outcome.ok()).unwrap_or_else(&mut new_sid))
        };
        tracks.push(Track { state, outcome });
    }
    tracks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rooms::wire::TrackKind;

    fn track(id: &str, name: &str) -> TrackState {
        TrackState { id: id.into(), kind: TrackKind::Video, name: name.into(), enabled: true, priority: None }
    }

    fn publish_all(before: &[Track], wanted: Vec<TrackState>) -> Vec<Track> {
        let mut last = before.len() as u128;
        publish(before, wanted, 3, || {
            last += 1;
            TrackSid(last)
        })
    }

    fn codes(tracks: &[Track]) -> Vec<u32> {
        tracks.iter().map(|track| track.outcome.map_or_else(Refusal::code, |_| 0)).collect()
    }

    #[test]
    fn a_track_keeps_its_sid_while_it_stays() {
        let before = publish_all(&[], vec![track("a", "a"), track("b", "b")]);
        let after = publish_all(&before, vec![track("b", "b"), track("c", "c")]);
        assert_eq!(before[1].outcome, after[0].outcome);
        assert_eq!(after[1].outcome, Ok(TrackSid(3)));
    }

    #[test]
    fn only_the_track_that_breaks_a_rule_fails() {
        let long = "n".repeat(129);
        let tracks =
            publish_all(&[], vec![track("a", "a"), track("b", "a"), track("c", &long), track("d", "d")]);
        assert_eq!(codes(&tracks), [0, 53304, 53302, 53203]);
        assert!(tracks[1].remote().is_none() && tracks[1].subscribed().is_none());
    }
}
