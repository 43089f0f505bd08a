use super::world::{World, track};
use serde_json::json;

#[test]
fn a_published_track_is_told_to_its_author_and_to_the_others() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    let tracks = json!([track("a-cam", "cam"), track("a-screen", "screen")]);
    world.say(
        a.on,
        json!({"type": "update", "session": a.session, "participant": {"revision": 2, "tracks": tracks}}),
    );
    let own = world.take_one(a.on);
    assert_eq!(own["published"]["tracks"][1]["id"], "a-screen");
    assert_eq!(
        own["published"]["tracks"][0]["sid"], a.state["published"]["tracks"][0]["sid"],
        "keeps its SID"
    );
    assert!(own["published"]["revision"].as_u64() > a.state["published"]["revision"].as_u64());
    let news = world.take_one(b.on);
    assert_eq!(news["participants"][0]["tracks"][1]["name"], "screen");
    assert_eq!(news["subscribed"]["tracks"][1]["id"], "a-screen");
    assert_eq!(news["subscribed"]["tracks"][1]["sid"], own["published"]["tracks"][1]["sid"]);
}

#[test]
fn muting_and_unpublishing_are_told() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    let mut muted = track("a-cam", "cam");
    muted["enabled"] = json!(false);
    let revised = |revision, tracks| json!({"type": "update", "session": a.session, "participant": {"revision": revision, "tracks": tracks}});
    world.say(a.on, revised(2, json!([muted])));
    assert_eq!(world.take_one(b.on)["participants"][0]["tracks"][0]["enabled"], false);
    world.say(a.on, revised(3, json!([])));
    let news = world.take_one(b.on);
    assert_eq!(news["participants"][0]["tracks"], json!([]));
    assert_eq!(news["subscribed"]["tracks"], json!([]));
}

#[test]
fn an_old_revision_changes_nothing() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    world.say(
        a.on,
        json!({"type": "update", "session": a.session, "participant": {"revision": 1, "tracks": []}}),
    );
    assert!(world.take(a.on).is_empty());
    assert!(world.take(b.on).is_empty());
}

#[test]
fn a_track_that_breaks_a_rule_fails_alone() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    let tracks = json!([track("1", "same"), track("2", "same"), track("3", &"n".repeat(129))]);
    world.say(
        a.on,
        json!({"type": "update", "session": a.session, "participant": {"revision": 2, "tracks": tracks}}),
    );
    let own = world.take_one(a.on);
    let failed = |n: usize| own["published"]["tracks"][n]["error"]["code"].as_u64();
    assert_eq!((failed(0), failed(1), failed(2)), (None, Some(53304), Some(53302)));
    assert_eq!(own["published"]["tracks"][1]["state"], "failed");
    assert_eq!(world.take_one(b.on)["participants"][0]["tracks"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_participant_who_leaves_keeps_its_tracks() {
    let mut world = World::new();
    let a = world.join("a", "r");
    let b = world.join("b", "r");
    world.take(a.on);
    world.say(b.on, json!({"type": "disconnect", "session": b.session}));
    let news = world.take_one(a.on);
    assert_eq!(news["participants"][0]["state"], "disconnected");
    assert_eq!(news["participants"][0]["tracks"][0]["name"], "cam");
    assert_eq!(news["subscribed"]["tracks"], json!([]));
}
