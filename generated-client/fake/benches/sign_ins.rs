//! How many users the fake signs in each second, one after another and eight at once, through the client.

use generated_client::{descope, nhost};
use generated_client_fake::{FakeDescope, FakeNhost, NhostUser};
use std::error::Error;
use std::time::{Duration, Instant};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "Str0ngPassw#ord-94|%";

/// How long each way is measured.
const TIME: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let nhost = FakeNhost::start().await?;
    println!("a start with a new key: {} ms", started.elapsed().as_millis());
    nhost.add_user(NhostUser::with_password(EMAIL, PASSWORD));
    let client = nhost.client()?;
    measure("Nhost", || sign_in_at_nhost(client.clone())).await?;
    let descope = FakeDescope::start().await?;
    let client = descope.client()?;
    client.password().sign_up(EMAIL, PASSWORD).send().await?;
    measure("Descope", || sign_in_at_descope(client.clone())).await?;
    Ok(())
}

/// Signs in again and again, and prints how often it was done in a second.
async fn measure<F, E>(service: &str, sign_in: impl Fn() -> F) -> Result<(), E>
where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Send + 'static,
{
    for at_once in [1, 8] {
        let (started, mut count) = (Instant::now(), 0);
        while started.elapsed() < TIME {
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..at_once {
                tasks.spawn(sign_in());
            }
            for done in tasks.join_all().await {
                done?;
                count += 1;
            }
        }
        let per_second = f64::from(count) / started.elapsed().as_secs_f64();
        println!("{service}: sign-ins with a password, {at_once} at once: {per_second:.0} each second");
    }
    Ok(())
}

async fn sign_in_at_nhost(client: nhost::Client) -> Result<(), nhost::Error> {
    client.signin().email_password(EMAIL, PASSWORD).send().await.map(drop)
}

async fn sign_in_at_descope(client: descope::Client) -> Result<(), descope::Error> {
    client.password().sign_in(EMAIL, PASSWORD).send().await.map(drop)
}
