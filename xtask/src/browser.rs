//! The task that drives the example application in Chromium.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cargo;
use crate::fault::Faults;
use crate::regen::Report;

/// The names that the program can have, those of the open build first.
const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The help where the program is missing.
const HELP: &str = "help: on Debian, `apt-get install chromium` as root installs it; elsewhere, install Chromium or Chrome, and set \
                    CHROMIUM to the path of the program";

/// Runs the scenarios. Without Chromium, this fails, or only says so if the browser is optional.
pub(crate) fn run(root: &Path, is_optional: bool) -> Result<Report, Faults> {
    let program = match find().or_else(install).map_or_else(|| Err(missing()), works) {
        Ok(program) => program,
        Err(why) if is_optional => return Ok(Report::of(format!("left out: {why}"))),
        Err(why) => return Err(why),
    };
    // The features of the whole workspace are used, so that cargo compiles nothing a second time that other tests have
    // needed.
    let mut tests = cargo::command();
    tests.args(["test", "--locked", "--workspace", "--test", "browser"]);
    tests.current_dir(root).env("CHROMIUM", &program);
    let status = tests.status().map_err(|cause| Faults::io("run", "cargo", &cause))?;
    let pictures = "The pictures of all pages are in target/browser/.\n";
    if status.success() {
        Ok(Report::of(pictures.to_owned()))
    } else {
        Err(Faults::new(format_args!("the application doesn't hold in a browser: {status}\n{pictures}")))
    }
}

fn missing() -> Faults {
    Faults::new(format_args!("Chromium isn't installed\n{HELP}"))
}

/// The program that the environment names, or the first that is on the path.
fn find() -> Option<PathBuf> {
    find_in(env::var_os("CHROMIUM"), &env::var_os("PATH")?)
}

fn find_in(named: Option<OsString>, path: &OsString) -> Option<PathBuf> {
    if let Some(program) = named {
        return Some(program.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(path).collect();
    let all = PROGRAMS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.into_iter().find(|program| program.is_file())
}

/// Installs Debian's package, where this user may.
fn install() -> Option<PathBuf> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !is_root {
        return None;
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let is_installed = apt(&["update"]) && apt(&["install", "--yes", "--no-install-recommends", "chromium"]);
    if is_installed { find() } else { None }
}

/// The program, if it starts here.
fn works(program: PathBuf) -> Result<PathBuf, Faults> {
    let mut command = Command::new(&program);
    command.args(["--headless", "--no-sandbox", "--disable-dev-shm-usage", "--dump-dom", "about:blank"]);
    let output = command.output().map_err(|cause| Faults::io("run", program.to_string_lossy(), &cause))?;
    if output.status.success() {
        return Ok(program);
    }
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    let why = format!("error: {} doesn't start here: {}\n{HELP}", program.display(), output.status);
    Err(Faults::verbatim(printed).and(why))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_program_that_is_named_counts_before_those_on_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().as_os_str().to_owned();
        assert_eq!(find_in(None, &path), None);
        fs::write(folder.path().join("google-chrome"), "").unwrap();
        assert_eq!(find_in(None, &path), Some(folder.path().join("google-chrome")));
        fs::write(folder.path().join("chromium"), "").unwrap();
        assert_eq!(find_in(None, &path), Some(folder.path().join("chromium")));
        assert_eq!(find_in(Some("/opt/chrome".into()), &path), Some("/opt/chrome".into()));
    }

    #[test]
    fn a_program_that_does_not_start_is_told_with_what_mends_it() {
        let fault = works("/nonexistent/chromium".into()).unwrap_err().to_string();
        assert!(fault.contains("/nonexistent/chromium"), "{fault}");
        let fault = works("false".into()).unwrap_err().to_string();
        assert!(fault.contains("false doesn't start here: exit status: 1\nhelp: on Debian, "), "{fault}");
    }
}
