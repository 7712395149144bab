let client = sample::Client::builder("key").build()?.with_token("token");
match client.boxes().open("b1", "left", "k1", "front").send().await? {
    sample::boxes::BoxesOpenResponse::Accepted => println!("later"),
    _ => println!("now"),
}
