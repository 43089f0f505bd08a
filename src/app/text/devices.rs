//! When one's own camera or microphone fails in a call: what happened, and how to get it back. The call goes on.

use super::advice::{Advice, help};
use crate::domain::call::{Call, Device, MediaFailure, TrackKind};

/// The notice, while anything fails. `None` also while it is being started again: the person has done what they can.
pub fn devices_advice(call: &Call) -> Option<Advice> {
    let failing = |kind| call.device_fails(kind) && call.device(kind) != Device::Restarting;
    let (camera, microphone) = (failing(TrackKind::Video), failing(TrackKind::Audio));
    let worst = match (camera, microphone) {
        (true, false) => call.device(TrackKind::Video),
        (false, true) => call.device(TrackKind::Audio),
        (true, true) => worse(call.device(TrackKind::Video), call.device(TrackKind::Audio)),
        (false, false) => return None,
    };
    let (title, what) = match (camera, microphone) {
        (true, true) => (
            "Your camera and microphone have stopped",
            "Nobody can see or hear you now, but you are still in the room.",
        ),
        (true, false) => {
            ("Your camera has stopped", "Nobody can see you now, but you are still in the room.")
        }
        (false, _) => {
            ("Your microphone has stopped", "Nobody can hear you now, but you are still in the room.")
        }
    };
    Some(Advice { title, what, steps: steps(worst), help: help(call.role()), offers: &[] })
}

/// Of two devices that fail, the one that needs more doing.
fn worse(one: Device, other: Device) -> Device {
    if one == Device::Silent { other } else { one }
}

fn steps(device: Device) -> &'static [&'static str] {
    match device {
        Device::Silent => &[
            "A phone call or another program may be using it: end that. It should then come back by itself.",
            "If it does not, turn it on with the button below.",
        ],
        Device::Refused(MediaFailure::Denied) => &[
            "Your browser or your device does not allow it. Press the camera or lock sign beside the address of this page \
             and allow it.",
            "Then turn it on with the button below.",
        ],
        Device::Refused(MediaFailure::NoDevice) => &[
            "We still cannot find it. Plug it in again, or plug in another one.",
            "Then turn it on with the button below.",
        ],
        Device::Refused(_) => &[
            "It could not be turned on. Another program may be using it: close other video calls and camera programs.",
            "Then turn it on with the button below.",
        ],
        Device::Working | Device::Stalled(_) | Device::Ended | Device::Restarting => &[
            "If it was unplugged, plug it in again. If a phone call or another program uses it, end that.",
            "Then turn it on with the button below.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Role,
        call::{DeviceNews, Event, MediaWish, Report},
    };
    use std::time::Duration;

    fn told(news: &[(TrackKind, DeviceNews)]) -> Option<Advice> {
        let mut call = Call::new(Role::Patient, 0);
        call.handle(Event::Join(MediaWish::CameraAndMicrophone), Duration::ZERO);
        let asked = call.attempt();
        for report in [Report::MediaReady, Report::TicketReady, Report::Connected(vec![])] {
            call.handle(Event::reported(asked, report), Duration::ZERO);
        }
        for &(kind, news) in news {
            call.handle(Event::Device { asked, kind, news }, Duration::ZERO);
        }
        devices_advice(&call)
    }

    #[test]
    fn what_fails_is_named_and_one_notice_names_both() {
        let ended = |kind| (kind, DeviceNews::Ended);
        assert_eq!(told(&[]), None);
        let camera = told(&[ended(TrackKind::Video)]).map(|advice| advice.title);
        assert_eq!(camera, Some("Your camera has stopped"));
        let microphone = told(&[ended(TrackKind::Audio)]).map(|advice| advice.title);
        assert_eq!(microphone, Some("Your microphone has stopped"));
        let both = told(&[ended(TrackKind::Audio), ended(TrackKind::Video)]).map(|advice| advice.title);
        assert_eq!(both, Some("Your camera and microphone have stopped"));
    }

    #[test]
    fn every_way_to_fail_says_what_to_do() {
        let mut steps = std::collections::HashSet::new();
        for news in [
            DeviceNews::Ended,
            DeviceNews::Refused(MediaFailure::Denied),
            DeviceNews::Refused(MediaFailure::NoDevice),
            DeviceNews::Refused(MediaFailure::InUse),
        ] {
            let advice = told(&[(TrackKind::Video, news)]).expect("a notice");
            assert!(advice.steps.iter().all(|step| step.ends_with('.')), "{news:?}");
            steps.insert(advice.steps);
        }
        assert_eq!(steps.len(), 4);
    }
}
