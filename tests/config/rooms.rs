//! `owl rooms`: which of the settings it takes, and what they mean there.

use super::{ACCOUNT, KEY, SECRET};
use owl_hospital::server::config::{self, Task};
use secrecy::ExposeSecret;
use std::ffi::OsString;

fn task(words: &[&str], variables: &[(&str, &str)]) -> Result<Task, config::ConfigError> {
    Task::read(["owl"].iter().chain(words).map(OsString::from), |name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
    })
}

fn rooms(words: &[&str], variables: &[(&str, &str)]) -> config::RoomServer {
    match task(words, variables) {
        Ok(Task::Rooms(config)) => *config,
        Ok(_) => panic!("{words:?} is not the room server"),
        Err(error) => panic!("{error}"),
    }
}

fn refusal(words: &[&str], variables: &[(&str, &str)]) -> String {
    match task(words, variables) {
        Ok(_) => panic!("{words:?} was accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn without_a_subcommand_it_is_the_product() {
    assert!(matches!(task(&[], &[]), Ok(Task::Clinic(_))));
    assert!(matches!(task(&["--listen", "127.0.0.1:8"], &[]), Ok(Task::Clinic(_))));
    assert!(matches!(Task::read([], |_| None), Ok(Task::Clinic(_))));
}

#[test]
fn the_room_server_needs_no_setting_and_lets_any_origin_in() {
    let config = rooms(&["rooms"], &[]);
    assert!(config.credentials.is_none() && config.signaling_origins.is_none());
    assert_eq!(config.listen.address.to_string(), "127.0.0.1:1339");
    let listed = rooms(&["rooms"], &[("SIGNALING_ORIGINS", "https://a.example,http://b.example:8080")]);
    assert_eq!(listed.signaling_origins.map(|list| list.len()), Some(2));
}

#[test]
fn twilios_variables_are_the_credentials_that_it_accepts() {
    let all = [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_API_KEY", KEY), ("TWILIO_API_SECRET", SECRET)];
    let credentials = rooms(&["rooms"], &all).credentials.unwrap();
    assert_eq!((credentials.account_sid.as_str(), credentials.key_sid.as_str()), (ACCOUNT, KEY));
    assert_eq!(credentials.key_secret.expose_secret(), SECRET);
    let half = refusal(&["rooms"], &all[..2]);
    assert!(
        half.starts_with("TWILIO_API_SECRET is not set, but ") && half.contains("to have them made"),
        "{half}"
    );
}

#[test]
fn settings_come_from_the_environment_and_the_command_line_goes_before() {
    let variables =
        [("LISTEN", "127.0.0.1:8"), ("MAX_PARTICIPANTS", "4"), ("DEMO", "not for it"), ("LOG", "")];
    let config = rooms(&["rooms", "--listen", "127.0.0.1:9"], &variables);
    assert_eq!(config.listen.address.port(), 9);
    assert_eq!(config.rooms.max_participants, 4);
    assert_eq!(config.log.filter, "info");
}

#[test]
fn a_gone_timeout_that_costs_survivors_their_call_is_warned_of() {
    let concern = |time| rooms(&["rooms"], &[("GONE_TIMEOUT", time)]).rooms.concern();
    assert_eq!((concern(""), concern("7s")), (None, None));
    assert!(concern("8s").is_some_and(|text| text.starts_with("GONE_TIMEOUT is more than 7s")));
}

#[test]
fn settings_in_front_of_the_subcommand_are_not_silently_lost() {
    assert!(refusal(&["--listen", "127.0.0.1:9", "rooms"], &[]).contains("cannot be used with"));
    assert!(
        refusal(&["rooms", "--listen", "127.0.0.1:9", "credentials"], &[]).contains("cannot be used with")
    );
}

#[test]
fn its_credentials_can_be_printed() {
    let words = ["rooms", "credentials"];
    let Ok(Task::PrintCredentials(storage)) = task(&words, &[("DATA_DIR", "/a"), ("LISTEN", "nonsense")])
    else {
        panic!("{words:?} prints credentials")
    };
    assert_eq!(storage.data_dir.to_str(), Some("/a"));
}

#[test]
fn help_is_its_own_and_shows_no_secret() {
    let text = refusal(&["rooms", "--help"], &[("TWILIO_API_SECRET", SECRET), ("LISTEN", "127.0.0.1:4242")]);
    assert!(
        text.contains("wsServer") && text.contains("TWILIO_API_SECRET") && text.contains("credentials"),
        "{text}"
    );
    assert!(text.contains("127.0.0.1:1339") && !text.contains("--demo"), "{text}");
    assert!(!text.contains(SECRET) && !text.contains("4242"), "{text}");
    assert_eq!(refusal(&["help", "rooms"], &[("LISTEN", "127.0.0.1:4242")]), text);
    assert!(refusal(&["--help"], &[]).contains("  rooms "));
    assert!(
        refusal(&["rooms", "--twilio-api-secret", SECRET], &[]).starts_with("TWILIO_API_SECRET is a secret")
    );
}
