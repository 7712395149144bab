//! Imported services, which are not yet curated. The findings of the rules of curation are counted, and aren't faults; what
//! such a service leaves open is filled in with safe values.

mod complete;
mod example;

use std::collections::BTreeMap;

use crate::fault::{Fault, Faults};
use crate::openapi::extension::CURATED;
use crate::openapi::file::SpecFile;
use crate::openapi::survey::Survey;
use crate::output::OpenFindings;
use crate::rules::{Class, class};

pub(crate) use complete::{completed, names_of_unknown};

/// Takes the open findings of imported services out of the faults.
pub(crate) fn take_open(surveys: &[Survey<'_>], faults: &mut Vec<Fault>) -> OpenFindings {
    let imported = surveys.iter().filter(|survey| survey.is_imported());
    let files = imported.flat_map(|survey| survey.files.iter().map(|file| (survey.service, file)));
    let services: BTreeMap<&str, &str> = files
        .filter(|(_, file)| is_open(file))
        .map(|(service, file)| (file.path.as_str(), service))
        .collect();
    let mut open: BTreeMap<String, Vec<Fault>> = BTreeMap::new();
    faults.retain(|fault| {
        let location = fault.location.as_ref().filter(|_| class(fault.rule) == Some(Class::Curation));
        let Some(service) = location.and_then(|location| services.get(location.file.as_str())) else {
            return true;
        };
        open.entry((*service).to_owned()).or_default().push(fault.clone());
        false
    });
    open.into_iter().map(|(service, found)| (service, Faults::new(found))).collect()
}

/// Whether a fault is in a file of an imported service that isn't marked as curated.
pub(crate) fn is_in_open_file(survey: &Survey<'_>, fault: &Fault) -> bool {
    let of_fault =
        |file: &&SpecFile| fault.location.as_ref().is_some_and(|location| location.file == file.path);
    survey.is_imported() && survey.files.iter().filter(of_fault).any(is_open)
}

/// Whether a file of an imported service isn't marked as curated.
fn is_open(file: &SpecFile) -> bool {
    file.root.as_ref().is_some_and(|root| !root.is_true(CURATED))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_in(imported: &str) -> Vec<(String, String)> {
        let inputs = BTreeMap::from([
            ("openapi", include_str!("../../tests/cases/ok/imported/spec/sample/openapi.yaml")),
            ("curated", include_str!("../../tests/cases/ok/imported/spec/sample/curated.yaml")),
            ("imported", imported),
        ]);
        let inputs = inputs
            .into_iter()
            .map(|(name, text)| (format!("spec/sample/{name}.yaml"), text.to_owned()))
            .collect();
        let open = crate::generate(&inputs).map_err(|faults| faults.to_string()).unwrap().open;
        let of_service = open.get("sample").cloned().unwrap_or_default();
        let found = of_service.iter().map(|fault| {
            let line = fault.location.as_ref().map_or(0, |location| location.line);
            (fault.rule.to_owned(), format!("{line}: {}", fault.what))
        });
        found.collect()
    }

    const IMPORTED: &str = include_str!("../../tests/cases/ok/imported/spec/sample/imported.yaml");

    #[test]
    fn the_findings_of_an_imported_service_have_places() {
        let found = open_in(IMPORTED);
        let with_rule = |rule: &str| -> Vec<&str> {
            found.iter().filter(|(of, _)| of == rule).map(|(_, what)| what.as_str()).collect()
        };
        assert_eq!(with_rule("missing-retry").len(), 2);
        assert_eq!(
            with_rule("unmarked-secret"),
            [
                "17: `apiKey` looks like a secret because of `key`, and isn't marked",
                "56: `doorCode` looks like a secret because of `code`, and isn't marked",
                "99: `loginToken` looks like a secret because of `token`, and isn't marked",
            ]
        );
        assert_eq!(
            with_rule("closed-enum"),
            ["86: a response of `imported_boat_get` can contain this enum, which isn't open"]
        );
        assert_eq!(
            with_rule("unused-key"),
            [
                "58: the generator doesn't support `callbacks` in an operation",
                "67: the generator doesn't support `links` in a response",
            ]
        );
    }

    #[test]
    fn a_file_that_is_curated_is_held_to_the_rules() {
        let curated = IMPORTED.replace("paths:\n", "x-curated: true\npaths:\n");
        let inputs = BTreeMap::from([
            (
                "spec/sample/openapi.yaml".to_owned(),
                include_str!("../../tests/cases/ok/imported/spec/sample/openapi.yaml").to_owned(),
            ),
            ("spec/sample/imported.yaml".to_owned(), curated),
        ]);
        let faults = crate::generate(&inputs).unwrap_err();
        assert!(faults.iter().any(|fault| fault.rule == "missing-retry"), "{faults}");
    }
}
