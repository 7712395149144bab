let client = sample::Client::builder("key").build()?.with_token("token");
client.letters().list();
