//! A camera or microphone that fails in a call.

use super::{
    fake,
    session::{begin, reaches, until},
};
use owl_hospital::{
    domain::call::{DeviceNews, Event, Failure, MediaFailure, MediaWish, Phase, TrackKind},
    video::{self, Choice, twilio::LocalMedia},
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_test::wasm_bindgen_test;

type Heard = Rc<RefCell<Vec<(TrackKind, DeviceNews)>>>;
type Tell = Rc<dyn Fn(TrackKind, DeviceNews)>;

async fn listening() -> (LocalMedia, Heard, Tell) {
    fake::install();
    let heard = Heard::default();
    let ears = Rc::clone(&heard);
    let tell: Tell = Rc::new(move |kind, news| ears.borrow_mut().push((kind, news)));
    let mut media =
        LocalMedia::ask(MediaWish::CameraAndMicrophone, Choice::default()).await.expect("granted");
    media.listen(&tell);
    (media, heard, tell)
}

#[wasm_bindgen_test]
async fn what_a_device_says_becomes_its_news_until_it_is_dropped() {
    let (media, heard, _) = listening().await;
    for (said, kind, news) in [
        ("camera silent", TrackKind::Video, DeviceNews::Silent(true)),
        ("camera heard of", TrackKind::Video, DeviceNews::Silent(false)),
        ("camera unplugged", TrackKind::Video, DeviceNews::Ended),
        ("microphone unplugged", TrackKind::Audio, DeviceNews::Ended),
    ] {
        fake::say(said);
        assert_eq!(heard.take(), [(kind, news)], "{said}");
    }
    assert!(fake::track_listeners() > 0);
    drop(media);
    assert_eq!((fake::track_listeners(), heard.take()), (0, vec![]), "our own stopping is no news");
}

#[wasm_bindgen_test]
async fn a_device_is_started_again_or_says_why_not() {
    let (media, heard, tell) = listening().await;
    fake::say("camera unplugged");
    heard.take();
    fake::refuse_media("NotFoundError");
    media.restart(TrackKind::Video, &tell).expect("there is a camera").await;
    assert_eq!(heard.take(), [(TrackKind::Video, DeviceNews::Refused(MediaFailure::NoDevice))]);
    fake::grant_media_at_once();
    media.restart(TrackKind::Video, &tell).expect("there is a camera").await;
    assert_eq!(heard.take().last(), Some(&(TrackKind::Video, DeviceNews::Works)));
    assert_eq!(fake::tracks_on(), "audio,video");
}

#[wasm_bindgen_test]
async fn invariant_5_a_camera_started_again_after_leaving_goes_off_at_once() {
    let seen = begin();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::InRoom).await;
    fake::say("camera unplugged");
    assert_eq!(fake::tracks_on(), "audio");
    fake::grant_media_later();
    video::send(Event::Restart(TrackKind::Video));
    // The restart begins in a turn of its own.
    until(fake::grant_is_awaited).await;
    video::send(Event::Leave);
    fake::grant_media();
    until(|| fake::tracks_on().is_empty()).await;
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
}

#[wasm_bindgen_test]
async fn a_failed_camera_comes_back_in_the_call() {
    let seen = begin();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::InRoom).await;
    video::send(Event::Switch(TrackKind::Video, false));
    fake::say("camera unplugged");
    assert_eq!(fake::rooms_open(), 1, "the call goes on");
    video::send(Event::Restart(TrackKind::Video));
    until(|| fake::tracks_on() == "audio,video").await;
    assert_eq!(fake::tracks_enabled(), "audio,video", "who turns it on wants to be seen");
    video::stop();
    assert_eq!(fake::tracks_on(), "");
}

#[wasm_bindgen_test]
async fn a_failure_without_a_better_reason_is_the_unsupported_browsers() {
    let seen = begin();
    fake::unsupported();
    fake::refuse_connection(0);
    video::send(Event::Join(MediaWish::Nothing));
    reaches(&seen, Phase::Failed(Failure::Unsupported)).await;
    fake::refuse_connection(53105);
    video::send(Event::Join(MediaWish::Nothing));
    reaches(&seen, Phase::Failed(Failure::Full)).await;
    fake::refuse_media("TypeError");
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::Failed(Failure::Unsupported)).await;
    fake::refuse_media("NotAllowedError");
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::Failed(Failure::Media(MediaFailure::Denied))).await;
}
