let client = sample::Client::builder("key").build()?.with_token("token");
let (_, response) = client.boxes().open("b1", "left", "k1", "front").send_with_raw().await?;
if let Ok(headers) = response.typed_headers::<sample::boxes::BoxesOpenResponseHeaders>() {
    println!("{:?}", headers.x_one);
}
