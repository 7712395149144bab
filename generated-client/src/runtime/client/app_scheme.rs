//! Which schemes an app can use for URLs of its own.

use crate::runtime::error::invalid_request::InvalidRequest;

/// Schemes that no app may have: a URL with one of them runs or shows its own content, opens a file, or evades the
/// browser's rules.
const DANGEROUS: [&str; 8] =
    ["about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"];

/// Refuses a text that can't be the scheme of an app. The text has to be in lower case.
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

/// Whether a text is a letter, followed by nothing but letters, digits, `+`, `-` and `.`.
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
