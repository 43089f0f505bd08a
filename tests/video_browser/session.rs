//! The session: the machine's effects carried out, and late answers refused.

use super::{binding, fake};
use gloo_timers::future::TimeoutFuture;
use leptos::server_fn::{Encodes, codec::PostcardEncoding};
use owl_hospital::{
    domain::{
        Role,
        call::{Call, Event, Failure, MediaFailure, MediaWish, Phase, TrackKind},
    },
    video,
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_test::wasm_bindgen_test;

/// Every phase of the session, each once.
pub type Seen = Rc<RefCell<Vec<Phase>>>;

pub fn begin() -> Seen {
    fake::install();
    video::engine_from(|| Box::pin(async { Some(video::engine()) }));
    let ticket =
        PostcardEncoding::encode(&binding::ticket(Some("/signaling"))).expect("a ticket can be sent");
    fake::install_server(ticket.to_vec());
    let seen = Seen::default();
    let phases = Rc::clone(&seen);
    video::start(video::TicketSource::Demo(Role::Patient), move |call: &Call| {
        let mut phases = phases.borrow_mut();
        if phases.last() != Some(&call.phase()) {
            phases.push(call.phase());
        }
    });
    seen
}

/// Lets everything that waits on promises go on until the call is there.
pub async fn reaches(seen: &Seen, phase: Phase) {
    until(|| seen.borrow().last() == Some(&phase)).await;
}

/// As [`reaches`], for what the fake has noted. Some seconds of turns are for ever.
pub async fn until(condition: impl Fn() -> bool) {
    for _ in 0..2000 {
        if condition() {
            return;
        }
        TimeoutFuture::new(1).await;
    }
    panic!("what is awaited never comes");
}

#[wasm_bindgen_test]
async fn join_and_leave_turn_everything_on_and_off() {
    let seen = begin();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::InRoom).await;
    assert_eq!(*seen.borrow(), [Phase::Ready, Phase::AskingForMedia, Phase::Connecting, Phase::InRoom]);
    assert_eq!((fake::tracks_on().as_str(), fake::rooms_open()), ("audio,video", 1));
    video::send(Event::Switch(TrackKind::Video, false));
    assert_eq!(fake::tracks_enabled(), "audio");
    video::send(Event::Leave);
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
    assert_eq!((fake::tracks_on().as_str(), fake::rooms_open()), ("", 0));
}

#[wasm_bindgen_test]
async fn a_press_while_the_engine_cannot_be_had_fails_and_the_next_one_fetches_it_again() {
    let seen = begin();
    video::engine_from(|| Box::pin(async { None }));
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    assert_eq!(seen.borrow().last(), Some(&Phase::AskingForMedia), "it is heard before the engine is there");
    reaches(&seen, Phase::Failed(Failure::Media(MediaFailure::Unavailable))).await;
    assert_eq!(fake::asked_media(), "[]");
    video::engine_from(|| Box::pin(async { Some(video::engine()) }));
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::InRoom).await;
    video::stop();
    assert_eq!((fake::tracks_on().as_str(), fake::rooms_open()), ("", 0));
}

#[wasm_bindgen_test]
async fn who_leaves_before_the_engine_comes_is_asked_for_no_camera_by_it() {
    let seen = begin();
    video::engine_from(|| Box::pin(async { Some(video::engine()) }));
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    video::send(Event::Leave);
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
    video::send(Event::Join(MediaWish::Nothing));
    reaches(&seen, Phase::InRoom).await;
    assert_eq!((fake::asked_media().as_str(), fake::rooms_open()), ("[]", 1));
    video::stop();
}

#[wasm_bindgen_test]
async fn invariant_5_a_camera_granted_after_leaving_goes_off_at_once() {
    let seen = begin();
    fake::grant_media_later();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    until(|| fake::asked_media() != "[]").await;
    video::send(Event::Leave);
    fake::grant_media();
    until(|| fake::tracks_on().is_empty()).await;
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
}

#[wasm_bindgen_test]
async fn a_room_that_opens_after_leaving_is_left_at_once() {
    let seen = begin();
    fake::let_in_later();
    video::send(Event::Join(MediaWish::Nothing));
    until(|| fake::connect_calls() != "[]").await;
    video::send(Event::Leave);
    assert_eq!(fake::cancelled(), 1);
    fake::let_in();
    until(|| fake::rooms_open() == 0).await;
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
}

#[wasm_bindgen_test]
async fn leaving_works_when_the_sdk_stumbles_over_being_called_off() {
    let seen = begin();
    fake::let_in_later();
    fake::stumble_when_cancelled();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    until(|| fake::connect_calls() != "[]").await;
    video::send(Event::Leave);
    assert_eq!(fake::cancelled(), 1);
    assert_eq!(fake::tracks_on(), "", "the camera is off");
    assert_eq!(seen.borrow().last(), Some(&Phase::Left));
}

#[wasm_bindgen_test]
async fn a_refused_camera_ends_the_join_and_another_way_in_works() {
    let seen = begin();
    fake::refuse_media("NotAllowedError");
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::Failed(Failure::Media(MediaFailure::Denied))).await;
    assert_eq!(fake::rooms_open(), 0);
    video::send(Event::Join(MediaWish::Nothing));
    reaches(&seen, Phase::InRoom).await;
    video::stop();
    assert_eq!(fake::rooms_open(), 0);
}

#[wasm_bindgen_test]
async fn a_call_that_the_sdk_gave_up_is_rejoined_with_a_new_ticket() {
    let seen = begin();
    video::send(Event::Join(MediaWish::MicrophoneOnly));
    reaches(&seen, Phase::InRoom).await;
    fake::say("dropped");
    assert_eq!(seen.borrow().last(), Some(&Phase::Rejoining));
    assert_eq!(fake::tracks_on(), "audio", "the microphone stays on for the call that goes on");
    reaches(&seen, Phase::InRoom).await;
    assert_eq!((fake::tickets_fetched(), fake::rooms_open()), (2, 1));
    video::stop();
}

#[wasm_bindgen_test]
async fn elements_show_tracks_of_the_room_and_let_go_of_them() {
    use wasm_bindgen::JsCast;
    let seen = begin();
    video::send(Event::Join(MediaWish::CameraAndMicrophone));
    reaches(&seen, Phase::InRoom).await;
    let element: web_sys::HtmlMediaElement = binding::video().unchecked_into();
    assert!(video::show_own_picture(&element));
    assert_eq!(fake::tracks_attached(), 1);
    video::show_track("MT1", &element);
    video::hide_track("MT1", &element);
    video::stop();
    assert!(!video::show_own_picture(&element), "nothing is shown after the end");
}
