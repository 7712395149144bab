//! The names of what callers set, beside the methods that every call has.

use super::casing::snake;

/// The Rust name of a parameter, or of a member of a request. If every call or request has a method of this name, an
/// underscore follows, as it does after a keyword.
pub(crate) fn argument(wire: &str) -> String {
    argument_of(&snake(wire))
}

/// The same as [`argument`], for a name that is in snake case already.
pub(crate) fn argument_of(snake: &str) -> String {
    let is_reserved = RESERVED_METHODS.contains(&snake);
    if is_reserved { format!("{snake}_") } else { snake.to_owned() }
}

/// What a call or a declared type has beside its setters. A setter called `clone` would be legal and keep everybody
/// from cloning the call.
const RESERVED_METHODS: &[&str] = &[
    "accepting",
    "argument",
    "argument_list",
    "attempt_timeout",
    "begin",
    "body",
    "body_as",
    "clone",
    "default",
    "items",
    "new",
    "pages",
    "retry_policy",
    "send",
    "send_for_chunks",
    "send_raw",
    "send_with_raw",
    "timeout",
    "url",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::functions;

    #[test]
    fn a_name_that_every_call_has_gets_an_underscore() {
        assert_eq!((argument("URL"), argument("URLs")), ("url_".to_owned(), "urls".to_owned()));
    }

    #[test]
    fn each_method_of_a_call_is_reserved() {
        let call = include_str!("../../../generated-client/src/runtime/client/call.rs");
        let pages = include_str!("../../../generated-client/src/runtime/client/pages.rs");
        let (_, pages) = pages.split_once("> Call<O, B> {\n").unwrap();
        let (pages, _) = pages.split_once("\n}\n").unwrap();
        let methods = functions(call).chain(functions(pages));
        let unreserved: Vec<&str> =
            methods.filter(|name| *name != "fmt" && !RESERVED_METHODS.contains(name)).collect();
        assert_eq!(unreserved, [""; 0]);
    }
}
