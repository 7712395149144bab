//! The HTTP server of a fake.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderName, HeaderValue, Response as HttpResponse, StatusCode};
use futures_util::{StreamExt, stream};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower_service::Service as _;

use crate::control;
use crate::fake::{Fake, Outcome};
use crate::request::RawRequest;
use crate::response::Response;
use crate::service::Service;

/// The longest body of a request.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// Marks a response in whose place the connection is reset.
#[derive(Clone, Copy)]
struct Reset;

/// Serves a fake until the task that runs this is aborted. Its connections end with it.
pub(crate) async fn serve<S: Service>(listener: TcpListener, fake: Arc<Fake<S>>) {
    let app = Router::new().fallback(respond::<S>).with_state(fake);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, app.clone()));
                }
                // There may be no more sockets for a moment.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve_connection(stream: TcpStream, app: Router) {
    // Small responses leave at once.
    let _ = stream.set_nodelay(true);
    let Ok(stream) = stream.into_std() else { return };
    let Ok(socket) = stream.try_clone() else { return };
    let Ok(stream) = TcpStream::from_std(stream) else { return };
    let service = service_fn(move |request| {
        let (mut app, socket) = (app.clone(), socket.try_clone());
        async move {
            let Ok(response) = app.call(request).await;
            if response.extensions().get::<Reset>().is_none() {
                return Ok(response);
            }
            // A socket that is closed with a linger time of zero is reset.
            SockRef::from(&socket?).set_linger(Some(Duration::ZERO))?;
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
    });
    // A connection that fails concerns nobody but its client.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn respond<S: Service>(State(fake): State<Arc<Fake<S>>>, request: HttpRequest) -> HttpResponse<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return written(&Response::empty(413), Body::empty());
    };
    let query = parts.uri.query().unwrap_or_default();
    let raw = RawRequest {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        headers: parts.headers,
        body: body.to_vec(),
    };
    if raw.path == "/_fake" || raw.path.starts_with("/_fake/") {
        return whole(control::respond(&fake, &raw));
    }
    match fake.handle(raw) {
        Outcome::Respond(response) => whole(response),
        Outcome::Later(time, response) => {
            tokio::time::sleep(time).await;
            whole(response)
        }
        Outcome::Reset => {
            let mut response = written(&Response::empty(500), Body::empty());
            response.extensions_mut().insert(Reset);
            response
        }
        Outcome::CutOff(response) => cut_off(response),
    }
}

fn whole(mut response: Response) -> HttpResponse<Body> {
    let body = std::mem::take(&mut response.body);
    written(&response, Body::from(body))
}

/// Half of a response, whose head tells the length of all of it.
fn cut_off(mut response: Response) -> HttpResponse<Body> {
    let mut body = std::mem::take(&mut response.body);
    let response = response.header("content-length", body.len().max(2).to_string());
    body.truncate(body.len() / 2);
    let start = stream::once(async move { Ok(Bytes::from(body)) });
    let end = stream::once(async { Err(io::Error::from(io::ErrorKind::ConnectionReset)) });
    written(&response, Body::from_stream(start.chain(end)))
}

fn written(response: &Response, body: Body) -> HttpResponse<Body> {
    let mut http = HttpResponse::new(body);
    *http.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            http.headers_mut().append(name, value);
        }
    }
    http
}
