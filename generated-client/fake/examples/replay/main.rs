//! Plays exchanges that were recorded from a real server of Nhost Auth to the fake, and compares the responses:
//! `cargo run -p generated-client-fake --example replay -- FILE`.

mod compare;
mod exceptions;
mod exchange;
mod passkeys;
mod play;
mod profiles;
mod situation;

use std::error::Error;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("give the path of a file with recorded exchanges")?;
    let lines = std::fs::read_to_string(file)?;
    let played = play::all(&lines).await?;
    for (exchange, reason) in &played.excepted {
        println!("excepted {exchange}: {reason}");
    }
    for (exchange, differences) in &played.different {
        println!("different {exchange}: {}", differences.join("; "));
    }
    let (same, excepted, different) = (played.same.len(), played.excepted.len(), played.different.len());
    println!(
        "{} exchanges: {same} the same, {excepted} excepted, {different} different",
        same + excepted + different
    );
    Ok(if different == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
