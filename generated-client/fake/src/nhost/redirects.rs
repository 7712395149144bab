//! Where browsers may go, and what they take there.

use super::{Nhost, ServiceError};

impl Nhost {
    /// The URL that a browser goes to in the end: this one if it is allowed, and the application's if there is none.
    pub(super) fn redirect_to(&self, wanted: Option<&str>) -> Result<String, ServiceError> {
        match wanted {
            None => Ok(self.settings.client_url.clone()),
            Some(url) if self.is_allowed(url) => Ok(url.to_owned()),
            Some(_) => Err(ServiceError::Code("redirectTo-not-allowed")),
        }
    }

    fn is_allowed(&self, url: &str) -> bool {
        let bare = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let client = self.settings.client_url.trim_end_matches('/');
        let below = bare.strip_prefix(client);
        below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            || self.settings.allowed_redirects.iter().any(|pattern| fits(pattern.trim_end_matches('/'), bare))
    }
}

/// Whether a URL fits a pattern: `**` stands for anything, `*` for anything without a slash and a dot.
fn fits(pattern: &str, url: &str) -> bool {
    if pattern.strip_suffix("/**") == Some(url) {
        return true;
    }
    let Some((before, after)) = pattern.split_once('*') else { return pattern == url };
    let Some(rest) = url.strip_prefix(before) else { return false };
    let (after, is_deep) = after.strip_prefix('*').map_or((after, false), |after| (after, true));
    let ends = rest.char_indices().map(|(end, _)| end).chain([rest.len()]);
    let reachable =
        ends.take_while(|end| is_deep || rest.get(..*end).is_some_and(|passed| !passed.contains(['/', '.'])));
    reachable.into_iter().any(|end| rest.get(end..).is_some_and(|rest| fits(after, rest)))
}

/// Whether the percent signs of a URL can be read.
pub(super) fn can_be_read(url: &str) -> bool {
    let mut parts = url.split('%');
    parts.next();
    parts.all(|part| part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
}

/// A URL with these names and values in its query, which is sorted by names as the server does it.
pub(super) fn with_sorted_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, format!("#{fragment}")),
        None => (url, String::new()),
    };
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let mut all: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    all.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all.sort_by(|one, other| one.0.cmp(&other.0));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
    format!("{base}?{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::{can_be_read, fits, with_sorted_query};

    #[test]
    fn patterns_stand_for_parts_of_urls() {
        let fitting = [
            "https://my-app.com/**",
            "https://my-app.com/*/b",
            "https://*.com/a/b",
            "https://my-app.com/a/b",
        ];
        for pattern in fitting {
            assert!(fits(pattern, "https://my-app.com/a/b"), "{pattern}");
        }
        for pattern in ["https://my-app.com/*", "https://my-app.com", "https://*/a/b", "http://my-app.com/**"]
        {
            assert!(!fits(pattern, "https://my-app.com/a/b"), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_for_all_pages_is_one_for_the_first_too() {
        assert!(fits("https://my-app.com/**", "https://my-app.com"));
        assert!(!fits("https://my-app.com/**", "https://my-app.com.evil.example"));
    }

    #[test]
    fn a_query_is_sorted_by_names() {
        let url = with_sorted_query("http://a/p?q=1#f", &[("error", "x"), ("errorDescription", "two words")]);
        assert_eq!(url, "http://a/p?error=x&errorDescription=two+words&q=1#f");
        assert_eq!(with_sorted_query("http://a", &[("b", "c")]), "http://a?b=c");
    }

    #[test]
    fn percent_signs_are_followed_by_two_digits() {
        assert!(can_be_read("http://a/%20?x=%C3%A9"));
        for bad in ["http://a/%zz", "%", "%2"] {
            assert!(!can_be_read(bad), "{bad}");
        }
    }
}
