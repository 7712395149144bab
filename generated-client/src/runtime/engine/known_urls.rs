//! The URLs of operations without arguments in their path, so that each is put together only once.
//!
//! The parser of URLs takes longer than all other work on a small request.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use reqwest::Url;

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::spec::Spec;

/// The URLs of a connection by the IDs of their operations. There are at most as many as the service has operations.
#[derive(Default)]
pub(crate) struct KnownUrls(RwLock<HashMap<&'static str, Url>>);

impl KnownUrls {
    /// The URL of an operation, which `make` puts together unless it is known.
    pub(super) fn of(
        &self,
        spec: &'static Spec,
        make: impl FnOnce() -> Result<Url, InvalidRequest>,
    ) -> Result<Url, InvalidRequest> {
        if spec.path.contains('{') {
            return make();
        }
        if let Some(url) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(spec.id) {
            return Ok(url.clone());
        }
        let url = make()?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(spec.id, url.clone());
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::{InvalidRequest, KnownUrls, Spec, Url};
    use std::cell::Cell;

    fn url(text: &str) -> Result<Url, InvalidRequest> {
        Ok(Url::parse(text).unwrap())
    }

    #[test]
    fn a_url_is_put_together_once_unless_its_path_has_arguments() {
        let spec = |id, path| -> &'static Spec { Box::leak(Box::new(Spec::get(id, path))) };
        let (urls, made) = (KnownUrls::default(), Cell::new(0));
        for (spec, expected) in [
            (spec("a", "/a"), 1),
            (spec("a", "/a"), 1),
            (spec("b", "/a"), 2),
            (spec("a", "/a"), 2),
            (spec("c", "/{id}"), 3),
            (spec("c", "/{id}"), 4),
        ] {
            let text = format!("https://{}.example/", spec.id);
            let given = urls.of(spec, || {
                made.set(made.get() + 1);
                url(&text)
            });
            assert_eq!((given.unwrap().as_str(), made.get()), (&*text, expected));
        }
    }

    #[test]
    fn a_failure_is_not_kept() {
        let (urls, spec) = (KnownUrls::default(), Box::leak(Box::new(Spec::get("a", "/a"))));
        urls.of(spec, || Err(InvalidRequest::new("the path", "is wrong"))).unwrap_err();
        assert_eq!(urls.of(spec, || url("https://a.example/a")).unwrap().path(), "/a");
    }
}
