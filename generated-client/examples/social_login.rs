//! Social login in a terminal: opens no server, and asks for the code that the browser comes back with.
//!
//! Set `DESCOPE_PROJECT_ID` to the ID of your project, which begins with `P`, and allow
//! `https://app.example.com/callback` in the project's settings of social login. Then run:
//!
//! ```sh
//! cargo run --example social_login
//! ```

use generated_client::descope::{self, oauth::OauthProvider};
use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let descope = descope::Client::builder(project).build()?;

    let started = descope
        .oauth()
        .authorize(OauthProvider::Google)
        .redirect_url("https://app.example.com/callback")
        .send()
        .await?;
    println!(
        "Open this page, sign in, and copy the parameter `code` of the page that you are sent to:\n{}",
        started.url
    );

    // In an app, the callback's handler reads the code from the query.
    let code = ask("code")?;
    let session = descope.oauth().exchange(code).send().await?;

    // The operations of signed-in users exist on a client that carries the refresh token.
    let user = descope.with_refresh_token(session.refresh_jwt).session().me().send().await?;
    println!("{} is signed in", user.name.as_deref().unwrap_or("Somebody without a name"));
    Ok(())
}

fn ask(what: &str) -> io::Result<String> {
    print!("{what}: ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
