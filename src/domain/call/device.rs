//! This person's own camera and microphone during a call: a device can be unplugged, or taken by a phone call.

use super::{Attempt, Call, Effect, MediaFailure, TrackKind};
use std::time::Duration;

/// How long a device may send nothing before the page says so. Cameras stall for a moment on busy machines.
pub const SILENCE_PATIENCE: Duration = Duration::from_secs(3);

/// What one device does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Device {
    /// It works, as far as anybody knows.
    Working,
    /// The browser says that nothing comes from it; told if that lasts until this time.
    Stalled(Duration),
    /// Nothing has come for [`SILENCE_PATIENCE`]: the system or a phone call has it. It may come back by itself.
    Silent,
    /// It is gone: unplugged, or taken away for good. It comes back only when asked for.
    Ended,
    /// It has been asked for again.
    Restarting,
    /// It was asked for again, and could not be had.
    Refused(MediaFailure),
}

impl Device {
    /// Whether it can be heard or seen, unless its owner switched it off.
    pub fn works(self) -> bool {
        matches!(self, Self::Working | Self::Stalled(_))
    }

    /// When the silence is to be told.
    pub(super) fn due(self) -> Option<Duration> {
        match self {
            Self::Stalled(due) => Some(due),
            _ => None,
        }
    }
}

/// What the world has to say about one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceNews {
    /// It has ended.
    Ended,
    /// Nothing comes from it (true), or something does again (false).
    Silent(bool),
    /// It has been started again, by us or by the SDK.
    Works,
    /// It could not be started again.
    Refused(MediaFailure),
}

/// Both devices, and for which attempt they were got. They outlive a rejoin, which is an attempt of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Devices {
    pub asked: Attempt,
    pub microphone: Device,
    pub camera: Device,
}

impl Devices {
    /// Those of a join that has just begun.
    pub fn of(asked: Attempt) -> Self {
        Self { asked, microphone: Device::Working, camera: Device::Working }
    }

    fn get(&mut self, kind: TrackKind) -> &mut Device {
        match kind {
            TrackKind::Audio => &mut self.microphone,
            TrackKind::Video => &mut self.camera,
        }
    }

    pub fn both(&mut self) -> [&mut Device; 2] {
        [&mut self.microphone, &mut self.camera]
    }
}

impl Call {
    /// What this person's camera or microphone does. Says nothing where none is sent.
    pub fn device(&self, kind: TrackKind) -> Device {
        match kind {
            TrackKind::Audio => self.devices.microphone,
            TrackKind::Video => self.devices.camera,
        }
    }

    /// Whether a device that this person sends from has failed them, and they are in the room.
    pub fn device_fails(&self, kind: TrackKind) -> bool {
        self.phase.is_joined() && self.wish.includes(kind) && !self.device(kind).works()
    }

    /// Asks for a device that has ended or gone silent. Who asks for it wants to be seen or heard: it is switched on too.
    pub(super) fn restart(&mut self, kind: TrackKind, effects: &mut Vec<Effect>) {
        if !self.device_fails(kind) || self.device(kind) == Device::Restarting {
            return;
        }
        *self.devices.get(kind) = Device::Restarting;
        self.switch(kind, true, effects);
        effects.push(Effect::Restart(self.devices.asked, kind));
    }

    /// What a device says. It is about the devices at hand, or it is late.
    pub(super) fn device_said(&mut self, asked: Attempt, kind: TrackKind, news: DeviceNews, now: Duration) {
        if asked != self.devices.asked || !self.phase.is_under_way() || !self.wish.includes(kind) {
            return;
        }
        let device = self.devices.get(kind);
        *device = match (news, *device) {
            // To start a device again the SDK ends the silent one first.
            (DeviceNews::Ended | DeviceNews::Silent(_), Device::Restarting) => Device::Restarting,
            (DeviceNews::Ended, same @ Device::Refused(_)) => same,
            (DeviceNews::Ended, _) => Device::Ended,
            (DeviceNews::Silent(true), Device::Working) => Device::Stalled(now + SILENCE_PATIENCE),
            (DeviceNews::Silent(false), Device::Stalled(_) | Device::Silent) => Device::Working,
            // Started is not heard: only the end of the silence ends it.
            (DeviceNews::Silent(_), same)
            | (DeviceNews::Works, same @ (Device::Stalled(_) | Device::Silent)) => same,
            (DeviceNews::Works, _) => Device::Working,
            (DeviceNews::Refused(failure), _) => Device::Refused(failure),
        };
    }

    /// Tells silences that have lasted.
    pub(super) fn check_devices(&mut self, now: Duration) {
        for device in self.devices.both() {
            if device.due().is_some_and(|due| due <= now) {
                *device = Device::Silent;
            }
        }
    }
}
