let client = sample::Client::builder("key").build()?.with_token("token");
let (_, response) = client.letters().burn().send_with_raw().await?;
if let Ok(headers) = response.typed_headers::<sample::DoneHeaders>() {
    println!("{:?}", headers.x_one);
}
