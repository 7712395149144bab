//! Signs a user of Nhost Auth in by password and, where the account has one, by an authenticator app.
//!
//! Set `NHOST_BASE_URL` to the URL of your project's Auth service, such as
//! `https://abc.auth.eu-central-1.nhost.run/v1`, and `EMAIL` and `PASSWORD` to those of a user. Then run:
//!
//! ```sh
//! cargo run --example password_with_second_factor
//! ```

use generated_client::nhost::{self, signin::SignInResponse};
use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let nhost = nhost::Client::builder(&variable("NHOST_BASE_URL")?).build()?;

    let signed_in = nhost.signin().email_password(variable("EMAIL")?, variable("PASSWORD")?).send().await;
    let response = match signed_in {
        Err(error) if error.is_wrong_password() => {
            return Err("The email address or the password is wrong.".into());
        }
        Err(error) if error.is_unverified() => return Err("Please open the link in our email first.".into()),
        response => response?,
    };

    let session = match response {
        SignInResponse::SignedIn(signed_in) => signed_in.session,
        SignInResponse::SecondFactorNeeded(needed) => {
            let code = ask("code of the authenticator app")?;
            // The ticket works once, whether the code is right or wrong.
            nhost.signin().mfa_totp(needed.mfa.ticket, code).send().await?.session
        }
        other => {
            return Err(format!("this version of the client doesn't know the response: {other:?}").into());
        }
    };

    let user = nhost.with_access_token(session.access_token).user().get().send().await?;
    println!("{} is signed in", user.display_name);
    Ok(())
}

fn variable(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("set {name}; the head of this example says to what"))
}

fn ask(what: &str) -> io::Result<String> {
    print!("{what}: ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
