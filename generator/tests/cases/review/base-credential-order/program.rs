let client: sample::Client = sample::Client::builder("key", "badge").build()?;
