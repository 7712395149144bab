let client: sample::Client<sample::Project> = sample::Client::builder("key", "badge").build()?;
