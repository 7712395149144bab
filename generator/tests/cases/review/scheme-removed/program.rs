let client = sample::Client::builder("key").build()?;
let client = client.with_pass("t");
