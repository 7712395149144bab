let client = sample::Client::builder("key").build()?.with_token("token");
let call = client.boxes().open("b1", "left", "k1", "front");
