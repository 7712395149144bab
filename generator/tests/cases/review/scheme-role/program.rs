let client = sample::Client::builder("key").build()?.with_badge("badge");
