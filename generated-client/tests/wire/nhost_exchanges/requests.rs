//! The requests: which ones this client sends, and for what reason it doesn't send the others.

use super::{Played, Verdict, play};
use std::collections::BTreeMap;

/// The recorded requests that no correct client sends, and those that this one sends in another way: what comes of an
/// attempt, and what is special about the request.
const EXCEPTIONS: &[(Verdict, &str, &[&str])] = &[
    (
        Verdict::NoOperation,
        "another method than the operation's",
        &["jwks-405", "token-get", "signup-method-get", "prov-post"],
    ),
    (Verdict::NoOperation, "a slash too many in the path", &["double-slash", "trailing-slash-post"]),
    (
        Verdict::NoCredential,
        "no access token, and a client without one doesn't have the operation",
        &[
            "addkey-verify-noauth",
            "dean-noauth",
            "echange-noauth",
            "elevate-noauth",
            "elevate-verify-noauth",
            "mfa-generate-noauth",
            "mfa-noauth",
            "newer-endpoint-elevate",
            "pat-noauth",
            "user-noauth",
        ],
    ),
    (
        Verdict::NoCredential,
        "another scheme than `Bearer` with a capital B",
        &["user-basic", "user-lowercase-bearer"],
    ),
    (
        Verdict::NoBody,
        "a required member is missing",
        &[
            "addkey-verify-missing",
            "cbpost-no-state",
            "dean-missing",
            "echange-missing",
            "idtoken-missing",
            "link-missing",
            "magic-missing",
            "mfatotp-missing",
            "newer-endpoint-oauth2-token",
            "otp-missing",
            "pat-missing",
            "pw-missing",
            "sendver-missing",
            "signinpat-missing",
            "signup-no-password",
            "sms-missing",
            "sms-verify-missing",
            "token-missing",
            "wa-signin-verify-missing",
            "wa-signup-missing",
            "wa-signup-verify-empty-cred",
            "wa-signup-verify-missing",
        ],
    ),
    (
        Verdict::NoBody,
        "a member of another type, such as null for what is required",
        &[
            "pat-meta-type",
            "signin-type",
            "signout-type",
            "signup-wrong-type-email",
            "signup-wrong-type-metadata",
            "signup-wrong-type-options",
        ],
    ),
    (Verdict::NoBody, "a value that the closed enum doesn't have", &["dean-bad-method"]),
    (
        Verdict::NoBody,
        "no body where one is required, or one that is no JSON object",
        &[
            "magic-empty",
            "signout-nobody",
            "signup-array-body",
            "signup-empty-body",
            "signup-malformed",
            "signup-no-body",
            "signup-null-body",
            "token-empty",
            "token-malformed",
        ],
    ),
    (
        Verdict::NoBody,
        "no body where one may be left out: the client sends `{}`",
        &[
            "anon-emptybody-json-ct",
            "anon-nobody",
            "tverify-header-emptyjson",
            "tverify-header-nobody",
            "tverify-none-nobody",
        ],
    ),
    (Verdict::NoBody, "a body where the operation takes none", &["elevate-empty-body"]),
    (
        Verdict::Refused,
        "a value that the server refuses too",
        &[
            "dean-short",
            "pat-bad-date",
            "prov-display-bad",
            "prov-display-long",
            "pw-ticket-pattern",
            "signinpat-not-uuid",
            "signup-display-bad",
            "signup-display-long",
            "signup-long",
            "signup-short-schema",
            "token-not-uuid",
            "token-uuid-upper",
        ],
    ),
    (
        Verdict::OtherQuery,
        "a required parameter is missing",
        &["cb-no-state", "verify-no-redirect", "verify-no-ticket", "verify-nothing"],
    ),
    (Verdict::OtherQuery, "a parameter that isn't documented", &["prov-extra-query"]),
    (Verdict::OtherQuery, "a value that the closed enum doesn't have", &["verify-type-bad"]),
    (Verdict::OtherQuery, "metadata that is no map", &["prov-metadata-not-json"]),
    (Verdict::OtherQuery, "a list as a repeated parameter", &["prov-roles-repeated"]),
    (
        Verdict::OtherHeaders,
        "another content type; the charset says nothing about JSON",
        &["cbpost-json", "signup-ct-charset", "signup-form", "signup-text-plain"],
    ),
    (Verdict::OtherHeaders, "an access token where the operation takes none", &["signin-bad-jwt-ignored"]),
    (
        Verdict::OtherBody,
        "an unknown member",
        &[
            "pat-extra",
            "reset-extra",
            "signin-extra",
            "signout-extra",
            "signup-unknown-field",
            "tverify-extra",
        ],
    ),
    (
        Verdict::OtherBody,
        "a member that is null",
        &["addkey-verify-nick-null", "signup-metadata-null", "wa-signin-verify-handle-null"],
    ),
    (
        Verdict::OtherBody,
        "a number in place of a text: the client sends a text",
        &["mfa-code-number", "otp-verify-type", "sms-type", "tverify-type"],
    ),
];

#[tokio::test]
async fn every_recorded_request_is_sent_or_has_a_reason_not_to_be() {
    let mut exceptions = BTreeMap::new();
    for (verdict, why, ids) in EXCEPTIONS {
        for id in *ids {
            assert_eq!(exceptions.insert(*id, *verdict), None, "{id} is there twice: {why}");
        }
    }
    let mut sent = 0;
    for Played { exchange, verdict, .. } in play().await {
        let expected = exceptions.remove(&*exchange.id).unwrap_or(Verdict::Sent);
        assert_eq!(verdict, expected, "{}", exchange.id);
        if verdict == Verdict::Refused {
            assert_eq!(
                exchange.response.status, 400,
                "the server takes what the client refuses: {}",
                exchange.id
            );
        }
        sent += usize::from(verdict == Verdict::Sent);
    }
    assert!(exceptions.is_empty(), "there is no such exchange: {exceptions:?}");
    assert_eq!(sent, 278);
}
