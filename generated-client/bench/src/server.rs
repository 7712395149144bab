//! A server on loopback that sends the same response to every request.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::thread;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// Starts a server in a thread of its own, where it stays until the program ends.
///
/// # Errors
///
/// If the system has no socket or thread to give.
pub fn start(body: Vec<u8>) -> io::Result<SocketAddr> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
    let address = listener.local_addr()?;
    let accept = accept(listener, body.into());
    thread::Builder::new().name("server".to_owned()).spawn(move || runtime.block_on(accept))?;
    Ok(address)
}

async fn accept(listener: TcpListener, body: Bytes) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, body.clone()));
    }
}

/// Responds to the requests of a connection until the client closes it.
async fn serve(stream: TcpStream, body: Bytes) {
    // Or else a response may wait for the client to confirm the one before.
    _ = stream.set_nodelay(true);
    let service = service_fn(|request| response(request, body.clone()));
    _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn response(request: Request<Incoming>, body: Bytes) -> Result<Response<Full<Bytes>>, Infallible> {
    // What isn't read of a request would end the connection.
    _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
