let client = sample::Client::builder("key").build()?;
let post = client.letters().list().send().await?;
