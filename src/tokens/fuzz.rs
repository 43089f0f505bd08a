//! Whatever comes as a token: no panic, and nobody gets in who was not let in.

use super::{Credentials, TokenError, mint, verify};
use crate::fuzzing::mutate;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use std::time::Duration;

const NOW: u64 = 1_700_000_000;
const HEADER: &str = r#"{"typ":"JWT","alg":"HS256","cty":"twilio-fpa;v=1"}"#;
const CLAIMS: &str = r#"{"jti":"SK1-1","iss":"SK1","sub":"AC1","iat":1700000000,"exp":1700000060,"nbf":1700000000,"grants":{"identity":"patient-1","video":{"room":"visit"}}}"#;

fn credentials() -> Credentials {
    Credentials { account_sid: "AC1".into(), key_sid: "SK1".into(), key_secret: "a secret".into() }
}

#[test]
fn tokens() {
    bolero::check!().for_each(|bytes| {
        let token = String::from_utf8_lossy(bytes);
        assert!(verify(&credentials(), &token, NOW).is_err(), "a fuzzer does not know the secret");
    });
}

#[test]
fn tokens_that_are_nearly_right() {
    let good = mint(&credentials(), "patient-1", "visit", Duration::from_mins(1), NOW).expect("minted");
    bolero::check!().with_iterations(2000).for_each(|choices| {
        let token = mutate(&[&good], choices);
        assert!(token == good || verify(&credentials(), &token, NOW).is_err(), "{token}");
    });
}

/// Signed with the right secret, as by somebody who makes tokens carelessly.
#[test]
fn claims_that_are_nearly_right() {
    bolero::check!().with_iterations(2000).for_each(|choices: &[u8]| {
        let (first, second) = choices.split_at(choices.len() / 3);
        let signed = sign(&mutate(&[HEADER], first), &mutate(&[CLAIMS], second));
        match verify(&credentials(), &signed, NOW) {
            Ok(grant) => assert!(!grant.identity.is_empty() && grant.expires_at > NOW),
            Err(error) => assert_ne!(error, TokenError::Signature, "the signature is right"),
        }
    });
}

fn sign(header: &str, claims: &str) -> String {
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let key = EncodingKey::from_secret(b"a secret");
    format!("{text}.{}", jsonwebtoken::crypto::sign(text.as_bytes(), &key, Algorithm::HS256).expect("signed"))
}
