//! The command line.

use std::borrow::Cow;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use generated_client::services;

use crate::catalog::{self, Service};
use crate::output::{self, Fault};
use crate::{variables, visible};

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  the service responded with an error, which is on standard output
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

/// What the command line says; or how the program ends, if it can't be understood or asks for help.
pub(crate) fn parse() -> Result<Cli, ExitCode> {
    let mut command = command();
    let parsed = command.try_get_matches_from_mut(env::args_os());
    let parsed = parsed
        .and_then(|matches| Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command)));
    parsed.map_err(|error| end(&error))
}

/// Prints what the parser has to say. It repeats arguments as they are, so if one of them would steer a terminal, its
/// characters are shown, and the text has no colours.
fn end(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match output::print(&error.render().ansi().to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                fault.print();
                fault.code()
            }
        };
    }
    let is_steering =
        |argument: OsString| matches!(visible::text(&argument.to_string_lossy()), Cow::Owned(_));
    if env::args_os().any(is_steering) {
        output::say(error.to_string().trim_end());
    } else {
        _ = error.print();
    }
    Fault::usage("").code()
}

/// Reads the name of a service.
fn service() -> impl TypedValueParser<Value = Service> {
    PossibleValuesParser::new(catalog::names())
        .try_map(|name| catalog::service(&name).ok_or_else(|| "there is no such service".to_owned()))
}

/// Reads the name of a service where the id of an operation follows. Whoever forgets the name gives the id in its place.
#[derive(Clone)]
struct ServiceOfOperation;

impl TypedValueParser for ServiceOfOperation {
    type Value = Service;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Service, clap::Error> {
        if let Some((id, owner)) = value.to_str().and_then(|id| Some((id, catalog::owner(id)?))) {
            let (name, command_name) = (owner.spec.name, command.get_name());
            let text = format!(
                "`{id}` is an operation, and the name of its service stands before it: write `authctl {command_name} {name} \
                 {id}`"
            );
            return Err(command.clone().error(ErrorKind::InvalidValue, text));
        }
        service().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(catalog::names().into_iter().map(PossibleValue::new)))
    }
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
    #[arg(value_parser = ServiceOfOperation)]
    pub(crate) service: Service,
    /// The operation's id, as `list` prints it.
    pub(crate) operation: String,
}

#[derive(Args, Debug)]
pub(crate) struct Call {
    /// The service.
    #[arg(value_parser = ServiceOfOperation)]
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
    /// Print all items of a list that comes in pages, each as JSON on a line of its own.
    #[arg(long, conflicts_with_all = ["dry_run", "url_only", "raw", "include"])]
    pub(crate) all: bool,
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
    /// Ask for the response in another media type that the operation has, and print it as it came.
    #[arg(long, value_name = "MEDIA_TYPE", conflicts_with_all = ["all", "url_only"])]
    pub(crate) accept: Option<String>,
    /// Print the status and the headers of the response as well; a terminal gets the values of harmless headers alone.
    #[arg(long)]
    pub(crate) include: bool,
    /// Read the credential from a file that nobody else can read: it alone, or lines such as `DESCOPE_REFRESH_TOKEN=...`.
    #[arg(long, value_name = "FILE")]
    pub(crate) credential_file: Option<PathBuf>,
    /// Read the credential from the first line of standard input.
    #[arg(long, conflicts_with = "credential_file")]
    pub(crate) credential_stdin: bool,
    /// Where the service is, in place of what the environment says.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Where a server is that the operation is at in place of the service's, and that credentials may go there; `describe`
    /// names the server. It may be repeated.
    #[arg(long, value_name = "SERVER=URL", value_parser = server)]
    pub(crate) server: Vec<(String, String)>,
    /// Send credentials of the environment although `--base-url` or `--server` names another server than the environment
    /// or the service does.
    #[arg(long)]
    pub(crate) send_environment_credentials: bool,
    /// Allow plain HTTP to other machines, which shows credentials to the network.
    #[arg(long)]
    pub(crate) allow_insecure_http: bool,
    /// Accept redirects to the app whose URLs have this scheme, such as `com.example.app`; it may be repeated.
    #[arg(long, value_name = "SCHEME")]
    pub(crate) app_scheme: Vec<String>,
    /// Send this header as well; the option may be repeated for another header. `NAME=@file` and `NAME=-` are those of the
    /// arguments.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) header: Vec<String>,
    /// How many bytes the body of a successful response may have [default: 8388608].
    #[arg(long, value_name = "BYTES", value_parser = bytes, allow_negative_numbers = true)]
    pub(crate) max_body: Option<usize>,
    /// How many bytes of the body of an error response are read [default: 65536].
    #[arg(long, value_name = "BYTES", value_parser = bytes, allow_negative_numbers = true)]
    pub(crate) max_error_body: Option<usize>,
    /// How long connecting may take, in seconds [default: 10].
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) connect_timeout: Option<Duration>,
    /// How long the call may take with all its attempts, in seconds [default: 60].
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) timeout: Option<Duration>,
    /// How long each attempt may take, in seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) attempt_timeout: Option<Duration>,
    /// How often the request may be sent again where that does no harm [default: 2].
    #[arg(long, value_name = "TIMES", value_parser = times, allow_negative_numbers = true)]
    pub(crate) retries: Option<u32>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let seconds = seconds.filter(|duration| !duration.is_zero());
    seconds.ok_or_else(|| "it has to be a number of seconds above 0, such as 10 or 0.5".to_owned())
}

/// The URL that the service names for a server, and the one that it is at.
fn server(text: &str) -> Result<(String, String), String> {
    let (server, url) =
        text.split_once('=').ok_or("it has to be `SERVER=URL`, with the URL that `describe` shows first")?;
    Ok((server.to_owned(), url.to_owned()))
}

fn bytes(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "it has to be a number of bytes, such as 65536".to_owned())
}

fn times(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| "it has to be a whole number from 0 on, such as 2; 0 sends the request once".to_owned())
}
