//! Each pattern is one that the client can check: a regular expression of ECMAScript, in the mode for Unicode.

use regress::Regex;

use crate::fault::Fault;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for site in survey.of_kind(ObjectKind::Schema) {
        let Some(node) = site.node.get("pattern") else { continue };
        if let Some((what, help)) = node.text().and_then(refusal) {
            faults.push(node.fault("pattern", what, help));
        }
    }
}

/// The regular expression in a schema, if the client can check it.
pub(super) fn of(schema: &Node) -> Option<Regex> {
    compiled(schema.text_of("pattern")?).ok()
}

/// What other dialects have and ECMAScript writes in another way, or reads as something else.
const OTHERWISE: &[(&str, &str)] = &[
    ("(?i)", "write both cases, such as `[A-Za-z]`: ECMAScript has no flags inside a pattern"),
    ("(?P<", "write `(?<name>…)`"),
    ("[[:", "write the characters of the class, such as `[A-Za-z]`: ECMAScript has no POSIX classes"),
    ("\\A", "write `^`"),
    ("\\Z", "write `$`"),
    ("\\z", "write `$`"),
    ("\\h", "write `[0-9a-f]` or `[ \\t]`, whichever is meant"),
    ("(?>", "ECMAScript has no atomic groups; write a group"),
    ("++", "ECMAScript has no possessive quantifiers; write one `+`"),
    ("*+", "ECMAScript has no possessive quantifiers; write `*` alone"),
];

/// A pattern that the client can check, or why it can't and what helps.
fn compiled(pattern: &str) -> Result<Regex, (String, &'static str)> {
    let otherwise = OTHERWISE.iter().find(|(part, _)| pattern.contains(part));
    let help = otherwise.map_or("correct it, or say in `description` what is allowed", |(_, help)| help);
    match Regex::with_flags(pattern, "u") {
        Err(error) => Err((format!("this isn't a pattern of ECMAScript: {}", error.text), help)),
        // It is read as other characters than those that are meant.
        Ok(_) if pattern.contains("[[:") => {
            Err(("ECMAScript reads this POSIX class as something else".to_owned(), help))
        }
        Ok(regex) => Ok(regex),
    }
}

fn refusal(pattern: &str) -> Option<(String, &'static str)> {
    compiled(pattern).err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_can_check_is_accepted() {
        for pattern in
            ["", "^[a-z]{2,3}$", "^\\p{L}+$", "(?<=a)b", "(?<!a)b(?=c)", "^(?<year>\\d{4})-\\k<year>$"]
        {
            assert_eq!(refusal(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_other_dialects_write_is_refused_with_what_to_write() {
        let cases = [
            ("(?i)^[a-z]+$", "both cases"),
            ("^[[:alpha:]]+$", "POSIX"),
            ("\\Aa\\Z", "write `^`"),
            ("(?P<a>b)", "(?<name>"),
            ("a++", "possessive"),
            ("(", "correct it"),
            ("[a-", "correct it"),
            ("a{,3}", "correct it"),
            ("\\-", "correct it"),
        ];
        for (pattern, expected) in cases {
            let (_, help) = refusal(pattern).unwrap_or_else(|| panic!("{pattern} is accepted"));
            assert!(help.contains(expected), "{pattern}: {help}");
        }
    }
}
