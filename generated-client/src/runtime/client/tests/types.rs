//! How declared types are made, written and read.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "it stands for generated code, which is public and documented"
)]

use crate::runtime::codegen::*;
use serde::Serialize;

request! {
    pub struct Request(
        name: String = "Name",
        codes: Vec<Secret> = "codes",
        count: i64 = "count",
    ) {
        flag: Option<bool> = "flag",
        list: Vec<String> = "list",
        map: BTreeMap<String, i64> = "map",
        claims: Map<String, Value> = "claims",
        pin: Option<Secret<i64>> = "pin",
        inner: Option<Box<Options>> = "inner";
        rest: BTreeMap<String, String>
    }
}

request! {
    pub struct Options() {
        level: Option<i64> = "level",
    }
}

open_enum! {
    pub enum Colour {
        Red = "red",
    }
}

response! {
    pub struct Response(
        token: Secret = "token",
        count: i32 = "count",
        part: Part = "part",
        colour: Colour = "colour",
    ) {
        time: Option<i64> = "time",
        weight: Option<f64> = "weight",
        hidden: Option<Secret<i64>> = "hidden",
        names: Vec<String> = "names",
        numbers: Vec<Vec<i64>> = "numbers",
        colours: Vec<Colour> = "colours",
        parts: BTreeMap<String, Part> = "parts",
        claims: Map<String, Value> = "claims",
        inner: Option<Box<Response>> = "inner",
        done: Option<bool> = "done",
        any: Option<Value> = "any",
    }
}

response! {
    pub struct Part() {
        name: Option<String> = "name";
        rest: BTreeMap<String, i64>
    }
}

request_and_response! {
    pub struct Both(
        name: String = "name",
    ) {
        tags: Vec<String> = "tags",
    }
}

request_choice! {
    pub enum Target {
        Number(i64),
        Options(Options),
    }
}

response_choice! {
    pub enum Reading {
        Flag(bool),
        List(Vec<f64>),
        Both(Both) = ["name"],
        Part(Part),
    }
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn read(json: &str) -> Result<Response, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn what_is_unset_is_not_written() {
    assert_eq!(written(&Options::default()), "{}");
    assert_eq!(written(&Request::new("n", ["c"], 1)), r#"{"Name":"n","codes":["c"],"count":1}"#);
}

#[test]
fn what_is_set_is_written_in_the_order_of_the_declaration() {
    let request = Request::new(String::from("n"), Vec::<String>::new(), -1)
        .rest(BTreeMap::from([("x".to_owned(), "y".to_owned())]))
        .inner(Options::default().level(7))
        .pin(1234)
        .claims(Map::from_iter([("c".to_owned(), Value::Null)]))
        .map([("k".to_owned(), 1)])
        .list(["a", "b"])
        .flag(false);
    assert_eq!(
        written(&request),
        concat!(
            r#"{"Name":"n","codes":[],"count":-1,"flag":false,"list":["a","b"],"map":{"k":1},"#,
            r#""claims":{"c":null},"pin":1234,"inner":{"level":7},"x":"y"}"#
        )
    );
    assert_eq!(request.clone().flag(false), request);
    assert_ne!(request.clone().flag(true), request);
}

#[test]
fn absence_and_null_are_the_default() {
    let nothing = Response::default();
    assert_eq!(read("{}").unwrap(), nothing);
    for member in [
        "token", "count", "part", "colour", "time", "weight", "hidden", "names", "numbers", "colours",
        "parts", "claims", "inner", "done", "any",
    ] {
        let response = read(&format!(r#"{{"{member}": null}}"#)).unwrap();
        assert_eq!(Response { any: None, ..response }, nothing, "{member}");
    }
    assert_eq!(nothing.colour, Colour::Unknown(String::new()));
    let nulls = read(r#"{"names":[null,"a"],"numbers":[[null,1],null],"parts":{"p":null},"colours":[null]}"#)
        .unwrap();
    assert_eq!(nulls.names, ["a"]);
    assert_eq!(nulls.numbers, [[1]]);
    assert!(nulls.parts.is_empty() && nulls.colours.is_empty());
}

#[test]
fn what_is_not_declared_is_passed_over_or_kept_where_it_has_a_place() {
    let response =
        read(r#"{"new":{"a":[1,{"b":null}]},"na\u006des":["x"],"colour":"mauve","time":1}"#).unwrap();
    assert_eq!(response.names, ["x"]);
    assert_eq!(response.colour.as_str(), "mauve");
    assert_eq!(response.time, Some(1));

    let response = read(r#"{"part":{"name":"n","a":1,"b":"2","c":null}}"#).unwrap();
    assert_eq!(response.part.name.as_deref(), Some("n"));
    assert_eq!(response.part.rest, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
}

#[test]
fn a_number_comes_in_many_forms() {
    for form in ["1700000000", "1.7e9", "1700000000.0", r#""1700000000""#, r#"" 1.7e9 ""#] {
        let response = read(&format!(r#"{{"time":{form},"weight":{form},"hidden":{form}}}"#)).unwrap();
        assert_eq!(response.time, Some(1_700_000_000), "{form}");
        assert_eq!(response.weight, Some(1.7e9), "{form}");
        assert_eq!(response.hidden, Some(Secret::from(1_700_000_000_i64)), "{form}");
    }
    assert_eq!(read(r#"{"time":-5}"#).unwrap().time, Some(-5));
    assert_eq!(read(r#"{"time":"9223372036854775807"}"#).unwrap().time, Some(i64::MAX));
    assert_eq!(read(r#"{"count":"7","weight":0.5}"#).unwrap().weight, Some(0.5));
    assert_eq!(read(r#"{"time":"","count":" ","weight":""}"#).unwrap(), Response::default());
}

#[test]
fn an_empty_string_is_none_where_no_string_is_expected() {
    for member in ["part", "count", "time", "hidden", "names", "numbers", "parts", "claims", "inner", "done"]
    {
        for empty in ["", " "] {
            let response = read(&format!(r#"{{"{member}": "{empty}"}}"#)).unwrap();
            assert_eq!(response, Response::default(), "{member}");
        }
        let error = read(&format!(r#"{{"{member}": "s3cret"}}"#)).unwrap_err();
        assert!(error.starts_with("invalid"), "{member}: {error}");
    }
}

#[test]
fn a_truth_value_may_come_in_a_string() {
    assert_eq!(read(r#"{"done":"true"}"#).unwrap().done, Some(true));
    assert_eq!(read(r#"{"done":" false"}"#).unwrap().done, Some(false));
    read(r#"{"done":1}"#).unwrap_err();
}

#[test]
fn what_is_no_number_is_refused() {
    for form in ["1.5", "1e99", "9223372036854775808", r#""soon""#, "{}", "[]", "true", r#""NaN""#] {
        read(&format!(r#"{{"time":{form}}}"#)).unwrap_err();
    }
    read(r#"{"count":2147483648}"#).unwrap_err();
    for form in [r#""inf""#, r#""-Infinity""#, r#""NaN""#] {
        read(&format!(r#"{{"weight":{form}}}"#)).unwrap_err();
    }
}

#[test]
fn a_string_may_be_a_number_or_truth_value() {
    for (form, text) in [("7", "7"), ("true", "true"), ("-1.5", "-1.5"), (r#""red""#, "red")] {
        let response = read(&format!(r#"{{"colour":{form},"names":[{form}]}}"#)).unwrap();
        assert_eq!((response.colour.as_str(), &*response.names[0]), (text, text));
    }
}

/// Where a crate of the program has serde_json keep numbers as they are written, the text is exact.
#[test]
fn a_number_that_is_not_held_exactly_is_no_string() {
    for form in ["18446744073709551617", "-9223372036854775809", "100000000000000000000"] {
        if let Ok(response) = read(&format!(r#"{{"names":[{form}]}}"#)) {
            assert_eq!(response.names, [form]);
        }
    }
    for exact in ["18446744073709551615", "-9223372036854775808", "9007199254740991"] {
        assert_eq!(read(&format!(r#"{{"names":[{exact}]}}"#)).unwrap().names, [exact]);
    }
}

#[test]
fn what_travels_both_ways_comes_back_as_it_was() {
    let both = Both::new("n").tags(["a"]);
    assert_eq!(serde_json::from_str::<Both>(&written(&both)).unwrap(), both);
    assert_eq!(written(&Both::default()), r#"{"name":""}"#);
}

#[test]
fn choices_are_told_apart_by_their_form() {
    assert_eq!(written(&Target::Number(1)), "1");
    assert_eq!(written(&Target::Options(Options::default().level(2))), r#"{"level":2}"#);
    for (json, reading) in [
        ("true", Reading::Flag(true)),
        ("[1,2.5]", Reading::List(vec![1.0, 2.5])),
        (r#"{"name":"n","new":1}"#, Reading::Both(Both::new("n"))),
        (r#"{"name":null}"#, Reading::Part(Part::default())),
        ("{}", Reading::Part(Part::default())),
        (r#""new""#, Reading::Other(Secret::new("new".into()))),
        ("null", Reading::default()),
    ] {
        assert_eq!(serde_json::from_str::<Reading>(json).unwrap(), reading);
    }
}

#[cfg(feature = "both-directions")]
mod both_directions {
    use super::{Request, Response, written};

    #[test]
    fn a_request_can_be_read() {
        let request = Request::new("n", ["c"], 7).flag(true).list(["x"]).pin(5);
        let read: Request = serde_json::from_str(&written(&request)).unwrap();
        assert_eq!(read, request);
    }

    #[test]
    fn a_request_without_what_is_required_cannot_be_read() {
        let error = serde_json::from_str::<Request>(r#"{"Name":"n","codes":[]}"#).unwrap_err();
        assert_eq!(error.to_string(), "missing field `count`");
    }

    #[test]
    fn a_response_can_be_stored_and_comes_back_as_it_was() {
        let json = r#"{"token":"t","count":1,"part":{"name":"p"},"colour":"red","time":5,"names":["a"],"done":false}"#;
        let response: Response = serde_json::from_str(json).unwrap();
        assert_eq!(written(&response), json);
    }
}
