let client = sample::Client::builder("key").build()?.with_token("token");
let mut pages = client.letters().list().pages();
while let Some(page) = pages.next_page().await? {
    println!("{:?}", page.total);
}
