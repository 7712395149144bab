let client = sample::Client::builder("key").build()?.with_token("token");
client.with_token("t").letters().burn();
