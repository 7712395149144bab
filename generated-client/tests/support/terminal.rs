//! Runs the program `authctl` on a terminal of its own.

use std::io::{Read, Write};
use std::process::Stdio;

use pty_process::blocking::{Command, open};
use rustix::termios::{LocalModes, tcgetattr};

/// What a run on a terminal printed, and what it exited with.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) code: Option<i32>,
    /// All that the terminal got, by either way.
    pub(crate) text: String,
    /// What went to the other way, if one is no terminal.
    pub(crate) piped: String,
}

/// Which of the ways out lead to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ways {
    Both,
    Output,
    Errors,
}

/// Runs the program with this environment, and types `typed` when it asks for something.
pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)], typed: &str, ways: Ways) -> Shown {
    let (mut terminal, end) = open().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_authctl")).args(arguments).env_clear();
    command = command.envs(environment.iter().copied()).env("NO_COLOR", "1");
    command = match ways {
        Ways::Both => command,
        Ways::Output => command.stderr(Stdio::piped()),
        Ways::Errors => command.stdout(Stdio::piped()),
    };
    let mut child = command.spawn(end).unwrap();
    let mut bytes = Vec::new();
    if !typed.is_empty() {
        // What is typed too early would be shown, by the terminal and not by the program.
        read_until(&mut terminal, &mut bytes, b": ");
        let is_shown = || tcgetattr(&terminal).unwrap().local_modes.contains(LocalModes::ECHO);
        while is_shown() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // A program that has ended reads nothing.
        _ = terminal.write_all(typed.as_bytes());
    }
    // When the program has ended, reading fails.
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = terminal.read(&mut chunk) {
        bytes.extend(&chunk[..count]);
    }
    let mut piped = String::new();
    if let Some(mut errors) = child.stderr.take() {
        errors.read_to_string(&mut piped).unwrap();
    }
    if let Some(mut output) = child.stdout.take() {
        output.read_to_string(&mut piped).unwrap();
    }
    let code = child.wait().unwrap().code();
    Shown { code, text: String::from_utf8_lossy(&bytes).replace("\r\n", "\n"), piped }
}

fn read_until(terminal: &mut impl Read, bytes: &mut Vec<u8>, end: &[u8]) {
    let mut byte = [0];
    while !bytes.ends_with(end) && matches!(terminal.read(&mut byte), Ok(1)) {
        bytes.extend(byte);
    }
}
