//! Lets the official Python and Node SDKs of Descope sign in at the fake:
//! `cargo run -p generated-client-fake --example official_sdks`.
//!
//! It installs them in a temporary folder from their package registries, so it needs the network, Python and Node. Every SDK has
//! a fake of its own.

use generated_client_fake::FakeDescope;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

type Failure = Box<dyn Error>;

/// The versions that are known to work; a variable of this name asks for another one.
const PYTHON: (&str, &str) = ("DESCOPE_PYTHON_SDK", "descope==2.16.0");
const NODE: (&str, &str) = ("DESCOPE_NODE_SDK", "@descope/node-sdk@2.13.0");

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let folder = tempfile::tempdir()?;
    let python = install_python(folder.path())?;
    let node = install_node(folder.path())?;
    let mut works = true;
    for mut script in [python, node] {
        let fake = FakeDescope::start().await?;
        let settings = fake.settings();
        script.env("DESCOPE_PROJECT_ID", settings.project_id).env("DESCOPE_BASE_URL", fake.url());
        script.env("DESCOPE_MANAGEMENT_KEY", settings.management_key.expose());
        let status = tokio::task::spawn_blocking(move || script.status()).await??;
        works &= status.success();
    }
    Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The package of a variable, or the usual one.
fn package((variable, usual): (&str, &str)) -> String {
    std::env::var(variable).unwrap_or_else(|_| usual.to_owned())
}

/// Installs the Python SDK, and gives the command that runs its script.
fn install_python(folder: &Path) -> Result<Command, Failure> {
    let environment = folder.join("python");
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    let program = environment.join("bin/python");
    run(Command::new(&program).args(["-m", "pip", "install", "--quiet", &package(PYTHON)]))?;
    let script = folder.join("sign_in.py");
    fs::write(&script, include_str!("sign_in.py"))?;
    let mut command = Command::new(program);
    command.arg(script);
    Ok(command)
}

/// Installs the Node SDK, and gives the command that runs its script.
fn install_node(folder: &Path) -> Result<Command, Failure> {
    let install = ["install", "--silent", "--no-audit", "--no-fund", "--prefix"];
    run(Command::new("npm").args(install).arg(folder).arg(package(NODE)))?;
    let script = folder.join("sign_in.mjs");
    fs::write(&script, include_str!("sign_in.mjs"))?;
    let mut command = Command::new("node");
    command.arg(script);
    Ok(command)
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| format!("{command:?} can't be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}
