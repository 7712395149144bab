use client_bench::{HandWritten, Ours, Side, server, session};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap_or_default();
    if mode == "server" {
        println!("{}", server::start(session::body()?)?);
        loop {
            std::thread::park();
        }
    }
    let url = format!("http://{}", args.next().unwrap_or_default());
    let calls: usize = args.next().unwrap_or_default().parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match mode.as_str() {
        "ours" => runtime.block_on(run(Ours::at(&url)?, calls)),
        _ => runtime.block_on(run(HandWritten::at(&url)?, calls)),
    }
    Ok(())
}

async fn run(client: impl Side, calls: usize) {
    let mut failed = 0;
    for _ in 0..calls {
        failed += usize::from(client.call().await.is_none());
    }
    println!("failed: {failed}");
}
