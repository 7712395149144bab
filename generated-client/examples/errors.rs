//! What an application can do about each kind of failure.
//!
//! Set `DESCOPE_PROJECT_ID` to the ID of your project, which begins with `P`. Then run this, once with a right ID, once with a
//! wrong one, and once without a network:
//!
//! ```sh
//! cargo run --example errors
//! ```

use generated_client::descope;
use generated_client::runtime::ErrorKind;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let project = std::env::var("DESCOPE_PROJECT_ID")
        .map_err(|_| "set DESCOPE_PROJECT_ID to the ID of your project")?;
    let descope = descope::Client::builder(project).build()?;

    // No user has this code, so the call fails, whatever is set.
    if let Err(error) = descope.otp().verify_email("ada@example.com", "000000").send().await {
        // One line for the log: the operation, what happened, status and code. It holds no secret.
        eprintln!("{error}");
        println!("for the user: {}", for_the_user(&error));
        println!("for the program: {}", for_the_program(&error));
    }
    Ok(())
}

/// The questions to an error say what it means, whichever code the service has for it.
fn for_the_user(error: &descope::Error) -> &'static str {
    if error.is_wrong_code() {
        "This code is wrong. Please look again."
    } else if error.is_expired() || error.is_out_of_attempts() {
        "This code can't be used any more. Please have another one sent."
    } else if error.is_user_not_found() {
        "We don't know this email address."
    } else if error.is_rate_limited() {
        "That was too often. Please wait a moment."
    } else {
        "Something went wrong on our side. Please try again later."
    }
}

fn for_the_program(error: &descope::Error) -> String {
    match error.kind() {
        // The client has sent it again as often as it may. Calling once more does no harm.
        _ if error.may_retry() => match error.retry_after() {
            Some(pause) => format!("try again in {} s", pause.as_secs()),
            None => "try again later".to_owned(),
        },
        ErrorKind::InvalidRequest(request) => {
            format!("correct the call: {} {}", request.what(), request.why())
        }
        ErrorKind::Api(api) => format!("the service said {}", api.status()),
        // The code may have been used up, so nobody knows whether the user is signed in.
        ErrorKind::Transport(_) => "begin the sign-in again".to_owned(),
        _ => "report a fault of this client: the response can't be read".to_owned(),
    }
}
