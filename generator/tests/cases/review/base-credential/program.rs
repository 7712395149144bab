let client: sample::Client = sample::Client::builder("key").build()?; fn see(it: sample::Client<sample::Project>) {}
