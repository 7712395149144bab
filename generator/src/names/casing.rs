//! The spelling of names in Rust: snake case, Pascal case, and what is no keyword.

use std::borrow::Cow;

use heck::{ToPascalCase, ToSnakeCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// The Rust name of a member, parameter, method or module whose wire name is `wire`: `redirectUrl` is
/// `redirect_url`, `type` is `type_`, `2fa` is `x2fa`.
pub fn snake(wire: &str) -> String {
    if let Some(name) = simple_snake(wire) {
        return beside_keywords(name);
    }
    let spelt = SPELLINGS.iter().filter(|(word, _)| wire.contains(word));
    rendered(&spelt.fold(Cow::Borrowed(wire), |name, (word, spelt)| name.replace(word, spelt).into()))
}

/// The words of a name, in lower case: `sessionJwt`, `session-jwt` and `session_jwt` are `session` and `jwt`.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let joined = simple_snake(name).unwrap_or_else(|| name.to_snake_case());
    joined.split('_').map(str::to_owned).collect()
}

/// A name in snake case, if it is in snake case already or in camel case, as most names of APIs are.
fn simple_snake(name: &str) -> Option<String> {
    if is_snake(name) { Some(name.to_owned()) } else { is_camel(name).then(|| split_at_capitals(name)) }
}

/// The name that typify gives a member whose wire name is `wire`.
fn rendered(wire: &str) -> String {
    identifier(wire, str::to_snake_case, "x")
}

/// Words of the APIs that would be cut in the wrong places: `loginIDs` is no `login_i_ds`.
const SPELLINGS: &[(&str, &str)] =
    &[("OAuth", "Oauth"), ("SSOID", "SsoId"), ("IDs", "Ids"), ("URLs", "Urls"), ("JWTs", "Jwts")];

/// The Rust name of a type or enum variant whose wire name is `wire`: `email-already-in-use` is
/// `EmailAlreadyInUse`.
pub fn pascal(wire: &str) -> String {
    match simple_pascal(wire) {
        Some(name) => beside_keywords(name),
        None => identifier(wire, str::to_pascal_case, "X"),
    }
}

/// A name in Pascal case, if it is in Pascal case already or in snake case.
fn simple_pascal(name: &str) -> Option<String> {
    if is_pascal(name) {
        Some(name.to_owned())
    } else {
        is_snake(name).then(|| name.split('_').map(capitalised).collect())
    }
}

fn identifier(wire: &str, to_case: fn(&str) -> String, prefix: &str) -> String {
    let spelt = match wire {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => wire.chars().filter(|c| *c != '\'').map(|c| if is_xid_continue(c) { c } else { '-' }).collect(),
    };
    let cased = to_case(&spelt);
    let started = match cased.chars().next() {
        None => prefix.to_owned(),
        Some(first) if is_xid_start(first) => cased,
        Some(_) => format!("{prefix}{cased}"),
    };
    beside_keywords(started)
}

/// Whether a name is in snake case already, as most names of several APIs are.
fn is_snake(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('_').all(is_word)
}

/// Whether a name is in camel case, as most names of members are: of letters alone, with no two capitals side by side.
fn is_camel(name: &str) -> bool {
    let is_capital = |byte: &u8| byte.is_ascii_uppercase();
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !name.as_bytes().windows(2).any(|pair| pair.iter().all(is_capital))
}

fn split_at_capitals(name: &str) -> String {
    let mut split = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            split.push('_');
        }
        split.push(letter.to_ascii_lowercase());
    }
    split
}

fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// Whether a name is in Pascal case already, as those of schemas are, and no two of its capitals stand side by side.
fn is_pascal(name: &str) -> bool {
    let mut before = 'a';
    let stands_alone = |letter: char| {
        let is_behind_lower = before.is_ascii_lowercase();
        before = letter;
        letter.is_ascii_lowercase()
            || letter.is_ascii_digit()
            || letter.is_ascii_uppercase() && is_behind_lower
    };
    name.starts_with(|first: char| first.is_ascii_uppercase()) && name.chars().all(stands_alone)
}

/// The name, or the name with an underscore if it is a keyword.
pub(crate) fn beside_keywords(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The words that the edition 2024 reserves, and `_`.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cased_and_kept_from_being_keywords() {
        let cases = [
            ("redirectUrl", "redirect_url", "RedirectUrl"),
            ("TOTP", "totp", "Totp"),
            ("tenantSSOID", "tenant_sso_id", "TenantSsoid"),
            ("addToLoginIDs", "add_to_login_ids", "AddToLoginIDs"),
            ("OAuth", "oauth", "OAuth"),
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("gen", "gen_", "Gen"),
            ("2fa", "x2fa", "X2fa"),
            ("redirectTo-not-allowed", "redirect_to_not_allowed", "RedirectToNotAllowed"),
            ("", "x", "X"),
            ("'", "x", "X"),
            ("x-nonce", "x_nonce", "XNonce"),
            ("created_at2", "created_at2", "CreatedAt2"),
            ("LoginOptions", "login_options", "LoginOptions"),
            ("Key2fa", "key2fa", "Key2fa"),
            ("A1Bc", "a1_bc", "A1Bc"),
            ("Api2Key", "api2_key", "Api2Key"),
            ("isABTest", "is_ab_test", "IsAbTest"),
            ("planB", "plan_b", "PlanB"),
            ("user_", "user", "User"),
            ("x_2fa_b", "x_2fa_b", "X2faB"),
            ("_id", "id", "Id"),
            ("user__id_", "user_id", "UserId"),
        ];
        for word in KEYWORDS {
            assert!(*word == "gen" || syn::parse_str::<syn::Ident>(word).is_err(), "{word} is no keyword");
        }
        for (wire, expected_snake, expected_pascal) in cases {
            assert_eq!(snake(wire), expected_snake, "snake case of {wire:?}");
            assert_eq!(pascal(wire), expected_pascal, "Pascal case of {wire:?}");
        }
    }

    #[test]
    fn plain_names_are_spelt_as_heck_spells_all_names() {
        let mut names = vec![String::new()];
        for length in 0..6 {
            let shorter: Vec<String> = names.iter().filter(|name| name.len() == length).cloned().collect();
            names.extend(shorter.iter().flat_map(|name| "abBC1_".chars().map(move |c| format!("{name}{c}"))));
        }
        for name in names {
            if let Some(spelt) = simple_snake(&name) {
                assert_eq!(spelt, name.to_snake_case());
            }
            if let Some(spelt) = simple_pascal(&name) {
                assert_eq!(spelt, name.to_pascal_case());
            }
        }
    }

    #[test]
    fn names_fall_into_words() {
        for name in ["refreshJwt", "refresh-jwt", "refresh_jwt", "RefreshJWT"] {
            assert_eq!(words_of(name), ["refresh", "jwt"], "{name}");
        }
        assert_eq!(words_of("keyboard"), ["keyboard"]);
    }
}
