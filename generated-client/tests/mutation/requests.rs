//! Requests, sent to a server on loopback.

use std::time::Duration;

use generated_client::runtime::{
    AnyClient, MediaType, OperationInfo, Parameter, ParameterLocation, SchemeRole,
};
use percent_encoding::percent_decode_str;
use reqwest::Url;
use serde_json::{Map, Value};

use super::examples::{self, Content, Example, Examples};
use super::loopback::{Loopback, Received, Reply, response};
use super::service::{Arguments, builder, operations, service_of};
use super::threads;

/// A client at this URL that carries a credential which the operation takes.
fn client(info: &OperationInfo, url: &str) -> AnyClient {
    let service = service_of(info);
    let builder = builder(service, url).http_client_builder(reqwest::Client::builder().no_proxy());
    let client = builder.timeout(Duration::from_secs(60)).build().unwrap();
    let last = info.spec.credentials.last().map(|name| service.spec.scheme(name).unwrap());
    match last.filter(|scheme| scheme.role == SchemeRole::Carried) {
        Some(scheme) => client.with_value(scheme.name, "A").unwrap(),
        None => client,
    }
}

/// The bytes of an example of a response.
fn reply(Example { status, content }: &Example) -> Reply {
    let mut headers = vec![("content-type", content.media_type().to_owned())];
    if let Content::Location(location) = content {
        headers.push(("location", location.clone()));
    }
    Reply::Whole(response(*status, &headers, content.body()))
}

/// Whether a parameter is sent, where all are to be sent that can be, or as few as possible.
fn is_sent(info: &OperationInfo, parameter: &Parameter, are_all: bool) -> bool {
    match info.spec.argument_group.filter(|group| group.arguments.contains(&parameter.argument)) {
        Some(group) => group.arguments[0] == parameter.argument || (are_all && !group.is_exact),
        None => are_all || parameter.required,
    }
}

/// The examples of the parameters, of as many as can be sent together, or of as few as possible.
fn parameters(info: &OperationInfo, examples: &Examples, are_all: bool) -> Arguments {
    let sent = info.spec.parameters.iter().filter(|parameter| is_sent(info, parameter, are_all));
    sent.map(|parameter| {
        let example = examples.parameters.get(parameter.name);
        let example =
            example.unwrap_or_else(|| panic!("{}: {} has no example", info.spec.id, parameter.name));
        (parameter.name.to_owned(), example.clone())
    })
    .collect()
}

/// The arguments together with the members of a body; a body that is no object, or that shares a name with a
/// parameter, goes by `body`.
fn joined(mut arguments: Arguments, body: &Value) -> Arguments {
    match body {
        Value::Object(members) if members.keys().all(|name| !arguments.contains_key(name)) => {
            arguments.extend(members.clone());
        }
        other => _ = arguments.insert("body".to_owned(), other.clone()),
    }
    arguments
}

/// Sends the examples of these operations to a server of their own. Returns how many calls that took.
fn send_examples(operations: &[&'static OperationInfo]) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Loopback::start(Reply::Part(Vec::new()));
    let mut calls = 0;
    for info in operations {
        let client = client(info, &server.url());
        let examples = examples::of(info);
        let requests = match (info.spec.body, &*examples.requests) {
            (None, _) => &[Value::Null][..],
            (Some(_), []) => panic!("{} has no example of its body", info.spec.id),
            (Some(_), examples) => examples,
        };
        server.reply(reply(&examples.responses[0]));
        for (request, are_all) in requests.iter().flat_map(|request| [(request, true), (request, false)]) {
            let given = parameters(info, examples, are_all);
            let arguments =
                if info.spec.body.is_some() { joined(given.clone(), request) } else { given.clone() };
            let outcome = runtime.block_on(client.call_operation_typed(info.spec.id, arguments));
            outcome.unwrap_or_else(|error| panic!("{error}"));
            let received = server.received();
            assert_eq!(received.len(), 1, "{} was sent more than once", info.spec.id);
            assert_sent(info, &given, request, &received[0]);
            assert_eq!(info.read_request(request).unwrap().value, *request, "{}", info.spec.id);
            calls += 1;
        }
    }
    calls
}

#[test]
fn every_request_has_an_example_which_arrives_as_it_is() {
    let all = operations();
    let calls: usize = threads::each(threads::shares(&all), send_examples).into_iter().sum();
    println!("{} operations, {calls} examples of requests", all.len());
}

fn assert_sent(info: &OperationInfo, arguments: &Arguments, body: &Value, received: &Received) {
    let spec = info.spec;
    assert_eq!(received.method, reqwest::Method::from(spec.method).as_str(), "{}", spec.id);
    let url = Url::parse(&format!("http://localhost{}", received.target)).unwrap();
    let path = spec.path.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(name) => text(&arguments[name.trim_end_matches('}')]),
        None => segment.to_owned(),
    });
    let sent = url.path().split('/').map(|segment| percent_decode_str(segment).decode_utf8().unwrap());
    assert_eq!(sent.collect::<Vec<_>>(), path.collect::<Vec<_>>(), "{}", spec.id);

    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    for parameter in spec.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Query)
    {
        assert_in_query(parameter, arguments.get(parameter.name), &query);
    }
    match spec.body {
        None => assert!(received.body.is_empty(), "{}", spec.id),
        Some(MediaType::Json) => {
            let sent: Value = serde_json::from_slice(&received.body).unwrap();
            assert_eq!(sent, *body, "{}", spec.id);
        }
        Some(MediaType::Form) => {
            let sent = String::from_utf8(received.body.clone()).unwrap();
            let sent = Url::parse(&format!("http://localhost/?{sent}")).unwrap();
            let mut sent: Vec<(String, String)> = sent.query_pairs().into_owned().collect();
            sent.sort();
            assert_eq!(sent, form(body.as_object().unwrap()), "{}", spec.id);
        }
        Some(other) => panic!("{}: say here how a body of {other:?} is compared", spec.id),
    }
}

/// A parameter is in the query if it has an argument, and a text as it is.
fn assert_in_query(parameter: &Parameter, argument: Option<&Value>, query: &[(String, String)]) {
    let Some(argument) = argument else {
        assert!(query.iter().all(|(name, _)| name != parameter.name), "{} wasn't given", parameter.name);
        return;
    };
    let is_of_it = |name: &str| name.split('[').next() == Some(parameter.name);
    let mut sent = query.iter().filter(|(name, _)| is_of_it(name)).map(|(_, value)| value.as_str());
    match argument {
        Value::String(text) => assert_eq!(sent.next(), Some(&**text), "{}", parameter.name),
        _ => assert!(sent.next().is_some(), "{} wasn't sent", parameter.name),
    }
}

/// The pairs of a form, sorted.
fn form(members: &Map<String, Value>) -> Vec<(String, String)> {
    let of_member = |(name, value): (&String, &Value)| match value {
        Value::Array(items) => items.iter().map(|item| (name.clone(), text(item))).collect(),
        value => vec![(name.clone(), text(value))],
    };
    let mut pairs: Vec<(String, String)> = members.iter().flat_map(of_member).collect();
    pairs.sort();
    pairs
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
