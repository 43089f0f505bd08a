//! What goes over the wire, as types: TCMP frames (layer 1) and RSP messages (layer 2). No behaviour.
//!
//! Source: SDK modules `twilioconnection.js` and `signaling/v2/`.

mod frame;
mod peer;
mod refusal;
mod reply;
mod request;

pub(super) use frame::{ClientFrame, ServerFrame};
pub(super) use peer::{Candidate, Description, DescriptionKind, Ice, Peer};
pub(super) use refusal::Refusal;
pub(super) use reply::{
    LocalParticipant, Options, ParticipantView, PublishedTrack, Recording, RemoteTrack, Reply, Revised,
    RoomState, State, SubscribedTrack, TrackFailure, Update,
};
pub(super) use request::{ClientUpdate, Connect, LocalState, Request, Sync, TrackKind, TrackState};
