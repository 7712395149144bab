//! Calls every operation in every scenario, and searches what comes of it.

use std::time::Duration;

use futures_util::future::join_all;
use generated_client::runtime::{Method, OperationInfo};

use super::canaries::FORMS;
use super::capture::Log;
use super::clients::Clients;
use super::loopback::{Loopback, Reply, refusing, response};
use super::plan::Plan;
use super::scenarios;
use super::search::Search;
use super::service::{Failure, Outcome, debugged, operations};
use super::{threads, timeouts};

const LONG: Duration = Duration::from_secs(60);
/// How many calls wait for a timeout at the same time.
const AT_ONCE: usize = 64;

/// What was done, and what was found.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) cases: usize,
    pub(crate) canaries: usize,
    pub(crate) bytes: usize,
    /// How many of them were logged.
    pub(crate) logged: usize,
    pub(crate) found: Vec<String>,
}

impl Tally {
    /// What was done and found in all of several threads.
    pub(crate) fn sum(parts: Vec<Self>) -> Self {
        parts.into_iter().fold(Self::default(), |mut sum, part| {
            sum.cases += part.cases;
            sum.canaries += part.canaries;
            sum.bytes += part.bytes;
            sum.logged += part.logged;
            sum.found.extend(part.found);
            sum
        })
    }

    pub(crate) fn search(&mut self, search: &Search, place: &str, text: &str) {
        self.bytes += text.len();
        let found = search.find(text).into_iter();
        self.found.extend(found.map(|(canary, around)| format!("{place}: {canary:?} in `{around}`")));
    }

    pub(crate) fn search_log(&mut self, search: &Search, place: &str, log: &Log) {
        let text = log.take();
        self.logged += text.len();
        self.search(search, place, &text);
    }

    /// Prints the figures, and fails if there are canaries.
    pub(crate) fn end(&self, what: &str, operations: usize) {
        let Self { cases, canaries, bytes, logged, found } = self;
        println!(
            "{what}: {operations} operations, {cases} cases, {canaries} canaries planted, {} found in {bytes} bytes, of \
             which {logged} were logged",
            found.len()
        );
        assert!(
            found.is_empty(),
            "{} canaries, such as:\n{}",
            found.len(),
            found[..found.len().min(20)].join("\n")
        );
        assert!(*cases >= operations && *canaries >= *cases && *bytes > 100 * cases && *logged > *cases);
    }
}

/// What is printed of an outcome.
pub(crate) fn printed(outcome: &Outcome) -> String {
    match outcome {
        Ok(typed) => debugged(typed).join("\n"),
        Err(error) => error.printed().join("\n"),
    }
}

pub(crate) fn ending(outcome: &Outcome) -> &'static str {
    outcome.as_ref().map_or_else(|error| error.what(), |_| "ok")
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Calls an operation in all scenarios of a service that answers.
async fn call_all(
    (turn, info): (usize, &'static OperationInfo),
    clients: &Clients,
    round: usize,
    server: &Loopback,
    (search, log): (&Search, &Log),
    tally: &mut Tally,
) {
    let plan = Plan::of(info, round);
    let callers = clients.of(info);
    for (at, scenario) in scenarios::all(info, &plan, &clients.secrets).into_iter().enumerate() {
        // The rounds share the scenarios of an operation among themselves, and each operation in another way.
        if !(at + turn + round).is_multiple_of(FORMS.len()) {
            continue;
        }
        server.reply(Reply::Whole(scenario.response));
        for caller in &callers {
            let outcome = caller.call_operation_typed(info.spec.id, plan.arguments.clone()).await;
            let place = format!("{} in round {round}, {}", info.spec.id, scenario.name);
            assert!(scenario.ends.contains(&ending(&outcome)), "{place}: {}", printed(&outcome));
            tally.cases += 1;
            tally.canaries += plan.canaries + clients.secrets.len();
            tally.search(search, &place, &printed(&outcome));
            tally.search_log(search, &place, log);
        }
    }
    let request = info.read_request(&plan.body).unwrap();
    tally.search(search, info.spec.id, &debugged(&request).join("\n"));
}

/// Calls all operations in their scenarios of one round, with a server and a log of its own.
fn call_round(round: usize) -> Tally {
    let (search, server) = (Search::shared(), Loopback::start(Reply::Part(Vec::new())));
    let (log, _guard) = Log::start();
    let mut tally = Tally::default();
    let clients = Clients::at(&server.url(), round, LONG);
    tally.search(search, "clients", &clients.printed.join("\n"));
    runtime().block_on(async {
        for info in operations().into_iter().enumerate() {
            call_all(info, &clients, round, &server, (search, &log), &mut tally).await;
        }
    });
    tally
}

#[test]
fn no_canary_is_seen_whatever_a_service_responds() {
    let rounds = threads::each(0..FORMS.len(), call_round);
    Tally::sum(rounds).end("responses", operations().len());
}

/// What happens to a call, and what it ends with.
type Ending = (&'static str, fn(&OperationInfo) -> &'static str);

/// Whether a response is whole when its headers are.
fn has_no_body(info: &OperationInfo) -> bool {
    info.spec.method == Method::Head
}

/// Calls these operations, many at once, and searches all that was printed and logged. Returns those that ended in
/// another way, which happens where a timeout was too short to get that far.
async fn call_together(
    operations: &[&'static OperationInfo],
    clients: &Clients,
    round: usize,
    (what, ends): Ending,
    (search, log): (&Search, &Log),
    tally: &mut Tally,
) -> Vec<&'static OperationInfo> {
    let mut others = Vec::new();
    for chunk in operations.chunks(AT_ONCE) {
        let calls = chunk.iter().copied().map(|info| async move {
            let plan = Plan::of(info, round);
            let caller = clients.of(info)[0];
            let outcome = caller.call_operation_typed(info.spec.id, plan.arguments).await;
            (info, plan.canaries, outcome)
        });
        for (info, canaries, outcome) in join_all(calls).await {
            tally.search(search, &format!("{} at {what}", info.spec.id), &printed(&outcome));
            if ending(&outcome) == ends(info) {
                tally.cases += 1;
                tally.canaries += canaries + clients.secrets.len();
            } else {
                others.push(info);
            }
        }
        tally.search_log(search, &format!("the log at {what}"), log);
    }
    others
}

#[test]
fn no_canary_is_seen_when_there_is_no_response() {
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let mut tally = Tally::default();
    let headers = [("content-type", "application/json".to_owned()), ("content-length", "9999".to_owned())];
    let silent = Loopback::start(Reply::Part(Vec::new()));
    let stuck = Loopback::start(Reply::Part(response(200, &headers, "{\"")));
    let endings: [(String, Ending); 3] =
        [
            (refusing(), ("a refused connection", |_| "transport")),
            (silent.url(), ("a late response", |_| "no response in time")),
            (
                stuck.url(),
                ("a body that is cut off", |info| {
                    if has_no_body(info) { "ok" } else { "no whole response in time" }
                }),
            ),
        ];
    for round in [0, 3] {
        for (url, ending) in &endings {
            let mut left = operations();
            for timeout in timeouts::growing() {
                if left.is_empty() {
                    break;
                }
                let clients = Clients::at(url, round, timeout);
                let calls = call_together(&left, &clients, round, *ending, (search, &log), &mut tally);
                left = runtime().block_on(calls);
            }
            let left: Vec<_> = left.iter().map(|info| info.spec.id).collect();
            assert!(left.is_empty(), "{left:?} never end with {}", ending.0);
        }
    }
    tally.end("no response", operations().len());
}

/// HTTP/2 is logged by other crates than HTTP/1, and a client that is brought may want every byte to be logged.
#[tokio::test]
async fn no_canary_is_seen_over_http_2() {
    let server = wiremock::MockServer::start().await;
    let refusal = wiremock::ResponseTemplate::new(400).set_body_raw("{}", "application/json");
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(refusal).mount(&server).await;
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let mut tally = Tally::default();
    let http = || reqwest::Client::builder().no_proxy().http2_prior_knowledge().connection_verbose(true);
    let clients = Clients::built(&server.uri(), 0, LONG, &http);
    // The server of this test answers HEAD with a body, which HTTP/2 takes for an error.
    let operations: Vec<_> = operations().into_iter().filter(|info| !has_no_body(info)).collect();
    for info in &operations {
        let plan = Plan::of(info, 0);
        let outcome = clients.of(info)[0].call_operation_typed(info.spec.id, plan.arguments).await;
        assert_eq!(ending(&outcome), "api", "{}: {}", info.spec.id, printed(&outcome));
        tally.cases += 1;
        tally.canaries += plan.canaries + clients.secrets.len();
        tally.search(search, info.spec.id, &printed(&outcome));
        assert!(log.contains("h2::"), "nothing is logged of HTTP/2");
        tally.search_log(search, info.spec.id, &log);
    }
    tally.end("HTTP/2", operations.len());
}
