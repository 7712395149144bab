let client = sample::Client::builder("key").build()?.with_token("token");
let carton: sample::Carton = client.boxes().open("b1", "left", "k1", "front").send().await?;
let metal: Option<String> = carton.parts.and_then(|parts| parts.metal);
let parts = sample::Parts::default();
