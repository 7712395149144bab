//! Each Cargo feature of the client means one thing, over all services.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::names;
use crate::openapi::file::{FileRole, SpecFile};
use crate::openapi::survey::Survey;

/// The features of the client that no service gives it, as far as their names could be those of a group.
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
    faults
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
