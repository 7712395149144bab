//! Finds the cases, so that a case is its folder and nothing else has to name it.
//!
//! Writes a module for each case to `OUT_DIR`, and switches on the features of the groups in its spec.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../cases/ok");
    let cases = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../cases/ok");
    let mut modules = String::new();
    let mut exports = String::new();
    for case in names_in(&cases)? {
        let module = case.replace('-', "_");
        let file = cases.join(&case).join("out/mod.rs");
        modules.push_str(&format!("#[path = {file:?}]\n#[rustfmt::skip]\npub mod {module};\n"));
        exports.push_str(&format!("    pub use crate::{module}::*;\n"));
        switch_on_groups(&cases.join(&case).join("spec"))?;
    }
    let text = format!(
        "{modules}\n/// All cases as one service.\n\
         #[allow(ambiguous_glob_reexports, reason = \"several cases have items of one name\")]\n\
         pub mod sample {{\n{exports}}}\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("cases.rs"), text)?;
    Ok(())
}

/// Switches on the feature `<service>-<group>` for each file `<service>/<group>.yaml`.
fn switch_on_groups(spec: &Path) -> Result<(), Box<dyn Error>> {
    for service in names_in(spec)? {
        for file in names_in(&spec.join(&service))? {
            let group = file.trim_end_matches(".yaml");
            if !matches!(group, "openapi" | "common") {
                println!("cargo::rustc-check-cfg=cfg(feature, values(\"{service}-{group}\"))");
                println!("cargo::rustc-cfg=feature=\"{service}-{group}\"");
            }
        }
    }
    Ok(())
}

/// The names in a folder, sorted.
fn names_in(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}
