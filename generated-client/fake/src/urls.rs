//! URLs that are made.

/// A URL with these names and values at the end of its query, before its fragment.
pub(crate) fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return url.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let (base, fragment) = match url.split_once('#') {
        Some((base, fragment)) => (base, format!("#{fragment}")),
        None => (url, String::new()),
    };
    let separator = if base.contains('?') { '&' } else { '?' };
    format!("{base}{separator}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn pairs_go_before_the_fragment() {
        assert_eq!(with_query("http://a/b", &[("c", "d e")]), "http://a/b?c=d+e");
        assert_eq!(with_query("http://a/?x=1#y", &[("c", "&")]), "http://a/?x=1&c=%26#y");
        assert_eq!(with_query("http://a/", &[]), "http://a/");
    }
}
