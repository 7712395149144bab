//! The program `authctl` on a terminal.

use generated_client::runtime::{OperationInfo, SchemeRole};
use serde_json::Value;

use super::calls::Tally;
use super::canaries::FORMS;
use super::clients::credential;
use super::loopback::{Loopback, Reply};
use super::plan::Plan;
use super::scenarios;
use super::search::Search;
use super::service::{operations, service_of};
use super::terminal::{Ways, run};
use super::threads;

/// The arguments of a call as words of the command line.
fn words(info: &OperationInfo, plan: &Plan) -> Vec<String> {
    let start = ["call", info.service, info.spec.id, "--retries", "0"].map(str::to_owned);
    let word = |(name, value): (&String, &Value)| match (name.as_str(), value) {
        ("body", value) if !value.is_string() => format!("--body={value}"),
        (_, Value::String(text)) => format!("{name}={text}"),
        (_, value) => format!("{name}={value}"),
    };
    start.into_iter().chain(plan.arguments.iter().map(word)).collect()
}

/// The environment that names the server and holds a canary for each credential.
fn environment(info: &OperationInfo, round: usize, url: &str) -> Vec<(String, String)> {
    let spec = service_of(info).spec;
    let name = |what: &str| format!("{}_{what}", spec.name).to_uppercase().replace('-', "_");
    let values = spec.schemes.iter().enumerate().map(|(number, scheme)| {
        let value = match scheme.role {
            SchemeRole::Base => "P2abc".to_owned(),
            _ => credential(number, round).text(),
        };
        (name(scheme.name), value)
    });
    values.chain([(name("base_url"), url.to_owned())]).collect()
}

/// The response with its secret request ID under another name: the program shows that ID, which is no secret elsewhere.
fn without_request_id(mut response: Vec<u8>) -> Vec<u8> {
    const NAME: &[u8; 12] = b"x-request-id";

    if let Some(at) = response.windows(NAME.len()).position(|bytes| bytes == NAME) {
        response[at..at + NAME.len()].copy_from_slice(b"x-private-id");
    }
    response
}

/// Runs the program for each of these operations, which go by their place among all. Returns also how many of the runs
/// succeeded.
fn run_share(share: &[(usize, &'static OperationInfo)]) -> (Tally, usize) {
    let (search, server) = (Search::shared(), Loopback::start(Reply::Part(Vec::new())));
    let (mut tally, mut succeeded) = (Tally::default(), 0);
    for (turn, info) in share {
        let round = turn % FORMS.len();
        let plan = Plan::of(info, round);
        let environment = environment(info, round, &server.url());
        let environment: Vec<(&str, &str)> =
            environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let words = words(info, &plan);
        let scenarios = scenarios::all(info, &plan, &[]);
        let success = scenarios.first().unwrap();
        let other = scenarios.get(1 + turn % (scenarios.len() - 1)).unwrap();
        for (scenario, options) in
            [(success, &["--include"][..]), (other, &["--include"]), (success, &["--dry-run"])]
        {
            server.reply(Reply::Whole(without_request_id(scenario.response.clone())));
            let words: Vec<&str> = words.iter().map(String::as_str).chain(options.iter().copied()).collect();
            let seen = run(&words, &environment, "", Ways::Both);
            let place = format!("authctl {} {options:?}, {}", info.spec.id, scenario.name);
            assert!(!seen.text.is_empty(), "{place}");
            succeeded += usize::from(seen.code == Some(0));
            tally.cases += 1;
            tally.canaries += plan.canaries;
            tally.search(search, &place, &seen.text);
        }
    }
    (tally, succeeded)
}

#[test]
fn no_canary_is_seen_on_a_terminal() {
    let all: Vec<_> = operations().into_iter().enumerate().collect();
    let (tallies, succeeded): (_, Vec<usize>) =
        threads::each(threads::shares(&all), run_share).into_iter().unzip();
    let (tally, succeeded) = (Tally::sum(tallies), succeeded.into_iter().sum::<usize>());
    assert!(succeeded > 2 * all.len() - 20, "{succeeded} runs succeeded");
    assert!(
        tally.found.is_empty(),
        "{} canaries, such as:\n{:#?}",
        tally.found.len(),
        &tally.found[..tally.found.len().min(9)]
    );
    println!(
        "terminal: {} cases, {succeeded} succeeded, {} canaries planted, 0 found in {} bytes",
        tally.cases, tally.canaries, tally.bytes
    );
}
