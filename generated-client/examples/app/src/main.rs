//! Starts the application.
//!
//! ```sh
//! cargo run -p example-app            # with Descope
//! cargo run -p example-app -- nhost   # with Nhost Auth
//! ```
//!
//! Without further settings, a fake of the service in the same process stands in for it, and no account is needed. With
//! `DESCOPE_PROJECT_ID` or `NHOST_BASE_URL`, the service itself is used. `PORT` is where the application listens, 3000 by
//! default, and `ORIGIN` is where browsers find it, `http://localhost:3000` by default.

use axum::Router;
use example_app::{Site, demo};
use std::env;
use std::error::Error;
use std::process::ExitCode;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let port = match env::var("PORT") {
        Ok(port) => port.parse().map_err(|_| format!("PORT is {port:?}, which is no number of a port"))?,
        Err(_) => 3000,
    };
    let listener = TcpListener::bind(("127.0.0.1", port)).await;
    let listener =
        listener.map_err(|cause| format!("port {port} can't be had ({cause}); set PORT to another one"))?;
    let origin = env::var("ORIGIN").unwrap_or_else(|_| format!("http://localhost:{port}"));
    match env::args().nth(1).as_deref() {
        None | Some("descope") => match env::var("DESCOPE_PROJECT_ID") {
            Ok(project) => {
                let descope = generated_client::descope::Client::builder(project).build()?;
                let sessions = descope.sessions().build();
                sessions.load_keys().await?;
                serve(listener, example_app::descope::router(descope, sessions, site(origin))).await
            }
            Err(_) => {
                let (app, _fake) = demo::descope(&origin).await?;
                serve(listener, app).await
            }
        },
        Some("nhost") => match env::var("NHOST_BASE_URL") {
            Ok(url) => {
                let nhost = generated_client::nhost::Client::builder(url).build()?;
                let sessions = nhost.sessions().build();
                sessions.load_keys().await?;
                serve(listener, example_app::nhost::router(nhost, sessions, site(origin))).await
            }
            Err(_) => {
                let (app, _fake) = demo::nhost(&origin).await?;
                serve(listener, app).await
            }
        },
        Some(other) => Err(format!("there is no service {other:?}: write `descope` or `nhost`").into()),
    }
}

fn site(origin: String) -> Site {
    Site { origin, outbox: None }
}

async fn serve(listener: TcpListener, app: Router) -> Result<(), Box<dyn Error>> {
    println!("open http://localhost:{}", listener.local_addr()?.port());
    axum::serve(listener, app).await?;
    Ok(())
}
