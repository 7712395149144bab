//! The exchanges in which the fake differs on purpose.

use crate::exchange::Exchange;

/// Whether a redirect tells of an earlier error, too.
fn is_added_up(exchange: &Exchange, location: &str) -> bool {
    let tells_of_provider = location.contains("provider_error");
    let times = |name: &str| location.split(['?', '&']).filter(|pair| pair.starts_with(name)).count();
    times("provider_error=") > 1
        || times("error=") > 1
        || (tells_of_provider && exchange.code().as_deref() != Some("oauth-provider-error"))
}

/// Why the fake may respond something else.
pub(crate) fn reason(exchange: &Exchange) -> Option<&'static str> {
    let path = exchange.bare_path();
    let location = exchange.response.location.as_deref().unwrap_or_default();
    let is_start = path.starts_with("/signin/provider/") && !path.ends_with("/callback");
    match path {
        "/change-env" => Some("no operation of the spec: a switch for the server's own tests"),
        "/elevate" | "/.well-known/openid-configuration" | "/oauth2/token"
            if exchange.response.status == 404 =>
        {
            Some("an operation of newer servers, which the fake has")
        }
        _ if exchange.code().is_some_and(|error| error.contains("\"codeChallenge\" is unsupported")) => {
            Some("a member of newer servers, which the fake has")
        }
        _ if exchange.code().is_some_and(|error| error.contains("locale\": maximum string length is 2")) => {
            Some("newer servers take locales of three letters, and so does the fake")
        }
        _ if is_start && exchange.code().is_none() && exchange.response.status == 302 => {
            Some("the page of the fake's own provider in place of the real one's")
        }
        _ if is_added_up(exchange, location) => {
            Some("the server adds up the errors of earlier redirects, which is a mistake of its own")
        }
        _ => None,
    }
}
