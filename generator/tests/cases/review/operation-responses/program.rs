async fn see(client: sample::Client<sample::Token>) -> Result<sample::Carton, sample::Error> { client.boxes().open("b1", "left", "k1", "front").send().await }
