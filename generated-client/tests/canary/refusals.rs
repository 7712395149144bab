//! Requests and settings that are refused, each in every way.

use std::time::Duration;

use generated_client::runtime::{OperationInfo, Shape};
use generated_client::services;
use serde_json::{Value, json};

use super::calls::{Tally, ending, printed, runtime};
use super::canaries::{Canary, FORMS};
use super::capture::Log;
use super::clients::Clients;
use super::loopback::refusing;
use super::plan::Plan;
use super::search::Search;
use super::service::{Arguments, Failure, debugged, operations, service_of};
use super::threads;

const SOON: Duration = Duration::from_secs(60);

/// The arguments with one of them being wrong, in every way in which one can be.
fn faulty(info: &OperationInfo, plan: &Plan) -> Vec<Arguments> {
    let secret = plan.spare.text();
    let long = format!("{secret}{}", "x".repeat(5000));
    let wrong = [
        json!(secret),
        json!(format!("{secret}\r\nx: {secret}")),
        json!(long),
        json!(7),
        json!([secret, {"a": secret}]),
        json!({ secret.clone(): secret, "code": [secret] }),
        Value::Null,
    ];
    let mut faulty = Vec::new();
    for name in plan.arguments.keys() {
        for value in &wrong {
            let mut arguments = plan.arguments.clone();
            arguments.insert(name.clone(), value.clone());
            faulty.push(arguments);
        }
        let mut arguments = plan.arguments.clone();
        arguments.remove(name);
        faulty.push(arguments);
    }
    let mut unknown = plan.arguments.clone();
    unknown.insert("anUnknownName".to_owned(), json!(secret));
    faulty.push(unknown);
    if (info.request)() != Shape::Nothing {
        let mut whole = plan.arguments.clone();
        whole.insert("body".to_owned(), json!([secret]));
        faulty.push(whole);
    }
    faulty
}

/// Refuses requests of a quarter of the operations in one round. Returns also how many were refused.
fn refuse_round(round: usize) -> (Tally, usize) {
    let (search, (log, _guard)) = (Search::shared(), Log::start());
    let (mut tally, mut refused) = (Tally::default(), 0);
    let (runtime, clients) = (runtime(), Clients::at(&refusing(), round, SOON));
    for (_, info) in operations().into_iter().enumerate().filter(|(turn, _)| (turn + round).is_multiple_of(4))
    {
        let plan = Plan::of(info, round);
        let caller = clients.of(info)[0];
        for arguments in faulty(info, &plan) {
            // What isn't refused could be sent: preparing is enough to see that.
            let outcome = caller.prepare_operation(info.spec.id, arguments.clone());
            let place = format!("a refusal of {} in round {round}", info.spec.id);
            tally.cases += 1;
            tally.canaries += plan.canaries + clients.secrets.len();
            match outcome {
                Ok(prepared) => tally.search(search, &place, &debugged(&prepared).join("\n")),
                Err(error) => {
                    refused += 1;
                    assert_eq!(error.what(), "invalid_request", "{place}");
                    tally.search(search, &place, &error.printed().join("\n"));
                    let outcome = runtime.block_on(caller.call_operation_typed(info.spec.id, arguments));
                    assert_eq!(ending(&outcome), "invalid_request", "{place}");
                    tally.search(search, &place, &printed(&outcome));
                }
            }
            tally.search_log(search, &place, &log);
        }
    }
    (tally, refused)
}

#[test]
fn no_canary_is_seen_in_a_refusal() {
    let (tallies, refused): (_, Vec<usize>) = threads::each(0..FORMS.len(), refuse_round).into_iter().unzip();
    let refused: usize = refused.into_iter().sum();
    assert!(refused > operations().len(), "{refused} requests were refused");
    Tally::sum(tallies).end("refusals", operations().len());
}

#[test]
fn no_canary_is_seen_in_settings_that_are_refused() {
    let (search, mut tally) = (Search::shared(), Tally::default());
    for (form, service) in
        FORMS.into_iter().flat_map(|form| services().iter().map(move |service| (form, *service)))
    {
        let secret = Canary { form, number: 3 }.text();
        let url = || super::service::builder(service, "https://auth.example");
        let mut builders = vec![
            url().header("x-canary", format!("{secret}\n")),
            url().header("authorization", secret.clone()),
            url()
                .http_client(reqwest::Client::new())
                .header("x-canary", secret.replace(|c: char| !c.is_ascii_graphic(), "")),
        ];
        for base in [
            "https://me:{}@a.example",
            "https://a.example/?x={}",
            "https://a.example/#{}",
            "{}",
            "{}://a",
            "https://{}",
        ] {
            builders.push(super::service::builder(service, &base.replace("{}", &secret)));
        }
        for scheme in service.spec.schemes {
            builders.push(url().value(scheme.name, &format!("{secret}\n")));
        }
        for builder in builders {
            tally.cases += 1;
            tally.canaries += 1;
            tally.search(search, service.spec.name, &debugged(&builder).join("\n"));
            if let Err(error) = builder.build() {
                let text = error.printed().join("\n");
                // A host isn't secret, and no URL begins with one.
                tally.search(search, service.spec.name, &text);
            }
        }
        let client = url().build().unwrap();
        for scheme in service.spec.schemes {
            let printed = match client.with_value(scheme.name, &format!("{secret}\n")) {
                Ok(client) => debugged(&client).join("\n"),
                Err(error) => error.printed().join("\n"),
            };
            tally.search(search, service.spec.name, &printed);
        }
        let info =
            operations().into_iter().find(|info| service_of(info).spec.name == service.spec.name).unwrap();
        let outcome = client
            .prepare_operation(info.spec.id, Arguments::from_iter([("body".to_owned(), json!(secret))]));
        tally.search(
            search,
            service.spec.name,
            &outcome.map_or_else(|error| error.printed().join("\n"), |_| String::new()),
        );
    }
    assert!(tally.found.is_empty(), "{:#?}", tally.found);
    println!("settings: {} cases, {} bytes", tally.cases, tally.bytes);
}
