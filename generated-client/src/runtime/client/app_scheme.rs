//! Which schemes an app of its own can have.

use crate::runtime::error::invalid_request::InvalidRequest;

/// Schemes with which a URL runs or shows what it holds, or leads to a file or out of the browser's rules.
const DANGEROUS: [&str; 8] =
    ["about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"];

/// Refuses what can't be the scheme of an app. It is in lower case.
pub(super) fn check(scheme: &str) -> Result<(), InvalidRequest> {
    let invalid = |why| InvalidRequest::new(format!("the app scheme `{}`", scheme.escape_debug()), why);
    if !is_scheme(scheme) {
        return Err(invalid(
            "is not the scheme of a URL: write it without `:` and what follows, as in `com.example.app`",
        ));
    }
    if DANGEROUS.contains(&scheme) {
        return Err(invalid("is not an app's: a URL with it can run a script or show a made-up page"));
    }
    Ok(())
}

/// A letter, and then letters, digits, `+`, `-` and `.`.
fn is_scheme(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn an_app_has_a_scheme_of_its_own() {
        for scheme in ["myapp", "com.example.app", "fb123", "web+app", "a-b"] {
            check(scheme).unwrap();
        }
        for scheme in ["", "myapp:", "myapp://", "my app", "1app", "mein\u{fc}", "app\n"] {
            let refused = check(scheme).unwrap_err().to_string();
            assert!(refused.contains(" is not the scheme of a URL: "), "{refused}");
        }
        assert_eq!(
            check("javascript").unwrap_err().to_string(),
            "the app scheme `javascript` is not an app's: a URL with it can run a script or show a made-up page"
        );
    }
}
