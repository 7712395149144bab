//! What went wrong elsewhere, and the tests that show that it can't go wrong here. Each story is a public report of another
//! project, by project and number; "read" means that it was seen in the source of an SDK.

use std::fs;
use std::path::{Path, PathBuf};

const STORIES: &[(&str, &[&str])] = &[
    (
        "nhost-js-sdk 65, nhost 555, nhost 813, hasura-backend-plus 220, supabase auth-js 213: tabs refresh at once, and the \
         loser signs everyone out",
        &[
            "a_hundred_requests_with_one_refresh_token_make_one_refresh",
            "a_hundred_users_of_one_keeper_survive_rotation",
            "the_loser_of_a_race_reads_the_store_before_it_judges",
        ],
    ),
    (
        "hasura-backend-plus 220: a request is cancelled after the server has rotated",
        &["a_refresh_goes_on_when_the_one_who_waited_is_gone"],
    ),
    (
        "supabase auth-js 762, supabase-js 2013, 2344: callbacks within the lock call the client, and both wait for ever",
        &["who_listens_may_use_the_keeper"],
    ),
    (
        "supabase-js 2145, 2148: a failed early refresh deletes a session whose access token still lives",
        &["a_failed_early_refresh_changes_nothing"],
    ),
    (
        "supabase-js 2392: a sign-out while a refresh is in flight, and the tokens come back",
        &[
            "a_sign_out_wins_over_a_refresh_that_goes_on",
            "a_sign_out_wins_over_the_refresh_of_its_request",
            "a_sign_out_wins_over_a_refresh_in_another_request",
            "whoever_waits_for_a_refresh_learns_of_the_sign_out",
        ],
    ),
    (
        "supabase-js 2126: a refresh loop at the start runs into the rate limit, which signs out",
        &["an_outage_or_a_rate_limit_ends_no_session"],
    ),
    (
        "web-js 1303 (read): a 429 wipes the tokens",
        &["only_401_and_403_end_a_session", "a_service_that_is_down_signs_nobody_out"],
    ),
    (
        "nhost 203, changelog of hasura-auth: a reload uses the token in the URL again",
        &[
            "a_reload_does_not_use_the_token_again",
            "a_reload_does_not_use_the_code_again",
            "a_reload_of_the_callback_uses_no_code_again",
        ],
    ),
    (
        "nhost-js (read): a comment suggests to sign out with the ID of the refresh token, which revokes nothing",
        &["the_id_of_a_refresh_token_is_never_taken_for_the_token"],
    ),
    (
        "python-sdk 407, node-sdk 530, go-sdk 815: the rotated refresh token isn't given to the caller",
        &[
            "a_rotated_refresh_token_is_given_to_the_caller",
            "a_refresh_token_that_is_not_rotated_stays_the_one_to_keep",
        ],
    ),
    (
        "Flask decorator of python-sdk (read): the rotated refresh token isn't written to its cookie",
        &["an_expired_session_is_refreshed_and_both_cookies_set", "what_cannot_be_kept_sets_neither"],
    ),
    (
        "go-sdk 654, 656: a nil pointer after a refresh in cookie mode",
        &["a_response_without_a_session_token_is_an_error"],
    ),
    (
        "node-sdk 535, 579, core-js 1365: joined Set-Cookie headers are misread",
        &["tokens_that_the_body_lacks_come_from_cookies"],
    ),
    ("dotnet 171: cookies leak into management calls", &["a_cookie_of_a_response_goes_with_no_other_call"]),
    (
        "go-sdk 459, 460, dotnet 124: data races on the map of keys",
        &["a_thousand_validations_on_an_empty_cache_make_one_fetch"],
    ),
    (
        "dotnet 186: a new key is refused for five minutes",
        &["a_new_key_is_learnt_at_once_and_an_old_one_forgotten"],
    ),
    (
        "fastapi-zitadel-auth 156, go-oidc 482, libjwt 313, jwtk 8: made-up key IDs flood the issuer",
        &["a_flood_of_unknown_keys_makes_one_fetch_per_cooldown"],
    ),
    (
        "airflow 73472, mobula 28: the cooldown is passed over while fetches fail or give nothing",
        &["the_cooldown_holds_while_fetches_fail_or_give_nothing"],
    ),
    (
        "node-sdk 724, graphql-engine 8993, nextjs-auth0 320: issuers with a slash at the end, of a custom domain, or of an \
         MCP server are refused",
        &["issuers", "every_form_that_exists_is_accepted", "an_issuer_may_end_with_a_slash"],
    ),
    (
        "python-sdk 422, 674: tokens with an audience are refused without an option for it",
        &["audiences_without_a_setting", "audiences_with_a_setting"],
    ),
    ("python-sdk 629, go-sdk (read): a template overrides the subject", &["subjects"]),
    (
        "go-sdk 737, 757: a token that is bound to a key is taken as bearer, and its proof is replayed",
        &["a_token_that_is_bound_to_a_key_is_refused"],
    ),
    (
        "CVE-2026-25537 of jsonwebtoken: a claim of the wrong type counts as absent",
        &[
            "times",
            "issuers",
            "audiences_without_a_setting",
            "signed_tokens_with_arbitrary_claims_and_headers",
        ],
    ),
    (
        "spiceai 10619, salvo 1665, gcloud-auth 417, foundry 14562, jsonwebtoken 463: features of other crates decide what \
         verifies, and it panics",
        &["no_other_crate_decides_what_verifies"],
    ),
    (
        "nextjs-sdk 1440, 1097: the session cookie is found in one router alone, and a strict one is missing after a redirect",
        &[
            "a_session_is_in_the_header_or_in_the_cookies",
            "both_tokens_are_set_with_all_attributes",
            "nhost_is_protected_in_the_same_way",
        ],
    ),
    (
        "web-js 1452: a late response overwrites a newer nonce",
        &["a_late_response_does_not_overwrite_a_newer_nonce"],
    ),
    (
        "core-js (read): polling never ends on 404",
        &["any_other_failure_ends_the_wait_at_once", "the_last_error_is_given_at_the_deadline"],
    ),
    ("Kotlin SDK (read): polling swallows the cancellation", &["dropping_the_wait_ends_it"]),
];

#[test]
fn each_story_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["src", "tests"] {
        read(&root.join(folder), &mut texts);
    }
    let is_there = |test: &str| texts.iter().any(|text| text.contains(&format!("fn {test}(")));
    let missing: Vec<_> = STORIES.iter().flat_map(|(_, tests)| *tests).filter(|it| !is_there(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Reads all files of a folder that are written in Rust.
fn read(folder: &Path, texts: &mut Vec<String>) {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = paths.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    texts.extend(files.map(|path| fs::read_to_string(path).unwrap()));
    for folder in folders {
        read(&folder, texts);
    }
}

#[test]
fn no_other_crate_decides_what_verifies() {
    let manifest = include_str!("../../Cargo.toml");
    let (own, for_tests) = manifest.split_once("[dev-dependencies]").unwrap();
    assert!(own.contains("\naws-lc-rs = ") && for_tests.contains("\njsonwebtoken = "));
    for library in ["jsonwebtoken", "rsa", "ring", "jwt-simple"] {
        assert!(!own.contains(&format!("\n{library} = ")), "{library}");
    }
}
