//! Where the repository is.

use std::env;
use std::path::{Path, PathBuf};

use crate::fault::Faults;

/// The folder given on the command line, or the nearest one above the current folder that holds
/// this workspace.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf, Faults> {
    if let Some(given) = given {
        return if given.is_dir() {
            Ok(given.to_owned())
        } else {
            Err(Faults::new(format_args!("--root: {} is not a folder", given.display())))
        };
    }
    let current = env::current_dir().map_err(|cause| Faults::io("find", "the current folder", &cause))?;
    above(&current).or_else(run_by_cargo).ok_or_else(|| {
        Faults::new("the current folder is not in the repository; go there or give it with --root")
    })
}

fn above(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| is_root(folder)).map(Path::to_owned)
}

/// The root above the folder of this package, if cargo runs the program: it then names the folder in a variable.
fn run_by_cargo() -> Option<PathBuf> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    above(&package)
}

fn is_root(folder: &Path) -> bool {
    folder.join("Cargo.toml").is_file() && folder.join("xtask/Cargo.toml").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_from_a_folder_deep_inside() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(above(&package.join("src")).as_deref(), package.parent());
    }

    #[test]
    fn a_given_root_must_be_a_folder() {
        let message = find(Some(Path::new("no/such/folder"))).unwrap_err().to_string();
        assert_eq!(message, "error: --root: no/such/folder is not a folder\n");
    }
}
