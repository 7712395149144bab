//! Measures one process: its CPU time, its wall time, its peak memory.
//!
//! The process is started by a copy of this program that does nothing else ([`as_wrapper`]). So rustc can be measured
//! without the cargo around it, which takes such a copy as its `RUSTC_WRAPPER`; and the peak of a process, which the
//! system counts from its fork on, isn't that of a large parent.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::Instant;

use wait4::Wait4;

use super::median::median;
use crate::cargo;
use crate::fault::Faults;

/// The file that the copy writes what it measured to.
const USAGE: &str = "XTASK_BENCH_USAGE";
/// Names the crate whose compilation is measured. If it isn't set, any process is measured.
const CRATE: &str = "XTASK_BENCH_CRATE";

/// What a process used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Usage {
    /// Seconds of CPU time in the process itself.
    pub(super) user: f64,
    /// Seconds from start to end.
    pub(super) wall: f64,
    /// The most memory that it held at once, in bytes.
    pub(super) peak: f64,
}

impl Usage {
    /// The median of each quantity over several runs.
    pub(super) fn median(runs: &[Self]) -> Self {
        let of = |quantity: fn(&Self) -> f64| median(runs.iter().map(quantity));
        Self { user: of(|usage| usage.user), wall: of(|usage| usage.wall), peak: of(|usage| usage.peak) }
    }

    fn to_text(self) -> String {
        format!("{} {} {}", self.user, self.wall, self.peak)
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut numbers = text.split_whitespace().map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self { user: next()?, wall: next()?, peak: next()? })
    }
}

/// Runs a program and measures it.
pub(super) fn process<A: AsRef<OsStr>>(
    program: &Path,
    arguments: impl IntoIterator<Item = A>,
    scratch: &Path,
) -> Result<Usage, Faults> {
    measure(Command::new(this_program()?).arg(program).args(arguments), scratch)
}

/// Runs cargo, and measures the run of rustc that compiles the crate. The other runs of rustc aren't counted.
pub(super) fn rustc(cargo: &mut Command, name: &str, scratch: &Path) -> Result<Usage, Faults> {
    measure(cargo.env("RUSTC_WRAPPER", this_program()?).env(CRATE, name), scratch)
}

fn measure(command: &mut Command, scratch: &Path) -> Result<Usage, Faults> {
    let path = scratch.join("usage");
    // A file of an earlier run would hide that nothing was measured.
    _ = fs::remove_file(&path);
    cargo::run(command.env(USAGE, &path))?;
    let text = fs::read_to_string(&path).map_err(|cause| Faults::io("read", path.display(), &cause))?;
    Usage::from_text(&text).ok_or_else(|| Faults::new(format_args!("{}: no measurement", path.display())))
}

fn this_program() -> Result<PathBuf, Faults> {
    env::current_exe().map_err(|cause| Faults::io("find", "this program", &cause))
}

/// If this process is a copy that measures, it runs its arguments as a command, measures that command, and returns its exit
/// code.
pub(crate) fn as_wrapper() -> Option<ExitCode> {
    let usage = env::var_os(USAGE)?;
    let status = wrap(Path::new(&usage));
    Some(match status {
        Ok(status) => exit_code(status),
        Err(error) => {
            eprintln!("error: cannot measure the command: {error}");
            ExitCode::FAILURE
        }
    })
}

fn wrap(usage: &Path) -> io::Result<ExitStatus> {
    let mut arguments = env::args_os().skip(1);
    let program = arguments.next().ok_or(io::ErrorKind::InvalidInput)?;
    let arguments: Vec<OsString> = arguments.collect();
    let started = Instant::now();
    let mut child = Command::new(program).args(&arguments).env_remove(USAGE).spawn()?;
    let used = child.wait4()?;
    let measured = Usage {
        user: used.rusage.utime.as_secs_f64(),
        wall: started.elapsed().as_secs_f64(),
        peak: used.rusage.maxrss as f64,
    };
    if env::var_os(CRATE).is_none_or(|name| compiles(&arguments, &name)) {
        fs::write(usage, measured.to_text())?;
    }
    Ok(used.status)
}

/// Whether these are rustc's arguments for the crate of this name.
fn compiles(arguments: &[OsString], name: &OsStr) -> bool {
    arguments.windows(2).any(|pair| matches!(pair, [flag, value] if flag == "--crate-name" && value == name))
}

fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measurement_survives_its_file() {
        let usage = Usage { user: 1.25, wall: 2.5, peak: 1024.0 };
        assert_eq!(Usage::from_text(&usage.to_text()), Some(usage));
        assert_eq!(Usage::from_text("1 2"), None);
        assert_eq!(Usage::from_text("1 2 many"), None);
    }

    #[test]
    fn each_quantity_has_its_own_median() {
        let run = |user, wall, peak| Usage { user, wall, peak };
        let runs = [run(1.0, 9.0, 5.0), run(3.0, 7.0, 6.0), run(2.0, 8.0, 4.0)];
        assert_eq!(Usage::median(&runs), run(2.0, 8.0, 5.0));
    }

    #[test]
    fn only_the_crate_itself_is_meant() {
        let arguments = |name: &str| ["--crate-name", name, "--edition=2024"].map(OsString::from);
        assert!(compiles(&arguments("plain"), OsStr::new("plain")));
        assert!(!compiles(&arguments("serde"), OsStr::new("plain")));
        assert!(!compiles(&[OsString::from("-vV")], OsStr::new("plain")));
    }
}
