//! A server on loopback that notes what it is sent.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub(crate) struct Server {
    url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// It answers with a gadget, or with a problem as RFC 9457 has it if the account is `denied`.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&received);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &noted);
            }
        });
        Self { url, received }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Each request in a line, with the headers that are credentials.
    pub(crate) fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

/// Answers one request, and closes the connection.
fn serve(mut stream: TcpStream, noted: &Mutex<Vec<String>>) {
    let mut head = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
    let Some(first) = head.next() else { return };
    let mut note = first.trim_end_matches(" HTTP/1.1").to_owned();
    for line in head.take_while(|line| !line.is_empty()) {
        let name = line.split(':').next().unwrap_or_default().to_lowercase();
        if ["authorization", "x-account", "x-api-key"].contains(&name.as_str()) {
            note.push(' ');
            note.push_str(&line);
        }
    }
    let problem = r#"{"type":"https://acme.example/problems/not-yours","title":"The gadget belongs to somebody else."}"#;
    let (status, media_type, body) = match note.contains("denied") {
        true => ("403 Forbidden", "application/problem+json", problem),
        false => ("200 OK", "application/json", r#"{"name":"anvil"}"#),
    };
    noted.lock().unwrap().push(note);
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n");
    stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).unwrap();
}
