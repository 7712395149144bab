//! Serves the fakes until it is stopped, and prints the variables that lead clients to them.

use generated_client_fake::{FakeNhost, NhostSettings};
use std::io;
use std::process::ExitCode;

const HELP: &str = "\
Serves the authentication services as fakes on loopback, until it is stopped.

Usage: fake-services [--nhost-port PORT]

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
    let nhost = FakeNhost::at(NhostSettings::default(), ports.nhost).await?;
    println!("export NHOST_BASE_URL={}", nhost.url());
    eprintln!("Messages of Nhost Auth: {}/_fake", nhost.url());
    eprintln!("Stop with Ctrl-C.");
    tokio::signal::ctrl_c().await
}

#[derive(Default)]
struct Ports {
    nhost: u16,
}

/// The ports, or nothing if the help is wanted.
fn ports(mut arguments: impl Iterator<Item = String>) -> io::Result<Option<Ports>> {
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidInput, format!("{why}; see --help"));
    let mut ports = Ports::default();
    while let Some(argument) = arguments.next() {
        let port = match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--nhost-port" => &mut ports.nhost,
            other => return Err(wrong(format!("there is no argument {other}"))),
        };
        let value = arguments.next().ok_or_else(|| wrong(format!("{argument} needs a port")))?;
        *port = value.parse().map_err(|_| wrong(format!("{value} is no port")))?;
    }
    Ok(Some(ports))
}
