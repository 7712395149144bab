//! What goes into the `Authorization` header.

use super::{InvalidRequest, Secret};
use reqwest::header::HeaderValue;
use std::fmt;

/// A credential, ready to be sent: the security scheme that it is for, and the header.
///
/// A value that can't be sent is found out where the credential is given but reported where it
/// would be used, so that giving one stays an expression without `?`.
#[derive(Clone)]
pub(crate) struct Credential {
    scheme: &'static str,
    header: Result<HeaderValue, &'static str>,
}

impl Credential {
    /// A bearer credential. Several parts are joined by colons, and then none may have one.
    pub(crate) fn bearer(scheme: &'static str, parts: &[&Secret]) -> Self {
        let header = parts
            .iter()
            .try_for_each(|part| check(part.expose(), parts.len() > 1))
            .and_then(|()| header(parts));
        Self { scheme, header }
    }

    pub(super) fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// # Errors
    ///
    /// If it can't be sent.
    pub(crate) fn header(&self) -> Result<HeaderValue, InvalidRequest> {
        self.header.clone().map_err(|why| InvalidRequest::new(format!("credential `{}`", self.scheme), why))
    }
}

fn check(part: &str, is_joined: bool) -> Result<(), &'static str> {
    if part.is_empty() {
        return Err("is empty");
    }
    if part.bytes().any(|byte| byte.is_ascii_control()) {
        return Err("has a control character in it");
    }
    if !part.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("has a character in it that no token has");
    }
    if is_joined && part.contains(':') {
        return Err("has a colon in it");
    }
    Ok(())
}

fn header(parts: &[&Secret]) -> Result<HeaderValue, &'static str> {
    let parts: Vec<&str> = parts.iter().map(|part| part.expose().as_str()).collect();
    let value = format!("Bearer {}", parts.join(":"));
    let mut header = HeaderValue::try_from(value).map_err(|_| "is no header value")?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::Credential;
    use crate::runtime::Secret;

    fn bearer(parts: &[&str]) -> Result<String, String> {
        let parts: Vec<Secret> = parts.iter().map(|part| Secret::from(*part)).collect();
        let parts: Vec<&Secret> = parts.iter().collect();
        let credential = Credential::bearer("refresh_token", &parts);
        assert_eq!(format!("{credential:?}"), "refresh_token");
        match credential.header() {
            Ok(header) => {
                assert!(header.is_sensitive());
                Ok(header.to_str().unwrap().to_owned())
            }
            Err(refusal) => Err(refusal.to_string()),
        }
    }

    #[test]
    fn parts_are_joined_by_colons() {
        assert_eq!(bearer(&["P2"]).unwrap(), "Bearer P2");
        assert_eq!(bearer(&["P2", "a.b_c-d", "K2"]).unwrap(), "Bearer P2:a.b_c-d:K2");
        assert_eq!(bearer(&["a:b"]).unwrap(), "Bearer a:b");
    }

    #[test]
    fn what_could_inject_is_refused_without_being_named() {
        for (part, why) in [
            ("", "is empty"),
            ("s3cret\n", "has a control character in it"),
            ("s3cret\r\nHost: evil", "has a control character in it"),
            ("s3\0cret", "has a control character in it"),
            ("s3 cret", "has a character in it that no token has"),
            ("sécret", "has a character in it that no token has"),
            ("s3:cret", "has a colon in it"),
        ] {
            assert_eq!(bearer(&["P2", part]).unwrap_err(), format!("credential `refresh_token` {why}"));
        }
    }
}
