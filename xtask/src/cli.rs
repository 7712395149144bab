//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The project's tasks.
///
/// Exit codes: 0 where all is well, 1 where something is wrong with the spec, with a file or with
/// the checked-in code, 2 where the command line is.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", max_term_width = 100)]
pub(crate) struct Cli {
    /// The repository to work on.
    ///
    /// Left out, it is the one that the current folder lies in.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) root: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) task: Option<Task>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Regenerate the client from spec/.
    ///
    /// Reads every spec/**/*.yaml, writes the files under generated-client/src/ that change and
    /// the features block of generated-client/Cargo.toml, and removes generated files that nothing
    /// generates any more. Where the spec has a fault, all faults are printed and no file is
    /// touched.
    Regen {
        /// Write nothing; show what would change and fail if anything would.
        #[arg(long)]
        check: bool,
    },
}
