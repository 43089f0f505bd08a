//! What happens to a call.

use super::{Attempt, DeviceNews, MediaFailure, Remote, RemoteTrack, TicketFailure, TrackKind};

/// What this person wants to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaWish {
    /// Picture and sound.
    CameraAndMicrophone,
    /// Sound without picture.
    MicrophoneOnly,
    /// Picture without sound.
    CameraOnly,
    /// Only watch and listen.
    Nothing,
}

impl MediaWish {
    /// Picture, sound, both, or neither.
    pub fn of(camera: bool, microphone: bool) -> Self {
        match (camera, microphone) {
            (true, true) => Self::CameraAndMicrophone,
            (true, false) => Self::CameraOnly,
            (false, true) => Self::MicrophoneOnly,
            (false, false) => Self::Nothing,
        }
    }

    /// Whether such tracks are sent.
    pub fn includes(self, kind: TrackKind) -> bool {
        match self {
            Self::CameraAndMicrophone => true,
            Self::MicrophoneOnly => kind == TrackKind::Audio,
            Self::CameraOnly => kind == TrackKind::Video,
            Self::Nothing => false,
        }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The person pressed Join.
    Join(MediaWish),
    /// The person pressed Leave.
    Leave,
    /// The person switched their own sound or picture on or off.
    Switch(TrackKind, bool),
    /// The person asked for their camera or microphone again, which had failed them.
    Restart(TrackKind),
    /// Whether this person is not to be seen and heard yet: in the room, but nothing is published. Until they are told to be,
    /// nobody is held back.
    Hold(bool),
    /// The page is going away (`pagehide`).
    PageHidden,
    /// [`super::Call::next_deadline`] has come.
    Tick,
    /// The world answered an effect, or the room reported.
    Reported {
        /// The generation that the answer belongs to.
        attempt: Attempt,
        /// What was reported.
        report: Report,
    },
    /// This person's own camera or microphone has something to say.
    Device {
        /// The generation that it was asked for in. It may have been followed by others: devices outlive a rejoin.
        asked: Attempt,
        /// Which of them.
        kind: TrackKind,
        /// What it says.
        news: DeviceNews,
    },
}

/// What the world has to say about one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// Camera and microphone are on, as wished.
    MediaReady,
    /// They could not be had.
    MediaFailed(MediaFailure),
    /// The ticket is here.
    TicketReady,
    /// There is no ticket.
    TicketFailed(TicketFailure),
    /// In the room, with those who were there already.
    Connected(Vec<Remote>),
    /// This browser cannot make video calls.
    Unsupported,
    /// The room could not be entered; Twilio's error code if there is one.
    ConnectFailed(Option<u32>),
    /// Somebody came in.
    ParticipantJoined(Remote),
    /// Somebody, by SID, is gone.
    ParticipantLeft(String),
    /// Somebody's connection is interrupted (true) or back (false).
    ParticipantReconnecting(String, bool),
    /// Somebody announced that they send something; it may not have arrived.
    ParticipantPublishes(String),
    /// A track of somebody, by SID, can be shown.
    TrackAdded(String, RemoteTrack),
    /// A track, by SID of its participant and its own, is gone.
    TrackRemoved(String, String),
    /// A track was switched on or off by its sender.
    TrackEnabled(String, String, bool),
    /// Media of somebody arrives.
    MediaFlows(String),
    /// Our own connection is interrupted; the SDK is mending it.
    Reconnecting,
    /// It is mended.
    Reconnected,
    /// The SDK ended the call; Twilio's error code if it was not asked to.
    Disconnected(Option<u32>),
    /// The browser refused to play sound (true), or plays it (false).
    SoundBlocked(bool),
}
