//! `video::twilio` alone.

use super::fake;
use owl_hospital::{
    api::JoinTicket,
    domain::{
        IceServer, Identity,
        call::{MediaFailure, MediaWish, RemoteTrack, Report, TrackKind},
    },
    video::{
        Choice,
        twilio::{LocalMedia, Room, connect},
    },
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

pub fn ticket(signaling: Option<&str>) -> JoinTicket {
    JoinTicket {
        identity: Identity::parse("patient-1").expect("well formed"),
        room: "owls".into(),
        token: "secret".into(),
        signaling: signaling.map(str::to_owned),
        ice_servers: signaling.map(|_| {
            vec![IceServer {
                urls: vec!["turn:turn.example".into()],
                username: Some("owl".into()),
                credential: Some("hoot".into()),
            }]
        }),
        relay_only: false,
    }
}

type Heard = Rc<RefCell<Vec<Report>>>;

async fn enter() -> (Room, Heard) {
    fake::install();
    let heard = Heard::default();
    let media = LocalMedia::default();
    let connecting =
        connect(&ticket(Some("/signaling")), &media, "https://owl.example").expect("options fit");
    let ears = Rc::clone(&heard);
    let room = connecting.done(Rc::new(move |report| ears.borrow_mut().push(report))).await.expect("let in");
    (room, heard)
}

#[wasm_bindgen_test]
async fn the_embedded_engine_is_given_its_address_and_ice_servers() {
    let _room = enter().await;
    assert_eq!(
        fake::connect_calls(),
        r#"[{"token":"secret","name":"owls","insights":false,"wsServer":"wss://owl.example/signaling","iceServers":[{"urls":["turn:turn.example"],"username":"owl","credential":"hoot"}],"tracks":[]}]"#
    );
}

#[wasm_bindgen_test]
async fn twilio_keeps_its_own_address_and_ice_servers() {
    fake::install();
    let media = LocalMedia::ask(MediaWish::CameraAndMicrophone, Choice::default()).await.expect("granted");
    let connecting = connect(&ticket(None), &media, "http://localhost:1337").expect("options fit");
    assert_eq!(
        fake::connect_calls(),
        r#"[{"token":"secret","name":"owls","insights":false,"tracks":["audio","video"]}]"#
    );
    drop(connecting);
    assert_eq!(fake::cancelled(), 1, "a connection given up is called off");
}

#[wasm_bindgen_test]
async fn relay_only_and_servers_that_the_sdk_asks_for_itself_are_passed_on() {
    fake::install();
    let ticket = JoinTicket { ice_servers: None, relay_only: true, ..ticket(Some("/signaling")) };
    let connecting = connect(&ticket, &LocalMedia::default(), "https://owl.example").expect("options fit");
    assert_eq!(
        fake::connect_calls(),
        r#"[{"token":"secret","name":"owls","insights":false,"wsServer":"wss://owl.example/signaling","iceTransportPolicy":"relay","tracks":[]}]"#
    );
    drop(connecting);
}

#[wasm_bindgen_test]
async fn media_is_asked_for_as_the_tutorial_does_and_goes_off_with_its_owner() {
    fake::install();
    let both = LocalMedia::ask(MediaWish::CameraAndMicrophone, Choice::default()).await.expect("granted");
    let sound = LocalMedia::ask(MediaWish::MicrophoneOnly, Choice::default()).await.expect("granted");
    let nothing = LocalMedia::ask(MediaWish::Nothing, Choice::default()).await.expect("nothing to refuse");
    assert_eq!(fake::asked_media(), r#"[{"audio":true,"video":{"width":640}},{"audio":true}]"#);
    drop(nothing);
    assert_eq!(fake::tracks_on(), "audio,video,audio");
    sound.switch(TrackKind::Audio, false);
    sound.switch(TrackKind::Video, false);
    assert_eq!(fake::tracks_enabled(), "audio,video");
    let element: web_sys::HtmlMediaElement = video().unchecked_into();
    assert!(both.show_picture(&element) && !sound.show_picture(&element));
    assert_eq!(fake::tracks_attached(), 1);
    drop(both);
    assert_eq!((fake::tracks_on().as_str(), fake::tracks_attached()), ("audio", 0));
    drop(sound);
    assert_eq!(fake::tracks_on(), "");
}

#[wasm_bindgen_test]
async fn devices_that_are_chosen_are_asked_for_and_no_others() {
    fake::install();
    let choice =
        Choice { camera: Some("front".into()), microphone: Some("headset".into()), ..Choice::default() };
    for wish in [MediaWish::CameraAndMicrophone, MediaWish::CameraOnly, MediaWish::MicrophoneOnly] {
        drop(LocalMedia::ask(wish, choice.clone()).await.expect("granted"));
    }
    let (camera, microphone) = (
        r#""video":{"width":640,"deviceId":{"ideal":"front"}}"#,
        r#""audio":{"deviceId":{"ideal":"headset"}}"#,
    );
    assert_eq!(
        fake::asked_media(),
        format!(r#"[{{{microphone},{camera}}},{{"audio":false,{camera}}},{{{microphone}}}]"#)
    );
}

#[wasm_bindgen_test]
async fn every_refusal_of_a_device_has_its_kind() {
    for (name, failure) in [
        ("NotAllowedError", MediaFailure::Denied),
        ("SecurityError", MediaFailure::Denied),
        ("NotFoundError", MediaFailure::NoDevice),
        ("OverconstrainedError", MediaFailure::NoDevice),
        ("NotReadableError", MediaFailure::InUse),
        ("AbortError", MediaFailure::InUse),
        ("TypeError", MediaFailure::Unavailable),
    ] {
        fake::install();
        fake::refuse_media(name);
        let refused = LocalMedia::ask(MediaWish::MicrophoneOnly, Choice::default()).await.err();
        assert_eq!(refused, Some(failure), "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_refused_connection_carries_twilios_code() {
    fake::install();
    fake::refuse_connection(53105);
    let connecting = connect(&ticket(None), &LocalMedia::default(), "http://localhost").expect("options fit");
    assert_eq!(connecting.done(Rc::new(|_| ())).await.err(), Some(Some(53105)));
}

#[wasm_bindgen_test]
async fn those_who_are_there_are_found_with_what_they_send() {
    let (room, _) = enter().await;
    let [doctor] = &room.remotes()[..] else { panic!("one participant is there") };
    assert_eq!(
        (doctor.sid.as_str(), doctor.identity.as_str(), doctor.publishes),
        ("PA1", "provider-1", true)
    );
    let sound = RemoteTrack { sid: "MT1".into(), kind: TrackKind::Audio, enabled: true };
    assert_eq!(doctor.tracks, [sound], "what has not arrived cannot be shown");
    let element: web_sys::HtmlMediaElement = video().unchecked_into();
    assert!(room.attach("MT1", &element) && !room.attach("MT2", &element));
}

#[wasm_bindgen_test]
async fn every_event_of_the_room_becomes_its_report() {
    let (_room, heard) = enter().await;
    let patient = || "PA2".to_owned();
    let track = RemoteTrack { sid: "MT9".into(), kind: TrackKind::Video, enabled: true };
    for (event, report) in [
        ("goes", Some(Report::ParticipantLeft(patient()))),
        ("breaks", Some(Report::ParticipantReconnecting(patient(), true))),
        ("mends", Some(Report::ParticipantReconnecting(patient(), false))),
        ("publishes", Some(Report::ParticipantPublishes(patient()))),
        ("subscribes", Some(Report::TrackAdded(patient(), track))),
        ("unsubscribes", Some(Report::TrackRemoved(patient(), "MT9".into()))),
        ("data", None),
        ("disables", Some(Report::TrackEnabled(patient(), "MT9".into(), false))),
        ("enables", Some(Report::TrackEnabled(patient(), "MT9".into(), true))),
        ("interrupted", Some(Report::Reconnecting)),
        ("back", Some(Report::Reconnected)),
        ("ends", Some(Report::Disconnected(None))),
        ("dropped", Some(Report::Disconnected(Some(53001)))),
    ] {
        fake::say(event);
        assert_eq!(heard.take(), report.into_iter().collect::<Vec<_>>(), "{event}");
    }
    fake::say("comes");
    let [Report::ParticipantJoined(remote)] = &heard.take()[..] else { panic!("somebody came") };
    assert_eq!((remote.identity.as_str(), remote.publishes), ("patient-2", false));
}

#[wasm_bindgen_test]
async fn only_packets_that_arrived_count_as_media() {
    let (room, _) = enter().await;
    assert!(room.arriving().await.is_empty());
    fake::say("arrives");
    assert_eq!(room.arriving().await, ["PA1"]);
}

#[wasm_bindgen_test]
async fn a_dropped_room_is_left_once_and_no_longer_heard() {
    let (room, heard) = enter().await;
    assert!(fake::room_listeners() > 0);
    drop(room);
    assert_eq!((fake::room_listeners(), fake::room_disconnects()), (0, 1));
    fake::say("comes");
    assert_eq!(heard.take(), []);
}

pub fn video() -> web_sys::Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("a browser");
    document.create_element("video").expect("a video element")
}
