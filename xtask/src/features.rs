//! The generated block in the client's `Cargo.toml`: the features of the services and their groups.

use std::collections::BTreeMap;

use crate::block::Block;
use crate::fault::Faults;

/// The manifest whose block is generated, relative to the repository root.
pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";

const BLOCK: Block<'static> =
    Block { file: MANIFEST, begin: "# @generated features", end: "# @generated end" };
const WIDTH: usize = 100;

/// The manifest with its block replaced; every byte around the block stays.
pub(crate) fn splice(manifest: &str, features: &BTreeMap<String, Vec<String>>) -> Result<String, Faults> {
    let entries: String = features.iter().map(|(feature, enables)| entry(feature, enables)).collect();
    BLOCK.splice(manifest, &entries)
}

/// One feature on one line, or one name a line where that gets too long.
fn entry(feature: &str, enables: &[String]) -> String {
    let quoted: Vec<String> = enables.iter().map(|name| format!("\"{name}\"")).collect();
    let line = format!("{feature} = [{}]\n", quoted.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let names: String = quoted.iter().map(|name| format!("    {name},\n")).collect();
    format!("{feature} = [\n{names}]\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(of: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        of.iter().map(|(feature, enables)| ((*feature).to_owned(), owned(enables))).collect()
    }

    const AROUND: &str = "[features]\ndefault = []\n# @generated features\n# @generated end\n\n[lib]";

    #[test]
    fn only_the_block_changes() {
        let wanted = features(&[("a-b", &["a", "c"]), ("a", &[])]);
        let spliced = splice(AROUND, &wanted).unwrap();
        assert_eq!(
            spliced,
            "[features]\ndefault = []\n# @generated features\na = []\na-b = [\"a\", \"c\"]\n\
             # @generated end\n\n[lib]"
        );
        assert_eq!(splice(&spliced, &wanted).unwrap(), spliced);
        assert_eq!(splice(&spliced, &features(&[])).unwrap(), AROUND);
    }

    #[test]
    fn a_long_feature_takes_one_line_a_name() {
        let names = ["x".repeat(60), "y".repeat(60)];
        let text = entry("all", &names);
        assert_eq!(text, format!("all = [\n    \"{}\",\n    \"{}\",\n]\n", names[0], names[1]));
    }

    #[test]
    fn missing_doubled_and_swapped_markers_are_faults() {
        let message = |manifest: &str| splice(manifest, &features(&[])).unwrap_err().to_string();
        let missing = message("[features]\n# @generated end\n");
        assert!(missing.contains("no line `# @generated features`"), "{missing}");
        let doubled = message(&format!("{AROUND}\n# @generated end\n"));
        assert_eq!(doubled, "error: generated-client/Cargo.toml:7: a second `# @generated end`\n");
        let swapped = message("# @generated end\n# @generated features\n");
        assert!(swapped.contains("stands before"), "{swapped}");
    }
}
