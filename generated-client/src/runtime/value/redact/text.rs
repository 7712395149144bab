//! Texts of a server as they may be printed.

use super::quotes::{Quotes, core, is_whole};
use super::{LEFT_OUT, numbers, words};

/// How many bytes of a text are printed.
const MOST: usize = 200;

/// How many words of a text are looked at; what follows them is left out.
const MOST_WORDS: usize = 200;

/// The words beside a quotation that say that it is a name.
const NAMED: &[&str] = &[
    "argument",
    "arguments",
    "attribute",
    "field",
    "fields",
    "header",
    "headers",
    "member",
    "members",
    "parameter",
    "parameters",
    "properties",
    "property",
];

/// A server's text on one line, reduced to known words and to numbers that can't be codes. Quoted words are mostly values,
/// so they are left out as well, except for pointers into the body, and for words that the text says are names, as in
/// `property "code"`.
pub(crate) fn text(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS + 1).collect();
    let has_one_number = words.iter().filter(|word| numbers::has_number(word)).count() == 1;
    let mut plain = String::new();
    let mut quotes = Quotes::default();
    let mut after_name = false;
    for (place, word) in words.iter().enumerate() {
        let is_shown = if quotes.enclose(word) {
            let is_name =
                is_whole(word) && words::is_name(core(word)) && (after_name || is_called_name(&words, place));
            after_name = is_name && word.ends_with(',');
            is_name || is_pointer(word)
        } else {
            after_name = false;
            place < MOST_WORDS && is_harmless(&words, place, has_one_number)
        };
        let shown = if is_shown { word } else { LEFT_OUT };
        if shown == LEFT_OUT && plain.ends_with(LEFT_OUT) {
            continue;
        }
        if plain.len() + shown.len() > MOST {
            if !plain.ends_with(LEFT_OUT) {
                plain.push_str(" …");
            }
            break;
        }
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(shown);
    }
    plain
}

fn is_harmless(words: &[&str], place: usize, has_one_number: bool) -> bool {
    let Some(word) = words.get(place) else { return false };
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_punctuation()) {
        return true;
    }
    if numbers::has_number(word) {
        has_one_number && numbers::is_harmless(words, place)
    } else {
        words::are_known(core(word))
    }
}

/// Whether a word beside this one says that it is the name of something: `property "code"`, `"code" header`.
fn is_called_name(words: &[&str], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|place| words.get(place));
    let beside = [before, words.get(place + 1)];
    beside.into_iter().flatten().any(|word| NAMED.contains(&&*core(word).to_lowercase()))
}

/// Whether a quoted word points into the body, as `"/options/locale"` does.
fn is_pointer(word: &str) -> bool {
    let core = core(word);
    core.starts_with('/') && words::are_known(core)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_text_keeps_its_words_and_loses_what_may_be_secret() {
        for (given, printed) in [
            ("code 123456 for a@b.c is wrong", "code … for … is wrong"),
            ("the password hunter is too weak", "the password … is too weak"),
            ("no user has the code ABCDEF, nor abcdef", "no user has the code … nor …"),
            ("token eyJhbGciOi.e30.c2ln expired", "token … expired"),
            ("ticket=verifyEmail:x, state: (s3cret)", "… state: …"),
            (r#"the password "open token now" is weak"#, "the password … is weak"),
            ("the password 'open token now' is weak", "the password … is weak"),
            ("the value “open token now” is wrong", "the value … is wrong"),
            ("the value ”open token now” is wrong", "the value … is wrong"),
            ("the value „open token now“ is wrong", "the value … is wrong"),
            ("the value „open token now” is wrong", "the value … is wrong"),
            ("the value ‘open token now’ is wrong", "the value … is wrong"),
            ("the value ’open token now’, is wrong", "the value … is wrong"),
            ("the value ‚open token now‘ is wrong", "the value … is wrong"),
            ("the value «open token now» is wrong", "the value … is wrong"),
            ("the value « open token now » is wrong", "the value … is wrong"),
            ("the value »open token now« is wrong", "the value … is wrong"),
            ("the value &quot;open token now&quot; is wrong", "the value … is wrong"),
            ("the value:&#39;open token now&#39;: is wrong", "the … is wrong"),
            ("the value &ldquo;open token now&rdquo;, is wrong", "the value … is wrong"),
            ("the value “open isn’t the token now", "the value …"),
            ("the token isn’t the user’s own", "the token isn’t the user’s own"),
            ("parameter `token's` isn't the user's own", "parameter … isn't the user's own"),
            (r#"the value "token is invalid"#, "the value …"),
            ("some\nlist\tand  more", "some list and more"),
            ("d189abb0-7bae-498f-bb07-a7d1513c092a", "…"),
            ("- 12 of 345 & 6789", "- … of … & …"),
            ("the code 123 456 is wrong", "the code … is wrong"),
            ("the code 123-456 is wrong", "the code … is wrong"),
            ("the code 1 2 3 4 5 6 is wrong", "the code … is wrong"),
            ("the code 12, 34 and 56 is wrong", "the code … and … is wrong"),
            ("the code 123 is wrong", "the code … is wrong"),
            ("the code: 123.", "the code: …"),
            ("123 is the wrong code", "… is the wrong code"),
            ("404 is the wrong code", "… is the wrong code"),
            ("code123 is wrong", "… is wrong"),
            ("code #123# is wrong", "code … is wrong"),
            ("the code is 123 seconds old", "the code is … seconds old"),
            ("the code ١٢٣ ４５６ is wrong", "the code … is wrong"),
            ("the code one two three is wrong", "the code … is wrong"),
            ("the code four-five.six is wrong", "the code … is wrong"),
            ("the code one is wrong", "the code … is wrong"),
            ("the code One, Two, three", "the code …"),
            ("no user has the password dragon", "no user has the password …"),
            ("the password welcome is too weak", "the password … is too weak"),
            (r#"the password "password" is too weak"#, "the password … is too weak"),
            (r#"the code "codeChallenge" is wrong"#, "the code … is wrong"),
            (r#"property "hunter" is unsupported"#, "property … is unsupported"),
            (r#"property "code token" is unsupported"#, "property … is unsupported"),
            ("!?!?!?", "…"),
            ("", ""),
        ] {
            assert_eq!(text(given), printed);
        }
        assert!(text(&"word ".repeat(500)).len() < 210);
    }

    #[test]
    fn what_the_services_say_is_printed() {
        for said in [
            "Wrong OTP code",
            "Failed to verify code",
            "Token expired due to logout",
            "Request is invalid",
            "The code field is required",
            "API rate limit exceeded",
            "User already exists",
            "Cannot find user",
            "Invalid or expired refresh token",
            "Incorrect email or password",
            "User does not have TOTP MFA enabled",
            "Default role must be in allowed roles",
            "Query argument redirectTo is required, but not found",
            "security requirements failed: elevated-claim-required",
            "error parsing token: token signature is invalid",
            r#"Error at "/options/locale": maximum string length is 2"#,
            "doesn't match schema #/components/schemas/CreatePATRequest:",
            "404 page not found",
            "missing x-cf-turnstile-response header",
            r#"property "codeChallenge" is unsupported"#,
            "property “codeChallenge” is unsupported",
            "property `options.redirectTo` is unsupported",
            r#"missing properties: "email", "password""#,
            r#"the "X-Cf-Turnstile-Response" header is required"#,
            r#"Error at "/password": property "password" is missing"#,
            "Password signin failed",
            "Password must be at least 9 characters",
            "the code must have 6 digits",
            "try again in 5 minutes",
            "must be one of the allowed values",
        ] {
            assert_eq!(text(said), said);
        }
        let said = r#"The value of "options.redirectTo" is not allowed."#;
        assert_eq!(text(said), "The value of … is not allowed.");
    }
}
