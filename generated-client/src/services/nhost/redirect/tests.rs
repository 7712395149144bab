use super::{RedirectFailure, RedirectOutcome, SignInRedirect, TicketKind};
use crate::nhost::ErrorCode;
use crate::runtime::Secret;

const TOKEN: &str = "76f6deec-6988-4299-ac3b-ffb9466a87f8";

fn signed_in() -> RedirectOutcome {
    RedirectOutcome::SignedIn(Secret::from(TOKEN))
}

fn back(query: &str) -> SignInRedirect {
    SignInRedirect::from_query(query)
}

fn failure(query: &str) -> RedirectFailure {
    match back(query).outcome {
        RedirectOutcome::Failed(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refresh_token_among_the_pages_own_query_and_fragment() {
    let url = format!("https://my-app.com/cb?keep=1&refreshToken={TOKEN}&type=passwordlessEmail#h");
    let back = SignInRedirect::from_url(&url.parse().unwrap());
    assert_eq!(back.outcome, signed_in());
    assert_eq!(back.ticket, Some(TicketKind::PasswordlessEmail));
    assert_eq!(back.state, None);
    assert!(!format!("{back:?}").contains("76f6"), "{back:?}");
}

#[test]
fn kinds_of_tickets() {
    let kinds = ["verifyEmail", "passwordlessEmail", "emailConfirmChange", "passwordReset"];
    assert_eq!(TicketKind::KNOWN, kinds);
    for kind in kinds.into_iter().chain(["newer"]) {
        let ticket = back(&format!("refreshToken={TOKEN}&type={kind}")).ticket.unwrap();
        assert_eq!(ticket.as_str(), kind);
        assert_eq!(ticket == TicketKind::Unknown("newer".to_owned()), kind == "newer");
    }
    assert_eq!(back(&format!("refreshToken={TOKEN}&type=")).ticket, None);
    assert_eq!(back("error=invalid-ticket&type=verifyEmail").ticket, None);
}

#[test]
fn a_code_and_the_state_of_the_visitor() {
    let back = back("code=c0d%2Be&state=st4+te");
    assert_eq!(back.outcome, RedirectOutcome::Code(Secret::from("c0d+e")));
    assert_eq!(back.state, Some(Secret::from("st4 te")));
    let shown = format!("{back:?}");
    assert!(!shown.contains("c0d") && !shown.contains("st4"), "{shown}");
}

#[test]
fn a_refresh_token_counts_before_a_code_and_a_code_before_an_error() {
    let error = "error=invalid-state&errorDescription=Invalid+state";
    assert_eq!(back(&format!("{error}&refreshToken={TOKEN}")).outcome, signed_in());
    assert_eq!(back(&format!("refreshToken={TOKEN}&{error}&code=x")).outcome, signed_in());
    assert_eq!(back(&format!("{error}&code=x")).outcome, RedirectOutcome::Code(Secret::from("x")));
    assert_eq!(failure(&format!("{error}&refreshToken=&code")).code, Some(ErrorCode::InvalidState));
}

#[test]
fn the_last_of_repeated_keys_counts_even_if_it_is_empty() {
    assert_eq!(back(&format!("refreshToken=old&refreshToken={TOKEN}")).outcome, signed_in());
    let failure = failure(
        "error=oauth-provider-error&errorDescription=Provider+returned+an+error\
         &provider_error=access_denied&provider_error=access_denied&provider_error=user_cancelled_authorize\
         &provider_error_description=The+user+denied&provider_error_description=&provider_error_description=\
         &provider_error_url=https%3A%2F%2Fdocs.example%2Ferr&provider_error_url=&provider_error_url=",
    );
    assert_eq!(failure.code, Some(ErrorCode::OauthProviderError));
    assert_eq!(failure.description.as_deref(), Some("Provider returned an error"));
    assert_eq!(failure.provider_error.as_deref(), Some("user_cancelled_authorize"));
    assert_eq!((failure.provider_error_description, failure.provider_error_url), (None, None));
}

#[test]
fn texts_of_providers_are_left_out() {
    let failure = failure(
        "error=redirectTo-not-allowed&errorDescription=The+value+of+%22options.redirectTo%22+is+not+allowed.\
         &provider_error=access_denied&provider_error_description=The+user+denied\
         &provider_error_url=https%3A%2F%2Fdocs.example%2Ferr",
    );
    assert_eq!(failure.code, Some(ErrorCode::RedirectToNotAllowed));
    assert_eq!(failure.description.as_deref(), Some("The value of \"options.redirectTo\" is not allowed."));
    assert_eq!(failure.provider_error, None);
    assert_eq!((failure.provider_error_description, failure.provider_error_url), (None, None));
}

#[test]
fn a_failure_is_an_error_of_one_line() {
    let failure = failure(
        "error=oauth-provider-error&errorDescription=Provider+returned+an+error&provider_error=denied\
         &provider_error_description=The+user+denied&provider_error_url=https%3A%2F%2Fdocs.example%2Ferr",
    );
    assert_eq!(failure.provider_error_url.as_deref(), Some("https://docs.example/err"));
    let error: Box<dyn std::error::Error + Send + Sync> = failure.into();
    assert_eq!(
        error.to_string(),
        "nhost: the redirect says oauth-provider-error: Provider returned an error; \
         the provider says denied: The user denied"
    );
}

/// Anybody can write into the query of a page.
#[test]
fn what_could_be_a_secret_is_not_printed() {
    for query in [
        format!("error={TOKEN}"),
        format!("error=disabled-user&errorDescription={TOKEN}"),
        format!("error=oauth-provider-error&provider_error={TOKEN}&provider_error_description={TOKEN}"),
        format!("error=oauth-provider-error&provider_error_url=https://x.example/{TOKEN}"),
        format!("error=invalid-state&provider_state={TOKEN}"),
    ] {
        let failure = failure(&query);
        let shown = format!("{failure} {failure:?} {failure:#?} {:?}", back(&query));
        assert!(!shown.contains("76f6"), "{shown}");
    }
    // A word could be a password.
    let shown = format!("{} {:?}", failure("error=mysecretpassword"), back("error=mysecretpassword"));
    assert!(!shown.contains("mysecret"), "{shown}");
    let shown = format!("{:?}", back(&format!("refreshToken={TOKEN}&type=mysecretpassword")));
    assert!(!shown.contains("mysecret"), "{shown}");
    let failure = failure(&format!("error={TOKEN}"));
    assert_eq!((failure.code, failure.description.as_deref()), (None, Some(TOKEN)));
}

#[test]
fn the_provider_s_own_page_is_no_end_of_a_sign_in() {
    for provider in [
        "https://github.com/login/oauth/authorize?client_id=x&response_type=code&state=eyJ.e.s",
        "https://api.twitter.com/oauth/authorize?oauth_token=reqtok",
    ] {
        let back = SignInRedirect::from_url(&provider.parse().unwrap());
        assert_eq!(back.outcome, RedirectOutcome::Pending, "{provider}");
    }
}

/// A success of `connect` adds nothing to the page's own query but the `state` of the visitor.
#[test]
fn a_redirect_without_token_code_and_error_has_no_session() {
    let back = SignInRedirect::from_url(&"https://my-app.com/cb?keep=1&state=st4te#h".parse().unwrap());
    assert_eq!((back.outcome, back.state), (RedirectOutcome::NoSession, Some(Secret::from("st4te"))));
    for query in ["", "?", "&", "=", "refreshToken", "error=", "errorDescription=x", "%ZZ=%FF&a"] {
        assert_eq!(self::back(query).outcome, RedirectOutcome::NoSession, "{query}");
    }
}

#[test]
fn a_second_question_mark_of_older_servers() {
    for query in [
        format!("q=1?refreshToken={TOKEN}"),
        format!("q=1?refreshToken={TOKEN}&type=verifyEmail"),
        format!("a=b&q=who?&r=?refreshToken={TOKEN}"),
    ] {
        assert_eq!(back(&query).outcome, signed_in(), "{query}");
    }
    assert_eq!(failure("q=1?error=invalid-ticket&errorDescription=x").code, Some(ErrorCode::InvalidTicket));
    // Any other one is a part of the value.
    assert_eq!(back("state=a?b=c").state, Some(Secret::from("a?b=c")));
}

#[test]
fn a_failure_answers_the_questions_of_an_error() {
    let answers = |query: &str| {
        let failure = failure(query);
        [
            failure.is_unauthenticated(),
            failure.is_elevation_required(),
            failure.is_wrong_code(),
            failure.is_out_of_attempts(),
            failure.is_expired(),
            failure.is_wrong_password(),
            failure.is_unverified(),
            failure.is_user_exists(),
        ]
    };
    for (code, question) in [
        ("unauthorized", 0),
        ("elevated-claim-required", 1),
        ("invalid-otp", 2),
        ("otp-too-many-attempts", 3),
        ("invalid-ticket", 4),
        ("invalid-state", 4),
        ("unverified-user", 6),
        ("user-already-exists", 7),
        ("email-already-in-use", 7),
    ] {
        let mut expected = [false; 8];
        expected[question] = true;
        assert_eq!(answers(&format!("error={code}")), expected, "{code}");
    }
    for code in ["invalid-email-password", "invalid-request", "disabled-user", "oauth-provider-error"] {
        assert_eq!(answers(&format!("error={code}")), [false; 8], "{code}");
    }
}

#[test]
fn keys_and_values_are_decoded() {
    assert_eq!(back(&format!("?refresh%54oken={}", TOKEN.replace('-', "%2D"))).outcome, signed_in());
    assert_eq!(failure("error=x&errorDescription=%FF+%C3%BC").description.as_deref(), Some("\u{fffd} ü"));
}

/// nhost 203: a reload of the page used the refresh token in its URL again.
#[test]
fn a_reload_does_not_use_the_token_again() {
    for (query, expected) in [
        (&*format!("?keep=1&refreshToken={TOKEN}&type=passwordlessEmail#refreshToken={TOKEN}"), "?keep=1"),
        (&format!("?keep=%2B1?refreshToken={TOKEN}&x=a+b"), "?keep=%2B1&x=a+b"),
        ("?code=x&state=y&app_state=z", ""),
        (
            "?error=a&errorDescription=b&provider_error=c&provider_error_description=d&provider_error_url=e",
            "",
        ),
        ("?error=invalid-state&provider_state=eyJ.eyJ.x&page=?2", "?page=?2"),
        (&format!("?refresh%54oken={TOKEN}"), ""),
        ("?a=?b", "?a=?b"),
        ("", ""),
    ] {
        let url = format!("https://app.example/callback{query}").parse().unwrap();
        let clean = SignInRedirect::clean_url(&url);
        assert_eq!(clean.as_str(), format!("https://app.example/callback{expected}"), "{query}");
        assert_eq!(SignInRedirect::from_url(&clean).outcome, RedirectOutcome::NoSession, "{query}");
        assert_eq!(SignInRedirect::redirect_headers_to(&clean).unwrap()["location"], clean.as_str());
    }
}
