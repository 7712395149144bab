//! Finds the operation that a request is for.

use generated_client::runtime::{OperationInfo, ServiceInfo};
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;

/// The operations of some services by method and path.
#[derive(Debug)]
pub(crate) struct Routes {
    /// Those come first whose path has the most fixed segments.
    operations: Vec<&'static OperationInfo>,
}

/// The operation that a request is for, and the values of the parameters in its path.
pub(crate) type Route = (&'static OperationInfo, BTreeMap<&'static str, String>);

impl Routes {
    pub(crate) fn new(services: &[&'static ServiceInfo]) -> Self {
        let mut operations: Vec<_> = services.iter().flat_map(|service| (service.operations)()).collect();
        operations.sort_by_key(|info| info.spec.path.matches('{').count());
        Self { operations }
    }

    /// The operation with this method and path.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<Route> {
        let of_method = self.operations.iter().filter(|info| info.spec.method.as_str() == method);
        of_method.into_iter().find_map(|info| Some((*info, arguments(info.spec.path, path)?)))
    }

    /// The operation with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&'static OperationInfo> {
        self.operations.iter().copied().find(|info| info.spec.id == id)
    }
}

/// The values of the parameters in a path, if it fits the template.
fn arguments(template: &'static str, path: &str) -> Option<BTreeMap<&'static str, String>> {
    let mut values = BTreeMap::new();
    let mut given = path.split('/');
    for segment in template.split('/') {
        let value = given.next()?;
        match segment.split_once('{') {
            None if segment == value => {}
            None => return None,
            Some((before, rest)) => {
                let (name, after) = rest.split_once('}')?;
                let value = value.strip_prefix(before)?.strip_suffix(after)?;
                if value.is_empty() {
                    return None;
                }
                values.insert(name, percent_decode_str(value).decode_utf8().ok()?.into_owned());
            }
        }
    }
    given.next().is_none().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::{Routes, arguments};
    use generated_client::services;

    #[test]
    fn a_template_takes_whole_segments() {
        let values = arguments("/a/{one}/b", "/a/x%20y/b").unwrap();
        assert_eq!(values.get("one").unwrap(), "x y");
        for other in ["/a/x", "/a//b", "/a/x/b/", "/a/x/y/b", "/a/x/c"] {
            assert_eq!(arguments("/a/{one}/b", other), None, "{other}");
        }
    }

    #[test]
    fn every_operation_is_found_by_its_method_and_path() {
        for service in services() {
            let routes = Routes::new(&[service]);
            for info in (service.operations)() {
                let path = info.spec.path.replace(['{', '}'], "");
                let (found, _) = routes.find(info.spec.method.as_str(), &path).unwrap();
                assert_eq!(found.spec.path, info.spec.path, "{}", info.spec.id);
            }
        }
    }
}
