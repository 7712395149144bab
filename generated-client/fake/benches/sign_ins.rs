//! How many users the fake signs in each second, one after another and eight at once, through the client.

use generated_client::nhost::Client;
use generated_client_fake::{FakeNhost, NhostUser};
use std::error::Error;
use std::time::{Duration, Instant};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "Str0ngPassw#ord-94|%";

/// How long each way is measured.
const TIME: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let fake = FakeNhost::start().await?;
    println!("a start with a new key: {} ms", started.elapsed().as_millis());
    fake.add_user(NhostUser::with_password(EMAIL, PASSWORD));
    let client = fake.client()?;
    for at_once in [1, 8] {
        let started = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..at_once {
            tasks.spawn(sign_ins(client.clone()));
        }
        let mut count = 0;
        for done in tasks.join_all().await {
            count += done?;
        }
        let per_second = f64::from(count) / started.elapsed().as_secs_f64();
        println!("sign-ins with a password, {at_once} at once: {per_second:.0} each second");
    }
    Ok(())
}

/// Signs in again and again, and gives how often.
async fn sign_ins(client: Client) -> Result<u32, generated_client::nhost::Error> {
    let (started, mut count) = (Instant::now(), 0);
    while started.elapsed() < TIME {
        client.signin().email_password(EMAIL, PASSWORD).send().await?;
        count += 1;
    }
    Ok(count)
}
