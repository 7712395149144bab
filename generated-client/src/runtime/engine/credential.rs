//! Credentials, and where in a request they are sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Request;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::fmt;

use super::scheme::{Placement, SecurityScheme};
use super::values::Values;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::{cookie, encode};
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;

/// A credential for a security scheme, ready to be sent.
///
/// A value that can't be sent is found when the credential is made, and reported when it would be sent. So the methods
/// that take credentials don't have to return a `Result`.
#[derive(Clone)]
pub(crate) struct Credential {
    scheme: &'static str,
    placed: Result<Placed, &'static str>,
}

/// A credential at its place in a request.
#[derive(Clone)]
enum Placed {
    /// In a header, whose value is marked as sensitive.
    Header(HeaderName, HeaderValue),
    /// In the query: the pair of name and value, encoded.
    Query(Secret),
    /// In the header `Cookie`: the pair of name and value.
    Cookie(Secret),
    /// Each of these at its place.
    All(Box<[Credential]>),
    /// Nowhere.
    Unsent,
}

impl Credential {
    /// The credential of a scheme: one value, or the user name and the password of HTTP Basic. The values that are joined
    /// with it come from `values`.
    pub(crate) fn of(scheme: &'static SecurityScheme, given: &[Secret], values: &Values) -> Self {
        let none = Secret::default();
        let name = scheme.name;
        let value = given.first().unwrap_or(&none);
        match scheme.placement {
            Placement::Bearer => Self::bearer(name, &values.joined(scheme, value)),
            Placement::Basic => Self::basic(name, value.expose(), given.get(1).unwrap_or(&none)),
            Placement::Header(header) => Self::api_key_in_header(name, header, value),
            Placement::Query(parameter) => Self::api_key_in_query(name, parameter, value),
            Placement::Cookie(cookie) => Self::api_key_in_cookie(name, cookie, value),
            Placement::All(parts) => Self::all(name, parts, given, values),
            Placement::Unsent => {
                Self { scheme: name, placed: check_token(value.expose(), None).map(|()| Placed::Unsent) }
            }
        }
    }

    /// Several credentials. Those that the client was built with aren't given again.
    fn all(
        scheme: &'static str,
        parts: &'static [SecurityScheme],
        mut given: &[Secret],
        values: &Values,
    ) -> Self {
        let part = |part: &'static SecurityScheme| match values.all(part.name) {
            Some(known) => Self::of(part, known, values),
            None => {
                let (own, rest) = given.split_at_checked(part.given()).unwrap_or((given, &[]));
                given = rest;
                Self::of(part, own, values)
            }
        };
        Self { scheme, placed: Ok(Placed::All(parts.iter().map(part).collect())) }
    }

    /// The credential, and those that it consists of.
    pub(crate) fn with_parts(self) -> Vec<Self> {
        let parts = match &self.placed {
            Ok(Placed::All(parts)) => parts.to_vec(),
            _ => Vec::new(),
        };
        std::iter::once(self).chain(parts).collect()
    }

    /// Checks a value that is only sent as a part of other credentials.
    ///
    /// # Errors
    ///
    /// If it can't be sent.
    pub(crate) fn check_part(scheme: &SecurityScheme, value: &Secret) -> Result<(), InvalidRequest> {
        check_token(value.expose(), Some(':')).map_err(|why| invalid(scheme.name, why))
    }

    /// A bearer token. Several parts are joined by colons, and then no part may contain one.
    pub(crate) fn bearer(scheme: &'static str, parts: &[&Secret]) -> Self {
        let forbidden = if parts.len() > 1 { Some(':') } else { None };
        let checked = parts.iter().try_for_each(|part| check_token(part.expose(), forbidden));
        let mut texts = vec!["Bearer "];
        for part in parts {
            if texts.len() > 1 {
                texts.push(":");
            }
            texts.push(part.expose());
        }
        let value = Secret::joined(&texts);
        Self { scheme, placed: checked.and_then(|()| header(AUTHORIZATION, &value)) }
    }

    /// The name of the security scheme.
    pub(crate) fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// # Errors
    ///
    /// If the credential can't be sent.
    pub(crate) fn check(&self) -> Result<(), InvalidRequest> {
        match self.placed()? {
            Placed::All(parts) => parts.iter().try_for_each(Self::check),
            _ => Ok(()),
        }
    }

    /// Adds the credential to a request.
    ///
    /// # Errors
    ///
    /// If the credential can't be sent.
    pub(crate) fn add_to(&self, request: &mut Request) -> Result<(), InvalidRequest> {
        match self.placed()? {
            Placed::Header(name, value) => {
                request.headers_mut().insert(name, value.clone());
            }
            Placed::Query(pair) => {
                let query = match request.url().query() {
                    Some(query) => Secret::joined(&[query, "&", pair.expose()]),
                    None => pair.clone(),
                };
                request.url_mut().set_query(Some(query.expose()));
            }
            Placed::Cookie(pair) => {
                cookie::add(request.headers_mut(), pair).map_err(|why| invalid(self.scheme, why))?;
            }
            Placed::All(parts) => parts.iter().try_for_each(|part| part.add_to(request))?,
            Placed::Unsent => {}
        }
        Ok(())
    }

    fn placed(&self) -> Result<&Placed, InvalidRequest> {
        self.placed.as_ref().map_err(|why| invalid(self.scheme, why))
    }

    /// A user name and a password (HTTP Basic).
    pub(crate) fn basic(scheme: &'static str, user: &str, password: &Secret) -> Self {
        let pair = Secret::joined(&[user, ":", password.expose()]);
        let checked = match (user.contains(':'), pair.expose().chars().any(char::is_control)) {
            (true, _) => Err("has a colon in its user name"),
            (_, true) => Err("has a control character in it"),
            (false, false) => Ok(()),
        };
        let encoded = Secret::from(STANDARD.encode(pair.expose()));
        let value = Secret::joined(&["Basic ", encoded.expose()]);
        Self { scheme, placed: checked.and_then(|()| header(AUTHORIZATION, &value)) }
    }

    /// An API key in the header of this name.
    pub(crate) fn api_key_in_header(scheme: &'static str, name: &'static str, key: &Secret) -> Self {
        let name = HeaderName::try_from(name).map_err(|_| "has an invalid header name");
        let checked = check_token(key.expose(), None).and(name);
        Self { scheme, placed: checked.and_then(|name| header(name, key)) }
    }

    /// An API key in the query parameter of this name.
    pub(crate) fn api_key_in_query(scheme: &'static str, name: &'static str, key: &Secret) -> Self {
        let pair = Secret::from(encode::pair(name, key.expose()));
        Self { scheme, placed: check_token(key.expose(), None).map(|()| Placed::Query(pair)) }
    }

    /// An API key in the cookie of this name. It is sent as it is, so it can have no character that ends a cookie.
    pub(crate) fn api_key_in_cookie(scheme: &'static str, name: &'static str, key: &Secret) -> Self {
        let checked = check_token(key.expose(), None).and_then(|()| cookie::check(key.expose()));
        let pair = Secret::joined(&[name, "=", key.expose()]);
        Self { scheme, placed: checked.map(|()| Placed::Cookie(pair)) }
    }
}

fn invalid(scheme: &str, why: &str) -> InvalidRequest {
    InvalidRequest::credential(scheme, why)
}

fn check_token(token: &str, forbidden: Option<char>) -> Result<(), &'static str> {
    if token.is_empty() {
        return Err("is empty");
    }
    if token.bytes().any(|byte| byte.is_ascii_control()) {
        return Err("has a control character in it");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("has a character in it that no token has");
    }
    if forbidden.is_some_and(|forbidden| token.contains(forbidden)) {
        return Err("has a colon in it");
    }
    Ok(())
}

fn header(name: HeaderName, value: &Secret) -> Result<Placed, &'static str> {
    let value = SecretBytes::from(value.expose().clone()).into_header();
    Ok(Placed::Header(name, value.map_err(|_| "is not a valid header value")?))
}

/// It shows the name of the security scheme alone.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme)
    }
}

#[cfg(test)]
mod tests {
    use super::Credential;
    use crate::runtime::value::secret::Secret;
    use reqwest::{Method, Request};

    /// The headers and the query that a credential adds to a request.
    fn added(credential: &Credential) -> Result<String, String> {
        assert_eq!(format!("{credential:?}"), credential.scheme());
        let mut request = Request::new(Method::GET, "https://a.example/x?y=1".parse().unwrap());
        credential.add_to(&mut request).map_err(|invalid| invalid.to_string())?;
        assert!(!format!("{:?}", request.headers()).contains("s3cret"));
        let headers = request.headers().iter().map(|(name, value)| {
            assert!(value.is_sensitive());
            format!("{name}: {}", value.to_str().unwrap())
        });
        let query = request.url().query().map(str::to_owned);
        Ok(headers.chain(query).collect::<Vec<_>>().join(" ? "))
    }

    fn bearer(parts: &[&str]) -> Result<String, String> {
        let parts: Vec<Secret> = parts.iter().map(|part| Secret::from(*part)).collect();
        let parts: Vec<&Secret> = parts.iter().collect();
        added(&Credential::bearer("refresh_token", &parts))
    }

    #[test]
    fn parts_are_joined_by_colons() {
        for (parts, value) in
            [(&["P2"][..], "P2"), (&["P2", "a.b_c-d", "K2"], "P2:a.b_c-d:K2"), (&["a:b"], "a:b")]
        {
            assert_eq!(bearer(parts).unwrap(), format!("authorization: Bearer {value} ? y=1"));
        }
    }

    #[test]
    fn basic_is_the_user_name_and_the_password_in_base64() {
        let basic = |user, password: &str| added(&Credential::basic("login", user, &password.into()));
        for (user, password, value) in [
            ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            ("test", "123£", "dGVzdDoxMjPCow=="),
            ("u", "a:b", "dTphOmI="),
            ("", "", "Og=="),
        ] {
            assert_eq!(basic(user, password).unwrap(), format!("authorization: Basic {value} ? y=1"));
        }
        assert_eq!(basic("a:b", "s3cret").unwrap_err(), "credential `login` has a colon in its user name");
        for (user, password) in [("a\n", "s3cret"), ("a", "s3cret\0"), ("a", "s3cret\u{85}")] {
            let error = basic(user, password).unwrap_err();
            assert_eq!(error, "credential `login` has a control character in it");
        }
    }

    #[test]
    fn an_api_key_is_a_header_or_a_part_of_the_query() {
        let key = Secret::from("s3cret+/=&");
        let header = Credential::api_key_in_header("key", "X-API-Key", &key);
        assert_eq!(added(&header).unwrap(), "x-api-key: s3cret+/=& ? y=1");
        let query = Credential::api_key_in_query("key", "api key", &key);
        assert_eq!(added(&query).unwrap(), "y=1&api%20key=s3cret%2B%2F%3D%26");
        let cookie = Credential::api_key_in_cookie("key", "session", &key);
        assert_eq!(added(&cookie).unwrap(), "cookie: session=s3cret+/=& ? y=1");
        let header = Credential::api_key_in_header("key", "a b", &key);
        assert_eq!(added(&header).unwrap_err(), "credential `key` has an invalid header name");
    }

    #[test]
    fn what_could_inject_is_refused_without_being_named() {
        for (key, why) in [
            ("", "is empty"),
            ("s3cret\n", "has a control character in it"),
            ("s3cret\r\nHost: evil", "has a control character in it"),
            ("s3\0cret", "has a control character in it"),
            ("s3 cret", "has a character in it that no token has"),
            ("sécret", "has a character in it that no token has"),
        ] {
            let error = bearer(&["P2", key]).unwrap_err();
            assert_eq!(error, format!("credential `refresh_token` {why}"));
            let key = Secret::from(key);
            for credential in [
                Credential::api_key_in_header("refresh_token", "x-key", &key),
                Credential::api_key_in_query("refresh_token", "key", &key),
            ] {
                assert_eq!(added(&credential).unwrap_err(), error);
                assert_eq!(credential.check().unwrap_err().to_string(), error);
            }
        }
        let cookie = Credential::api_key_in_cookie("refresh_token", "session", &"s3cret; admin=1".into());
        assert_eq!(
            added(&cookie).unwrap_err(),
            "credential `refresh_token` has a character in it that no token has"
        );
        let cookie = Credential::api_key_in_cookie("refresh_token", "session", &"s3cret;admin=1".into());
        assert_eq!(
            added(&cookie).unwrap_err(),
            "credential `refresh_token` has a character in it that no cookie can have"
        );
        assert_eq!(bearer(&["P2", "s3:cret"]).unwrap_err(), "credential `refresh_token` has a colon in it");
    }
}
