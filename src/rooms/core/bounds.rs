//! How much a client may have kept. With a bounded number of participants this bounds what a room costs: each keeps at
//! most its tracks, and on each of its pairs two descriptions and its candidates.

use crate::rooms::wire::{Ice, LocalState, Peer, Refusal};

/// The most peer connections in one message. A `sync` has one for each other participant.
const MAX_PEERS: usize = 256;
/// The longest description, in bytes. One with 32 tracks has about 100 kB.
const MAX_SDP: usize = 128 * 1024;
/// The most candidates of one ICE generation. A host with several networks and relays has some dozens.
pub(super) const MAX_CANDIDATES: usize = 256;
/// The longest candidate, in bytes. Usual are 200.
const MAX_CANDIDATE: usize = 1024;
/// The longest name of an ICE generation, in bytes: RFC 8839, section 5.4.
const MAX_UFRAG: usize = 256;
/// All that a participant says of its tracks, in bytes.
const MAX_TRACKS: usize = 64 * 1024;

/// Checks what is about to be kept.
///
/// # Errors
/// [`Refusal::InvalidMessage`] if it is more than any SDK sends.
pub(super) fn check(own: Option<&LocalState>, peers: &[Peer]) -> Result<(), Refusal> {
    let tracks: usize = own.map_or(0, |own| {
        let texts = |track: &crate::rooms::wire::TrackState| {
            track.id.len() + track.name.len() + track.priority.as_ref().map_or(0, String::len) + 64
        };
        own.tracks.iter().map(texts).sum()
    });
    let is_fine = tracks <= MAX_TRACKS && peers.len() <= MAX_PEERS && peers.iter().all(is_small);
    if is_fine { Ok(()) } else { Err(Refusal::InvalidMessage) }
}

fn is_small(peer: &Peer) -> bool {
    let sdp = peer.description.as_ref().and_then(|description| description.sdp.as_ref());
    sdp.is_none_or(|sdp| sdp.len() <= MAX_SDP) && peer.ice.as_ref().is_none_or(is_small_ice)
}

fn is_small_ice(ice: &Ice) -> bool {
    ice.candidates.len() <= MAX_CANDIDATES
        && ice.ufrag.as_ref().is_none_or(|ufrag| ufrag.len() <= MAX_UFRAG)
        && ice.candidates.iter().all(|candidate| candidate.text().len() <= MAX_CANDIDATE)
}
