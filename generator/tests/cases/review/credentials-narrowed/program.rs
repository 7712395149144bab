let client = sample::Client::builder("key").build()?.with_token("token");
let call = client.with_badge("t").boxes().open("b1", "left", "k1", "front");
