//! Responses that nobody would think of never make a call panic, or an error long.

#![cfg(all(feature = "descope", feature = "nhost"))]

#[path = "../fuzz/entry.rs"]
mod entry;
#[path = "support/made_up.rs"]
mod made_up;
#[path = "support/threads.rs"]
mod threads;

use entry::{Response, check, operations};
use generated_client::runtime::Shape;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

const CASES: u32 = 1500;

/// Any of these statuses, or any at all.
fn status() -> impl Strategy<Value = u16> {
    let met = select(vec![200u16, 201, 204, 301, 302, 307, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503]);
    prop_oneof![9 => met.prop_map(|status| status - 100), 1 => any::<u16>()]
}

fn media_type() -> impl Strategy<Value = Vec<u8>> {
    let met = select(vec!["application/json", "text/plain; charset=utf-8", "text/html", ""]);
    prop_oneof![9 => met.prop_map(|met| met.as_bytes().to_vec()), 1 => vec(any::<u8>(), 0..60)]
}

fn header() -> impl Strategy<Value = Vec<u8>> {
    let met = select(vec![
        "https://app.example/?refreshToken=a&code=b#c",
        "/relative?x=%zz",
        "//",
        "http://[",
        "18446744073709551615",
        "99999999999999999999999",
        "-1",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT",
    ]);
    prop_oneof![
        5 => Just(Vec::new()),
        3 => met.prop_map(|met| met.as_bytes().to_vec()),
        1 => "\\PC{0,80}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..80),
    ]
}

/// All responses of a kind of body, which may depend on the operation.
fn run(body: impl Fn(usize) -> BoxedStrategy<Vec<u8>>) {
    let count = operations().len();
    let responses = (0..count, status(), media_type(), header()).prop_flat_map(|parts| {
        let (operation, status, media_type, header) = parts;
        let whole = move |body| Response {
            operation,
            status,
            media_type: media_type.clone(),
            header: header.clone(),
            body,
        };
        body(operation).prop_map(whole)
    });
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let checked = TestRunner::new(config).run(&responses, |response| {
        check(&response);
        Ok(())
    });
    checked.unwrap_or_else(|error| panic!("{error}"));
}

/// What the operation may answer, with every member.
fn full(operation: usize) -> Value {
    let all = operations();
    let shape = match (all[operation].response)() {
        Shape::ByStatus(shapes) => shapes[0].1.clone(),
        shape => shape,
    };
    made_up::value(&shape).unwrap_or_default()
}

/// The names of all members of a value.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, member)| [vec![name.clone()], names(member)].concat()).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

/// Any JSON whose members have these names, those of errors, or any.
fn json(mut names: Vec<String>) -> BoxedStrategy<Value> {
    let of_errors =
        ["errorCode", "errorDescription", "errorMessage", "error", "message", "msg", "reason", "errors"];
    names.extend(of_errors.map(str::to_owned));
    let number = any::<f64>().prop_map(|number| json!(number));
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        number,
        "\\PC{0,300}".prop_map(Value::from),
        select(vec!["", "1.7e9", "true", "E061102", "elevated-claim-required", "0"]).prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(5, 40, 8, move |inner| {
        let name = prop_oneof![9 => select(names.clone()), 1 => "\\PC{0,50}"];
        let members = vec((name, inner.clone()), 0..8);
        prop_oneof![
            1 => vec(inner, 0..5).prop_map(Value::Array),
            3 => members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    });
    tree.boxed()
}

#[test]
fn any_bytes() {
    run(|_| vec(any::<u8>(), 0..300).boxed());
}

#[test]
fn any_text_of_the_signs_that_json_has() {
    run(|_| "[\\[\\]{}:,\"\\\\0-9eE.\\-truefalsn \\n]{0,400}".prop_map(String::into_bytes).boxed());
}

#[test]
fn any_json() {
    run(|operation| json(names(&full(operation))).prop_map(|value| value.to_string().into_bytes()).boxed());
}

#[test]
fn responses_that_are_cut_off_or_garbled() {
    run(|operation| {
        let whole = full(operation).to_string().into_bytes();
        let edits = vec((any::<Index>(), any::<Option<u8>>()), 0..4);
        (edits, any::<Index>(), any::<bool>())
            .prop_map(move |(edits, end, is_cut)| {
                let mut garbled = whole.clone();
                for (at, byte) in edits {
                    let at = at.index(garbled.len());
                    match byte {
                        Some(byte) => garbled[at] = byte,
                        None => _ = garbled.remove(at),
                    }
                }
                if is_cut {
                    garbled.truncate(end.index(garbled.len() + 1));
                }
                garbled
            })
            .boxed()
    });
}

#[test]
fn responses_of_which_a_part_is_anything() {
    run(|operation| {
        let whole = full(operation);
        let names = names(&whole);
        (select(pointers(&whole, "")), json(names))
            .prop_map(move |(pointer, value)| {
                let mut changed = whole.clone();
                *changed.pointer_mut(&pointer).unwrap() = value;
                changed.to_string().into_bytes()
            })
            .boxed()
    });
}

/// The JSON pointers to a value and all of its parts.
fn pointers(value: &Value, to: &str) -> Vec<String> {
    let below: Vec<String> = match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(member, &format!("{to}/{name}"))
            })
            .collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, item)| pointers(item, &format!("{to}/{at}"))).collect()
        }
        _ => Vec::new(),
    };
    [vec![to.to_owned()], below].concat()
}

/// Reads what is deep and what is long as a response of this operation; what is long comes with one status of three.
fn read_deep_and_long(operation: usize) {
    let units =
        ["[", "{\"user\":", "{\"a\\u0000b\":[", "\"x", "\\", " ", "{\"sessionJwtSessionJwt\":1,", "<p>"];
    for (index, unit) in units.into_iter().enumerate() {
        for (count, status) in [(127, 100), (5000, [100, 202, 300][(operation + index) % 3])] {
            let body = unit.repeat(count).into_bytes();
            let media_type = b"application/json".to_vec();
            check(&Response { operation, status, media_type, header: Vec::new(), body });
        }
    }
}

#[test]
fn deep_and_long_responses() {
    let all: Vec<usize> = (0..operations().len()).collect();
    threads::each(threads::shares(&all), |share| share.iter().copied().for_each(read_deep_and_long));
}
