//! Tokens that somebody wrote by hand: each is refused with the code that says what is wrong with it.

use super::{Credentials, verify};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};

const NOW: u64 = 1_700_000_000;
const HEADER: &str = r#"{"typ":"JWT","alg":"HS256","cty":"twilio-fpa;v=1"}"#;
const GRANTS: &str = r#""grants":{"identity":"a","video":{"room":"r"}}"#;

fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

/// Signed with the right secret, whatever it is that is signed.
fn signed(algorithm: Algorithm, header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let key = EncodingKey::from_secret(b"a secret");
    let signature = sign(message.as_bytes(), &key, algorithm).expect("signs");
    format!("{message}.{signature}")
}

fn claims(expiry: &str, grants: &str) -> String {
    format!(r#"{{"jti":"SK1-1","iss":"SK1","sub":"AC1",{expiry}{grants}}}"#)
}

fn good_claims() -> String {
    claims(r#""exp":1700000060,"#, GRANTS)
}

/// The code of the refusal; 0 where the token is good.
fn code(token: &str) -> u32 {
    verify(&credentials(), token, NOW).map_or_else(|error| error.code(), |_| 0)
}

fn with_header(header: &str) -> u32 {
    code(&signed(Algorithm::HS256, header, good_claims()))
}

fn with_claims(claims: impl AsRef<[u8]>) -> u32 {
    code(&signed(Algorithm::HS256, HEADER, claims))
}

#[test]
fn what_these_tests_change_is_good_to_begin_with() {
    assert_eq!((with_header(HEADER), with_claims(good_claims())), (0, 0));
}

#[test]
fn every_other_algorithm_is_20102_whatever_signed_it() {
    for algorithm in
        ["none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS256", "ES256", "PS256", "EdDSA", "hs256"]
    {
        let header = HEADER.replace("HS256", algorithm);
        assert_eq!(with_header(&header), 20102, "{algorithm}");
        let message = signed(Algorithm::HS256, &header, good_claims());
        let unsigned = message.rsplit_once('.').expect("three parts").0;
        assert_eq!(code(&format!("{unsigned}.")), 20102, "{algorithm} without a signature");
    }
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let name = format!("{algorithm:?}");
        assert_eq!(code(&signed(algorithm, HEADER.replace("HS256", &name), good_claims())), 20102, "{name}");
        assert_eq!(code(&signed(algorithm, HEADER, good_claims())), 20107, "{name}, which says HS256");
    }
}

#[test]
fn a_header_that_is_not_twilios_is_20102() {
    for header in [
        r#"{"typ":"JWT","alg":"HS256"}"#,
        r#"{"typ":"JWT","alg":"HS256","cty":""}"#,
        r#"{"typ":"JWT","alg":"HS256","cty":"twilio-fpa;v=2"}"#,
        r#"{"typ":"JWT","alg":"HS256","cty":"TWILIO-FPA;V=1"}"#,
        r#"{"typ":"JWT","alg":"HS256","cty":["twilio-fpa;v=1"]}"#,
        r#"{"typ":"jwt+x","alg":"HS256","cty":"twilio-fpa;v=1"}"#,
        r#"{"alg":"HS256","cty":"twilio-fpa;v=1"}"#,
        r#"{"typ":"JWT","cty":"twilio-fpa;v=1"}"#,
        r#"{"typ":"JWT","alg":["HS256"],"cty":"twilio-fpa;v=1"}"#,
        r#"{"typ":"JWT","alg":"none","alg":"HS256","cty":"twilio-fpa;v=1"}"#,
        r#"{"typ":"JWT","alg":"HS256","cty":"twilio-fpa;v=1","cty":"other"}"#,
        "[]",
        "null",
        "{",
        "",
    ] {
        assert_eq!(with_header(header), 20102, "{header}");
    }
    assert_eq!(code(&signed(Algorithm::HS256, [0xff, 0xfe], good_claims())), 20102);
}

#[test]
fn an_expiry_that_is_no_whole_number_of_seconds_ahead_is_20104() {
    for expiry in [
        "",
        r#""exp":"1700000060","#,
        r#""exp":1700000060.0,"#,
        r#""exp":1700000060.5,"#,
        r#""exp":1.70000006e9,"#,
        r#""exp":-1,"#,
        r#""exp":0,"#,
        r#""exp":null,"#,
        r#""exp":true,"#,
        r#""exp":[1700000060],"#,
        r#""exp":{"$gt":0},"#,
        // Milliseconds, as JavaScript counts.
        r#""exp":1700000060000,"#,
        r#""exp":18446744073709551615,"#,
        r#""exp":18446744073709551616,"#,
        r#""exp":1e308,"#,
        r#""exp":1700000060,"iat":-1,"#,
        r#""exp":1700000060,"iat":"1700000000","#,
        r#""exp":1700000060,"iat":1699900000,"#,
    ] {
        assert_eq!(with_claims(claims(expiry, GRANTS)), 20104, "{expiry}");
    }
}

#[test]
fn a_beginning_that_is_not_past_is_20105() {
    for beginning in ["1700000001", "1e308", "-1", "\"0\"", "null", "0.5", "[]"] {
        let claims = claims(&format!(r#""exp":1700000060,"nbf":{beginning},"#), GRANTS);
        assert_eq!(with_claims(&claims), 20105, "{beginning}");
    }
}

#[test]
fn grants_that_are_none_are_20106() {
    for grants in [
        r#""grants":null"#,
        r#""grants":"video""#,
        r#""grants":[]"#,
        r#""grants":{}"#,
        r#""grants":{"identity":"a"}"#,
        r#""grants":{"identity":"a","video":null}"#,
        r#""grants":{"identity":"a","video":"r"}"#,
        r#""grants":{"identity":"a","video":["r"]}"#,
        r#""grants":{"identity":"a","chat":{"service_sid":"IS1"}}"#,
        r#""grants":{"identity":"","video":{}}"#,
        r#""grants":{"identity":7,"video":{}}"#,
        r#""grants":{"identity":["a"],"video":{}}"#,
        r#""grants":{"video":{"room":"r"}}"#,
        r#""grants":{"identity":"a","video":{"room":["r"]}}"#,
        r#""grants":{"identity":"a","video":{"room":{"$ne":"r"}}}"#,
        r#""grant":{"identity":"a","video":{"room":"r"}}"#,
    ] {
        assert_eq!(with_claims(claims(r#""exp":1700000060,"#, grants)), 20106, "{grants}");
    }
}

/// Signed by somebody who may sign, so that it harms nobody; but it has to mean one thing only.
#[test]
fn of_a_claim_that_is_there_twice_the_last_counts() {
    let grants = r#""grants":{"identity":"a","identity":"b","video":{"room":"r","room":"s"}}"#;
    let token = signed(Algorithm::HS256, HEADER, claims(r#""exp":1,"exp":1700000060,"#, grants));
    let grant = verify(&credentials(), &token, NOW).expect("good");
    assert_eq!(
        (grant.identity.as_str(), grant.room.as_deref(), grant.expires_at),
        ("b", Some("s"), 1_700_000_060)
    );
    assert_eq!(with_claims(claims(r#""exp":1700000060,"exp":1,"#, GRANTS)), 20104);
    assert_eq!(with_claims(claims(r#""exp":1700000060,"iss":"SK2","#, GRANTS)), 20103);
}

#[test]
fn what_cannot_be_read_at_all_is_20101() {
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    for claims in ["", "null,", "{", "\"text\" more", deep.as_str()] {
        assert_eq!(with_claims(claims), 20101, "{claims:.20}");
    }
    let no_text =
        [br#"{"iss":"SK1","sub":"AC1","exp":1700000060,"x":""#.as_slice(), &[0xc3, 0x28], b"\"}"].concat();
    assert_eq!(with_claims(no_text), 20101);
    let huge = claims(&format!(r#""exp":1700000060,"x":"{}","#, "x".repeat(1024 * 1024)), GRANTS);
    assert_eq!(with_claims(huge), 20101);
    let good = signed(Algorithm::HS256, HEADER, good_claims());
    for spoilt in [
        good.replace('.', " "),
        format!("{good}."),
        format!(".{good}"),
        format!(" {good}"),
        format!("{good}="),
    ] {
        assert!([20101, 20102, 20107].contains(&code(&spoilt)), "{spoilt}: {}", code(&spoilt));
    }
}

#[test]
fn claims_that_are_no_object_are_nobodys() {
    for claims in ["null", "[]", "7", "\"SK1\"", "{}"] {
        assert_eq!(with_claims(claims), 20103, "{claims}");
    }
}
