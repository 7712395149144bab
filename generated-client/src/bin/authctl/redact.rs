//! Secrets, left out of what is printed.

use generated_client::runtime::{
    ObjectShape, OperationInfo, Outline, ParameterLocation, Placement, PreparedRequest, Shape,
};
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use serde_json::{Map, Value};

use crate::catalog;

/// Written in place of a secret.
pub(crate) const LEFT_OUT: &str = "[secret]";

/// A value without its secrets.
pub(crate) fn value(shape: &Shape, value: &Value) -> Value {
    match (shape, value) {
        (_, Value::Null) => Value::Null,
        (Shape::Secret(_), _) => Value::String(LEFT_OUT.to_owned()),
        (Shape::Nullable(inner), _) => self::value(inner, value),
        (Shape::Any, _) => outline(value),
        (Shape::Map(of), Value::Object(_)) if **of == Shape::Any => outline(value),
        (Shape::List(item), Value::Array(items)) => {
            items.iter().map(|each| self::value(item, each)).collect()
        }
        (Shape::Map(of), Value::Object(members)) => {
            Value::Object(members.iter().map(|(name, each)| (name.clone(), self::value(of, each))).collect())
        }
        (Shape::Object(object), Value::Object(members)) => Value::Object(of_object(*object, members)),
        (Shape::Choice { forms, .. }, _) => of_choice(forms, value),
        (Shape::Redirect, Value::Object(members)) => Value::Object(of_redirect(members)),
        (shape, value) if shape.is_of_kind(value) => value.clone(),
        // A value of another shape than it should have could be anything.
        _ => outline(value),
    }
}

/// What free-form JSON looks like, since any of it may be a secret.
fn outline(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        _ => Value::String(format!("[{}]", Outline::of(value))),
    }
}

/// A member that isn't declared may be a secret.
fn of_object(object: ObjectShape, members: &Map<String, Value>) -> Map<String, Value> {
    let of_member = |(name, value): (&String, &Value)| {
        let declared = object.members.iter().find(|member| member.name == name);
        let shown = match declared {
            Some(member) if member.limits.not_sensitive && (member.shape)().is_of_kind(value) => {
                value.clone()
            }
            Some(member) => self::value(&(member.shape)(), value),
            None => outline(value),
        };
        (name.clone(), shown)
    };
    members.iter().map(of_member).collect()
}

/// What is secret in any of the forms is left out.
fn of_choice(forms: &[Shape], value: &Value) -> Value {
    let names = |form: &Shape| match form {
        Shape::Object(object) => object.members.iter().map(|member| member.name).collect(),
        _ => Vec::new(),
    };
    let known: Vec<&str> = forms.iter().flat_map(names).collect();
    match value {
        Value::Object(members) if !known.is_empty() => {
            let of_member = |(name, value): (&String, &Value)| {
                if !known.contains(&name.as_str()) {
                    return (name.clone(), outline(value));
                }
                let declared = forms.iter().filter_map(|form| declared(form, name));
                let shown = declared.fold(value.clone(), |shown, shape| self::value(&shape, &shown));
                (name.clone(), shown)
            };
            Value::Object(members.iter().map(of_member).collect())
        }
        _ if forms.iter().any(|form| matches!(form, Shape::Secret(_))) => Value::String(LEFT_OUT.to_owned()),
        _ => match forms.iter().find(|form| form.is_of_kind(value)) {
            Some(form) => self::value(form, value),
            None => outline(value),
        },
    }
}

/// The shape of a member of this name, if the form has one.
fn declared(form: &Shape, name: &str) -> Option<Shape> {
    let Shape::Object(object) = form else { return None };
    object.members.iter().find(|member| member.name == name).map(|member| (member.shape)())
}

/// The target of a redirect may have a token or a code in its path, query or fragment.
fn of_redirect(members: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = members.clone();
    if let Some(Value::String(location)) = shown.get_mut("location") {
        *location = of_location(location);
    }
    shown
}

/// A URL of which only the scheme, the host and the port are shown, if it has them. In the URL of an app, anything may stand
/// in the place of the host.
fn of_location(location: &str) -> String {
    match Url::parse(location) {
        Ok(url) => match (url.host_str().filter(|_| is_of_page(&url)), url.port()) {
            (Some(host), Some(port)) => format!("{}://{host}:{port}/{LEFT_OUT}", url.scheme()),
            (Some(host), None) => format!("{}://{host}/{LEFT_OUT}", url.scheme()),
            (None, _) => format!("{}:{LEFT_OUT}", url.scheme()),
        },
        Err(_) => LEFT_OUT.to_owned(),
    }
}

fn is_of_page(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The headers of a response whose values are known to hold no secret.
const HARMLESS: [&str; 16] = [
    "allow",
    "cache-control",
    "cf-ray",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "expires",
    "retry-after",
    "server",
    "transfer-encoding",
    "vary",
    "x-b3-traceid",
    "x-request-id",
];

/// The headers of a response as they are printed.
pub(crate) fn response_headers(headers: &HeaderMap, are_secrets_shown: bool) -> String {
    let shown = |name: &HeaderName, plain: &str| match () {
        () if are_secrets_shown || HARMLESS.contains(&name.as_str()) => plain.to_owned(),
        () if *name == LOCATION => of_location(plain),
        () => LEFT_OUT.to_owned(),
    };
    lines(headers, shown)
}

/// The headers of a request as they are printed. The client made them, so it is known which are secret; those that the
/// command line adds may be.
pub(crate) fn request_headers(
    info: &OperationInfo,
    headers: &HeaderMap,
    added: &[String],
    are_secrets_shown: bool,
) -> String {
    let is_argument = |name: &HeaderName| {
        info.spec.parameters.iter().any(|parameter| {
            parameter.location == ParameterLocation::Header
                && parameter.sensitive
                && *name == parameter.name.to_lowercase().as_str()
        })
    };
    let is_added = |name: &HeaderName| {
        let mut names = added.iter().filter_map(|option| option.split('=').next());
        names.any(|added| added.eq_ignore_ascii_case(name.as_str()))
    };
    let is_secret = |name: &HeaderName| {
        is_argument(name)
            || is_added(name)
            || is_credential(info, name)
            || [AUTHORIZATION, COOKIE].contains(name)
    };
    let shown = |name: &HeaderName, plain: &str| {
        if is_secret(name) && !are_secrets_shown { LEFT_OUT.to_owned() } else { plain.to_owned() }
    };
    lines(headers, shown)
}

fn lines(headers: &HeaderMap, shown: impl Fn(&HeaderName, &str) -> String) -> String {
    let line = |(name, value): (&HeaderName, &HeaderValue)| {
        let plain = String::from_utf8_lossy(value.as_bytes());
        format!("{name}: {}\n", shown(name, &plain))
    };
    headers.iter().map(line).collect()
}

/// Whether a credential of the service is sent in this header.
fn is_credential(info: &OperationInfo, name: &HeaderName) -> bool {
    let schemes = catalog::service(info.service).map(|service| service.spec.schemes).unwrap_or_default();
    schemes.iter().any(|scheme| match scheme.placement {
        Placement::Header(header) => *name == header.to_lowercase().as_str(),
        Placement::Cookie(_) => *name == COOKIE,
        _ => false,
    })
}

/// Whether values of a shape are printed as they are.
pub(crate) fn is_printed(shape: &Shape) -> bool {
    !shape.has_secrets() && !is_free_form(shape)
}

fn is_free_form(shape: &Shape) -> bool {
    match shape {
        Shape::Any | Shape::Binary => true,
        Shape::List(inner) | Shape::Map(inner) => is_free_form(inner),
        _ => false,
    }
}

/// The URL of a request: of its query only what is declared and no secret.
pub(crate) fn url(info: &OperationInfo, prepared: &PreparedRequest) -> String {
    let mut text = prepared.url.origin().ascii_serialization();
    let template: Vec<&str> = prepared.spec.path.split('/').collect();
    let path: Vec<&str> = prepared.url.path().split('/').collect();
    let base = path.len().saturating_sub(template.len());
    for (place, segment) in path.iter().enumerate() {
        let is_secret = place.checked_sub(base).and_then(|place| template.get(place)).is_some_and(|wanted| {
            sensitive(prepared, ParameterLocation::Path).any(|name| wanted.contains(&format!("{{{name}}}")))
        });
        if place > 0 {
            text.push('/');
        }
        text.push_str(if is_secret { LEFT_OUT } else { segment });
    }
    if let Some(query) = prepared.url.query() {
        let is_shown = |name: &str| {
            let mut all = prepared.spec.parameters.iter().zip(info.arguments);
            all.any(|(parameter, argument)| {
                parameter.name == name
                    && parameter.location == ParameterLocation::Query
                    && !parameter.sensitive
                    && is_printed(&(argument.shape)())
            })
        };
        text.push('?');
        text.push_str(&pairs(query, is_shown));
    }
    text
}

fn sensitive(prepared: &PreparedRequest, place: ParameterLocation) -> impl Iterator<Item = &'static str> {
    let all = prepared.spec.parameters.iter();
    all.filter(move |parameter| parameter.sensitive && parameter.location == place)
        .map(|parameter| parameter.name)
}

/// The pairs of a form or a query, with the values of the names that may be shown.
pub(crate) fn pairs(encoded: &str, is_shown: impl Fn(&str) -> bool) -> String {
    let shown = encoded.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        // Names in brackets are those of members.
        let whole = name.split(['[', '%']).next().unwrap_or_default();
        if is_shown(whole) { format!("{name}={value}") } else { format!("{name}={LEFT_OUT}") }
    });
    shown.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::{of_location, pairs, response_headers, value};
    use crate::catalog;
    use serde_json::json;

    #[test]
    fn what_the_table_calls_secret_is_left_out_of_a_response() {
        let exchange = catalog::find(catalog::service("descope").unwrap(), "oauth_exchange").unwrap();
        let response = json!({
            "sessionJwt": "s3cret", "refreshJwt": "s3cret", "user": {"email": "a@example.com"}, "firstSeen": true,
            "newToken": "s3cret", "newNumber": 7, "sessionExpiration": "s3cret", "newList": ["s3cret"], "claims": {"email": "s3cret"},
        });
        let shown = value(&(exchange.response)(), &response);
        assert_eq!(shown["sessionJwt"], "[secret]");
        assert_eq!((&shown["newToken"], &shown["newNumber"]), (&json!("[text]"), &json!("[number]")));
        assert_eq!((&shown["newList"], &shown["claims"]), (&json!("[[1 text]]"), &json!("[{email: text}]")));
        assert_eq!((&shown["user"]["email"], &shown["firstSeen"]), (&json!("a@example.com"), &json!(true)));
        assert!(!shown.to_string().contains("s3cret"), "{shown}");
    }

    #[test]
    fn what_is_no_secret_is_shown_in_its_own_form_alone() {
        let validate = catalog::find(catalog::service("descope").unwrap(), "session_validate").unwrap();
        let shown = |response| value(&(validate.response)(), &response);
        let claims = json!({"parsedJWT": {"sub": "U2abc"}});
        assert_eq!(shown(claims.clone()), claims);
        assert_eq!(shown(json!({"parsedJWT": "s3cret"})), json!({"parsedJWT": "[text]"}));
    }

    #[test]
    fn a_time_is_shown_and_no_other_text_in_its_place() {
        let user = catalog::find(catalog::service("nhost").unwrap(), "user_get").unwrap();
        let shown = |text: &str| value(&(user.response)(), &json!({"createdAt": text}))["createdAt"].clone();
        assert_eq!(shown("2026-01-31T09:52:26.904919Z"), "2026-01-31T09:52:26.904919Z");
        assert_eq!(shown("s3cret"), "[text]");
    }

    #[test]
    fn a_location_keeps_its_host_alone() {
        for (given, shown) in [
            ("https://a.example/x?code=s3cret#t", "https://a.example/[secret]"),
            ("https://me:s3cret@a.example:8443/s3cret", "https://a.example:8443/[secret]"),
            ("app://s3/cret", "app:[secret]"),
            ("app:s3cret", "app:[secret]"),
            ("/s3cret", "[secret]"),
            ("", "[secret]"),
        ] {
            assert_eq!(of_location(given), shown);
        }
    }

    #[test]
    fn headers_of_a_response_are_shown_if_they_are_known() {
        let headers = [
            ("content-type", "text/html"),
            ("set-cookie", "DS=s3cret"),
            ("x-nonce", "s3cret"),
            ("location", "https://a.example/s3cret"),
        ];
        let headers = headers
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .into_iter()
            .collect();
        assert_eq!(
            response_headers(&headers, false),
            "content-type: text/html\nset-cookie: [secret]\nx-nonce: [secret]\nlocation: https://a.example/[secret]\n"
        );
        assert!(response_headers(&headers, true).contains("x-nonce: s3cret\n"));
    }

    #[test]
    fn pairs_lose_the_values_that_are_not_known_to_be_harmless() {
        let shown = pairs("a=1&b=s3cret&a%5Bx%5D=2&c", |name| name == "a");
        assert_eq!(shown, "a=1&b=[secret]&a%5Bx%5D=2&c=[secret]");
    }
}
