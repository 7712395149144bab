//! The responses: what each of them means to the one who called.

use super::calls::Outcome;
use super::recorded::{Exchange, Response};
use super::{Played, play};
use crate::harness::assert_redirects;
use generated_client::nhost::{Error, ErrorCode, RedirectOutcome, SignInRedirect};
use generated_client::runtime::{RawResponse, Redirect};
use serde_json::Value;
use std::collections::BTreeMap;

/// A class of failures: the status, and the code or else the form of the body; the operation, where the response means
/// something else there than anywhere else; how many exchanges are of the class; the code that the client gives; and the
/// questions to the error that are to be answered by yes.
type Failure = (&'static str, &'static str, usize, Option<&'static str>, &'static [&'static str]);

const FAILURES: &[Failure] = &[
    // The request is refused as it stands.
    ("400 default-role-must-be-in-allowed-roles", "", 2, Some("default-role-must-be-in-allowed-roles"), &[]),
    ("400 email-already-verified", "", 1, Some("email-already-verified"), &[]),
    ("400 no-totp-secret", "", 1, Some("no-totp-secret"), &[]),
    ("400 password-in-hibp-database", "", 2, Some("password-in-hibp-database"), &[]),
    ("400 password-too-short", "", 1, Some("password-too-short"), &[]),
    ("400 redirectTo-not-allowed", "", 8, Some("redirectTo-not-allowed"), &[]),
    ("400 role-not-allowed", "", 3, Some("role-not-allowed"), &[]),
    ("400 user-not-anonymous", "", 1, Some("user-not-anonymous"), &[]),
    ("400 invalid-request", "", 17, Some("invalid-request"), &[]),
    ("400 invalid-request", "signin_email_password", 2, Some("invalid-request"), &["wrong password"]),
    ("400 invalid-request", "signin_passwordless_sms_verify", 1, Some("invalid-request"), &["wrong code"]),
    ("400 invalid-request", "signin_pat", 1, Some("invalid-request"), &["unauthenticated"]),
    ("400 invalid-request", "token_sign_out", 3, Some("invalid-request"), &["unauthenticated"]),
    ("400 invalid-request", "token_verify", 3, Some("invalid-request"), &["unauthenticated"]),
    ("400 invalid-request", "user_change_password", 3, Some("invalid-request"), &["unauthenticated"]),
    // In forms without a code.
    ("400 schema", "", 70, None, &[]),
    ("400 query", "", 6, None, &[]),
    ("400 empty", "", 9, None, &[]),
    ("400 invalid authorization header", "", 11, None, &["unauthenticated"]),
    ("400 error validating token", "", 2, None, &["unauthenticated"]),
    ("400 elevated-claim-required", "", 3, Some("elevated-claim-required"), &["elevation required"]),
    // The user may not do it, or is not who they say they are.
    ("401 disabled-mfa-totp", "", 2, Some("disabled-mfa-totp"), &[]),
    ("401 disabled-user", "", 5, Some("disabled-user"), &[]),
    ("401 invalid-email-password", "", 5, Some("invalid-email-password"), &[]),
    (
        "401 invalid-email-password",
        "signin_email_password",
        2,
        Some("invalid-email-password"),
        &["wrong password"],
    ),
    ("401 invalid-pat", "", 3, Some("invalid-pat"), &["unauthenticated"]),
    ("401 invalid-refresh-token", "", 3, Some("invalid-refresh-token"), &["unauthenticated"]),
    ("401 invalid-ticket", "", 4, Some("invalid-ticket"), &["expired"]),
    ("401 invalid-ticket", "signin_otp_email_verify", 4, Some("invalid-ticket"), &["wrong code"]),
    ("401 invalid-totp", "", 4, Some("invalid-totp"), &["wrong code"]),
    ("401 unverified-user", "", 1, Some("unverified-user"), &["unverified"]),
    ("403 forbidden-anonymous", "", 6, Some("forbidden-anonymous"), &[]),
    ("403 signup-disabled", "", 1, Some("signup-disabled"), &[]),
    ("409 disabled-endpoint", "", 10, Some("disabled-endpoint"), &[]),
    ("409 email-already-in-use", "", 4, Some("email-already-in-use"), &["user exists"]),
    // The server, or the way to it.
    ("307 redirect", "", 1, None, &[]),
    ("404 404 page not found", "", 9, None, &[]),
    ("429 empty", "", 16, None, &["rate limited"]),
    ("500 empty", "", 2, None, &[]),
    ("500 internal-server-error", "", 2, Some("internal-server-error"), &[]),
];

/// The class of a failure, from the response alone.
fn class(response: &Response) -> String {
    const UNMET: &str = "SecurityRequirementsError: security requirements failed: ";

    let member = |name: &str| response.json.as_ref().and_then(|json| json.get(name)?.as_str());
    let what = match (member("error"), member("message"), member("msg"), &response.text) {
        (Some(code), Some(_), ..) => code,
        (Some(sentence), None, ..) => match sentence.split_once(UNMET) {
            Some((_, why)) => why.split(':').next().unwrap(),
            None if sentence.contains("RequestError: ") => "schema",
            None => sentence,
        },
        (_, _, Some(_), _) => "query",
        (.., Some(text)) => text,
        _ if response.header("location").is_some() => "redirect",
        _ => "empty",
    };
    format!("{} {what}", response.status)
}

/// The text for people.
fn message(response: &Response) -> Option<&str> {
    let member = |name| response.json.as_ref().and_then(|json| json.get(name)?.as_str());
    member("message").or(member("msg")).or(member("error")).or(response.text.as_deref())
}

/// The questions that the error answers by yes.
fn answered(error: &Error) -> Vec<&'static str> {
    let responses = [
        (error.is_unauthenticated(), "unauthenticated"),
        (error.is_elevation_required(), "elevation required"),
        (error.is_wrong_code(), "wrong code"),
        (error.is_out_of_attempts(), "out of attempts"),
        (error.is_expired(), "expired"),
        (error.is_wrong_password(), "wrong password"),
        (error.is_unverified(), "unverified"),
        (error.is_user_exists(), "user exists"),
        (error.is_rate_limited(), "rate limited"),
        (error.is_timeout(), "timeout"),
        (error.is_connect(), "connect"),
    ];
    responses.into_iter().filter(|(is_so, _)| *is_so).map(|(_, question)| question).collect()
}

#[tokio::test]
async fn every_failure_says_what_it_is() {
    let mut found = vec![0; FAILURES.len()];
    for Played { exchange, operation, outcome, .. } in play().await {
        let Err(error) = outcome else {
            continue;
        };
        let id = &exchange.id;
        let class = class(&exchange.response);
        let of = |wanted: &str| {
            FAILURES.iter().position(|(name, operation, ..)| *name == class && *operation == wanted)
        };
        let row = of(operation).or_else(|| of("")).unwrap_or_else(|| panic!("{id}: {class}"));
        let (_, _, _, code, questions) = FAILURES[row];
        found[row] += 1;

        let api = error.api().unwrap_or_else(|| panic!("{id}: {error}"));
        assert_eq!(error.operation(), Some(operation), "{id}");
        assert_eq!(api.status(), exchange.response.status, "{id}");
        assert_eq!((error.code(), api.code()), (code.map(ErrorCode::from).as_ref(), code), "{id}");
        assert!(!matches!(error.code(), Some(ErrorCode::Unknown(_))), "{id}");
        assert_eq!(api.message(), message(&exchange.response), "{id}");
        assert_eq!(api.detail(), None, "{id}");
        assert_eq!(answered(&error), questions, "{id}");
        assert_eq!(api.request_id(), exchange.response.header("x-b3-traceid"), "{id}");
        assert_eq!(api.body(), exchange.response.body().as_bytes(), "{id}");
    }
    for (found, (class, operation, count, ..)) in found.iter().zip(FAILURES) {
        assert_eq!(found, count, "{class} {operation}");
    }
}

/// Responses of success, by what they hold.
const SUCCESSES: &[(&str, usize)] = &[
    ("OK", 7),
    ("another value", 23),
    ("nothing", 2),
    ("nothing but OK", 25),
    ("redirect", 45),
    ("second factor", 1),
    ("session", 38),
    ("session to come", 3),
];

#[tokio::test]
async fn every_response_of_success_is_read_in_full() {
    let mut found = BTreeMap::new();
    for Played { exchange, operation, outcome, .. } in play().await {
        let Ok((response, raw)) = outcome else {
            continue;
        };
        assert_eq!(raw.status(), exchange.response.status, "{}", exchange.id);
        let what = match response {
            Outcome::Redirect(redirect) => check_redirect(&exchange, &redirect),
            Outcome::Typed { value, shown } => check_typed(&exchange, operation, &value, &shown, &raw),
        };
        *found.entry(what).or_insert(0) += 1;
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), SUCCESSES);
}

fn check_redirect(exchange: &Exchange, redirect: &Redirect) -> &'static str {
    assert_redirects(redirect, exchange.response.header("location").unwrap());
    "redirect"
}

fn check_typed(
    exchange: &Exchange,
    operation: &str,
    value: &Value,
    shown: &str,
    raw: &RawResponse,
) -> &'static str {
    let id = &exchange.id;
    let recorded = exchange.response.json.clone().unwrap_or_default();
    // Only `token_verify` returns the text `OK`: what else it could be there is no success.
    let is_nothing = recorded == "OK" && !["token_verify", "system_health"].contains(&operation);
    let expected = if is_nothing { Value::Null } else { recorded.clone() };
    assert_eq!(full(value.clone()), full(expected), "{id}");
    for secret in secrets(&recorded) {
        assert!(!shown.contains(&secret), "{id}: {shown}");
    }
    let is_choice = operation == "signin_email_password";
    match recorded.as_object() {
        _ if is_nothing => {
            assert_eq!(shown, "() ()", "{id}");
            "nothing but OK"
        }
        _ if recorded == "OK" => "OK",
        None => {
            assert!(raw.body().is_empty(), "{id}");
            "nothing"
        }
        Some(object) if object.contains_key("mfa") => {
            assert!(shown.starts_with("SecondFactorNeeded("), "{id}: {shown}");
            "second factor"
        }
        Some(object) if object.contains_key("session") || object.contains_key("accessToken") => {
            assert_eq!(shown.starts_with("SignedIn("), is_choice, "{id}: {shown}");
            "session"
        }
        Some(object) if object.is_empty() => {
            assert!(shown.starts_with("SessionPayload { session: None }"), "{id}: {shown}");
            "session to come"
        }
        Some(_) => "another value",
    }
}

/// The value without what is the same as absent to the types: null, and empty texts, lists and objects.
fn full(value: Value) -> Value {
    let is_something = |value: &Value| ![Value::Null, "".into(), Value::Array(Vec::new())].contains(value);
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, full(value)));
            let members: serde_json::Map<_, _> = members.filter(|(_, value)| is_something(value)).collect();
            if members.is_empty() { Value::Null } else { Value::Object(members) }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(full).collect()),
        value => value,
    }
}

/// What is secret in a response, by the names that the server gives it.
fn secrets(value: &Value) -> Vec<String> {
    const NAMES: [&str; 6] =
        ["accessToken", "refreshToken", "personalAccessToken", "ticket", "totpSecret", "imageUrl"];

    match value {
        Value::Object(members) => {
            let secret = |(name, value): (&String, &Value)| match value {
                Value::String(text) if NAMES.contains(&name.as_str()) => vec![text.clone()],
                value => secrets(value),
            };
            members.iter().flat_map(secret).collect()
        }
        Value::Array(items) => items.iter().flat_map(secrets).collect(),
        _ => Vec::new(),
    }
}

/// How the redirects end, and how many of each.
const OUTCOMES: &[(&str, usize)] = &[
    ("at the provider", 15),
    ("disabled-endpoint", 3),
    ("disabled-user", 1),
    ("internal-server-error", 1),
    ("invalid-request", 1),
    ("invalid-state", 1),
    ("invalid-ticket", 5),
    ("oauth-profile-fetch-failed", 1),
    ("oauth-provider-error access_denied", 1),
    ("oauth-provider-error user_cancelled_authorize", 1),
    ("oauth-token-echange-failed", 2),
    ("passwordlessEmail", 2),
    ("redirectTo-not-allowed", 1),
    ("role-not-allowed", 1),
    ("signed in", 7),
    ("verifyEmail", 2),
];

#[tokio::test]
async fn every_redirect_says_how_the_sign_in_ended() {
    let mut found = BTreeMap::new();
    for Played { exchange, operation, outcome, .. } in play().await {
        let Ok((Outcome::Redirect(redirect), _)) = outcome else {
            continue;
        };
        let in_query = |name: &str| {
            let pairs = redirect.url().query_pairs().filter(|(key, _)| key == name);
            pairs.last().map(|(_, value)| value.into_owned()).filter(|value| !value.is_empty())
        };
        let back = SignInRedirect::from(&redirect);
        let ticket = back.ticket.as_ref().map(|ticket| ticket.as_str().to_owned());
        assert_eq!(ticket, in_query("type"), "{}", exchange.id);
        let what = match back.outcome {
            RedirectOutcome::SignedIn(token) => {
                assert_eq!(Some(token.into_inner()), in_query("refreshToken"), "{}", exchange.id);
                ticket.unwrap_or_else(|| "signed in".to_owned())
            }
            RedirectOutcome::Failed(failure) => {
                assert_eq!(failure.description, in_query("errorDescription"), "{}", exchange.id);
                let code = failure.code.unwrap();
                assert!(ErrorCode::KNOWN.contains(&code.as_str()), "{code:?}");
                match failure.provider_error {
                    Some(error) => format!("{} {error}", code.as_str()),
                    None => code.as_str().to_owned(),
                }
            }
            RedirectOutcome::Pending => {
                assert_eq!(operation, "signin_provider", "{}", exchange.id);
                "at the provider".to_owned()
            }
            other => panic!("{}: {other:?}", exchange.id),
        };
        *found.entry(what).or_insert(0) += 1;
    }
    let found: Vec<_> = found.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(found, OUTCOMES);
}
