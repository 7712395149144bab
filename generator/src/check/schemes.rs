//! Each security scheme is one that the client can send, and has a name that the client's methods can have.

use super::collisions::Scope;
use super::header_names::{AUTHORIZATION, is_header_name, is_own_header};
use super::keys::has;
use super::type_names::is_reserved_type;
use super::words::{is_lower_case, suggest};
use crate::fault::Fault;
use crate::names;
use crate::openapi::kind::ObjectKind;
use crate::openapi::site::Site;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The keys that a security scheme must have, by its type.
const MUST_SAY: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
];

/// The keys that mean nothing for a security scheme of this type.
const MEANINGLESS: &[(&str, &[&str])] = &[
    ("apiKey", &["scheme", "bearerFormat", "flows", "openIdConnectUrl"]),
    ("http", &["name", "in", "flows", "openIdConnectUrl"]),
    ("oauth2", &["name", "in", "scheme", "bearerFormat", "openIdConnectUrl"]),
    ("openIdConnect", &["name", "in", "scheme", "bearerFormat", "flows"]),
];

/// The methods that every builder of a client has, those for the client's own code included.
const BUILDER_METHODS: &str = "\
    allow_insecure_http allow_invalid_certificates app_scheme attempt_timeout base_url build check_values clock connect \
    connect_timeout given header http_client http_client_builder max_body max_connections max_error_body new \
    pool_idle_timeout pool_max_idle_per_host retry_budget retry_policy server timeout transport user_agent \
    usual_base_url value";

const ANOTHER_NAME: &str = "give the scheme another name";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let mut scope = Scope::default();
    for site in survey.of_kind(ObjectKind::SecurityScheme) {
        check_keys(site.node, faults);
        faults.extend(check_placement(site.node));
        faults.extend(check_cookie(site.node));
        faults.extend(check_header(site.node));
        faults.extend(check_name(survey, site));
        if let Some(key) = site.key
            && let Some(name) = key.text()
        {
            faults.extend(scope.take(names::pascal(name), key, ANOTHER_NAME));
        }
        check_parts(survey, site, faults);
    }
}

fn check_keys(scheme: &Node, faults: &mut Vec<Fault>) {
    let kind = scheme.text_of("type").unwrap_or_default();
    let keys = MUST_SAY.iter().find(|(known, _)| *known == kind).map(|(_, keys)| *keys).unwrap_or_default();
    for key in keys.iter().filter(|key| !has(scheme, ObjectKind::SecurityScheme, key)) {
        let what = format!("a security scheme of type `{kind}` needs `{key}`");
        faults.push(scheme.fault("missing-key", what, format!("add `{key}: …`")));
    }
    let of_type = MEANINGLESS.iter().find(|(known, _)| *known == kind);
    for key in of_type.into_iter().flat_map(|(_, keys)| *keys) {
        if let Some((key, _)) = scheme.entry(key) {
            let name = key.text().unwrap_or_default();
            let what = format!("`{name}` says nothing about a security scheme of type `{kind}`");
            faults.push(key.fault("misplaced-keyword", what, "delete it, or correct `type`"));
        }
    }
    if let Some((key, _)) = scheme.entry("bearerFormat").filter(|_| scheme.text_of("scheme") == Some("basic"))
    {
        let what = "`bearerFormat` says nothing about a user name and a password";
        faults.push(key.fault("misplaced-keyword", what, "delete it, or write `scheme: bearer`"));
    }
}

/// Whether the client knows how to send the credential.
fn check_placement(scheme: &Node) -> Option<Fault> {
    let other = scheme.text_of("scheme").filter(|scheme| !["bearer", "basic"].contains(scheme))?;
    let what = format!("the client has no code for the HTTP scheme `{other}`");
    let at = scheme.get("scheme").filter(|_| scheme.text_of("type") == Some("http"))?;
    Some(at.fault(
        "unsupported-security-scheme",
        what,
        "write `bearer` or `basic`, or name another scheme that the API also takes",
    ))
}

/// Whether a cookie can have the name of the scheme.
fn check_cookie(scheme: &Node) -> Option<Fault> {
    let name = scheme.get("name").filter(|_| scheme.text_of("in") == Some("cookie"))?;
    let text = name.text().filter(|text| !is_header_name(text))?;
    let what = format!("`{text}` can't be the name of a cookie");
    Some(name.fault("unsupported-security-scheme", what, "use letters, digits, `-` and `_`"))
}

/// Whether a header of this name can hold the key of the scheme. `Authorization` can, since no request has two credentials
/// in it.
fn check_header(scheme: &Node) -> Option<Fault> {
    let name = scheme.get("name").filter(|_| scheme.text_of("in") == Some("header"))?;
    let text = name.text()?;
    let (what, help) = if !is_header_name(text) {
        (format!("`{text}` can't be the name of a header"), "use letters, digits, `-` and `_`")
    } else if is_own_header(text) && !text.eq_ignore_ascii_case(AUTHORIZATION) {
        let help = "write the header that the server reads the key in, or `in: cookie` and the cookie's name";
        (format!("the client sets the header `{text}` itself"), help)
    } else {
        return None;
    };
    Some(name.fault("unsupported-security-scheme", what, help))
}

/// Whether every builder has a method of this name.
pub(super) fn is_method_of_builder(name: &str) -> bool {
    BUILDER_METHODS.split_whitespace().any(|method| method == name)
}

/// The name of a scheme becomes a method, a type, and the name of a variable of the environment.
fn check_name(survey: &Survey<'_>, site: &Site<'_>) -> Option<Fault> {
    let (key, name) = site.key.and_then(|key| Some((key, key.text()?)))?;
    let what = if !is_word(name) {
        format!("`{name}` can't be the name of a security scheme")
    } else if is_taken(survey.service, name) {
        format!("the client needs the name `{name}` for something else")
    } else {
        return None;
    };
    let help = "give the scheme another name, of lower-case words and digits that are joined by `_`";
    Some(key.fault("security-scheme-name", what, help))
}

/// Whether a security scheme of the service can have this name.
pub(crate) fn is_name_of_scheme(service: &str, name: &str) -> bool {
    is_word(name) && !is_taken(service, name)
}

fn is_word(name: &str) -> bool {
    is_lower_case(name, '_') && names::snake(name) == name
}

fn is_taken(service: &str, name: &str) -> bool {
    is_method_of_builder(name) || is_reserved_type(name) || names::pascal(name) == names::pascal(service)
}

/// The parts of a bearer value are the scheme itself, those that every client carries, and settings of the client, which
/// no operation asks for.
fn check_parts(survey: &Survey<'_>, site: &Site<'_>, faults: &mut Vec<Fault>) {
    // Another check looks at what isn't a list of names.
    let parts = site.node.get("x-bearer-parts").filter(|parts| !parts.items().is_empty());
    // The root `security`, which decides what can be a part, may be misspelt.
    let parts = parts.filter(|_| !survey.is_misspelt(&site.file.name, ObjectKind::Document));
    let Some(parts) = parts else { return };
    let own = site.key.and_then(Node::text).unwrap_or_default();
    if !parts.items().iter().any(|part| part.text() == Some(own)) {
        let what = format!("the parts don't name the scheme `{own}` itself");
        faults.push(wrong(parts, what, &format!("add `{own}` to the list")));
    }
    let known: Vec<&str> = survey.defined("securitySchemes").map(|(_, name, _)| name).collect();
    for (index, part) in parts.items().iter().enumerate() {
        let name = part.text().unwrap_or_default();
        if parts.items().iter().take(index).any(|earlier| earlier.text() == part.text()) {
            faults.push(wrong(part, format!("the part `{name}` is listed twice"), "delete one"));
        } else if !known.contains(&name) {
            let help = suggest(name, known.iter().copied(), "define it beside this one");
            faults.push(wrong(part, format!("there is no security scheme `{name}`"), &help));
        } else if name != own && is_asked_for(survey, name) {
            let what = format!("`{name}` is sent by itself, so it can't be a part of another value");
            let help =
                "name the scheme itself, those of the root `security`, and schemes that no operation names";
            faults.push(wrong(part, what, help));
        }
    }
}

/// Whether operations name the scheme, and the root `security` doesn't, so that not every client carries it.
fn is_asked_for(survey: &Survey<'_>, scheme: &str) -> bool {
    let named =
        survey.of_kind(ObjectKind::SecurityRequirement).filter(|site| site.node.get(scheme).is_some());
    let holders: Vec<ObjectKind> =
        named.filter_map(|site| survey.around(site)).map(|holder| holder.kind).collect();
    !holders.is_empty() && !holders.contains(&ObjectKind::Document)
}

fn wrong(node: &Node, what: String, help: &str) -> Fault {
    node.fault("bearer-parts", what, help)
}

#[cfg(test)]
mod tests {
    use super::is_method_of_builder;
    use crate::names::functions;

    #[test]
    fn each_method_of_a_builder_is_reserved() {
        let builder = include_str!("../../../generated-client/src/runtime/client/builder.rs");
        // What traits have doesn't stand in the way of a method of the same name.
        let (methods, _) = builder.split_once(" fmt::Debug for ").unwrap();
        let connections = include_str!("../../../generated-client/src/runtime/client/connections.rs");
        let methods: Vec<&str> = functions(methods).chain(functions(connections)).collect();
        assert!(methods.contains(&"base_url") && methods.contains(&"transport"));
        let unreserved: Vec<&str> = methods.into_iter().filter(|name| !is_method_of_builder(name)).collect();
        assert_eq!(unreserved, [""; 0]);
    }
}
