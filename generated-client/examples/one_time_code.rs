//! Signs a user in by a code that is sent by email, and tells what went wrong in words for users.
//!
//! Set `DESCOPE_PROJECT_ID` to the ID of your project, which begins with `P`. Then run:
//!
//! ```sh
//! cargo run --example one_time_code
//! ```

use generated_client::descope;
use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let descope = descope::Client::builder(project).build()?;

    let email = ask("email address")?;
    // This sends a message, so the client never repeats it by itself once it may have arrived.
    let sent = descope.otp().sign_up_or_in_email(&email).send().await?;
    println!("A code is on its way to {}.", sent.masked_email.as_deref().unwrap_or(&email));

    loop {
        let code = ask("code")?;
        match descope.otp().verify_email(&email, code).send().await {
            Ok(session) => {
                let is_new = session.first_seen.unwrap_or_default();
                println!("{}", if is_new { "Welcome!" } else { "Welcome back!" });
                return Ok(());
            }
            Err(error) if error.is_wrong_code() => println!("This code is wrong. Please look again."),
            Err(error) if error.is_expired() || error.is_out_of_attempts() => {
                println!("This code can't be used any more. Here comes another one.");
                descope.otp().sign_up_or_in_email(&email).send().await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn ask(what: &str) -> io::Result<String> {
    print!("{what}: ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
