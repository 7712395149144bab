//! The questions to a failure. The code of an error alone doesn't answer them: a server that conceals errors has one code
//! for most of them, and older servers have one code for several. So an answer depends on the operation, too.

use super::RedirectFailure;
use crate::nhost::Error;
use crate::runtime::{ApiError, Kind};
use reqwest::StatusCode;

/// What a failure means to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Unauthenticated,
    ElevationRequired,
    WrongPassword,
    WrongCode,
    OutOfAttempts,
    Expired,
    Unverified,
    UserExists,
}

/// What a code means in all operations, except for those that are listed with it in [`BY_OPERATION`].
pub(super) const BY_CODE: &[(&str, Meaning)] = &[
    ("elevated-claim-required", Meaning::ElevationRequired),
    ("email-already-in-use", Meaning::UserExists),
    ("invalid-otp", Meaning::WrongCode),
    ("invalid-pat", Meaning::Unauthenticated),
    ("invalid-refresh-token", Meaning::Unauthenticated),
    ("invalid-state", Meaning::Expired),
    ("invalid-ticket", Meaning::Expired),
    ("invalid-totp", Meaning::WrongCode),
    ("invalid_grant", Meaning::Expired),
    ("invalid_token", Meaning::Unauthenticated),
    ("otp-too-many-attempts", Meaning::OutOfAttempts),
    ("unauthorized", Meaning::Unauthenticated),
    ("unverified-user", Meaning::Unverified),
    ("user-already-exists", Meaning::UserExists),
];

/// What a code means in one operation. `invalid-request` is here for what the operation says it stands for: of several
/// causes, the one that a correct program meets most.
pub(super) const BY_OPERATION: &[(&str, &str, Meaning)] = &[
    ("elevation_otp_email_verify", "invalid-request", Meaning::WrongCode),
    ("elevation_otp_sms_verify", "invalid-request", Meaning::WrongCode),
    ("elevation_totp", "invalid-request", Meaning::WrongCode),
    ("mfa_update", "invalid-request", Meaning::WrongCode),
    ("oauth2_login", "invalid-request", Meaning::Expired),
    ("oauth2_login_complete", "invalid-request", Meaning::Expired),
    ("signin_email_password", "invalid-email-password", Meaning::WrongPassword),
    ("signin_email_password", "invalid-request", Meaning::WrongPassword),
    ("signin_mfa_totp", "invalid-request", Meaning::WrongCode),
    ("signin_otp_email_verify", "invalid-request", Meaning::WrongCode),
    ("signin_otp_email_verify", "invalid-ticket", Meaning::WrongCode),
    ("signin_passwordless_sms_verify", "invalid-request", Meaning::WrongCode),
    ("signin_pat", "invalid-request", Meaning::Unauthenticated),
    ("token_exchange", "invalid-request", Meaning::Expired),
    ("token_refresh", "invalid-request", Meaning::Unauthenticated),
    ("token_sign_out", "invalid-request", Meaning::Unauthenticated),
    ("token_verify", "invalid-request", Meaning::Unauthenticated),
    ("user_change_password", "invalid-request", Meaning::Unauthenticated),
    ("user_change_phone_number_verify", "invalid-request", Meaning::WrongCode),
];

impl Meaning {
    /// What a code means in an operation, or in a redirect, which no operation is known of.
    fn of_code(operation: Option<&str>, code: &str) -> Option<Self> {
        let in_operation = BY_OPERATION
            .iter()
            .find(|(listed, of_code, _)| Some(*listed) == operation && *of_code == code)
            .map(|(.., meaning)| *meaning);
        in_operation
            .or_else(|| BY_CODE.iter().find(|(listed, _)| *listed == code).map(|(_, meaning)| *meaning))
    }

    fn of_response(operation: Option<&str>, api: &ApiError) -> Option<Self> {
        let code = api.code();
        let is_security_failure = api.is_unmet_security();
        let may_lack_elevation = is_security_failure || code == Some("unauthorized");
        if may_lack_elevation && api.message().is_some_and(speaks_of_elevation) {
            return Some(Self::ElevationRequired);
        }
        match code {
            Some("elevated-claim-required") => Some(Self::ElevationRequired),
            _ if is_security_failure => Some(Self::Unauthenticated),
            Some(code) => Self::of_code(operation, code),
            None => (api.status() == StatusCode::UNAUTHORIZED).then_some(Self::Unauthenticated),
        }
    }
}

/// Newer servers say in words that the session has to be elevated, beside a code for any missing credential.
fn speaks_of_elevation(text: &str) -> bool {
    text.to_ascii_lowercase().replace('-', " ").contains("elevated claim")
}

impl Error {
    fn meaning(&self) -> Option<Meaning> {
        match self.kind() {
            Kind::Api(api) => Meaning::of_response(self.operation(), api),
            // A stored token that is broken, so that it can't even be sent.
            Kind::InvalidRequest(request) if request.what().starts_with("credential ") => {
                Some(Meaning::Unauthenticated)
            }
            _ => None,
        }
    }
}

impl RedirectFailure {
    fn meaning(&self) -> Option<Meaning> {
        self.code.as_ref().and_then(|code| Meaning::of_code(None, code.as_str()))
    }
}

/// Declares the questions for both types of failure.
macro_rules! questions {
    ($($(#[$documentation:meta])* $question:ident => $meaning:ident;)*) => {
        impl Error {
            $($(#[$documentation])* #[must_use] pub fn $question(&self) -> bool {
                self.meaning() == Some(Meaning::$meaning)
            })*
        }

        impl RedirectFailure {
            $($(#[$documentation])* #[must_use] pub fn $question(&self) -> bool {
                self.meaning() == Some(Meaning::$meaning)
            })*
        }
    };
}

questions! {
    /// Whether nobody is signed in: the token of the request is missing, malformed, expired or revoked. The status
    /// doesn't tell, since the server answers most of that with 400. It is so as well for a token that can't be sent,
    /// such as an empty one.
    ///
    /// In `user_change_password` the server doesn't distinguish this from a session that isn't elevated.
    is_unauthenticated => Unauthenticated;

    /// Whether the operation needs an elevated session. The operations of the group `elevation` give one.
    is_elevation_required => ElevationRequired;

    /// Whether the code that the user typed is wrong. The server doesn't distinguish a code that has expired or was used
    /// before. The same goes for the ticket of `signin_mfa_totp` on a server that conceals errors.
    is_wrong_code => WrongCode;

    /// Whether there were too many wrong codes, so that the user needs a new one.
    is_out_of_attempts => OutOfAttempts;

    /// Whether the ticket, the code of a redirect or the state of a sign-in has expired, was used before or is unknown,
    /// which the server doesn't distinguish. The user has to start again.
    is_expired => Expired;

    /// Whether `signin_email_password` failed because the email address and the password don't belong to a user. The
    /// server doesn't say which of them is wrong, nor whether there is such a user. If it conceals errors, a user who is
    /// blocked or unverified is the same to it.
    ///
    /// In other operations the code `invalid-email-password` means something else, such as that the project doesn't
    /// admit the email address.
    is_wrong_password => WrongPassword;

    /// Whether the user has to verify the email address first.
    is_unverified => Unverified;

    /// Whether there is such a user already.
    is_user_exists => UserExists;
}
