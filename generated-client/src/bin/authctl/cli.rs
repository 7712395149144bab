//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use generated_client::services;

use crate::catalog::{self, Service};
use crate::variables;

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  the service answered with an error, which is on standard output
  2  the command line, an argument or a credential is at fault; nothing was sent
  3  there was no response, not all of it, or none that can be read";

#[derive(Debug, Parser)]
#[command(name = "authctl", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The command line with what it says of the services.
pub(crate) fn command() -> clap::Command {
    let titles: Vec<&str> = services().iter().map(|service| service.spec.title).collect();
    let about = format!("Calls any operation of {}.", titles.join(" and "));
    let help = format!("Environment:\n{}\n{EXIT_CODES}", variables::help());
    Cli::command().about(about).after_help(help)
}

/// What the command line says. If it can't be understood, the program ends here.
pub(crate) fn parse() -> Cli {
    let mut command = command();
    let matches = command.get_matches_mut();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
}

/// Reads the name of a service.
fn service() -> impl TypedValueParser<Value = Service> {
    let unknown = || "there is no such service".to_owned();
    PossibleValuesParser::new(catalog::names())
        .try_map(move |name| catalog::service(&name).ok_or_else(unknown))
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the operations.
    List(List),
    /// Tell what an operation takes and gives.
    Describe(Describe),
    /// Call an operation.
    Call(Box<Call>),
    /// Print the script that completes command lines in a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print what a word may become; the scripts ask for it.
    #[command(hide = true)]
    Complete {
        /// The words after the program's name, the unfinished one last.
        #[arg(last = true)]
        words: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// Only those of this service.
    #[arg(value_parser = service())]
    pub(crate) service: Option<Service>,
    /// Only those of this group of it.
    pub(crate) group: Option<String>,
    /// Print JSON, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Describe {
    /// The service.
    #[arg(value_parser = service())]
    pub(crate) service: Service,
    /// The operation's id, as `list` prints it.
    pub(crate) operation: String,
}

#[derive(Args, Debug)]
pub(crate) struct Call {
    /// The service.
    #[arg(value_parser = service())]
    pub(crate) service: Service,
    /// The operation's id, as `list` prints it.
    pub(crate) operation: String,
    /// Parameters and members of the body by their API names. A parameter also goes by its place and name, as in
    /// `query.locale`, and only by that if the body has a member of the same name.
    ///
    /// Lists are given by repeating the name, objects as JSON, an empty list as `name=[]`. Where the API takes null,
    /// `name=null` is null. `name=@file` takes the value from a file, `name=-` from
    /// a line of standard input: other users of this machine can see a secret that stands here. A value that begins
    /// with `@` is given with a second one: `name=@@value`.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) arguments: Vec<String>,
    /// The whole body as JSON; `@file` takes it from a file, `-` from standard input.
    #[arg(long, value_name = "JSON", allow_hyphen_values = true)]
    pub(crate) body: Option<String>,
    /// Print the request, with its secrets left out, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the URL for a browser, and send nothing; for operations that redirect.
    #[arg(long, conflicts_with_all = ["dry_run", "body"])]
    pub(crate) url_only: bool,
    /// Print secrets, in a dry run and on a terminal. What goes to a file or a pipe has its secrets always.
    #[arg(long)]
    pub(crate) show_secrets: bool,
    /// Print the body of the response as it came.
    #[arg(long)]
    pub(crate) raw: bool,
    /// Print the status and the headers of the response as well.
    #[arg(long)]
    pub(crate) include: bool,
    /// Read the credential from a file: it alone, or lines such as `DESCOPE_REFRESH_TOKEN=...`.
    #[arg(long, value_name = "FILE")]
    pub(crate) credential_file: Option<PathBuf>,
    /// Read the credential from the first line of standard input.
    #[arg(long, conflicts_with = "credential_file")]
    pub(crate) credential_stdin: bool,
    /// Where the service is, in place of what the environment says.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Allow plain HTTP to other machines, which shows credentials to the network.
    #[arg(long)]
    pub(crate) allow_insecure_http: bool,
    /// How long the call may take with all its attempts, in seconds [default: 60].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: Option<Duration>,
    /// How long each attempt may take, in seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) attempt_timeout: Option<Duration>,
    /// How often the request may be sent again where that does no harm [default: 2].
    #[arg(long, value_name = "TIMES")]
    pub(crate) retries: Option<u32>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is no number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("it has to be more than nothing, and less than forever".to_owned()),
    }
}
