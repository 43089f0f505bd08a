use super::*;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

const NOW: u64 = 1_700_000_000;

fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

fn header() -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.cty = Some(CONTENT_TYPE.to_owned());
    header
}

fn claims() -> Value {
    json!({"jti": "SK1-1", "iss": "SK1", "sub": "AC1", "iat": NOW, "exp": NOW + 60,
           "grants": {"identity": "patient-1", "video": {"room": "visit"}}})
}

fn sign(header: &Header, claims: &Value) -> String {
    encode(header, claims, &EncodingKey::from_secret(b"a secret")).expect("signs")
}

fn with(pointer: &str, value: Value) -> String {
    let mut claims = claims();
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = claims.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    if value.is_null() {
        parent.remove(name)
    } else {
        parent.insert(name.to_owned(), value)
    };
    sign(&header(), &claims)
}

fn refusal(token: &str) -> u32 {
    verify(&credentials(), token, NOW).expect_err("refused").code()
}

#[test]
fn a_minted_token_has_the_shape_that_twilios_helper_gives_it() {
    let token = mint(&credentials(), "patient-1", "visit", Duration::from_mins(1), NOW).expect("minted");
    let part = |n: usize| -> Value {
        let raw = token.split('.').nth(n).expect("three parts");
        serde_json::from_slice(&base64url(raw)).expect("JSON")
    };
    assert_eq!(part(0), json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}));
    assert_eq!(
        part(1),
        json!({"jti": format!("SK1-{NOW}"), "iss": "SK1", "sub": "AC1", "iat": NOW, "exp": NOW + 60,
               "grants": {"identity": "patient-1", "video": {"room": "visit"}}})
    );
}

/// Just enough base64 to look inside a token without the code under test.
fn base64url(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<bool> = text
        .bytes()
        .map(|byte| ALPHABET.iter().position(|&letter| letter == byte).expect("base64url"))
        .flat_map(|six| (0..6).rev().map(move |bit| six >> bit & 1 == 1))
        .collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, &bit| sum << 1 | u8::from(bit))).collect()
}

#[test]
fn a_minted_token_is_accepted_until_it_expires() {
    let token = mint(&credentials(), "patient-1", "visit", Duration::from_mins(1), NOW).expect("minted");
    let grant = Grant { identity: "patient-1".into(), room: Some("visit".into()), expires_at: NOW + 60 };
    assert_eq!(verify(&credentials(), &token, NOW + 59), Ok(grant));
    assert_eq!(verify(&credentials(), &token, NOW + 60), Err(TokenError::Expired));
}

#[test]
fn minting_refuses_what_no_server_would_accept() {
    let mint = |identity, seconds| mint(&credentials(), identity, "r", Duration::from_secs(seconds), NOW);
    assert_eq!(mint("", 60), Err(MintError::NoIdentity));
    assert_eq!(mint("a", 0), Err(MintError::TtlOutOfRange));
    assert_eq!(mint("a", 24 * 3600 + 1), Err(MintError::TtlOutOfRange));
}

#[test]
fn what_is_no_token_is_20101() {
    for token in ["", "a", "a.b", "a.b.c.d", &"a".repeat(10_000), "%.%.%"] {
        assert_eq!(refusal(token), 20101, "{token:.20}");
    }
}

#[test]
fn a_wrong_header_is_20102() {
    for spoil in [
        |h: &mut Header| h.cty = None,
        |h: &mut Header| h.cty = Some("twilio-fpa;v=2".into()),
        |h: &mut Header| h.typ = None,
        |h: &mut Header| h.alg = Algorithm::HS512,
    ] {
        let mut header = header();
        spoil(&mut header);
        assert_eq!(refusal(&sign(&header, &claims())), 20102);
    }
    // {"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwiY3R5IjoidHdpbGlvLWZwYTt2PTEifQ";
    let payload = sign(&header(), &claims()).split('.').nth(1).expect("a payload").to_owned();
    assert_eq!(refusal(&format!("{none}.{payload}.")), 20102);
}

#[test]
fn another_key_or_account_is_20103() {
    assert_eq!(refusal(&with("/iss", json!("SK2"))), 20103);
    assert_eq!(refusal(&with("/sub", json!("AC2"))), 20103);
    assert_eq!(refusal(&with("/iss", Value::Null)), 20103);
    assert_eq!(refusal(&with("/sub", json!(1))), 20103);
}

#[test]
fn a_wrong_expiry_is_20104() {
    let day = MAX_TTL.as_secs();
    let wrong = [
        json!(NOW),
        json!(format!("{}", NOW + 60)),
        Value::Null,
        json!(NOW + day + 1),
        json!(-1),
        json!(1e30),
    ];
    for exp in wrong {
        assert_eq!(refusal(&with("/exp", exp.clone())), 20104, "{exp}");
    }
    assert_eq!(refusal(&with("/iat", json!("now"))), 20104);
    assert!(verify(&credentials(), &with("/iat", Value::Null), NOW).is_ok());
    assert!(verify(&credentials(), &with("/exp", json!(NOW + day)), NOW).is_ok());
}

#[test]
fn a_token_of_the_future_is_20105() {
    assert_eq!(refusal(&with("/nbf", json!(NOW + 1))), 20105);
    assert_eq!(refusal(&with("/nbf", json!("0"))), 20105);
    assert!(verify(&credentials(), &with("/nbf", json!(NOW)), NOW).is_ok());
    // Who comes back with such a token is let in: so whatever else is wrong with it goes first.
    let mut ahead = claims();
    ahead["nbf"] = json!(NOW + 1);
    ahead["grants"]["identity"] = json!("");
    assert_eq!(refusal(&sign(&header(), &ahead)), 20106);
}

#[test]
fn missing_grants_are_20106() {
    for pointer in ["/grants", "/grants/identity", "/grants/video"] {
        assert_eq!(refusal(&with(pointer, Value::Null)), 20106, "{pointer}");
    }
    assert_eq!(refusal(&with("/grants/identity", json!(""))), 20106);
    assert_eq!(refusal(&with("/grants/video/room", json!(7))), 20106);
    let any_room = verify(&credentials(), &with("/grants/video/room", Value::Null), NOW).expect("accepted");
    assert_eq!(any_room.room, None);
}

#[test]
fn a_foreign_signature_is_20107() {
    let forged = encode(&header(), &claims(), &EncodingKey::from_secret(b"another")).expect("signs");
    assert_eq!(refusal(&forged), 20107);
    let unsigned = format!("{}.", sign(&header(), &claims()).rsplit_once('.').expect("signed").0);
    assert_eq!(refusal(&unsigned), 20107);
}

#[test]
fn credentials_do_not_show_their_secret() {
    assert!(!format!("{:?}", credentials()).contains("secret"));
}
