//! What a call wants done.

use super::{MediaWish, TrackKind};

/// The generation of a connection. Every join and every rejoin is a new one, and so is the end of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Attempt(pub(super) u32);

/// Something to do in the world. Answers go back as [`super::Event::Reported`] with the same attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Get camera and microphone as wished; `Nothing` is never asked for.
    AskForMedia(Attempt, MediaWish),
    /// Get an access token and the address of the room from the server.
    FetchTicket(Attempt),
    /// Enter the room with the newest ticket and the media at hand; while [`super::Call::holds_back`], without publishing them.
    Connect(Attempt),
    /// Publish the media at hand in the room that was entered without them. Without any it is nothing.
    Publish,
    /// Leave the room, cancel a connection on its way, forget its ticket. Nothing to do is fine.
    Disconnect,
    /// Switch one's own sound or picture on or off, without giving the device back. Without such a track it is nothing.
    Switch(TrackKind, bool),
    /// Ask the browser again for a device that it was asked for in that generation. Answers go back as
    /// [`super::Event::Device`]. Without such a track it is nothing.
    Restart(Attempt, TrackKind),
    /// Stop every local track: camera and microphone go off. Nothing to do is fine.
    StopMedia,
}
