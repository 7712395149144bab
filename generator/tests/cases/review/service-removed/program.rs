let client = other::Client::builder("key").build()?;
