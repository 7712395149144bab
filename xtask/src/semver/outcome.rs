//! What cargo-semver-checks printed, as data.

use std::collections::BTreeSet;

use generator::compare::Bump;

/// The verdict of cargo-semver-checks.
#[derive(Debug, PartialEq)]
pub(super) struct Outcome {
    /// The least bump of the version.
    pub(super) bump: Bump,
    /// Each place where a lint failed.
    pub(super) failures: Vec<Failure>,
}

/// A lint that failed somewhere.
#[derive(Debug, PartialEq)]
pub(super) struct Failure {
    /// `inherent_method_missing`
    pub(super) lint: String,
    /// `Oauth::exchange, previously in file src/descope/oauth.rs:12`
    pub(super) place: String,
}

impl Failure {
    /// The item and the file that the place names.
    fn parts(&self) -> (&str, &str) {
        let parts = [", previously ", ", in file ", " in file ", " in "];
        parts.iter().find_map(|words| self.place.split_once(words)).unwrap_or((&self.place, ""))
    }

    /// The words of the item. An operation is a method and a type, whose names differ in case and underscores only.
    pub(super) fn words(&self) -> BTreeSet<String> {
        let words = self.parts().0.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.filter(|word| !word.is_empty()).map(folded).collect()
    }

    /// Whether the item stands in a file of this folder.
    pub(super) fn is_in(&self, folder: &str) -> bool {
        let folder = folder.rsplit_once("/src/").map_or(folder, |(_, folder)| folder);
        self.parts().1.contains(&format!("src/{folder}/"))
    }
}

/// A name without what differs between a method and a type of the same name.
pub(super) fn folded(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

/// Reads what was printed: the lints on standard output, and the summary on standard error. `None` if there is no summary.
pub(super) fn read(stdout: &str, stderr: &str) -> Option<Outcome> {
    let summary = stderr.lines().find_map(|line| line.trim().strip_prefix("Summary "))?;
    let bump = match summary {
        _ if summary.contains("new major version") => Bump::Major,
        _ if summary.contains("new minor version") => Bump::Minor,
        _ => Bump::Patch,
    };
    let blocks = stdout.split("\n--- failure ").skip(1);
    Some(Outcome { bump, failures: blocks.flat_map(failures).collect() })
}

/// The places of a lint. Its block ends where the next one begins, which can be one of a warning.
fn failures(block: &str) -> Vec<Failure> {
    let block = block.split("\n--- ").next().unwrap_or_default();
    let (Some((lint, _)), Some((_, places))) = (block.split_once(':'), block.split_once("\nFailed in:\n"))
    else {
        return Vec::new();
    };
    let places = places.lines().filter_map(|line| line.strip_prefix("  "));
    places.map(|place| Failure { lint: lint.to_owned(), place: place.trim().to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STDOUT: &str = "
--- failure struct_missing: pub struct removed or renamed ---

Description:
A struct can't be named any more.
        ref: https://example.com/a
       impl: https://example.com/b

Failed in:
  struct generated_client::descope::oauth::Session, previously in file src/descope/oauth.rs:7
  struct generated_client::descope::Failure, previously in file src/descope/common.rs:9

--- failure method_parameter_count_changed: pub method parameter count changed ---

Description:
A method takes another number of parameters.

Failed in:
  ExchangeRequest::new now takes 2 instead of 1 parameters, in file /a/generated-client/src/runtime/table.rs:5

--- warning trait_missing: pub trait removed ---

Failed in:
  trait generated_client::Sealed, previously in file src/lib.rs:9
";

    #[test]
    fn each_place_of_a_failure_is_read() {
        let stderr = "    Checked [   0.1s] 2 checks\n\n     Summary semver requires new major version: 2 major and 0 minor \
                      checks failed\n";
        let outcome = read(STDOUT, stderr).unwrap();
        assert_eq!(outcome.bump, Bump::Major);
        let lints: Vec<&str> = outcome.failures.iter().map(|failure| failure.lint.as_str()).collect();
        assert_eq!(lints, ["struct_missing", "struct_missing", "method_parameter_count_changed"]);
        let words: Vec<String> = outcome.failures[1].words().into_iter().collect();
        assert_eq!(words, ["descope", "failure", "generatedclient", "struct"]);
        assert!(outcome.failures[0].is_in("generated-client/src/descope"));
        assert!(!outcome.failures[0].is_in("generated-client/src/descope_management"));
        assert!(outcome.failures[2].is_in("generated-client/src/runtime"));
        assert!(outcome.failures[2].words().contains("exchangerequest"));
    }

    #[test]
    fn the_summary_says_which_bump() {
        let read = |summary: &str| read("", summary).map(|outcome| outcome.bump);
        assert_eq!(read("     Summary no semver update required\n"), Some(Bump::Patch));
        let minor = "     Summary semver requires new minor version: 0 major and 1 minor checks failed\n";
        assert_eq!(read(minor), Some(Bump::Minor));
        assert_eq!(read("error: no library\n"), None);
    }
}
