let client = sample::Client::builder("key").build()?.with_token("token");
let mut letters = client.letters().list().items();
while let Some(letter) = letters.next_item().await? {
    println!("{:?}", letter.text);
}
