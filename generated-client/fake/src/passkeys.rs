//! Passkeys, as the server of a site sees them.

use crate::members;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use serde_json::{Value, json};
use std::collections::HashMap;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    PublicKeyCredentialUserEntity, RegistrationVerificationOptions, ResidentKeyRequirement, UserHandle,
};
use webauthn_rp::request::{AsciiDomain, RpId, UserVerificationRequirement};
use webauthn_rp::response::CredentialId;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
};

/// A public key of any kind that passkeys have.
type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// The handle of every user for the library: a service knows by itself whose passkey it is.
type Handle = UserHandle<1>;

/// The passkey of a user.
#[derive(Clone, Debug)]
pub(crate) struct Passkey {
    /// The id of the credential, in base64url.
    pub(crate) id: String,
    /// The public key.
    fixed: StaticState<PublicKey>,
    /// The counter of signatures, among others.
    changing: DynamicState,
}

/// The registrations and sign-ins that have begun, by their challenges.
#[derive(Debug, Default)]
pub(crate) struct Ceremonies {
    handle: Handle,
    registrations: HashMap<String, RegistrationServerState<1>>,
    sign_ins: HashMap<String, DiscoverableAuthenticationServerState>,
}

/// The site that passkeys belong to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'s> {
    /// Its domain.
    pub(crate) id: &'s str,
    /// The origins of its pages.
    pub(crate) origins: &'s [String],
}

/// The response of an authenticator isn't what the ceremony asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PasskeyRefused;

impl Ceremonies {
    /// Begins a registration, and gives its challenge in base64url.
    pub(crate) fn start_registration(&mut self, site: Site<'_>) -> Result<String, PasskeyRefused> {
        let rp_id = site.rp_id()?;
        let user = PublicKeyCredentialUserEntity::from(&self.handle);
        let mut options = PublicKeyCredentialCreationOptions::first_second_factor(&rp_id, user);
        options.authenticator_selection.user_verification = UserVerificationRequirement::Preferred;
        options.authenticator_selection.resident_key = ResidentKeyRequirement::Preferred;
        let (server, client) = options.start_ceremony().map_err(|_| PasskeyRefused)?;
        let challenge = challenge(&json!(client))?;
        self.registrations.insert(challenge.clone(), server);
        Ok(challenge)
    }

    /// Ends a registration, whose challenge works once.
    pub(crate) fn finish_registration(
        &mut self,
        site: Site<'_>,
        credential: &Value,
    ) -> Result<Passkey, PasskeyRefused> {
        let challenge = challenge_of(credential).ok_or(PasskeyRefused)?;
        let server = self.registrations.remove(&challenge).ok_or(PasskeyRefused)?;
        let credential = without_attestation(credential).ok_or(PasskeyRefused)?;
        let response = Registration::from_json_relaxed(credential.to_string().as_bytes());
        let response = response.map_err(|_| PasskeyRefused)?;
        let options = RegistrationVerificationOptions {
            allowed_origins: site.origins,
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::<String, String>::default()
        };
        let registered = server.verify(&site.rp_id()?, &response, &options).map_err(|_| PasskeyRefused)?;
        let Ok(fixed) = registered.static_state().encode();
        let fixed = StaticState::decode(&fixed).map_err(|_| PasskeyRefused)?;
        Ok(Passkey {
            id: BASE64_URL_SAFE_NO_PAD.encode(registered.id().into_inner()),
            fixed,
            changing: registered.dynamic_state(),
        })
    }

    /// Begins a sign-in, and gives its challenge in base64url.
    pub(crate) fn start_sign_in(&mut self, site: Site<'_>) -> Result<String, PasskeyRefused> {
        let rp_id = site.rp_id()?;
        let mut options = DiscoverableCredentialRequestOptions::passkey(&rp_id);
        options.0.user_verification = UserVerificationRequirement::Preferred;
        let (server, client) = options.start_ceremony().map_err(|_| PasskeyRefused)?;
        let challenge = challenge(&json!(client))?;
        self.sign_ins.insert(challenge.clone(), server);
        Ok(challenge)
    }

    /// Ends a sign-in with this passkey, whose counter it notes. The challenge works once.
    pub(crate) fn finish_sign_in(
        &mut self,
        site: Site<'_>,
        credential: &Value,
        passkey: &mut Passkey,
    ) -> Result<(), PasskeyRefused> {
        let challenge = challenge_of(credential).ok_or(PasskeyRefused)?;
        let server = self.sign_ins.remove(&challenge).ok_or(PasskeyRefused)?;
        let mut credential = credential.clone();
        if let Some(response) = credential.get_mut("response") {
            members::set(response, "userHandle", json!(self.handle));
        }
        let response = DiscoverableAuthentication::<1>::from_json_relaxed(credential.to_string().as_bytes())
            .map_err(|_| PasskeyRefused)?;
        let id = BASE64_URL_SAFE_NO_PAD.decode(&passkey.id).map_err(|_| PasskeyRefused)?;
        let id = CredentialId::<&[u8]>::decode(&id).map_err(|_| PasskeyRefused)?;
        let mut known =
            AuthenticatedCredential::new(id, &self.handle, passkey.fixed.clone(), passkey.changing)
                .map_err(|_| PasskeyRefused)?;
        let options = AuthenticationVerificationOptions {
            allowed_origins: site.origins,
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::<String, String>::default()
        };
        server.verify(&site.rp_id()?, &response, &mut known, &options).map_err(|_| PasskeyRefused)?;
        passkey.changing = known.dynamic_state();
        Ok(())
    }
}

impl Site<'_> {
    fn rp_id(&self) -> Result<RpId, PasskeyRefused> {
        AsciiDomain::try_from(self.id.to_owned()).map(RpId::Domain).map_err(|_| PasskeyRefused)
    }
}

fn challenge(options: &Value) -> Result<String, PasskeyRefused> {
    let challenge = options.get("challenge").or_else(|| options.pointer("/publicKey/challenge"));
    challenge.and_then(Value::as_str).map(str::to_owned).ok_or(PasskeyRefused)
}

/// The challenge that the response of an authenticator answers, in base64url.
pub(crate) fn challenge_of(credential: &Value) -> Option<String> {
    let data = credential.pointer("/response/clientDataJSON")?.as_str()?;
    let data = BASE64_URL_SAFE_NO_PAD.decode(data).ok()?;
    let data: Value = serde_json::from_slice(&data).ok()?;
    data.get("challenge")?.as_str().map(str::to_owned)
}

/// A new credential without what the maker of the authenticator says of it, which nobody here could check.
fn without_attestation(credential: &Value) -> Option<Value> {
    let object = credential.pointer("/response/attestationObject")?.as_str()?;
    let object = BASE64_URL_SAFE_NO_PAD.decode(object).ok()?;
    let object: Cbor = ciborium::from_reader(&*object).ok()?;
    let (_, data) = object.into_map().ok()?.into_iter().find(|(key, _)| key.as_text() == Some("authData"))?;
    let text = |text: &str| Cbor::Text(text.to_owned());
    let entries =
        vec![(text("fmt"), text("none")), (text("attStmt"), Cbor::Map(Vec::new())), (text("authData"), data)];
    let mut bytes = Vec::new();
    ciborium::into_writer(&Cbor::Map(entries), &mut bytes).ok()?;
    let mut credential = credential.clone();
    members::set(
        credential.get_mut("response")?,
        "attestationObject",
        json!(BASE64_URL_SAFE_NO_PAD.encode(bytes)),
    );
    Some(credential)
}

#[cfg(test)]
mod tests {
    use super::{Ceremonies, PasskeyRefused, Site};
    use crate::authenticator::Authenticator;
    use serde_json::json;

    #[test]
    fn a_passkey_is_registered_and_signs_in() {
        let origins = ["http://localhost:3000".to_owned()];
        let site = Site { id: "localhost", origins: &origins };
        let mut ceremonies = Ceremonies::default();
        let mut authenticator = Authenticator::new("http://localhost:3000").unwrap();

        let challenge = ceremonies.start_registration(site).unwrap();
        let options = json!({"rp": {"id": "localhost"}, "user": {"id": "AAEC"}, "challenge": challenge});
        let created = authenticator.create(&options).unwrap();
        let mut passkey = ceremonies.finish_registration(site, &created).unwrap();
        assert_eq!(json!(passkey.id), created["id"]);
        assert_eq!(ceremonies.finish_registration(site, &created).unwrap_err(), PasskeyRefused);

        for _ in 0..2 {
            let challenge = ceremonies.start_sign_in(site).unwrap();
            let options = json!({"rpId": "localhost", "challenge": challenge});
            let signed = authenticator.get(&options).unwrap();
            ceremonies.finish_sign_in(site, &signed, &mut passkey).unwrap();
            assert_eq!(ceremonies.finish_sign_in(site, &signed, &mut passkey), Err(PasskeyRefused));
        }
    }

    #[test]
    fn another_origin_or_key_is_refused() {
        let origins = ["http://localhost:3000".to_owned()];
        let site = Site { id: "localhost", origins: &origins };
        let mut ceremonies = Ceremonies::default();
        let mut elsewhere = Authenticator::new("http://localhost:4000").unwrap();
        let challenge = ceremonies.start_registration(site).unwrap();
        let options = json!({"rp": {"id": "localhost"}, "user": {"id": "AAEC"}, "challenge": challenge});
        let created = elsewhere.create(&options).unwrap();
        assert_eq!(ceremonies.finish_registration(site, &created).unwrap_err(), PasskeyRefused);

        let registered = |ceremonies: &mut Ceremonies| {
            let mut authenticator = Authenticator::new("http://localhost:3000").unwrap();
            let challenge = ceremonies.start_registration(site).unwrap();
            let options = json!({"rp": {"id": "localhost"}, "user": {"id": "AAEC"}, "challenge": challenge});
            let created = authenticator.create(&options).unwrap();
            (authenticator, ceremonies.finish_registration(site, &created).unwrap())
        };
        let (mut one, _) = registered(&mut ceremonies);
        let (_, mut two) = registered(&mut ceremonies);
        let challenge = ceremonies.start_sign_in(site).unwrap();
        let signed = one.get(&json!({"rpId": "localhost", "challenge": challenge})).unwrap();
        assert_eq!(ceremonies.finish_sign_in(site, &signed, &mut two), Err(PasskeyRefused));
    }
}
