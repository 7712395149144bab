//! A server on loopback that writes the bytes it is told to. It runs in threads of its own, so that nothing of what is
//! logged on a test's thread is the server's.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What the server does when a request has come.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Writes this and waits for the next request.
    Whole(Vec<u8>),
    /// Writes this and then nothing more.
    Part(Vec<u8>),
}

/// A request as it came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query, with their percent-encoding.
    pub(crate) target: String,
    pub(crate) body: Vec<u8>,
}

/// What the threads of connections share.
struct State {
    reply: Reply,
    received: Vec<Received>,
}

/// The server; it lives as long as the process.
pub(crate) struct Loopback {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Loopback {
    pub(crate) fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State { reply, received: Vec::new() }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets what the next requests are answered with.
    pub(crate) fn reply(&self, reply: Reply) {
        self.state.lock().unwrap().reply = reply;
    }

    /// The requests that have come since the last time.
    pub(crate) fn received(&self) -> Vec<Received> {
        std::mem::take(&mut self.state.lock().unwrap().received)
    }
}

/// A URL at which nobody listens.
pub(crate) fn refusing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A response in HTTP/1.1.
pub(crate) fn response(status: u16, headers: &[(&str, String)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status} -\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend(format!("{name}: {value}\r\n").bytes());
    }
    let body = if status == 204 { b"" } else { body.as_ref() };
    if !headers.iter().any(|(name, _)| *name == "content-length") && status != 204 {
        bytes.extend(format!("content-length: {}\r\n", body.len()).bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

/// Responses one request after the other, until the client is gone.
fn serve(stream: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(received) = read(&mut reader)? {
        let is_head = received.method == "HEAD";
        let reply = {
            let mut state = state.lock().unwrap();
            state.received.push(received);
            state.reply.clone()
        };
        match reply {
            Reply::Whole(bytes) if is_head => {
                let head = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
                reader.get_mut().write_all(&bytes[..head + 4])?;
            }
            Reply::Whole(bytes) => reader.get_mut().write_all(&bytes)?,
            Reply::Part(bytes) => {
                reader.get_mut().write_all(&bytes)?;
                // Nothing comes before the client closes the connection.
                _ = reader.read(&mut [0])?;
            }
        }
    }
    Ok(())
}

/// Reads a request; there is none when the client is gone.
fn read(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Received>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(None);
        }
    }
    let mut first = head.split(' ').map(str::to_owned);
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Received { method, target, body }))
}
