//! What was begun and isn't finished: visits of a provider's page, messages that users are to send, flows and more.

use super::identity::Identity;
use super::options::SignInOptions;
use crate::providers::Account;
use serde_json::{Map, Value};

/// A visit of a provider's page.
#[derive(Clone)]
pub(in crate::descope) struct Visit {
    /// The provider, or the tenant whose identity provider it is.
    pub(in crate::descope) provider: String,
    /// Where the browser goes after it.
    pub(in crate::descope) redirect_url: String,
    pub(in crate::descope) purpose: Purpose,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
}

/// What a visit of a provider's page is for.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::descope) enum Purpose {
    /// A sign-in, or a sign-up.
    SignUpOrIn,
    /// A sign-in of a user who is known.
    SignIn,
    /// A sign-up of a new user.
    SignUp,
    /// The user with this ID adds an account, also one that is another user's.
    Link { user_id: String, merges: bool },
    /// A sign-in by the identity provider of a tenant.
    Federated,
    /// The user connects an application, which the fake keeps nothing of.
    Connect,
}

/// A code that an application gets after a visit, or after a flow.
#[derive(Clone)]
pub(in crate::descope) struct Grant {
    pub(in crate::descope) user_id: String,
    pub(in crate::descope) is_first: bool,
    /// How the user signed in, in the claim `amr`.
    pub(in crate::descope) method: &'static str,
    pub(in crate::descope) options: SignInOptions,
    /// The challenge of PKCE that its verifier has to fit, if there is one.
    pub(in crate::descope) challenge: Option<String>,
    /// Who the identity provider of a tenant says the user is.
    pub(in crate::descope) federated: Option<(String, Account)>,
    pub(in crate::descope) expires: u64,
}

/// A sign-in that an application on a phone began at a provider.
#[derive(Clone)]
pub(in crate::descope) struct NativeStart {
    pub(in crate::descope) provider: String,
    pub(in crate::descope) nonce: String,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
}

/// A message that a user is to send.
#[derive(Clone)]
pub(in crate::descope) struct Prepared {
    /// Who signs in; none if the number that it comes from says so.
    pub(in crate::descope) identity: Option<Identity>,
    /// The number that it has to come from; none if any number will do.
    pub(in crate::descope) expected: Option<String>,
    /// Whether a number that nobody has signs a new user up.
    pub(in crate::descope) may_sign_up: bool,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
    /// The session, and whether the user is new.
    pub(in crate::descope) signed_in: Option<(String, bool)>,
}

/// A sign-in that a user is to allow on a phone.
#[derive(Clone)]
pub(in crate::descope) struct Push {
    pub(in crate::descope) user_id: String,
    /// What the user decided: `approved` or `denied`.
    pub(in crate::descope) result: Option<String>,
}

/// A run of a flow.
#[derive(Clone)]
pub(in crate::descope) struct Run {
    pub(in crate::descope) step: FlowStep,
    /// The number of the latest nonce, and the nonce.
    pub(in crate::descope) nonce: (u64, String),
    pub(in crate::descope) login_id: String,
    pub(in crate::descope) options: SignInOptions,
    /// The page and the challenge of an application that opened the flow in a browser.
    pub(in crate::descope) returns_to: Option<(String, String)>,
    pub(in crate::descope) expires: u64,
}

/// A step of the flow that every project has: the address, then the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::descope) enum FlowStep {
    Address,
    Code,
}

/// A passkey ceremony.
#[derive(Clone)]
pub(in crate::descope) struct Ceremony {
    pub(in crate::descope) kind: CeremonyKind,
    /// The origin of the page.
    pub(in crate::descope) origin: String,
    /// What the authenticator signs.
    pub(in crate::descope) challenge: String,
    pub(in crate::descope) options: SignInOptions,
    pub(in crate::descope) expires: u64,
}

/// What a passkey ceremony is for.
#[derive(Clone)]
pub(in crate::descope) enum CeremonyKind {
    /// A new user with a new passkey.
    SignUp { login_id: String, profile: Map<String, Value> },
    /// A sign-in; none if the passkey says who it is.
    SignIn { user_id: Option<String> },
    /// A further passkey of a user.
    Add { user_id: String },
}
