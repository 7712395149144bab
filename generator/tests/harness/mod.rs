//! Makes a test of each folder under `tests/cases/<kind>`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use crate::folders::{names_in, package};

/// Runs `check` with each folder, as the arguments of this program say.
pub(crate) fn run(kind: &str, check: fn(&Path)) -> ExitCode {
    let cases = package().join("tests/cases").join(kind);
    let names = names_in(&cases);
    assert!(!names.is_empty(), "there is no case under {}", cases.display());
    let tests = names.into_iter().map(|name| test(cases.join(&name), name, check));
    libtest_mimic::run(&Arguments::from_args(), tests.collect()).exit_code()
}

fn test(folder: PathBuf, name: String, check: fn(&Path)) -> Trial {
    Trial::test(name, move || {
        check(&folder);
        Ok(())
    })
}
