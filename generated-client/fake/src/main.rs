//! Serves the fakes until it is stopped, and prints the variables that lead clients to them.

use generated_client_fake::{DescopeSettings, FakeDescope, FakeNhost, NhostSettings};
use std::io;
use std::process::ExitCode;

const HELP: &str = "\
Serves the authentication services as fakes on loopback, until it is stopped.

Usage: fake-services [--descope-port PORT] [--nhost-port PORT]

  --descope-port PORT  the port of Descope; a free one if it is left out
  --nhost-port PORT    the port of Nhost Auth; a free one if it is left out
  --help               this text

It prints the variables that `authctl` and applications read. Messages are on the page /_fake of each server.
";

#[tokio::main]
async fn main() -> ExitCode {
    match run(std::env::args().skip(1)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fake-services: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: impl Iterator<Item = String>) -> io::Result<()> {
    let Some(ports) = ports(arguments)? else {
        print!("{HELP}");
        return Ok(());
    };
    let descope = FakeDescope::at(DescopeSettings::default(), ports.descope).await?;
    let settings = descope.settings();
    println!("export DESCOPE_PROJECT_ID={}", settings.project_id);
    println!("export DESCOPE_BASE_URL={}", descope.url());
    println!("export DESCOPE_MANAGEMENT_PROJECT_ID={}", settings.project_id);
    println!("export DESCOPE_MANAGEMENT_KEY={}", settings.management_key.expose());
    println!("export DESCOPE_MANAGEMENT_BASE_URL={}", descope.url());
    eprintln!("Messages of Descope: {}/_fake", descope.url());
    let nhost = FakeNhost::at(NhostSettings::default(), ports.nhost).await?;
    println!("export NHOST_BASE_URL={}", nhost.url());
    eprintln!("Messages of Nhost Auth: {}/_fake", nhost.url());
    eprintln!("Stop with Ctrl-C.");
    tokio::signal::ctrl_c().await
}

#[derive(Default)]
struct Ports {
    descope: u16,
    nhost: u16,
}

/// The ports, or nothing if the help is wanted.
fn ports(mut arguments: impl Iterator<Item = String>) -> io::Result<Option<Ports>> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidInput, format!("{why}; see --help"));
    let mut ports = Ports::default();
    while let Some(argument) = arguments.next() {
        let port = match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--descope-port" => &mut ports.descope,
            "--nhost-port" => &mut ports.nhost,
            other => return Err(wrong(format!("there is no argument {other}"))),
        };
        let value = arguments.next().ok_or_else(|| wrong(format!("{argument} needs a port")))?;
        *port = value.parse().map_err(|_| wrong(format!("{value} is no port")))?;
    }
    Ok(Some(ports))
}
