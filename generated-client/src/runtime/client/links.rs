//! Links in the texts of the spec, which lead from place to place in the documentation.

/// A text of the documentation without its links to items of the crate, which lead nowhere outside of it. In place of a
/// link stands the name that the service has for the item: the id of an operation, or the name of a member on the wire.
///
/// ```
/// use generated_client::runtime::without_links;
///
/// let text = "Pass [`login_id`](SignUp::login_id \"loginId\") to [`SignUp`], see [the site](https://a.example).";
/// assert_eq!(without_links(text), "Pass `loginId` to `SignUp`, see [the site](https://a.example).");
/// ```
#[must_use]
pub fn without_links(text: &str) -> String {
    let mut parts = text.split("[`");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((name, behind)) = part.split_once("`]") else {
            plain.extend(["[`", part]);
            continue;
        };
        let (title, rest) = target(behind).unwrap_or((None, behind));
        plain.extend(["`", title.unwrap_or(name), "`", rest]);
    }
    plain
}

/// The title of a link that has a target, and what stands behind the link. `behind` begins behind the text of the link.
fn target(behind: &str) -> Option<(Option<&str>, &str)> {
    let (target, rest) = behind.strip_prefix('(')?.split_once(')')?;
    let title = target.split_once('"').and_then(|(_, title)| title.strip_suffix('"'));
    Some((title, rest))
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn a_link_is_what_the_service_calls_it() {
        let cases = [
            ("[`a`](b::A::a\n \"x_a\").", "`x_a`."),
            ("[`A`] and [`B`](c::B).", "`A` and `B`."),
            ("a list[`", "a list[`"),
            ("`[\"a\"]`", "`[\"a\"]`"),
        ];
        for (text, plain) in cases {
            assert_eq!(without_links(text), plain);
        }
    }
}
