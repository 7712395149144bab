//! Secrets, left out of what is printed.

use generated_client::runtime::{
    ObjectShape, OperationInfo, Outline, ParameterLocation, Placement, Prepared, Shape,
};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, LOCATION, SET_COOKIE};
use serde_json::{Map, Value};

use crate::catalog;

/// Written in place of a secret.
pub(crate) const LEFT_OUT: &str = "[secret]";

/// A value without its secrets.
pub(crate) fn value(shape: &Shape, value: &Value) -> Value {
    match (shape, value) {
        (_, Value::Null) => Value::Null,
        (Shape::Secret(_), _) => Value::String(LEFT_OUT.to_owned()),
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
        // A value of another shape than it should have could be anything.
        (Shape::Object(_) | Shape::Map(_) | Shape::List(_), Value::Array(_) | Value::Object(_))
            if shape.has_secrets() =>
        {
            Value::String(LEFT_OUT.to_owned())
        }
        _ => value.clone(),
    }
}

/// What free-form JSON looks like, since any of it may be a secret.
fn outline(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        _ => Value::String(format!("[{}]", Outline::of(value))),
    }
}

/// Of a type that has secrets, a text that isn't declared may be one as well.
fn of_object(object: ObjectShape, members: &Map<String, Value>) -> Map<String, Value> {
    let has_secrets = Shape::Object(object).has_secrets();
    let of_member = |(name, value): (&String, &Value)| {
        let declared = object.members.iter().find(|member| member.name == name);
        let shown = match declared {
            Some(member) if member.limits.not_sensitive => value.clone(),
            Some(member) => self::value(&(member.shape)(), value),
            None if object.is_extensible => outline(value),
            None if has_secrets && may_hold_text(value) => Value::String(LEFT_OUT.to_owned()),
            None => value.clone(),
        };
        (name.clone(), shown)
    };
    members.iter().map(of_member).collect()
}

fn may_hold_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Array(_) | Value::Object(_))
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
                let mut shown = value.clone();
                for form in forms {
                    if let Shape::Object(object) = form
                        && let Some(member) = object.members.iter().find(|member| member.name == name)
                    {
                        shown = self::value(&(member.shape)(), &shown);
                    }
                }
                if !known.contains(&name.as_str())
                    && forms.iter().any(Shape::has_secrets)
                    && may_hold_text(&shown)
                {
                    shown = Value::String(LEFT_OUT.to_owned());
                }
                (name.clone(), shown)
            };
            Value::Object(members.iter().map(of_member).collect())
        }
        _ if forms.iter().any(|form| matches!(form, Shape::Secret(_))) => Value::String(LEFT_OUT.to_owned()),
        _ => forms.iter().fold(value.clone(), |shown, form| self::value(form, &shown)),
    }
}

/// Where a redirect leads may have a token or a code in its query or fragment.
fn of_redirect(members: &Map<String, Value>) -> Map<String, Value> {
    let mut shown = members.clone();
    if let Some(Value::String(location)) = shown.get_mut("location") {
        *location = of_location(location);
    }
    shown
}

fn of_location(location: &str) -> String {
    let end = location.find(['?', '#']).unwrap_or(location.len());
    match (location.get(..end), location.get(end..end + 1)) {
        (Some(before), Some(mark)) => format!("{before}{mark}{LEFT_OUT}"),
        _ => location.to_owned(),
    }
}

/// Headers as they are printed.
pub(crate) fn headers(info: &OperationInfo, headers: &HeaderMap, are_secrets_shown: bool) -> String {
    let mut text = String::new();
    for (name, value) in headers {
        let plain = value.to_str().map_or_else(|_| format!("{value:?}"), str::to_owned);
        let is_argument = info.spec.parameters.iter().any(|parameter| {
            parameter.location == ParameterLocation::Header
                && parameter.sensitive
                && name == parameter.name.to_lowercase().as_str()
        });
        let is_secret =
            is_argument || is_credential(info, name) || [AUTHORIZATION, COOKIE, SET_COOKIE].contains(name);
        let shown = match () {
            () if are_secrets_shown => plain,
            () if is_secret => LEFT_OUT.to_owned(),
            () if *name == LOCATION => of_location(&plain),
            () => plain,
        };
        text.push_str(&format!("{name}: {shown}\n"));
    }
    text
}

/// Whether a credential of the service is sent in this header.
fn is_credential(info: &OperationInfo, name: &HeaderName) -> bool {
    let schemes = catalog::service(info.service).map(|service| service.spec.schemes).unwrap_or_default();
    schemes.iter().any(|scheme| match scheme.placement {
        Placement::Header(header) => *name == header.to_lowercase().as_str(),
        _ => false,
    })
}

/// The URL of a request: of its query only what is declared and no secret.
pub(crate) fn url(prepared: &Prepared) -> String {
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
            let mut all = prepared.spec.parameters.iter();
            all.any(|parameter| {
                parameter.name == name
                    && parameter.location == ParameterLocation::Query
                    && !parameter.sensitive
            })
        };
        text.push('?');
        text.push_str(&pairs(query, is_shown));
    }
    text
}

fn sensitive(prepared: &Prepared, place: ParameterLocation) -> impl Iterator<Item = &'static str> {
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
    use super::{of_location, pairs, value};
    use crate::catalog;
    use serde_json::json;

    #[test]
    fn what_the_table_calls_secret_is_left_out_of_a_response() {
        let exchange = catalog::find(catalog::service("descope").unwrap(), "oauth_exchange").unwrap();
        let response = json!({
            "sessionJwt": "s3cret", "refreshJwt": "s3cret", "user": {"email": "a@example.com"}, "firstSeen": true,
            "newToken": "s3cret", "newNumber": 7,
        });
        let shown = value(&(exchange.response)(), &response);
        assert_eq!(shown["sessionJwt"], "[secret]");
        assert_eq!(shown["newToken"], "[secret]");
        assert_eq!((&shown["user"]["email"], &shown["newNumber"]), (&json!("a@example.com"), &json!(7)));
        assert!(!shown.to_string().contains("s3cret"), "{shown}");
    }

    #[test]
    fn a_redirect_keeps_its_page_and_loses_its_query() {
        assert_eq!(of_location("https://a.example/x?code=s3cret#t"), "https://a.example/x?[secret]");
        assert_eq!(of_location("https://a.example/x#s3cret"), "https://a.example/x#[secret]");
        assert_eq!(of_location("https://a.example/x"), "https://a.example/x");
    }

    #[test]
    fn pairs_lose_the_values_that_are_not_known_to_be_harmless() {
        let shown = pairs("a=1&b=s3cret&a%5Bx%5D=2&c", |name| name == "a");
        assert_eq!(shown, "a=1&b=[secret]&a%5Bx%5D=2&c=[secret]");
    }
}
