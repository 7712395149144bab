let client = sample::Client::builder("key").build()?.with_token("token");
client.notes().list();
