let client: sample::Client = sample::Client::builder("key").build()?;
