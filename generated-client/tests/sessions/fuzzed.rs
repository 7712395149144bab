//! Tokens, requests and callbacks that nobody would think of, which the fuzz target makes as well.

#[path = "../../fuzz/sessions.rs"]
mod sessions;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use sessions::{VALIDATORS, check_callback, check_request};

fn run<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value)) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let tested = runner.run(&strategy, |value| {
        test(value);
        Ok(())
    });
    tested.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Texts of these pieces and of others.
fn texts(pieces: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    let piece = prop_oneof![4 => select(pieces.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

#[test]
fn no_token_is_accepted_that_nobody_signed() {
    let pieces = ["eyJhbGciOiJFZERTQSIsImtpZCI6ImtleSJ9", ".", "e30", "AA", "=", "-_", "eyJzdWIiOiIifQ"];
    run(2000, texts(&pieces), |token| VALIDATORS.check_token(&token));
}

#[test]
fn whatever_is_signed_is_read_or_refused() {
    let headers = [
        "{\"alg\":\"EdDSA\",\"kid\":\"key\"}",
        "{",
        "}",
        "\"alg\":\"EdDSA\"",
        ",",
        "\"kid\":\"key\"",
        "null",
    ];
    let claims = [
        "{\"iss\":\"P2aAc4T2V93bddihGEx2Ryhc8e5Z\",\"sub\":\"U\",\"exp\":1700000600",
        "{\"iss\":\"hasura-auth\",\"sub\":\"U\",\"exp\":1.7e9,\"https://hasura.io/jwt/claims\":{\"x-hasura-user-id\":\"U\"",
        "}",
        ",\"tenants\":{\"a\":{}}",
        ",\"roles\":[\"a\",1]",
        ",\"x-hasura-own\":\"{1}\"",
        ",\"exp\":1e400",
        ",\"aud\":[[[[",
        "\u{0}",
    ];
    let header = prop_oneof![3 => Just(headers[0].to_owned()), 1 => texts(&headers)];
    run(3000, (header, texts(&claims)), |(header, claims)| VALIDATORS.check_signed(&header, &claims));
}

#[test]
fn whatever_a_request_has_is_read_or_refused() {
    let cookies = ["DS=", "DSR=", "; ", ";", "a.b.c", "=", "\"", " ", ",", "x", "\t", "%3B"];
    let headers = ["Bearer ", "bearer", "DPoP ", "Basic ", "a.b.c", " ", ",", ""];
    run(3000, (texts(&cookies), texts(&headers)), |(cookie, authorization)| {
        check_request(cookie.as_bytes(), authorization.as_bytes());
    });
}

#[test]
fn whatever_a_callback_has_is_read_or_refused() {
    let queries = [
        "code=",
        "err=",
        "error=",
        "refreshToken=",
        "app_state=",
        "state=",
        "&",
        "?",
        "=",
        "%2",
        "%00",
        "+",
        "/",
        "//",
        "\\",
        ":",
        "https://",
        "evil.example",
        "#",
        "@",
        "..",
        ".",
        "E061102",
    ];
    let kept = [".", "L2E", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"];
    run(4000, (texts(&queries), texts(&kept)), |(query, kept)| check_callback(&query, &kept));
}
