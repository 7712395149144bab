//! Signs a user in by a link that may be opened on another device, and waits for it here.
//!
//! Set `DESCOPE_PROJECT_ID` to the ID of your project, which begins with `P`, and `EMAIL` to your own address. Then run:
//!
//! ```sh
//! cargo run --example enchanted_link --features sessions
//! ```

use generated_client::descope;
use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let email = std::env::var("EMAIL").map_err(|_| "set EMAIL to your email address")?;
    let descope = descope::Client::builder(project).build()?;

    let started = descope
        .enchanted_link()
        .sign_up_or_in_email(email)
        .redirect_url("https://app.example.com/verify")
        .send()
        .await?;
    println!(
        "Open link {} of the message. The page that it leads to has to verify its token.",
        started.link_id
    );

    // `pending_ref` is as secret as the session that it stands for: it stays in the backend. Dropping the wait ends it.
    let wait =
        descope.enchanted_link().wait_for_session(started.pending_ref).timeout(Duration::from_secs(120));
    let session = wait.await?;
    println!("{} is signed in", session.user.and_then(|user| user.name).unwrap_or_default());
    Ok(())
}
