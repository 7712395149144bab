//! A call of each operation that there is an exchange of, through its own method and types.

use super::recorded::Request;
use crate::harness::{object, parsed};
use generated_client::nhost::signin::{SigninProvider, SigninProviderCallback};
use generated_client::nhost::user::UserDeanonymizeMethod;
use generated_client::nhost::verification::{TicketType, VerificationVerify};
use generated_client::nhost::{
    AccessToken, AuthenticatorAssertionResponse, AuthenticatorAttestationResponse, Client,
    CredentialAssertionResponse, CredentialCreationResponse, CredentialType, Error, Nhost,
};
use generated_client::runtime::{Call, Operation, RawResponse, Redirect, Validate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::pin::Pin;

/// What a call gave.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A typed response, written as JSON and printed.
    Typed {
        value: serde_json::Value,
        shown: String,
    },
    Redirect(Redirect),
}

pub(crate) type Sending = Pin<Box<dyn Future<Output = Result<(Outcome, RawResponse), Error>>>>;

/// Why no call sends what was recorded.
#[derive(Debug)]
pub(crate) enum Impossible {
    /// The operation wants an access token, and none, or nothing of the kind, was sent.
    Credential,
    /// The type of the body can't be made of it.
    Body,
}

/// The call of this operation that sends this request, or one that sends the least if there is no request.
pub(crate) fn call(id: &str, client: &Client, request: Option<&Request>) -> Result<Sending, Impossible> {
    let user = user(client, request);
    macro_rules! calls {
        (anybody: $($group:ident.$method:ident($($argument:expr),*);)*) => {
            $(if id == concat!(stringify!($group), "_", stringify!($method)) {
                return json(client.$group().$method($($argument),*), request);
            })*
        };
        (user: $($group:ident.$method:ident($($argument:expr),*);)*) => {
            $(if id == concat!(stringify!($group), "_", stringify!($method)) {
                return json(user?.$group().$method($($argument),*), request);
            })*
        };
        (either: $($group:ident.$method:ident($($argument:expr),*);)*) => {
            $(if id == concat!(stringify!($group), "_", stringify!($method)) {
                return match &user {
                    Ok(user) => json(user.$group().$method($($argument),*), request),
                    Err(_) => json(client.$group().$method($($argument),*), request),
                };
            })*
        };
    }
    let (email, number, password, otp) = ("ada@example.com", "+15555550100", "Str0ng-Passw0rd", "123456");
    let uuid = "6b1e7c52-90c4-4b3f-8a35-2f0d3cf1a7e9";
    calls! {
        anybody:
        oauth2.token("authorization_code");
        signin.anonymous();
        signin.email_password(email, password);
        signin.id_token("google", "e30.e30.e30");
        signin.mfa_totp("mfaTotp:1", otp);
        signin.otp_email(email);
        signin.otp_email_verify(email, otp);
        signin.passwordless_email(email);
        signin.passwordless_sms(number);
        signin.passwordless_sms_verify(number, otp);
        signin.pat(uuid);
        signin.webauthn();
        signin.webauthn_verify(signature());
        signup.webauthn(email);
        signup.webauthn_verify(key());
        system.health();
        system.health_head();
        system.jwks();
        system.openid_configuration();
        system.version();
        token.refresh(uuid);
        user.send_password_reset_email(email);
        user.send_verification_email(email);
    }
    calls! {
        either:
        token.sign_out();
        token.verify();
        user.change_password(password);
    }
    calls! {
        user:
        elevation.methods();
        elevation.webauthn();
        elevation.webauthn_verify(signature());
        link.id_token("google", "e30.e30.e30");
        mfa.generate_totp();
        mfa.update(otp);
        pat.create("2027-01-01T00:00:00Z");
        security_key.add();
        security_key.add_verify(key());
        user.change_email(email);
        user.deanonymize_email(UserDeanonymizeMethod::Passwordless, email);
        user.get();
    }
    let pairs = request.map(|request| request.query.clone()).unwrap_or_default();
    let argument = |name: &str, otherwise: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found.map_or_else(|| otherwise.to_owned(), |(_, value)| value.clone())
    };
    let provider = request.map_or("github", Request::provider);
    match id {
        "signup_email_password" => {
            let mut call = client.signup().email_password(email, password);
            if let Some(token) = request.and_then(|request| request.header("x-cf-turnstile-response")) {
                call = call.x_cf_turnstile_response(token);
            }
            json(call, request)
        }
        "signin_provider" => {
            redirect(pairs.into_iter().fold(client.signin().provider(provider), start), None)
        }
        "signin_provider_callback" => {
            let call = client.signin().provider_callback(provider, argument("state", "x"));
            redirect(pairs.into_iter().fold(call, finish), None)
        }
        "signin_provider_callback_post" => {
            redirect(client.signin().provider_callback_post(provider, "x"), request)
        }
        "verification_verify" => {
            let redirect_to = argument("redirectTo", "http://localhost:3000");
            let call = client.verification().verify(argument("ticket", "x"), redirect_to);
            redirect(pairs.into_iter().fold(call, follow), None)
        }
        _ => panic!("there is no call of {id} yet"),
    }
}

fn key() -> CredentialCreationResponse {
    let response = AuthenticatorAttestationResponse::new("e30", "oA");
    CredentialCreationResponse::new("a2V5", "a2V5", CredentialType::PublicKey, response)
}

fn signature() -> CredentialAssertionResponse {
    let response = AuthenticatorAssertionResponse::new("AA", "e30", "AA");
    CredentialAssertionResponse::new("a2V5", "a2V5", CredentialType::PublicKey, response)
}

/// A client with the access token of the request.
fn user(client: &Client, request: Option<&Request>) -> Result<Client<AccessToken>, Impossible> {
    let token = match request {
        Some(request) => request.header("authorization").and_then(|header| header.strip_prefix("Bearer ")),
        None => Some("e30.e30.e30"),
    };
    token.map(|token| client.with_access_token(token)).ok_or(Impossible::Credential)
}

fn json<O, B>(call: Call<O, B>, request: Option<&Request>) -> Result<Sending, Impossible>
where
    O: Operation<Service = Nhost>,
    O::Response: Serialize + Debug,
    B: Serialize + DeserializeOwned + Validate + 'static,
{
    let call = filled(call, request)?;
    Ok(Box::pin(async {
        let (response, raw) = call.send_with_raw().await?;
        let value = serde_json::to_value(&response).unwrap();
        Ok((Outcome::Typed { value, shown: format!("{response:?} {response:#?}") }, raw))
    }))
}

fn redirect<O, B>(call: Call<O, B>, request: Option<&Request>) -> Result<Sending, Impossible>
where
    O: Operation<Service = Nhost, Response = Redirect>,
    B: Serialize + DeserializeOwned + Validate + 'static,
{
    let call = filled(call, request)?;
    Ok(Box::pin(async {
        call.send_with_raw().await.map(|(response, raw)| (Outcome::Redirect(response), raw))
    }))
}

/// The call with the recorded body, as far as its type can hold it.
fn filled<O, B: DeserializeOwned>(
    call: Call<O, B>,
    request: Option<&Request>,
) -> Result<Call<O, B>, Impossible> {
    let Some(request) = request else {
        return Ok(call);
    };
    let body: B = serde_json::from_value(request.value()).map_err(|_| Impossible::Body)?;
    Ok(call.body(body))
}

fn start(call: SigninProvider, (name, value): (String, String)) -> SigninProvider {
    match &*name {
        "allowedRoles" => call.allowed_roles(value.split(',')),
        "defaultRole" => call.default_role(value),
        "displayName" => call.display_name(value),
        "locale" => call.locale(value),
        "metadata" if value.starts_with('{') => call.metadata(object(parsed(&value))),
        "redirectTo" => call.redirect_to(value),
        "connect" => call.connect(value),
        "state" => call.state(value),
        "connection" => call.connection(value),
        "organization" => call.organization(value),
        "codeChallenge" => call.code_challenge(value),
        _ => call,
    }
}

fn finish(call: SigninProviderCallback, (name, value): (String, String)) -> SigninProviderCallback {
    match &*name {
        "code" => call.code(value),
        "oauth_token" => call.oauth_token(value),
        "oauth_verifier" => call.oauth_verifier(value),
        "error" => call.error(value),
        "error_description" => call.error_description(value),
        "error_uri" => call.error_uri(value),
        _ => call,
    }
}

#[allow(deprecated)]
fn follow(call: VerificationVerify, (name, value): (String, String)) -> VerificationVerify {
    match (&*name, value.parse::<TicketType>()) {
        ("type", Ok(kind)) => call.type_(kind),
        _ => call,
    }
}
