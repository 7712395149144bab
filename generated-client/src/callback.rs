//! What a callback does with the URL that a sign-in came back to: it takes the code or the token out once, and sends the
//! browser on, so that neither stays in the address bar, in the history, or in the `Referer` of the next request.

use crate::runtime::{InvalidRequest, is_own_path};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use reqwest::header::{CACHE_CONTROL, HeaderMap, HeaderValue, LOCATION, REFERRER_POLICY};

/// The parameter of the application's own state, as `redirects::SignInState` has it.
pub(crate) const APP_STATE: &str = "app_state";

/// The query of a URL, without a second `?` that it may begin with.
pub(crate) fn query_of(url: &Url) -> &str {
    let query = url.query().unwrap_or_default();
    query.strip_prefix('?').unwrap_or(query)
}

/// The URL without its fragment. Its query has those of the parts whose name isn't one of `names`.
pub(crate) fn without<'q>(url: &Url, parts: impl Iterator<Item = &'q str>, names: &[&str]) -> Url {
    let is_kept = |part: &&str| {
        let (name, _) = part.split_once('=').unwrap_or((part, ""));
        !part.is_empty() && !names.contains(&&*decoded(name))
    };
    let query = parts.filter(is_kept).collect::<Vec<_>>().join("&");
    let mut url = url.clone();
    url.set_query(Some(&*query).filter(|query| !query.is_empty()));
    url.set_fragment(None);
    url
}

/// Decodes a name or a value of a query.
pub(crate) fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The headers of the response that sends the browser on to a path of this site.
pub(crate) fn redirect_headers(path: &str) -> Result<HeaderMap, InvalidRequest> {
    let why = "isn't a path of this site: it has to begin with one `/` and be percent-encoded; \
               `redirect_headers_to` takes a URL of another site";
    let value = Some(path).filter(|path| is_own_path(path)).and_then(|path| HeaderValue::try_from(path).ok());
    value.map(headers).ok_or_else(|| InvalidRequest::new("the path to go on at", why))
}

/// The headers of the response that sends the browser on to a page or an app, wherever it is.
pub(crate) fn redirect_headers_to(url: &Url) -> Result<HeaderMap, InvalidRequest> {
    let why =
        "leads to no page or app: it has to have a host or a path, unlike a `data:` or `javascript:` URL";
    let value = Some(url)
        .filter(|url| !url.cannot_be_a_base())
        .and_then(|url| HeaderValue::try_from(url.as_str()).ok());
    value.map(headers).ok_or_else(|| InvalidRequest::new("the URL to go on at", why))
}

fn headers(mut location: HeaderValue) -> HeaderMap {
    location.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, location);
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}

#[cfg(test)]
mod tests {
    use super::{APP_STATE, query_of, redirect_headers, redirect_headers_to, without};
    use reqwest::Url;

    #[test]
    fn named_parameters_are_taken_out_and_others_stay_as_they_are() {
        for (query, expected) in [
            ("", "https://app.example/a"),
            ("?", "https://app.example/a"),
            ("?code=x", "https://app.example/a"),
            ("??code=x&a=b", "https://app.example/a?a=b"),
            ("?%63ode=x&&a=%41+b&code&b=code", "https://app.example/a?a=%41+b&b=code"),
            ("?a=/b?code=x&app_state=y#code=z", "https://app.example/a?a=/b?code=x"),
        ] {
            let url = Url::parse(&format!("https://app.example/a{query}")).unwrap();
            let parts = query_of(&url).split('&');
            assert_eq!(without(&url, parts, &["code", APP_STATE]).as_str(), expected, "{query}");
        }
    }

    #[test]
    fn a_browser_is_sent_on_without_what_it_came_with() {
        let headers = redirect_headers("/me?a=b").unwrap();
        let text = |name| headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(headers.len(), 3);
        assert_eq!(text("location"), "/me?a=b");
        assert_eq!(text("referrer-policy"), "no-referrer");
        assert_eq!(text("cache-control"), "no-store");
        for path in
            ["", "/a\r\nset-cookie: a=b", "//evil.example", "/%09/evil.example", "https://evil.example/"]
        {
            assert_eq!(
                redirect_headers(path).unwrap_err().to_string(),
                "the path to go on at isn't a path of this site: it has to begin with one `/` and be \
                 percent-encoded; `redirect_headers_to` takes a URL of another site",
                "{path}"
            );
        }
    }

    #[test]
    fn a_browser_is_sent_to_another_site_or_an_app_by_a_url() {
        for url in ["https://other.example/a?b=c", "app.example:/signed-in", "app://signed-in"] {
            let headers = redirect_headers_to(&Url::parse(url).unwrap()).unwrap();
            assert_eq!((headers.len(), headers["location"].to_str().unwrap()), (3, url));
        }
        for url in ["javascript:x()", "data:text/html,x", "mailto:a@b.example"] {
            assert_eq!(
                redirect_headers_to(&Url::parse(url).unwrap()).unwrap_err().to_string(),
                "the URL to go on at leads to no page or app: it has to have a host or a path, \
                 unlike a `data:` or `javascript:` URL",
                "{url}"
            );
        }
    }

    #[cfg(feature = "pkce")]
    #[test]
    fn the_state_of_the_application_has_this_name() {
        assert_eq!(crate::redirects::SignInState::PARAMETER, APP_STATE);
    }
}
