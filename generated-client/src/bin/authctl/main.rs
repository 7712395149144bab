//! `authctl` calls any operation of all services from the shell.
//!
//! It knows nothing of any single operation: the table of operations says what there is, what it takes and what of it is
//! secret. `README.md` beside this file is its manual, and `authctl --help` lists its exit codes and the variables that
//! it reads.

mod arguments;
mod calling;
mod catalog;
mod cli;
mod complete;
mod credential_file;
mod credentials;
mod describing;
mod example;
mod failed;
mod inputs;
mod listing;
mod output;
mod paging;
mod redact;
mod values;
mod variables;
mod visible;

use std::process::ExitCode;

use crate::cli::Command;
use crate::output::Fault;

fn main() -> ExitCode {
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let outcome = match cli.command {
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
