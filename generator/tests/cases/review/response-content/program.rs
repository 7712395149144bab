async fn see(client: sample::Client) -> Result<sample::letters::Post, sample::Error> { client.letters().list().send().await }
