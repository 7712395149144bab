//! The task `bundle`: one OpenAPI document of a service, for other tools.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use serde_json::Value;

use crate::fault::Faults;
use crate::regen::Report;
use crate::tree;

/// The format of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Notation {
    #[default]
    Yaml,
    Json,
}

/// Prints the document of a service, or writes it to a file.
pub(crate) fn run(
    root: &Path,
    service: &str,
    notation: Notation,
    output: Option<&Path>,
) -> Result<Report, Faults> {
    let documents =
        generator::documents(&tree::spec(root)?).map_err(|faults| Faults::verbatim(faults.to_string()))?;
    let Some((_, document)) = documents.iter().find(|(name, _)| name == service) else {
        return Err(no_such_service(service, &documents));
    };
    let text = text(document, notation)?;
    let Some(path) = output else { return Ok(Report::of(text)) };
    fs::write(path, text).map_err(|cause| Faults::io("write", path.display(), &cause))?;
    Ok(Report::of(format!("written  {}\n", path.display())))
}

/// The document as a text.
pub(crate) fn text(document: &Value, notation: Notation) -> Result<String, Faults> {
    match notation {
        Notation::Yaml => Ok(generator::to_yaml(document)),
        Notation::Json => serde_json::to_string_pretty(document)
            .map(|text| text + "\n")
            .map_err(|error| Faults::new(format_args!("cannot print the document: {error}"))),
    }
}

fn no_such_service(service: &str, documents: &[(String, Value)]) -> Faults {
    let names: Vec<String> = documents.iter().map(|(name, _)| format!("`{name}`")).collect();
    Faults::new(format_args!("there is no service `{service}` in spec/; there is {}", names.join(" and ")))
}
