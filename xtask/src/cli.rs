//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::bundle::Notation;
use crate::compare::Comparing;
use crate::findings::Format;
use crate::semver;

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
        /// How faults are printed.
        ///
        /// With `json`, each fault is an object on a line of its own, with the keys `file`, `line`, `column`, `rule`,
        /// `message` and `help`. The first three are null where a fault has no place. generator/FAULTS.md lists the
        /// rules; a file that is out of date is `out-of-date`, and any other trouble with files is `workspace`.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Make one OpenAPI document of a service's files, for viewers, mock servers and other tools.
    ///
    /// Every file of the spec has to be without faults.
    Bundle {
        /// The service, which is a folder in spec/.
        #[arg(value_name = "SERVICE")]
        service: String,
        /// The format of the document.
        #[arg(long, value_enum, default_value_t)]
        format: Notation,
        /// The file to write; left out, the document is printed.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Compare the spec with the vendor's own OpenAPI document.
    ///
    /// What only one of the two has is a finding, down to members and types, unless `differences.yaml` of the service
    /// accepts it with a reason. Each finding fails it. generator/DRIFT.md lists the kinds.
    Drift {
        /// The document, in YAML or JSON; give all documents that the vendor has of a service.
        #[arg(long, value_name = "FILE", required = true)]
        vendor: Vec<PathBuf>,
        /// The service; left out, those services most of whose operations are in the documents.
        #[arg(long, value_name = "SERVICE")]
        service: Option<String>,
        /// How the findings are printed, as `regen` prints faults.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Make a service of a public OpenAPI document.
    ///
    /// Writes a folder in spec/: openapi.yaml, a file for each group of operations, and common.yaml. What can be mended in the
    /// document is mended and printed with its place. The service is marked with `x-imported: true`, so that it can be
    /// generated at once and curated later. An import over an earlier one keeps what was edited since.
    Import {
        /// The name of the service, which becomes its folder in spec/.
        #[arg(value_name = "NAME")]
        service: String,
        /// The document, in YAML or JSON; what it refers to in files of its folder and below is read, too.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
        /// Print each place, in place of the first of each kind.
        #[arg(long)]
        all: bool,
    },
    /// Look for what a reviewer of the spec would ask for, beyond what `regen` demands.
    ///
    /// Each finding fails it. generator/LINTS.md lists the rules; `x-lint-allow` in the spec says where one doesn't
    /// apply, and why.
    Lint {
        /// The service, which is a folder in spec/; left out, all services.
        #[arg(value_name = "SERVICE")]
        service: Option<String>,
        /// A group of the service, or another of its files without the ending, such as `common`; left out, all of it.
        #[arg(value_name = "GROUP", requires = "service")]
        group: Option<String>,
        /// How the findings are printed, as `regen` prints faults.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Tell what two versions of the spec make different for callers of the client.
    ///
    /// Each change has the line of the spec before and after, the Rust items that it adds, changes or removes, what it
    /// means for callers and on the wire, and the least bump of the version. generator/REVIEW.md lists all kinds of
    /// changes. A change of the generated code that no change of the spec explains fails the task.
    Diff(Comparing),
    /// Write what changed since a version into the part `Unreleased` of the client's changelog.
    Changelog {
        /// The old version: a revision of git, such as the tag of the last release, or a folder; the merge base with the
        /// default branch if left out.
        old: Option<String>,
    },
    /// Compare the verdicts of `diff` on two versions with those of cargo-semver-checks.
    ///
    /// It prints the breaking changes that both tell, and the reason for each that only one tells; a difference without a
    /// reason fails it. cargo-semver-checks has to be installed: `cargo install cargo-semver-checks --locked`. Everything
    /// that is written is under target/semver/.
    Semver(semver::Comparing),
    /// Drive the example application in Chromium: every way of signing in, with fakes of both services.
    ///
    /// On Debian, it installs Chromium where that is missing, if it runs as root. The pictures of all pages are left in
    /// target/browser/.
    Browser {
        /// Where Chromium can't be had, say so and succeed.
        #[arg(long)]
        if_available: bool,
    },
    /// Compile the client with each feature alone, with none, the default and all.
    ///
    /// A warning fails it. On Linux, native-tls is left out where OpenSSL isn't installed.
    Features,
    /// Edit specs at random, and count what the generator says of them.
    ///
    /// The cases of the generator and the specs of the repository are edited. A panic, a fault without a
    /// place and code that does not compile fail it; the documents are left in target/mutants/failed/.
    Mutate(Mutating),
    /// Measure what generating and compiling cost, against plain progenitor.
    ///
    /// Both sides run in turns, on our own spec and on a synthetic one of 459 operations; compare the ratios.
    /// Everything that it writes is under target/bench/.
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Generate, process to process.
    Generate {
        #[command(flatten)]
        measuring: Measuring,
        /// Let rustfmt format what progenitor gives, as its own program does, in place of prettyplease.
        #[arg(long)]
        rustfmt: bool,
    },
    /// Compile what was generated: rustc alone, dev profile, not incremental, dependencies built.
    Compile {
        #[command(flatten)]
        measuring: Measuring,
        /// The features that our side is compiled with, such as `descope,rustls`; all if left out.
        #[arg(long, value_name = "LIST", value_delimiter = ',')]
        features: Option<Vec<String>>,
    },
    /// Generate from documents of one pattern, such as a chain of references, and show what each schema costs.
    ///
    /// Plain progenitor isn't measured: most of these documents make it panic.
    Patterns {
        /// How many schemas the documents have.
        #[arg(long, value_name = "SIZES", value_delimiter = ',', value_parser = at_least_one)]
        #[arg(default_value = "100,1000,5000,20000")]
        sizes: Vec<usize>,
    },
    /// One pattern, once.
    #[command(hide = true)]
    Pattern { name: String, size: usize, outcome: PathBuf },
    /// Our side of `generate`, once.
    #[command(hide = true)]
    Ours { input: PathBuf, output: PathBuf },
    /// The other side of `generate`, once.
    #[command(hide = true)]
    Plain {
        input: PathBuf,
        output: PathBuf,
        #[arg(long)]
        rustfmt: bool,
    },
}

/// Which mutants to make.
#[derive(Args, Debug)]
pub(crate) struct Mutating {
    /// How many mutants to make.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    pub(crate) count: u64,
    /// The number of the first mutant; each number makes the same one every time.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// Compile what was generated from the accepted ones.
    #[arg(long)]
    pub(crate) compile: bool,
}

/// What to measure, and how often.
#[derive(Args, Debug)]
pub(crate) struct Measuring {
    /// How often each side runs; the medians are shown.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
    pub(crate) runs: usize,
    /// Measure synthetic specs of these many operations instead, and show how the cost grows.
    #[arg(long, value_name = "SIZES", value_delimiter = ',', value_parser = at_least_one)]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "50,459,2000")]
    pub(crate) growth: Option<Vec<usize>>,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be 1 or more".to_owned()),
        Ok(number) => Ok(number),
        Err(error) => Err(error.to_string()),
    }
}
