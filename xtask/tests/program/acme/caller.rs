//! Calls every operation of the service `my-acme`, by its method and by its id, and prints what comes of it.

use generated_client::my_acme::{Client, Error};

type Arguments = serde_json::Map<String, serde_json::Value>;

async fn run(url: &str) -> Result<(), Error> {
    let client = Client::builder("roadrunner").base_url(url).build()?;
    let user = client.with_user_token("t.o.k");
    let admin = client.with_login("coyote", "s3cret");
    let program = client.with_api_key("k1");
    let page = client.with_query_key("k/2");

    for name in [
        client.gadgets().base().send().await?.name,
        user.gadgets().by_token().send().await?.name,
        admin.gadgets().by_login().send().await?.name,
        program.gadgets().by_key().send().await?.name,
        page.gadgets().by_query().send().await?.name,
    ] {
        println!("{name:?}");
    }
    println!("{}", user.call_operation("gadgets_by_token", Arguments::new()).await?);
    println!("{}", admin.call_operation("gadgets_by_login", Arguments::new()).await?);
    println!("{}", client.call_operation("gadgets_by_key", Arguments::new()).await.unwrap_err());
    Ok(())
}

fn main() {
    let url = std::env::args().nth(1).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(run(&url)).unwrap();
    let denied = Client::builder("denied").base_url(url).build().unwrap();
    let error = runtime.block_on(denied.gadgets().base().send()).unwrap_err();
    println!("{error}; {:?}; {:?}", error.code(), error.message());
}
