//! Why a file can't be read, where a likely cause is known that helps more than the place where reading
//! failed.

use crate::fault::{Fault, Location};

/// The rule of files that hold no OpenAPI document.
pub(crate) const NOT_OPENAPI: &str = "not-openapi";

/// What is wrong with a document in Swagger 2, and what mends it.
pub(crate) const SWAGGER: (&str, &str) = (
    "the document is in Swagger 2, which isn't OpenAPI 3",
    "convert it first, with a tool such as `swagger2openapi`, and import what that writes",
);

/// The fault of a file that isn't YAML, if its cause is known.
pub(super) fn fault(file: &str, text: &str) -> Option<Fault> {
    let is_swagger =
        |(_, line): &(usize, &str)| line.trim_start().trim_start_matches('"').starts_with("swagger");
    if let Some((index, line)) = text.lines().enumerate().take(FIRST_LINES).find(is_swagger) {
        let (what, help) = SWAGGER;
        return Some(at_line(file, index, line, "openapi-version", what, help));
    }
    let is_cut = text.trim_start().starts_with('{') && !text.trim_end().ends_with('}');
    let (index, last) = text.trim_end().lines().enumerate().last().filter(|_| is_cut)?;
    let what = "the file ends before its JSON does: the last `}` is missing";
    let help = "it may have been cut off, so download it again";
    Some(at_line(file, index, last, "yaml", what, help))
}

/// The number of lines at the beginning of a file in which its version is looked for.
const FIRST_LINES: usize = 100;

fn at_line(file: &str, index: usize, line: &str, rule: &'static str, what: &str, help: &str) -> Fault {
    let len = line.chars().count().max(1);
    let location = Location { file: file.to_owned(), line: index + 1, column: 1, len };
    Fault::at(rule, location, line, what, help)
}
