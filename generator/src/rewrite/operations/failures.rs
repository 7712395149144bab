//! The texts of failures that several operations share, which are declared once, in the module of the file that
//! defines them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Component, Failure, Operation};
use crate::names;
use crate::rewrite::MacroCall;
use crate::rewrite::docs::{comment, first_sentence};
use crate::split::COMMON;

/// The shared failures of a service: by the name of each, the files that define one, with its text.
pub(super) struct SharedFailures(BTreeMap<String, BTreeSet<(String, String)>>);

impl SharedFailures {
    pub(super) fn of(api: &Api) -> Self {
        let mut shared: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for operation in &api.operations {
            for failure in &operation.failures {
                if let Some(component) = reached(operation, failure) {
                    let told = (component.home.clone(), text(failure));
                    shared.entry(names::pascal(&component.name)).or_default().insert(told);
                }
            }
        }
        Self(shared)
    }

    /// The name that the operation has for the failure, unless another one has the same name.
    pub(super) fn name_of(&self, operation: &Operation, failure: &Failure) -> Option<String> {
        let name = names::pascal(&reached(operation, failure)?.name);
        self.0.get(&name).is_some_and(|told| told.len() == 1).then_some(name)
    }

    /// What declares the failures of each file.
    pub(super) fn declare(&self) -> BTreeMap<String, MacroCall> {
        let mut declared: BTreeMap<String, MacroCall> = BTreeMap::new();
        for (name, told) in &self.0 {
            let mut told = told.iter();
            let (Some((home, text)), None) = (told.next(), told.next()) else { continue };
            let call = declared
                .entry(home.clone())
                .or_insert_with(|| MacroCall { name: "failures", lines: Vec::new() });
            call.lines.extend(comment(text, false, ""));
            call.lines.push(format!("{name},"));
        }
        declared
    }
}

/// The component that a failure is of, if the operation's module has what the component's declares.
fn reached<'a>(operation: &Operation, failure: &'a Failure) -> Option<&'a Component> {
    failure
        .component
        .as_ref()
        .filter(|component| [COMMON, &operation.group].contains(&component.home.as_str()))
}

/// What a failure means, in short, with the codes that it can have; those have texts of their own.
pub(super) fn text(failure: &Failure) -> String {
    let meaning = first_sentence(&failure.description);
    let codes = failure.codes.iter().map(|code| format!("`{code}`"));
    let codes = codes.filter(|code| !meaning.contains(code)).collect::<Vec<_>>().join(", ");
    let codes = if codes.is_empty() { codes } else { format!(" ({codes})") };
    format!("{meaning}{codes}.")
}
