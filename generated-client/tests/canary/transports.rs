//! Other ways on which a request may go: clients that are brought, and HTTP/2 that fails.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use generated_client::nhost::SignInRedirect;
use generated_client::testing::Recorder;
use reqwest::header::{HeaderMap, HeaderValue};

use super::calls::{Tally, ending, printed, runtime};
use super::canaries::{Canary, FORMS};
use super::capture::Log;
use super::clients::Clients;
use super::loopback::{Loopback, Reply, refusing};
use super::plan::Plan;
use super::scenarios;
use super::search::Search;
use super::service::{debugged, operations};
use super::threads;

const SOON: Duration = Duration::from_secs(60);

/// A frame of HTTP/2.
fn frame(kind: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, 0, 0, 0, 0, stream], payload].concat()
}

/// Reads what a client sends up to the headers of its request, and says whether it got that far.
fn headers_have_come(connection: &mut TcpStream) -> bool {
    const HEADERS: u8 = 1;

    if connection.read_exact(&mut [0; 24]).is_err() {
        return false;
    }
    let mut head = [0; 9];
    while connection.read_exact(&mut head).is_ok() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        if connection.read_exact(&mut payload).is_err() {
            return false;
        }
        if head[3] == HEADERS {
            return true;
        }
    }
    false
}

/// A server that speaks HTTP/2 until a request has come, and then writes these bytes and closes the connection.
fn failing(end: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let end = end.clone();
            thread::spawn(move || {
                _ = connection.write_all(&frame(4, 0, &[]));
                if headers_have_come(&mut connection) {
                    _ = connection.write_all(&end);
                }
            });
        }
    });
    url
}

/// Calls a third of the operations at a server that ends them all in this way.
fn call_failing(round: usize, what: &str, end: Vec<u8>) -> Tally {
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let mut tally = Tally::default();
    let http = || reqwest::Client::builder().no_proxy().http2_prior_knowledge().connection_verbose(true);
    let (runtime, clients) = (runtime(), Clients::built(&failing(end), round, SOON, &http));
    for (_, info) in operations().into_iter().enumerate().filter(|(turn, _)| (turn + round).is_multiple_of(3))
    {
        let plan = Plan::of(info, round);
        let outcome =
            runtime.block_on(clients.of(info)[0].call_operation_typed(info.spec.id, plan.arguments));
        let place = format!("{} at {what}", info.spec.id);
        assert_eq!(ending(&outcome), "transport", "{place}: {}", printed(&outcome));
        tally.cases += 1;
        tally.canaries += plan.canaries + clients.secrets.len();
        tally.search(search, &place, &printed(&outcome));
        tally.search_log(search, &place, &log);
    }
    tally
}

#[test]
fn no_canary_is_seen_when_http_2_fails() {
    let reset = |code: u8| frame(3, 1, &[0, 0, 0, code]);
    let away = [&[0, 0, 0, 0, 0, 0, 0, 2][..], b"calm down"].concat();
    let ends = [
        ("a refused stream", reset(7)),
        ("a stream that is reset", reset(2)),
        ("a connection that goes away", frame(7, 0, &away)),
        ("a connection that breaks", Vec::new()),
        ("a frame that is too short", vec![0, 0, 9, 0, 0]),
        ("an answer in HTTP/1", b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
    ];
    let rounds = ends.into_iter().enumerate();
    let tallies = threads::each(rounds, |(round, (what, end))| call_failing(round, what, end));
    Tally::sum(tallies).end("HTTP/2 that fails", operations().len());
}

/// How many operations share a recording.
const IN_A_FILE: usize = 12;

/// The file of a recorder is made to be read by people, and to stand in a repository.
#[test]
fn no_canary_is_seen_in_a_recording() {
    let (search, server) = (Search::shared(), Loopback::start(Reply::Part(Vec::new())));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exchanges.jsonl");
    let (mut tally, mut lines) = (Tally::default(), 0);
    let (runtime, all) = (runtime(), operations());
    for round in 0..FORMS.len() {
        for (chunk, infos) in all.chunks(IN_A_FILE).enumerate() {
            let recorder = Recorder::create(&file, generated_client::services()).unwrap();
            let clients = Clients::recorded(&server.url(), round, SOON, &recorder);
            // Each operation has its secrets in the forms of one round.
            let due = infos.iter().enumerate();
            for (turn, info) in due.filter(|(turn, _)| (turn + round).is_multiple_of(FORMS.len())) {
                let plan = Plan::of(info, round);
                let scenarios = scenarios::all(info, &plan, &clients.secrets).into_iter().enumerate();
                let is_due = |at: usize| (at + chunk + turn).is_multiple_of(FORMS.len());
                for (_, scenario) in scenarios.filter(|(at, _)| is_due(*at)) {
                    server.reply(Reply::Whole(scenario.response));
                    let call = clients.of(info)[0].call_operation_raw(info.spec.id, plan.arguments.clone());
                    _ = runtime.block_on(call);
                    tally.cases += 1;
                }
            }
            for line in std::fs::read_to_string(&file).unwrap().lines() {
                lines += 1;
                tally.search(search, &format!("round {round}, line {lines}"), line);
            }
        }
    }
    let found = &tally.found;
    assert!(
        found.is_empty(),
        "{} canaries, such as:\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
    // A response that is too long, or that the HTTP client refuses, isn't recorded.
    assert!(2 * lines > tally.cases && tally.cases >= all.len(), "{lines} of {}", tally.cases);
}

#[test]
fn no_canary_is_seen_of_clients_that_are_brought() {
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let mut tally = Tally::default();
    let runtime = runtime();
    for (round, form) in FORMS.into_iter().enumerate() {
        let secret: String =
            Canary { form, number: 7 }.text().chars().filter(char::is_ascii_alphanumeric).collect();
        let proxy = reqwest::Proxy::all(format!("http://me:{secret}@127.0.0.1:9")).unwrap();
        let mut value = HeaderValue::try_from(&secret).unwrap();
        value.set_sensitive(true);
        let headers = HeaderMap::from_iter([("x-secret".parse().unwrap(), value)]);
        let brought = || {
            reqwest::Client::builder()
                .default_headers(headers.clone())
                .redirect(reqwest::redirect::Policy::none())
        };
        for http in [brought().no_proxy(), brought().proxy(proxy)] {
            let http = http.build().unwrap();
            let clients = Clients::brought(&refusing(), round, SOON, &http);
            let Some(clients) = clients else { continue };
            tally.search(search, "brought clients", &clients.printed.join("\n"));
            for (turn, info) in operations().into_iter().enumerate() {
                if (turn + round) % FORMS.len() != 0 {
                    continue;
                }
                let plan = Plan::of(info, round);
                let outcome =
                    runtime.block_on(clients.of(info)[0].call_operation_typed(info.spec.id, plan.arguments));
                let place = format!("{} by a client that was brought", info.spec.id);
                assert_eq!(ending(&outcome), "transport", "{place}: {}", printed(&outcome));
                tally.cases += 1;
                tally.canaries += plan.canaries + clients.secrets.len() + 1;
                tally.search(search, &place, &printed(&outcome));
                tally.search_log(search, &place, &log);
            }
        }
    }
    tally.end("brought clients", operations().len());
}

#[test]
fn no_canary_is_seen_of_what_a_redirect_comes_to() {
    const NAMES: [&str; 9] = [
        "refreshToken",
        "code",
        "state",
        "type",
        "error",
        "errorDescription",
        "provider_error",
        "provider_error_description",
        "provider_error_url",
    ];

    let (search, mut tally) = (Search::shared(), Tally::default());
    for form in FORMS {
        let secret = percent_encoding::utf8_percent_encode(
            &Canary { form, number: 5 }.text(),
            percent_encoding::NON_ALPHANUMERIC,
        )
        .to_string();
        let alone = NAMES.iter().map(|name| format!("{name}={secret}"));
        let after = NAMES.iter().map(|name| format!("error=oauth-provider-error&{name}={secret}"));
        let said =
            NAMES.iter().map(|name| format!("error={secret}&{name}=the%20code%20{secret}%20is%20wrong"));
        for query in alone.chain(after).chain(said) {
            let redirect = SignInRedirect::from_query(&query);
            tally.cases += 1;
            tally.canaries += 1;
            let mut printed = debugged(&redirect).to_vec();
            if let generated_client::nhost::RedirectOutcome::Failed(failure) = &redirect.outcome {
                printed.push(failure.to_string());
                printed.extend(debugged(failure));
            }
            tally.search(search, &query, &printed.join("\n"));
        }
    }
    assert!(tally.found.is_empty(), "{:#?}", tally.found);
    println!("redirects: {} cases, {} bytes", tally.cases, tally.bytes);
}
