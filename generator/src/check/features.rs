//! Each Cargo feature of the client, and each variable of the environment that its program reads, means one thing, over
//! all services.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::names;
use crate::openapi::file::{FileRole, SpecFile};
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The features of the client that belong to no service, and whose names a feature of a group could have.
const OTHERS: &[&str] = &["both-directions", "native-tls", "test-util"];

/// All faults that only show when the services are seen beside each other.
pub(crate) fn check(surveys: &[Survey<'_>]) -> Vec<Fault> {
    let mut taken: BTreeMap<String, String> =
        OTHERS.iter().map(|name| ((*name).to_owned(), "a feature of the client itself".to_owned())).collect();
    let mut faults = Vec::new();
    for survey in surveys {
        let service = survey.file("openapi.yaml").map(|file| (survey.service.to_owned(), file));
        let groups = survey.files.iter().filter(|file| file.role == FileRole::Group);
        let groups = groups.map(|file| (names::feature(survey.service, file.stem()), file));
        for (feature, file) in service.into_iter().chain(groups) {
            faults.extend(take(&mut taken, feature, file));
        }
    }
    check_variables(surveys, &mut faults);
    faults
}

/// The variables of the environment that the program and its libraries read for other reasons.
const OTHER_VARIABLES: &[&str] = &[
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_COLOR",
    "NO_PROXY",
    "RUST_BACKTRACE",
    "RUST_LOG",
    "SSL_CERT_FILE",
];

/// Each credential and each base URL can come from a variable, whose name is made of those of the service and the scheme.
fn check_variables(surveys: &[Survey<'_>], faults: &mut Vec<Fault>) {
    let mut taken: BTreeMap<String, String> = OTHER_VARIABLES
        .iter()
        .map(|name| ((*name).to_owned(), "one that means something else".to_owned()))
        .collect();
    for survey in surveys {
        let Some(file) = survey.file("openapi.yaml") else { continue };
        let schemes = survey.sites.iter().filter(|site| site.via == "securitySchemes");
        let of_file = schemes.filter(|site| site.file.name == file.name);
        let named = of_file.filter_map(|site| Some((site.key?.text()?, site.key?)));
        // Another check refuses a scheme of this name.
        let named = named.filter(|(name, _)| *name != names::BASE_URL);
        let settings = file.root.as_ref().and_then(|root| root.get("x-client-settings"));
        let settings = settings.map(Node::entries).unwrap_or_default().iter();
        let named = named.chain(settings.filter_map(|(key, _)| Some((key.text()?, key))));
        let base_url = file.root.as_ref().map(|root| (names::BASE_URL, root));
        for (name, node) in base_url.into_iter().chain(named) {
            let variable = names::variable(survey.service, name);
            if let Some(other) = taken.get(&variable) {
                let what =
                    format!("the variable `{variable}` for `{name}` of `{}` is also {other}", survey.service);
                let help = "give the scheme or the folder of the service another name";
                faults.push(node.fault("name-collision", what, help));
            } else {
                let place = format!("that for `{name}` of `{}`, at {}", survey.service, node.location());
                taken.insert(variable, place);
            }
        }
    }
}

fn take(taken: &mut BTreeMap<String, String>, feature: String, file: &SpecFile) -> Option<Fault> {
    let Some(other) = taken.get(&feature) else {
        taken.insert(feature, format!("that of {}", file.path));
        return None;
    };
    let what = format!("the feature `{feature}` of this file is also {other}");
    let help = "give the folder or the file another name";
    Some(file.root.as_ref()?.fault("name-collision", what, help))
}
