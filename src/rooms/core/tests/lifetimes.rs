use super::world::{START, World};
use crate::rooms::AdHocRooms;
use crate::rooms::core::{CreateError, Input, Loss, NewRoom, ParticipantStatus, RoomKind, RoomSettings};
use serde_json::json;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

/// A second less.
fn almost(time: Duration) -> Duration {
    time.saturating_sub(Duration::from_secs(1))
}

fn settings(unused: u64, empty: u64) -> RoomSettings {
    RoomSettings {
        unused_timeout: MINUTE * u32::try_from(unused).expect("small"),
        empty_timeout: MINUTE * u32::try_from(empty).expect("small"),
        ..RoomSettings::default()
    }
}

fn try_create(world: &mut World, name: Option<&str>, settings: RoomSettings) -> Result<String, CreateError> {
    world.input(Input::Create(Box::new(NewRoom { name: name.map(str::to_owned), settings })));
    world.created.take().expect("an answer").map(|sid| sid.to_string())
}

fn create(world: &mut World, name: &str, settings: RoomSettings) -> String {
    try_create(world, Some(name), settings).expect("made")
}

fn is_open(world: &World, room: &str) -> bool {
    world.core.room_facts(room, world.unix()).is_some_and(|facts| facts.ended_at.is_none())
}

#[test]
fn a_room_that_nobody_uses_ends_after_its_unused_timeout() {
    let mut world = World::new();
    let sid = create(&mut world, "r", settings(2, 1));
    world.pass(almost(MINUTE * 2));
    assert!(is_open(&world, "r") && is_open(&world, &sid));
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, "r") && !is_open(&world, &sid));
    world.assert_empty();
    assert_eq!(world.core.alarms(), 0);
}

#[test]
fn a_room_that_was_left_ends_after_its_empty_timeout() {
    let mut world = World::new();
    let sid = create(&mut world, "r", settings(1, 3));
    let a = world.join("a", "r");
    assert_eq!(a.state["sid"], sid.as_str());
    world.pass(MINUTE * 10);
    world.say(a.on, json!({"type": "disconnect", "session": a.session}));
    world.pass(almost(MINUTE * 3));
    // Coming back stops the clock, and leaving starts it anew.
    let again = world.join("a", "r");
    assert_eq!(again.state["sid"], sid.as_str());
    world.pass(MINUTE * 5);
    world.say(again.on, json!({"type": "disconnect", "session": again.session}));
    world.pass(almost(MINUTE * 3));
    assert!(is_open(&world, "r"));
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, "r"));
    world.assert_empty();
    assert_eq!(world.core.alarms(), 0);
}

#[test]
fn a_room_that_somebody_opened_ends_with_its_last_participant() {
    let mut world = World::new();
    let a = world.join("a", "r");
    world.say(a.on, json!({"type": "disconnect", "session": a.session}));
    assert!(!is_open(&world, "r"));
}

#[test]
fn names_are_unique_among_rooms_in_progress_only() {
    let mut world = World::new();
    let first = create(&mut world, "r", settings(1, 1));
    assert_eq!(try_create(&mut world, Some("r"), settings(1, 1)), Err(CreateError::Exists));
    assert_eq!(try_create(&mut world, Some(&first), settings(1, 1)), Err(CreateError::Exists));
    let unnamed = try_create(&mut world, None, settings(1, 1)).expect("made");
    assert_eq!(world.core.room_facts(&unnamed, world.unix()).expect("a room").name, unnamed);
    world.input(Input::Complete { room: "r" });
    let second = create(&mut world, "r", settings(1, 1));
    assert_ne!(first, second);
    let facts = |room: &str| world.core.room_facts(room, world.unix()).expect("a room");
    assert_eq!(facts("r").sid, second);
    assert!(facts(&first).ended_at.is_some(), "the completed one is found by its SID");
    world.join("a", "open");
    assert_eq!(try_create(&mut world, Some("open"), settings(1, 1)), Err(CreateError::Exists));
}

#[test]
fn a_name_is_no_longer_than_it_may_be() {
    let mut world = World::new();
    let long = "n".repeat(129);
    assert_eq!(try_create(&mut world, Some(&long), settings(1, 1)), Err(CreateError::NameTooLong));
    assert_eq!(try_create(&mut world, Some("a\nb"), settings(1, 1)), Err(CreateError::NameChars));
    assert!(try_create(&mut world, Some(&"é".repeat(128)), settings(1, 1)).is_ok());
}

#[test]
fn a_room_holds_as_many_as_it_was_made_for() {
    let mut world = World::with(10);
    create(&mut world, "r", RoomSettings { max_participants: Some(1), ..settings(1, 1) });
    world.join("a", "r");
    let refused = world.hello(World::connect_body("b", "r"));
    assert_eq!(world.refusal(refused), 53105);
    world.join("a", "r");
}

#[test]
fn an_empty_room_can_be_completed() {
    let mut world = World::new();
    let sid = create(&mut world, "r", settings(5, 5));
    assert_eq!(world.input(Input::Complete { room: &sid }), Some(true));
    assert_eq!(world.input(Input::Complete { room: &sid }), Some(false));
    world.assert_empty();
    assert_eq!(world.core.alarms(), 0);
}

#[test]
fn completing_ends_a_room_that_would_wait_for_others() {
    let mut world = World::new();
    create(&mut world, "r", settings(5, 5));
    let a = world.join("a", "r");
    assert_eq!(world.input(Input::Complete { room: "r" }), Some(true));
    assert_eq!(world.take_one(a.on), json!({"type": "disconnected", "status": "completed"}));
    assert!(!is_open(&world, "r"));
}

#[test]
fn nobody_stays_longer_than_the_room_allows() {
    let mut world = World::new();
    create(&mut world, "r", RoomSettings { max_stay: MINUTE * 10, ..settings(5, 5) });
    let a = world.join("a", "r");
    world.pass(MINUTE * 4);
    let b = world.join("b", "r");
    world.pass(almost(MINUTE * 6));
    world.take(a.on);
    world.take(b.on);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.refusal(a.on), 53216);
    assert_eq!(world.take_one(b.on)["participants"][0]["state"], "disconnected");
    world.pass(MINUTE * 4);
    assert_eq!(world.refusal(b.on), 53216);
    // Four hours, where nothing else is said.
    let c = world.join("c", "another");
    world.pass(almost(Duration::from_hours(4)));
    world.take(c.on);
    world.pass(Duration::from_secs(1));
    assert_eq!(world.refusal(c.on), 53216);
    world.pass(MINUTE);
    world.assert_empty();
    assert_eq!(world.core.alarms(), 0);
}

#[test]
fn who_left_is_remembered_and_those_who_came_last_longest() {
    let mut world = World::new();
    let sid = create(&mut world, "r", settings(5, 5));
    for n in 0..60 {
        let who = world.join(&format!("p{n}"), "r");
        world.pass(Duration::from_secs(1));
        world.say(who.on, json!({"type": "disconnect", "session": who.session}));
    }
    world.join("here", "r");
    let list = world.core.participant_list("r", world.unix()).expect("a room");
    assert_eq!(list.len(), 51);
    assert_eq!((list[0].identity.as_str(), list[0].status), ("p10", ParticipantStatus::Disconnected));
    assert_eq!(list[0].left_at, Some(list[0].joined_at + 1));
    assert_eq!((list[50].identity.as_str(), list[50].status), ("here", ParticipantStatus::Connected));
    world.input(Input::Complete { room: "r" });
    let list = world.core.participant_list(&sid, world.unix()).expect("a completed room");
    assert!(list.iter().all(|who| who.status == ParticipantStatus::Disconnected));
    assert!(world.core.participant_list("r", world.unix()).is_none(), "not by its name");
    assert!(world.core.room_facts(&sid, world.unix() + 3599).is_some());
    assert!(world.core.room_facts(&sid, world.unix() + 3600).is_none(), "for an hour");
}

#[test]
fn completed_rooms_are_not_hoarded() {
    let mut world = World::new();
    let first = create(&mut world, "first", settings(5, 5));
    world.input(Input::Complete { room: "first" });
    for _ in 0..1000 {
        create(&mut world, "r", settings(5, 5));
        world.input(Input::Complete { room: "r" });
    }
    assert_eq!(world.core.room_list(true, world.unix()).len(), 1000);
    assert!(world.core.room_facts(&first, world.unix()).is_none());
}

#[test]
fn put_out_by_sid_meets_nobody_else() {
    let mut world = World::new();
    let first = world.join("a", "r");
    let second = world.join("a", "r");
    world.take(first.on);
    let input = |sid| Input::PutOutSid { room: "r", participant: sid };
    assert_eq!(world.input(input(&first.sid)), Some(false), "somebody who came in again stays");
    assert!(world.take(second.on).is_empty());
    assert_eq!(world.input(input(&second.sid)), Some(true));
    assert_eq!(world.take_one(second.on), json!({"type": "disconnected", "status": "disconnected"}));
}

#[test]
fn an_empty_room_survives_a_restart_with_its_settings_and_ends_in_time() {
    let mut world = World::with(10);
    let settings = RoomSettings { kind: RoomKind::Go, max_participants: Some(2), ..settings(3, 7) };
    let sid = create(&mut world, "r", settings.clone());
    world.pass(MINUTE * 2);
    world.kill(Duration::from_secs(1));
    let facts = world.core.room_facts("r", world.unix()).expect("still there");
    assert_eq!((facts.sid, facts.settings, facts.opened_at), (sid.clone(), settings, START));
    world.pass(almost(almost(MINUTE)));
    assert!(is_open(&world, "r"));
    world.join("a", "r");
    world.kill(Duration::from_secs(1));
    // Nobody comes back; and the room was used.
    world.pass(almost(Duration::from_secs(30) + MINUTE * 7));
    assert!(is_open(&world, &sid));
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, &sid));
    assert!(world.books.is_empty() && world.core.alarms() == 0, "{:?}", world.books);
}

/// As in a rolling restart.
#[test]
fn an_empty_room_ends_in_time_however_often_the_server_is_started_anew() {
    for was_used in [false, true] {
        let mut world = World::new();
        create(&mut world, "r", settings(5, 5));
        if was_used {
            let a = world.join("a", "r");
            world.say(a.on, json!({"type": "disconnect", "session": a.session}));
        }
        for _ in 0..9 {
            world.pass(Duration::from_secs(29));
            world.kill(Duration::from_secs(1));
            assert!(is_open(&world, "r"));
        }
        world.pass(Duration::from_secs(29));
        assert!(is_open(&world, "r"));
        world.pass(Duration::from_secs(1));
        assert!(!is_open(&world, "r") && world.books.is_empty() && world.core.alarms() == 0);
    }
}

#[test]
fn who_comes_stops_the_clock_of_a_room_for_the_next_process_too() {
    let mut world = World::new();
    create(&mut world, "r", settings(5, 5));
    world.pass(MINUTE * 4);
    let a = world.join("a", "r");
    world.pass(MINUTE * 4);
    world.kill(Duration::from_secs(1));
    let on = world.hello(World::sync_body(&a, "a", &json!([])));
    world.say(on, json!({"type": "disconnect", "session": a.session}));
    world.pass(almost(MINUTE * 5));
    assert!(is_open(&world, "r"), "the whole time from then on");
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, "r"));
}

#[test]
fn a_wall_clock_that_is_set_back_gives_an_empty_room_no_more_than_its_whole_time() {
    let mut world = World::new();
    create(&mut world, "r", settings(5, 5));
    world.jump(-86_400);
    for _ in 0..4 {
        world.pass(MINUTE);
        world.kill(Duration::ZERO);
    }
    // The first start took the whole time for what remained; the others kept to that.
    world.pass(almost(MINUTE * 2));
    assert!(is_open(&world, "r"));
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, "r"));
    create(&mut world, "r", settings(5, 5));
    world.jump(86_400);
    world.kill(Duration::ZERO);
    world.pass(Duration::from_secs(1));
    assert!(!is_open(&world, "r"), "nothing remains by a clock that was put on");
}

#[test]
fn stays_go_on_over_a_restart() {
    let mut world = World::new();
    create(&mut world, "r", RoomSettings { max_stay: MINUTE * 10, ..settings(5, 5) });
    let gone = world.join("gone", "r");
    let a = world.join("a", "r");
    world.say(gone.on, json!({"type": "disconnect", "session": gone.session}));
    world.pass(MINUTE * 9);
    world.kill(Duration::from_secs(1));
    let list = world.core.participant_list("r", world.unix()).expect("a room");
    let seen: Vec<_> = list.iter().map(|who| (who.identity.as_str(), who.joined_at, who.left_at)).collect();
    assert_eq!(seen, [("gone", START, Some(START)), ("a", START, None)]);
    let tracks = world.core.published_tracks("r", &list[1]);
    assert_eq!(
        tracks.iter().map(|track| (track.name.as_str(), track.since)).collect::<Vec<_>>(),
        [("cam", START)]
    );
    let on = world.hello(World::sync_body(&a, "a", &json!([])));
    world.take(on);
    world.pass(almost(almost(MINUTE)));
    assert!(world.take(on).is_empty());
    world.pass(Duration::from_secs(2));
    assert_eq!(world.refusal(on), 53216);
}

#[test]
fn a_stay_that_ended_is_known_to_the_next_process_too() {
    let mut world = World::new();
    create(&mut world, "r", RoomSettings { max_stay: MINUTE * 10, ..settings(5, 5) });
    let a = world.join("a", "r");
    world.pass(almost(MINUTE * 10));
    world.input(Input::Closed(a.on, Loss::Vanished));
    world.pass(Duration::from_secs(2));
    world.kill(Duration::from_secs(1));
    let on = world.hello(World::sync_body(&a, "a", &json!([])));
    assert_eq!(world.refusal(on), 53216);
}

#[test]
fn a_room_that_is_over_stays_over_where_a_connect_opens_only_known_ones() {
    let mut world = World::new();
    world.core.config.ad_hoc = AdHocRooms::Named(vec!["open".into()]);
    world.join("a", "open");
    let on = world.hello(World::connect_body("a", "visit"));
    assert_eq!(world.refusal(on), 53106);

    create(&mut world, "visit", settings(5, 5));
    world.join("a", "visit");
    world.input(Input::Complete { room: "visit" });
    let on = world.hello(World::connect_body("a", "visit"));
    assert_eq!(world.refusal(on), 53106);
}
