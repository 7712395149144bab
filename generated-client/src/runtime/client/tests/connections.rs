//! Which connections requests are sent on.

use super::clock::FakeClock;
use super::sample::Sample;
use crate::runtime::client::builder::Builder;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// What a server does with a connection when it has responded.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Keep,
    /// The server closes the connection, without having said so.
    Close,
}

#[derive(Clone, Default)]
struct Counts {
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Counts {
    fn get(&self) -> (usize, usize) {
        (self.connections.load(Ordering::SeqCst), self.requests.load(Ordering::SeqCst))
    }
}

/// A server in threads of its own, and what it has seen.
fn server(after: After) -> (String, Counts) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let counts = Counts::default();
    let counted = counts.clone();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            counted.connections.fetch_add(1, Ordering::SeqCst);
            let counts = counted.clone();
            thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                while respond(&mut reader, &counts).is_some() && after == After::Keep {}
            });
        }
    });
    (uri, counts)
}

/// Reads a request and responds to it.
fn respond(reader: &mut BufReader<TcpStream>, counts: &Counts) -> Option<()> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    counts.requests.fetch_add(1, Ordering::SeqCst);
    let body = r#"{"sessionJwt":"s"}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    reader.get_mut().write_all(head.as_bytes()).ok()
}

fn timed(builder: Builder<Sample>) -> (Sample, FakeClock) {
    let clock = FakeClock::default();
    (Sample::built(builder.clock(clock.clone())).unwrap(), clock)
}

/// No time passes on the clock, so that the server never seems to have kept a connection.
#[tokio::test]
async fn no_call_is_lost_to_a_server_that_closes_connections_without_saying_so() {
    const CALLS: usize = 3_000;

    let (uri, counts) = server(After::Close);
    let (sample, _) = timed(Sample::own_http(&uri));
    for _ in 0..CALLS {
        sample.exchange("c0de").send().await.unwrap();
    }
    assert_eq!(counts.get(), (CALLS, CALLS));
}

/// When the connection of a response in chunks becomes idle depends on the caller.
#[tokio::test]
async fn no_call_is_lost_after_a_response_in_chunks() {
    const CALLS: usize = 100;

    let (uri, counts) = server(After::Close);
    for _ in 0..CALLS {
        let (sample, clock) = timed(Sample::own_http(&uri));
        let mut chunks = sample.find("x").send_for_chunks().await.unwrap();
        clock.advance(Duration::from_millis(100));
        while chunks.chunk().await.unwrap().is_some() {}
        sample.exchange("c0de").send().await.unwrap();
    }
    assert_eq!(counts.get(), (2 * CALLS, 2 * CALLS));
}

#[tokio::test]
async fn without_a_pool_no_call_is_lost_either() {
    let (uri, counts) = server(After::Close);
    let builders: [fn(&str) -> Builder<Sample>; 2] = [Sample::builder, Sample::own_http];
    for (done, builder) in builders.into_iter().enumerate() {
        let sample = Sample::built(builder(&uri).pool_max_idle_per_host(0)).unwrap();
        for _ in 0..200 {
            sample.exchange("c0de").send().await.unwrap();
        }
        assert_eq!(counts.get(), ((done + 1) * 200, (done + 1) * 200));
    }
}

#[tokio::test]
async fn connections_are_used_again_when_the_server_has_shown_that_it_keeps_them() {
    let (uri, counts) = server(After::Keep);
    let (sample, clock) = timed(Sample::own_http(&uri));
    sample.exchange("c0de").send().await.unwrap();
    sample.exchange("c0de").send().await.unwrap();
    assert_eq!(counts.get(), (2, 2));
    clock.advance(Duration::from_millis(100));
    for _ in 0..100 {
        sample.exchange("c0de").send().await.unwrap();
    }
    assert_used_again(&counts, 102);
}

/// Such a call need not avoid a connection that may be closed, and shows what the server does with connections.
#[tokio::test]
async fn a_call_that_may_be_sent_again_uses_any_connection() {
    let (uri, counts) = server(After::Keep);
    let (sample, _) = timed(Sample::own_http(&uri));
    for _ in 0..100 {
        sample.find("x").send().await.unwrap();
        sample.exchange("c0de").send().await.unwrap();
    }
    assert_used_again(&counts, 200);
}

/// A call that begins before a connection is back in the pool makes another, so there may be some.
fn assert_used_again(counts: &Counts, requests: usize) {
    assert_eq!(counts.get().1, requests);
    assert!(counts.get().0 < requests / 2, "{} connections", counts.get().0);
}

/// While the second runtime runs, the first one is paused, and so are the connections that it made.
#[test]
fn a_client_works_in_a_second_runtime_while_the_first_one_is_paused() {
    let (uri, counts) = server(After::Keep);
    let (sample, clock) = timed(Sample::own_http(&uri));
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    for turn in 0..3 {
        for runtime in [&first, &second] {
            runtime.block_on(async {
                sample.find("x").send().await.unwrap();
                sample.exchange("c0de").send().await.unwrap();
            });
            clock.advance(Duration::from_millis(100));
        }
        assert_eq!(counts.get().1, (turn + 1) * 4);
    }
}

/// Accepts a connection and waits for a request on it.
async fn requested(listener: &tokio::net::TcpListener) -> tokio::net::TcpStream {
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.read_u8().await.unwrap();
    stream
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_are_allowed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let sample = Sample::built(Sample::builder(&uri).max_connections(2)).unwrap();
    let call = |sample: Sample| tokio::spawn(async move { sample.exchange("c0de").send().await });
    let calls: Vec<_> = (0..5).map(|_| call(sample.clone())).collect();
    for _ in 0..2 {
        // The two that may be under way connect, and nothing else does until they are done.
        let open = [requested(&listener).await, requested(&listener).await];
        tokio::select! {
            biased;
            _ = listener.accept() => panic!("there are three connections"),
            () = async { for _ in 0..100 { tokio::task::yield_now().await } } => {}
        }
        drop(open);
    }
    drop(requested(&listener).await);
    for call in calls {
        assert!(call.await.unwrap().is_err());
    }
}

#[tokio::test]
async fn waiting_for_a_connection_ends_with_the_time_of_the_call() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}", listener.local_addr().unwrap());
    let sample = Sample::built(Sample::builder(&uri).max_connections(0)).unwrap();
    let first = tokio::spawn({
        let call = sample.exchange("c0de");
        async move { call.send().await }
    });
    let _open = listener.accept().await.unwrap();
    let error = sample.exchange("c0de").timeout(Duration::from_millis(1)).send().await.unwrap_err();
    assert_eq!(error.to_string(), "sample exchange: no connection could be made in time");
    assert!(error.is_connect() && error.is_timeout() && error.may_retry());
    assert_eq!(error.attempts(), 0);
    // The time of an attempt begins when it is its turn.
    let patient = sample.find("x").timeout(Duration::from_secs(3600));
    let mut waiting = Box::pin(patient.attempt_timeout(Duration::from_millis(1)).send());
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("nothing was waited for"),
        () = tokio::time::sleep(Duration::from_millis(20)) => {}
    }
    first.abort();
}
