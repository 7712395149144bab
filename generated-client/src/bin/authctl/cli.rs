//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

const AFTER_HELP: &str = "\
Environment:
  DESCOPE_PROJECT_ID           the project; every call to Descope needs it
  DESCOPE_REFRESH_TOKEN        the refresh JWT of a signed-in user
  DESCOPE_SESSION_TOKEN        the session JWT of a signed-in user
  DESCOPE_ACCESS_KEY           an access key
  DESCOPE_MANAGEMENT_KEY       a management key
  DESCOPE_AUTH_MANAGEMENT_KEY  the key that is sent beside them where public use is switched off
  DESCOPE_BASE_URL             where Descope is, in place of the region that the project names
  NHOST_BASE_URL               where Nhost Auth is; every call to it needs it
  NHOST_ACCESS_TOKEN           the access token of a signed-in user
  NO_COLOR                     switches colours off

Exit codes:
  0  success
  1  the service answered with an error, which is on standard output
  2  the command line, an argument or a credential is at fault; nothing was sent
  3  there was no response, not all of it, or none that can be read";

/// Calls any operation of Descope and Nhost Auth.
#[derive(Debug, Parser)]
#[command(name = "authctl", version, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Service {
    Descope,
    Nhost,
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
    pub(crate) service: Service,
    /// The operation's id, as `list` prints it.
    pub(crate) operation: String,
}

#[derive(Args, Debug)]
pub(crate) struct Call {
    /// The service.
    pub(crate) service: Service,
    /// The operation's id, as `list` prints it.
    pub(crate) operation: String,
    /// Parameters and members of the body by their API names.
    ///
    /// Lists are given by repeating the name, objects as JSON. `name=@file` takes the value from a file, `name=-` from
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
