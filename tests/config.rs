//! The configuration as its users meet it: `--help`, `.env.example` and the parser agree, and every mistake is told in a
//! sentence that says what to do.
#![cfg(feature = "ssr")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

#[path = "config/rooms.rs"]
mod rooms;
#[path = "config/times.rs"]
mod times;

use owl_hospital::server::config::{self, Config, ConfigError, DemoMode, Task};
use secrecy::ExposeSecret;
use std::{collections::BTreeSet, ffi::OsString, time::Duration};

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const KEY: &str = "SK0123456789abcdef0123456789abcdef";
const SECRET: &str = "hush-hush-hush";

/// The subcommands of everything that the program can do.
const COMMANDS: [&[&str]; 9] = [
    &[],
    &["rooms"],
    &["rooms", "credentials"],
    &["setup"],
    &["demo-data"],
    &["audit"],
    &["audit", "verify"],
    &["backup"],
    &["restore"],
];

fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    read_with(&[], variables)
}

fn read_with(flags: &[&str], variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(["owl"].iter().chain(flags).map(OsString::from), |name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
    })
}

fn refusal(variables: &[(&str, &str)]) -> String {
    match read(variables) {
        Ok(_) => panic!("{variables:?} was accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_variable_is_in_help_in_the_example_and_in_the_parser() {
    let names = |subcommands: &[&str]| -> BTreeSet<String> {
        config::variables(subcommands).into_iter().map(|variable| variable.name).collect()
    };
    let parsed: BTreeSet<String> = COMMANDS.iter().flat_map(|subcommands| names(subcommands)).collect();
    let example: BTreeSet<String> = include_str!("../.env.example")
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(name, _)| name.to_owned())
        .filter(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'))
        .collect();
    assert_eq!(example, parsed);
    for subcommands in COMMANDS {
        let help = config::help(subcommands);
        for name in &names(subcommands) {
            assert!(
                help.contains(&format!("[env: {name}]")),
                "--help does not list {name}, or shows its value"
            );
        }
    }
    assert!(parsed.len() > 20);
}

#[test]
fn without_any_setting_it_serves_localhost_with_the_embedded_engine() {
    let config = read(&[]).unwrap();
    assert!(config.twilio.is_none() && config.tls.is_none() && config.ice_servers.fixed.is_empty());
    assert_eq!(config.listen.address.to_string(), "127.0.0.1:1337");
    assert_eq!(config.demo.mode, DemoMode::Auto);
    assert_eq!(config.rooms.session_timeout, Duration::from_secs(30));
    assert_eq!(config.rooms.gone_timeout, Duration::from_secs(4));
}

#[test]
fn all_three_twilio_settings_choose_twilio_and_some_name_the_missing_one() {
    let all = [("TWILIO_ACCOUNT_SID", ACCOUNT), ("TWILIO_API_KEY", KEY), ("TWILIO_API_SECRET", SECRET)];
    let twilio = read(&all).unwrap().twilio.unwrap();
    assert_eq!((twilio.account_sid.as_str(), twilio.key_sid.as_str()), (ACCOUNT, KEY));
    assert_eq!(twilio.key_secret.expose_secret(), SECRET);
    for missing in 0..3 {
        let some: Vec<_> = (0..3).filter(|i| *i != missing).map(|i| all[i]).collect();
        assert!(refusal(&some).starts_with(&format!("{} is not set, but ", all[missing].0)));
        // Empty is the same as not set.
        let mut empty = all;
        empty[missing].1 = "";
        assert!(refusal(&empty).starts_with(&format!("{} is not set, but ", all[missing].0)));
    }
    let none = all.map(|(name, _)| (name, ""));
    assert!(read(&none).unwrap().twilio.is_none());
}

#[test]
fn swapped_sids_are_noticed_at_the_start() {
    let swapped = [("TWILIO_ACCOUNT_SID", KEY), ("TWILIO_API_KEY", ACCOUNT), ("TWILIO_API_SECRET", SECRET)];
    assert!(refusal(&swapped).starts_with("TWILIO_ACCOUNT_SID is not usable: it should be AC and 32"));
}

#[test]
fn each_mistake_names_its_variable_and_says_what_to_write() {
    for (name, value) in [
        ("LISTEN", "localhost"),
        ("PUBLIC_URL", "clinic.example"),
        ("PUBLIC_URL", "https://clinic.example/visit"),
        ("TRUSTED_PROXIES", "127.0.0.1,proxy"),
        ("SHUTDOWN_GRACE", "soon"),
        ("STUN_URLS", "stun.clinic.example"),
        ("TURN_URLS", "stun:clinic.example"),
        ("TURN_TTL", "49h"),
        ("RELAY_ONLY", "yes"),
        ("DEMO", "yes"),
        ("TOKEN_TTL", "5h"),
        ("TOKEN_TTL", "0"),
        ("SESSION_TIMEOUT", "0"),
        ("GONE_TIMEOUT", "x"),
        ("MAX_PARTICIPANTS", "1"),
        ("MAX_CONNECTIONS_PER_ADDRESS", "9"),
        ("ROOMS_URL", "rooms.internal"),
        ("SIGNALING_ORIGINS", "*"),
        ("LOG", "=["),
        ("LOG_FORMAT", "xml"),
    ] {
        let text = refusal(&[(name, value)]);
        assert!(text.starts_with(&format!("{name} is not usable: ")), "{text}");
        assert!(text.ends_with('.') && text.contains(". "), "{text}");
    }
}

#[test]
fn what_belongs_together_is_asked_for_together() {
    for (given, missing) in [
        (&[("TLS_CERT_FILE", "a")][..], "TLS_KEY_FILE"),
        (&[("TLS_KEY_FILE", "a")], "TLS_CERT_FILE"),
        (&[("TURN_URLS", "turn:a")], "TURN_SECRET"),
        (&[("TURN_URLS", "turn:a"), ("TURN_CREDENTIAL", "c")], "TURN_USERNAME"),
        (&[("TURN_SECRET", "s")], "TURN_URLS"),
        (&[("RELAY_ONLY", "on")], "TURN_URLS"),
        (&[("RELAY_ONLY", "on"), ("STUN_URLS", "stun:a")], "TURN_URLS"),
        (&[("TURN_URLS", "turn:a"), ("TURN_USERNAME", "u")], "TURN_CREDENTIAL"),
        (&[("TURN_USERNAME", "u")], "TURN_URLS"),
        (&[("TURN_CREDENTIAL", "u")], "TURN_URLS"),
    ] {
        assert!(refusal(given).starts_with(&format!("{missing} is not set, but ")), "{given:?}");
    }
}

#[test]
fn all_that_are_missing_are_named() {
    let rooms = ("ROOMS_URL", "http://rooms");
    for (given, missing) in [
        (&[("TWILIO_ACCOUNT_SID", ACCOUNT)][..], "TWILIO_API_KEY and TWILIO_API_SECRET are not set, but"),
        (&[("TWILIO_API_KEY", KEY)], "TWILIO_ACCOUNT_SID and TWILIO_API_SECRET are not set, but"),
        (&[("TWILIO_API_SECRET", SECRET)], "TWILIO_ACCOUNT_SID and TWILIO_API_KEY are not set, but"),
        (&[rooms], "TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET are not set, but"),
        (&[rooms, ("TWILIO_API_KEY", KEY)], "TWILIO_ACCOUNT_SID and TWILIO_API_SECRET are not set, but"),
    ] {
        assert!(refusal(given).starts_with(missing), "{}", refusal(given));
    }
}

#[test]
fn times_networks_and_relays_are_read() {
    let config = read(&[
        ("TOKEN_TTL", "4h"),
        ("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1"),
        ("PUBLIC_URL", "https://Clinic.Example/"),
        ("STUN_URLS", "stun:a:3478"),
        ("TURN_URLS", "turn:a:3478,turns:a:443"),
        ("TURN_USERNAME", "u"),
        ("TURN_CREDENTIAL", "c"),
    ])
    .unwrap();
    assert_eq!(config.demo.token_ttl, Duration::from_hours(4));
    assert_eq!(config.listen.trusted_proxies.len(), 3);
    assert_eq!(config.listen.public_url.unwrap().to_string(), "https://clinic.example");
    let fixed = config.ice_servers.fixed;
    assert_eq!(fixed.len(), 2);
    assert_eq!(fixed[1].urls, ["turn:a:3478", "turns:a:443"]);
    assert!(fixed[1].is_relay() && !fixed[0].is_relay());
}

#[test]
fn a_turn_secret_takes_the_place_of_name_and_password() {
    let turn = [("TURN_URLS", "turn:a:3478"), ("TURN_SECRET", SECRET), ("RELAY_ONLY", "on")];
    let ice = read(&turn).unwrap().ice_servers;
    let timed = ice.timed.as_ref().unwrap();
    assert_eq!(
        (timed.ttl, timed.urls.as_slice()),
        (Duration::from_hours(12), &["turn:a:3478".to_owned()][..])
    );
    assert!(ice.relay_only && ice.has_relay() && ice.fixed.is_empty());
    for (name, value) in [("TURN_USERNAME", "u"), ("TURN_CREDENTIAL", "c")] {
        let both = [turn[0], turn[1], (name, value)];
        assert!(refusal(&both).starts_with("TURN_SECRET is not usable: "), "{}", refusal(&both));
    }
}

#[test]
fn with_rooms_url_twilios_variables_are_the_room_servers() {
    let all = [
        ("TWILIO_ACCOUNT_SID", ACCOUNT),
        ("TWILIO_API_KEY", KEY),
        ("TWILIO_API_SECRET", SECRET),
        ("ROOMS_URL", "http://rooms.internal:1339/"),
        // Its TURN servers are those of the room server, which this node does not know.
        ("RELAY_ONLY", "on"),
    ];
    let config = read(&all).unwrap();
    let remote = config.remote.unwrap();
    assert!(config.twilio.is_none());
    assert_eq!(
        (remote.url.to_string().as_str(), remote.credentials.key_sid.as_str()),
        ("http://rooms.internal:1339", KEY)
    );
}

#[test]
fn with_twilio_relay_only_needs_no_turn_server_of_ours() {
    let all = [
        ("TWILIO_ACCOUNT_SID", ACCOUNT),
        ("TWILIO_API_KEY", KEY),
        ("TWILIO_API_SECRET", SECRET),
        ("RELAY_ONLY", "on"),
    ];
    assert!(read(&all).unwrap().ice_servers.relay_only);
}

#[test]
fn the_command_line_goes_before_the_environment() {
    let config = read_with(&["--listen", "127.0.0.1:9"], &[("LISTEN", "127.0.0.1:8")]).unwrap();
    assert_eq!(config.listen.address.port(), 9);
}

#[test]
fn secrets_are_refused_on_the_command_line_and_never_repeated() {
    let mut known = BTreeSet::new();
    for subcommands in COMMANDS {
        for secret in config::variables(subcommands).into_iter().filter(|variable| variable.is_secret) {
            let flag = format!("--{}", secret.flag);
            for given in [vec![format!("{flag}={SECRET}")], vec![flag, SECRET.to_owned()]] {
                let words = ["owl"].iter().chain(subcommands).map(OsString::from);
                let words = words.chain(given.into_iter().map(OsString::from));
                let Err(error) = Task::read(words, |_| None) else { panic!("{} was accepted", secret.name) };
                assert!(error.to_string().starts_with(&format!("{} is a secret: ", secret.name)), "{error}");
                assert!(!format!("{error} {error:?}").contains(SECRET));
            }
            known.insert(secret.name);
        }
    }
    // One that is typed as a text would be missing here.
    let secrets =
        ["DATABASE_URL", "STATUS_CALLBACK_KEY", "TURN_CREDENTIAL", "TURN_SECRET", "TWILIO_API_SECRET"];
    assert_eq!(known.iter().map(String::as_str).collect::<Vec<_>>(), secrets);
    let help = read_with(&["--help"], &[("TWILIO_API_SECRET", SECRET), ("LISTEN", "127.0.0.1:4242")]);
    let Err(error) = help else { panic!("--help is answered with a text") };
    assert!(error.to_string().contains("[env: TWILIO_API_SECRET]"));
    assert!(!error.to_string().contains(SECRET) && !error.to_string().contains("4242"));
}
