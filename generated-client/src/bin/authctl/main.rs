//! `authctl` calls any operation of Descope and Nhost Auth from the shell.
//!
//! It knows nothing of any single operation: the table of operations says what there is, what it takes and what of it is
//! secret. `README.md` beside this file is its manual, and `authctl --help` lists its exit codes and the variables that
//! it reads.

mod arguments;
mod caller;
mod calling;
mod catalog;
mod cli;
mod complete;
mod credentials;
mod describing;
mod example;
mod inputs;
mod listing;
mod output;
mod redact;
mod values;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::output::Fault;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::List(wanted) => listing::run(&wanted),
        Command::Describe(wanted) => describing::run(&wanted),
        Command::Call(call) => calling::run(&call),
        Command::Completions { shell } => complete::script(shell),
        Command::Complete { words } => complete::run(&words),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            fault.print();
            fault.code()
        }
    }
}

/// What a command comes to.
type Outcome = Result<(), Fault>;
