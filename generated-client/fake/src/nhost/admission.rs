//! Refuses requests before they are read, and because of what is wrong with them.

use super::settings::Elevation;
use super::{Nhost, ServiceError};
use crate::check::{FaultKind, RequestFault};
use crate::keys::TokenFault;
use crate::request::Request;
use generated_client::runtime::{Parameter, ParameterLocation};
use serde_json::{Map, Value};

/// The operations that may demand an elevated session.
const SENSITIVE: [&str; 6] = [
    "pat_create",
    "user_change_email",
    "user_change_password",
    "link_id_token",
    "security_key_add",
    "security_key_add_verify",
];

/// Whether passwords and codes can be tried with requests for this path.
fn is_for_tries(path: &str) -> bool {
    path.starts_with("/signin/") || path.ends_with("/verify")
}

impl Nhost {
    /// Notes a request, and refuses it if it is one too many.
    pub(super) fn count(&mut self, path: &str) -> Result<(), ServiceError> {
        if !self.settings.rate_limits {
            return Ok(());
        }
        let now = self.now();
        self.requests.retain(|at| at + 20 > now);
        self.tries.retain(|at| at + 60 > now);
        let is_try = is_for_tries(path);
        if self.requests.len() >= 20 || (is_try && self.tries.len() >= 4) {
            return Err(ServiceError::Empty(429));
        }
        self.requests.push(now);
        if is_try {
            self.tries.push(now);
        }
        Ok(())
    }

    /// Reads the access token of a request, as far as the operation needs one.
    pub(super) fn authenticate(&self, request: &mut Request) -> Result<(), ServiceError> {
        let spec = request.operation.spec;
        if spec.credentials.is_empty() {
            return Ok(());
        }
        match self.access_claims(request) {
            Ok(claims) => request.claims = claims,
            Err(_) if spec.credential_is_optional => {}
            Err(refusal) => return Err(refusal),
        }
        if !self.lacks_elevation(request) {
            return Ok(());
        }
        if spec.credential_is_optional {
            // The session counts for nothing then, and the request is read as one without.
            request.claims = Map::new();
            return Ok(());
        }
        Err(ServiceError::security("elevated-claim-required"))
    }

    fn access_claims(&self, request: &Request) -> Result<Map<String, Value>, ServiceError> {
        let token = request.raw.bearer();
        let token = token.ok_or_else(|| ServiceError::security("invalid authorization header"))?;
        self.tools.keys.verify(token, &self.tools.clock).map_err(|fault| {
            ServiceError::security(match fault {
                TokenFault::Invalid => {
                    "error validating token: error parsing token: token signature is invalid"
                }
                TokenFault::Expired => "error validating token: error parsing token: token is expired",
            })
        })
    }

    /// Whether the session of the request isn't elevated although it has to be.
    fn lacks_elevation(&self, request: &Request) -> bool {
        let claim = |name: &str| {
            let claims = request.claims.get(super::session::HASURA)?;
            claims.get(name)?.as_str().map(str::to_owned)
        };
        let Some(id) = claim("x-hasura-user-id") else { return false };
        if !SENSITIVE.contains(&request.id()) || claim("x-hasura-auth-elevated").as_ref() == Some(&id) {
            return false;
        }
        let has_key = self.users.get(&id).is_some_and(|user| !user.keys.is_empty());
        match self.settings.elevation {
            Elevation::Disabled => false,
            Elevation::Recommended => has_key,
            Elevation::Required => has_key || !request.id().starts_with("security_key_"),
        }
    }

    /// Refuses a sign-up without the proof of Turnstile.
    pub(super) fn check_turnstile(&self, request: &Request) -> Result<(), ServiceError> {
        let path = request.operation.spec.path;
        if !self.settings.turnstile || !path.starts_with("/signup/") || path.ends_with("/verify") {
            return Ok(());
        }
        match request.raw.header("x-cf-turnstile-response") {
            None => Err(ServiceError::text(403, "missing x-cf-turnstile-response header")),
            Some("bad") => Err(ServiceError::text(403, "turnstile did not pass")),
            Some(_) => Ok(()),
        }
    }
}

/// Refuses a request because of the first thing that is wrong with it.
pub(super) fn refuse_faults(request: &Request, faults: &[RequestFault]) -> Result<(), ServiceError> {
    let mut counted = faults.iter().filter(|fault| !is_overlooked(request, fault));
    if let Some(parameter) = empty_parameter(request) {
        return Err(refuse_empty(parameter));
    }
    match counted.next() {
        None if !has_exact_content_type(request) => Err(ServiceError::text(400, CONTENT_TYPE)),
        Some(fault) => Err(refusal(fault)),
        None if has_bad_email(request) => Err(ServiceError::Empty(400)),
        None => Ok(()),
    }
}

/// The parameter in the query that has no value.
fn empty_parameter(request: &Request) -> Option<&'static Parameter> {
    let mut parameters = request.operation.spec.parameters.iter();
    parameters.find(|parameter| {
        parameter.location == ParameterLocation::Query && request.raw.query(parameter.name) == Some("")
    })
}

/// Refuses a parameter that has no value.
fn refuse_empty(parameter: &Parameter) -> ServiceError {
    let name = parameter.name;
    if parameter.required {
        return ServiceError::Message(format!("Query argument {name} is required, but not found"));
    }
    let error = "error in openapi3filter.RequestError";
    ServiceError::text(
        400,
        format!("{error}: parameter \"{name}\" in query has an error: empty value is not allowed"),
    )
}

const CONTENT_TYPE: &str = "error in openapi3filter.RequestError: request body has an error: header Content-Type has unexpected value";

/// Whether the type of the body is written as the document has it, in lower case.
fn has_exact_content_type(request: &Request) -> bool {
    let Some(expected) = request.operation.spec.body.filter(|_| !request.raw.body.is_empty()) else {
        return true;
    };
    let given = request.raw.header("content-type").unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim() == expected.as_str())
}

/// What the server accepts although its document doesn't say so.
fn is_overlooked(request: &Request, fault: &RequestFault) -> bool {
    match fault.kind {
        // The schema of this request alone allows other members.
        FaultKind::Unknown => request.id() == "token_sign_out",
        // These need no body.
        FaultKind::Missing => {
            fault.part == "body"
                && fault.place.is_empty()
                && ["signin_anonymous", "signin_webauthn", "token_verify"].contains(&request.id())
        }
        // It switches the second factor off.
        FaultKind::NotInEnum | FaultKind::NotListed => {
            fault.place == "/activeMfaType" && request.text_at(&fault.place) == Some("")
        }
        FaultKind::Null => fault.place == "/credential/response/userHandle",
        _ => false,
    }
}

fn refusal(fault: &RequestFault) -> ServiceError {
    let (name, place) = (fault.place.rsplit('/').next().unwrap_or_default(), &fault.place);
    if fault.part == "query" {
        match (&fault.kind, name) {
            (FaultKind::Missing, _) => {
                return ServiceError::Message(format!("Query argument {name} is required, but not found"));
            }
            (FaultKind::WrongType(_), "metadata") => {
                return ServiceError::Message(format!("Error unmarshaling parameter '{name}' as JSON"));
            }
            _ => {}
        }
    }
    let what = match &fault.kind {
        FaultKind::NotJson => "failed to decode request body".to_owned(),
        FaultKind::Missing if place.is_empty() => "value is required but missing".to_owned(),
        FaultKind::ContentType => "header Content-Type has unexpected value".to_owned(),
        FaultKind::Missing => format!("property \"{name}\" is missing"),
        FaultKind::Unknown => format!("property \"{name}\" is unsupported"),
        FaultKind::Null => "Value is not nullable".to_owned(),
        FaultKind::WrongType(kind) => format!("value must be a {kind}"),
        FaultKind::NotInEnum | FaultKind::NotListed => "value is not one of the allowed values".to_owned(),
        FaultKind::Limit(limit) => format!("value {limit}"),
    };
    let error = "error in openapi3filter.RequestError";
    ServiceError::text(
        400,
        match fault.part {
            "body" if place.is_empty() => format!("{error}: request body has an error: {what}"),
            "body" => format!(
                "{error}: request body has an error: doesn't match schema: Error at \"{place}\": {what}"
            ),
            part => format!("{error}: parameter \"{name}\" in {part} has an error: {what}"),
        },
    )
}

/// Whether a member that has to be an email address is none.
fn has_bad_email(request: &Request) -> bool {
    let given = ["email", "newEmail"].into_iter().filter_map(|name| request.body.get(name)?.as_str());
    given.into_iter().any(|email| !is_email(email))
}

/// Whether the server takes a text for an email address.
fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.rsplit_once('@') else { return false };
    let is_quoted = user.len() > 2 && user.starts_with('"') && user.ends_with('"');
    let is_atom = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '<', '>', '"']);
    let labels: Vec<&str> = domain.strip_suffix('.').unwrap_or(domain).split('.').collect();
    let is_top = labels.last().is_some_and(|top| top.chars().all(char::is_alphabetic));
    (is_quoted || user.split('.').all(is_atom))
        && labels.len() > 1
        && is_top
        && labels.into_iter().all(is_label)
}

/// Whether a text is a part of a domain.
fn is_label(text: &str) -> bool {
    let is_allowed = |character: char| character.is_alphanumeric() || character == '-';
    !text.is_empty() && text.chars().all(is_allowed) && !text.starts_with('-') && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn an_email_address_has_a_domain_with_a_dot() {
        for good in [
            "ada@example.com",
            "x+267493@a.b.co",
            "UPPER@EXAMPLE.COM",
            "\"a b\"@c.de",
            "ä@bä.co.",
            "o'neil@c.d",
        ] {
            assert!(is_email(good), "{good}");
        }
        let bad = [
            "not-an-email",
            "a@b",
            "@example.com",
            "a@.com",
            "a@b.",
            "a b@c.de",
            "a@b@c.de",
            "a@b..co",
            ".a@b.co",
        ];
        for bad in bad.into_iter().chain([
            "a..b@c.de",
            "a@-b.co",
            "a@b_c.de",
            "a@1.2.3.4",
            "a@[127.0.0.1]",
            "<a@b.co>",
        ]) {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
