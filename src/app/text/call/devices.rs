//! When one's own camera or microphone fails in a call: what happened, and how to get it back. The call goes on.

use super::{
    CallWords, DevicesWords, Told,
    advice::{Advice, help},
};
use crate::domain::call::{Call, Device, MediaFailure, TrackKind};

/// The notice, while anything fails. `None` also while it is being started again: the person has done what they can.
pub fn devices_advice(words: &'static CallWords, call: &Call) -> Option<Advice> {
    let failing = |kind| call.device_fails(kind) && call.device(kind) != Device::Restarting;
    let (camera, microphone) = (failing(TrackKind::Video), failing(TrackKind::Audio));
    let worst = match (camera, microphone) {
        (true, false) => call.device(TrackKind::Video),
        (false, true) => call.device(TrackKind::Audio),
        (true, true) => worse(call.device(TrackKind::Video), call.device(TrackKind::Audio)),
        (false, false) => return None,
    };
    let [title, what] = match (camera, microphone) {
        (true, true) => words.devices.both,
        (true, false) => words.devices.camera,
        (false, _) => words.devices.microphone,
    };
    let told = Told { title, what, steps: steps(&words.devices, worst) };
    Some(Advice { told, help: help(words, call.role()), offers: &[] })
}

/// Of two devices that fail, the one that needs more doing.
fn worse(one: Device, other: Device) -> Device {
    if one == Device::Silent { other } else { one }
}

fn steps(words: &'static DevicesWords, device: Device) -> &'static [&'static str] {
    match device {
        Device::Silent => &words.silent,
        Device::Refused(MediaFailure::Denied) => &words.denied,
        Device::Refused(MediaFailure::NoDevice) => &words.missing,
        Device::Refused(_) => &words.refused,
        Device::Working | Device::Stalled(_) | Device::Ended | Device::Restarting => &words.ended,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::ENGLISH, *};
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
        devices_advice(&ENGLISH, &call)
    }

    #[test]
    fn what_fails_is_named_and_one_notice_names_both() {
        let ended = |kind| (kind, DeviceNews::Ended);
        assert_eq!(told(&[]), None);
        let camera = told(&[ended(TrackKind::Video)]).map(|advice| advice.told.title);
        assert_eq!(camera, Some("Your camera has stopped"));
        let microphone = told(&[ended(TrackKind::Audio)]).map(|advice| advice.told.title);
        assert_eq!(microphone, Some("Your microphone has stopped"));
        let both = told(&[ended(TrackKind::Audio), ended(TrackKind::Video)]).map(|advice| advice.told.title);
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
            assert!(advice.told.steps.iter().all(|step| step.ends_with('.')), "{news:?}");
            steps.insert(advice.told.steps);
        }
        assert_eq!(steps.len(), 4);
    }
}
