//! Plays requests that were recorded from an official SDK of Descope to the fake:
//! `cargo run -p generated-client-fake --example descope_requests -- FILE`.
//!
//! Each line of the file is a request: `{"method", "path", "raw_query", "headers", "raw_body", "call"}`. The tokens of
//! users and the access keys in it are placeholders, and are replaced by real ones. Each request goes to a fake of its own,
//! where there are the user, the roles, the permissions and the tenants that it names. A request is accepted if it is
//! answered with 200, in the form that the spec describes, or if it is refused for a value that the recording made up, such
//! as a code that was never sent.

mod play;
mod shape;

use play::{Failure, Outcome, play, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let file = std::env::args().nth(1).ok_or("give the path of a file with recorded requests")?;
    let lines = std::fs::read_to_string(file)?;
    let mut counted: BTreeMap<Outcome, Vec<String>> = BTreeMap::new();
    for line in lines.lines() {
        let request: Value = serde_json::from_str(line)?;
        let outcome = play(&request).await?;
        let name =
            format!("{} {} ({})", text(&request, "method"), text(&request, "path"), text(&request, "call"));
        counted.entry(outcome).or_default().push(name);
    }
    let mut refused = false;
    for (outcome, names) in &counted {
        println!("{:4} {outcome:?}", names.len());
        if !matches!(outcome, Outcome::Done) {
            refused |= matches!(outcome, Outcome::Refused(_) | Outcome::Different(_));
            names.iter().for_each(|name| println!("       {name}"));
        }
    }
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
