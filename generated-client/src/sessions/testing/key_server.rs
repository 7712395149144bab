//! A server on loopback that gives keys.

use super::{Signer, key_set};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A server on loopback that responds to every request with the same keys, whichever service they are asked of. It lives as
/// long as the process.
#[derive(Clone, Debug)]
pub struct KeyServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    status: u16,
    body: String,
    requests: usize,
}

impl KeyServer {
    /// Starts a server that gives the public keys of these signers.
    ///
    /// # Errors
    ///
    /// If it can't listen.
    pub fn start<'s>(signers: impl IntoIterator<Item = &'s Signer>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let state = Arc::new(Mutex::new(State { status: 200, body: key_set(signers), requests: 0 }));
        let server = Self { address, state };
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = serving.clone();
                thread::spawn(move || server.serve(stream));
            }
        });
        Ok(server)
    }

    /// The URL of the server, to be set as the base URL of a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests have come.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.state().requests
    }

    /// Gives these keys from now on, and no others.
    pub fn set_keys<'s>(&self, signers: impl IntoIterator<Item = &'s Signer>) {
        self.respond(200, key_set(signers));
    }

    /// Responds with this status and this text from now on.
    pub fn respond(&self, status: u16, body: impl Into<String>) {
        let mut state = self.state();
        state.status = status;
        state.body = body.into();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Responds to one request after the other, until the client is gone.
    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        while skip_head(&mut reader)? {
            let response = {
                let mut state = self.state();
                state.requests += 1;
                let State { status, body, .. } = &*state;
                format!(
                    "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                )
            };
            reader.get_mut().write_all(response.as_bytes())?;
        }
        Ok(())
    }
}

/// Reads to the end of a request, which has no body; false if the client is gone.
fn skip_head(reader: &mut impl BufRead) -> io::Result<bool> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}
