//! Passkeys, as the server of a site sees them.

use crate::members;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
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

/// A passkey that was registered with another service.
#[derive(Clone, Debug)]
pub(crate) struct ForeignPasskey {
    /// The id of the credential.
    pub(crate) id: Vec<u8>,
    /// The public key as COSE.
    pub(crate) public_key: Vec<u8>,
    /// Whether it can be copied to other devices.
    pub(crate) can_be_copied: bool,
    /// Whether it has been copied.
    pub(crate) is_copied: bool,
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

    /// Registers a passkey of another service. What that service has kept of it becomes the response of an authenticator.
    pub(crate) fn import(
        &mut self,
        domain: &str,
        passkey: &ForeignPasskey,
    ) -> Result<Passkey, PasskeyRefused> {
        let origins = [format!("https://{domain}")];
        let site = Site { id: domain, origins: &origins };
        let challenge = self.start_registration(site)?;
        let [origin] = &origins;
        let data = json!({"type": "webauthn.create", "challenge": challenge, "origin": origin});
        let object = attestation_object(Cbor::Bytes(passkey.authenticator_data(domain)?))?;
        let id = BASE64_URL_SAFE_NO_PAD.encode(&passkey.id);
        let credential = json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64_URL_SAFE_NO_PAD.encode(data.to_string()),
                "attestationObject": object,
                "transports": [],
            },
        });
        self.finish_registration(site, &credential)
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

impl ForeignPasskey {
    /// What an authenticator says when it registers the passkey, with a counter of zero and an unknown model.
    fn authenticator_data(&self, domain: &str) -> Result<Vec<u8>, PasskeyRefused> {
        const PRESENT: u8 = 0b1;
        const CAN_BE_COPIED: u8 = 0b1000;
        const IS_COPIED: u8 = 0b1_0000;
        const ATTESTED: u8 = 0b100_0000;
        let mut flags = PRESENT | ATTESTED;
        if self.can_be_copied {
            flags |= CAN_BE_COPIED;
        }
        if self.is_copied {
            flags |= IS_COPIED;
        }
        let length = u16::try_from(self.id.len()).map_err(|_| PasskeyRefused)?;
        let mut data = Sha256::digest(domain).to_vec();
        data.push(flags);
        data.extend([0; 4 + 16]);
        data.extend(length.to_be_bytes());
        data.extend(&self.id);
        data.extend(&self.public_key);
        Ok(data)
    }
}

fn challenge(options: &Value) -> Result<String, PasskeyRefused> {
    let challenge = options.get("challenge").or_else(|| options.pointer("/publicKey/challenge"));
    challenge.and_then(Value::as_str).map(str::to_owned).ok_or(PasskeyRefused)
}

/// The challenge that the response of an authenticator is for, in base64url.
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
    let object = attestation_object(data).ok()?;
    let mut credential = credential.clone();
    members::set(credential.get_mut("response")?, "attestationObject", object);
    Some(credential)
}

/// What an authenticator says of a new passkey, in base64url, without a proof of who made the authenticator.
fn attestation_object(authenticator_data: Cbor) -> Result<String, PasskeyRefused> {
    let text = |text: &str| Cbor::Text(text.to_owned());
    let entries = vec![
        (text("fmt"), text("none")),
        (text("attStmt"), Cbor::Map(Vec::new())),
        (text("authData"), authenticator_data),
    ];
    let mut bytes = Vec::new();
    ciborium::into_writer(&Cbor::Map(entries), &mut bytes).map_err(|_| PasskeyRefused)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
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
