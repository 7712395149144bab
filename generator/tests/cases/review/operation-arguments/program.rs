let client = sample::Client::builder("key").build()?.with_token("token");
let call = client.boxes().open("b1", 3, "k1", "front");
