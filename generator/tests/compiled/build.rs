//! Finds the cases, so that a case is its folder and nothing else has to name it.
//!
//! Copies the code of each case to `OUT_DIR`, and switches on the features of the groups in its spec.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../cases/ok");
    let cases = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../cases/ok");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut modules = String::new();
    for case in names_in(&cases)? {
        let module = case.replace('-', "_");
        let folder = out.join(&module);
        copy(&cases.join(&case).join("out"), &folder, &module)?;
        let file = folder.join("mod.rs");
        modules.push_str(&format!("#[path = {file:?}]\n#[rustfmt::skip]\npub mod {module};\n"));
        switch_on_groups(&cases.join(&case).join("spec"))?;
    }
    fs::write(out.join("cases.rs"), modules)?;
    Ok(())
}

/// Copies the code of a case. All cases are called `sample` in their documentation; here each has a module of its own.
fn copy(from: &Path, to: &Path, module: &str) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for file in names_in(from)? {
        let text = fs::read_to_string(from.join(&file))?;
        let (example, path) = (format!("example({module}"), format!("{module}::"));
        fs::write(to.join(&file), text.replace("example(sample", &example).replace("sample::", &path))?;
    }
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
