//! Tokens that nobody would make by accident.

use crate::signers::{rsa, session, sessions};
use generated_client::sessions::{Malformed, TokenError};
use serde_json::json;

#[tokio::test]
async fn a_token_that_is_too_long_is_refused_unread() {
    let token = session().claim("own", json!("x".repeat(13_000))).sign(&rsa()).unwrap();
    assert!(token.len() > 16 * 1024);
    assert_eq!(sessions().validate(&token).await, Err(Malformed::TooLong.into()));
    let token = session().claim("own", json!("x".repeat(11_000))).sign(&rsa()).unwrap();
    sessions().validate(&token).await.unwrap();
}

#[tokio::test]
async fn one_token_is_written_in_one_way() {
    let token = session().sign(&rsa()).unwrap();
    let mut parts = token.split('.');
    let (header, payload, signature) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    for other in [
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{signature}=="),
        format!(" {token}"),
        format!("{token}\n"),
        format!("{header}=.{payload}.{signature}"),
        format!("{header}.{payload}.{}", signature.replace(['-', '_'], "+")),
        format!("{header}.{payload}.{signature}."),
        format!("Bearer {token}"),
        format!("{header}.{payload}"),
        format!("{header}..{signature}"),
        format!("{header}.{payload}.{}", last_bit_changed(signature)),
    ] {
        let error = sessions().validate(&other).await.unwrap_err();
        assert!(matches!(error, TokenError::Malformed(_) | TokenError::BadSignature), "{other}: {error}");
    }
}

/// The same bytes in another spelling: 2048 bits leave four of the last character's six bits unused.
fn last_bit_changed(signature: &str) -> String {
    let (start, last) = signature.split_at(signature.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let value = alphabet.find(last).unwrap();
    format!("{start}{}", alphabet.chars().nth(value ^ 1).unwrap())
}

#[tokio::test]
async fn every_change_of_a_byte_is_noticed() {
    let token = session().sign(&rsa()).unwrap();
    let sessions = sessions();
    for position in 0..token.len() {
        for replacement in [b'A', b'.', b'-', b'"'] {
            let mut bytes = token.clone().into_bytes();
            if bytes[position] == replacement {
                continue;
            }
            bytes[position] = replacement;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(sessions.validate(&changed).await.is_err(), "{position}");
        }
    }
}

#[tokio::test]
async fn texts_that_are_no_tokens() {
    let deep = "[".repeat(4000);
    for text in ["...", "..", ".", "\0", "a.b.c", "é.é.é", "null", "eyJ", &deep, "🦀.🦀.🦀"] {
        let error = sessions().validate(text).await.unwrap_err();
        assert!(matches!(error, TokenError::Malformed(_)), "{text}");
    }
    let header = json!({"alg": "RS256", "kid": "key-rsa"}).to_string();
    for payload in ["", "5", "[]", "null", "{", "{}x", "\u{feff}{}", &deep, "{\"sub\":\"\\ud800\"}"] {
        let token = rsa().sign_texts(&header, payload).unwrap();
        assert_eq!(sessions().validate(&token).await, Err(Malformed::NotJson.into()), "{payload}");
    }
}
