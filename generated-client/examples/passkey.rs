//! Signs a user in with a passkey. The browser's part is done by hand here, in the console of its developer tools.
//!
//! Set `DESCOPE_PROJECT_ID` to the ID of your project, which begins with `P`, and `ORIGIN` to the origin of your site, such as
//! `https://app.example.com`, for which the project allows passkeys. Then run:
//!
//! ```sh
//! cargo run --example passkey
//! ```

use generated_client::JsonText;
use generated_client::descope::{self, webauthn::WebauthnCredential};
use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let origin = std::env::var("ORIGIN").map_err(|_| "set ORIGIN to the origin of your site")?;
    let descope = descope::Client::builder(project).build()?;

    // Without a login ID, the passkey that the user chooses says who they are.
    let started = descope.webauthn().sign_in_start(origin).send().await?;

    // An app sends the options to its page as they are: they are JSON already.
    let options = started.options.as_str();
    println!("Run this on a page of the site, and paste what it prints:\n");
    println!("  const options = PublicKeyCredential.parseRequestOptionsFromJSON({options}.publicKey);");
    println!("  JSON.stringify(await navigator.credentials.get({{publicKey: options}}))\n");

    // The page sends back what the browser made. Read it as the type that the service wants, so that a broken one is told
    // from one that the service refuses; members that aren't listed are kept.
    let credential: WebauthnCredential = serde_json::from_str(&ask("credential")?)?;
    let credential = JsonText::from(&credential);
    let session = descope.webauthn().sign_in_finish(started.transaction_id, credential).send().await?;
    println!("{} is signed in", session.user.and_then(|user| user.name).unwrap_or_default());
    Ok(())
}

fn ask(what: &str) -> io::Result<String> {
    print!("{what}: ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
