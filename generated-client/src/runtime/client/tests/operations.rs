//! What the declaration of an operation gives.

use super::sample::op::{Callback, Exchange, Find, Health};
use super::sample::{CallbackForm, ExchangeRequest, Session};
use crate::runtime::client::operation::Operation;
use crate::runtime::request::spec::Retry;
use crate::runtime::response::format::{ByStatus, Json, Text};
use std::any::TypeId;

fn is_same<A: 'static, B: 'static>() -> bool {
    TypeId::of::<A>() == TypeId::of::<B>()
}

#[test]
fn an_operation_knows_its_body_and_response() {
    assert!(is_same::<<Exchange as Operation>::Body, ExchangeRequest>());
    assert!(is_same::<<Exchange as Operation>::Response, Session>());
    assert!(is_same::<<Exchange as Operation>::Format, Json>());
    assert!(is_same::<<Health as Operation>::Body, ()>());
    assert!(is_same::<<Health as Operation>::Format, Text>());
    assert!(is_same::<<Callback as Operation>::Body, CallbackForm>());
    assert!(is_same::<<Callback as Operation>::Format, ByStatus>());
}

#[test]
fn an_operation_has_its_parameters_in_the_order_of_the_declaration() {
    let names: Vec<_> = Find::SPEC.parameters.iter().map(|parameter| parameter.name).collect();
    assert_eq!(
        names,
        ["id", "limit", "tags", "metadata", "filter", "x-nonce", "x-features", "exact", "sort"]
    );
    assert_eq!((Find::SPEC.id, Find::SPEC.path, Find::SPEC.retry), ("find", "/users/{id}/keys", Retry::Safe));
    assert!(Health::SPEC.parameters.is_empty());
}

#[cfg(feature = "operations")]
#[test]
fn the_table_lists_every_parameter() {
    use crate::runtime::value::shape::Shape;

    let names: Vec<_> = Find::ARGUMENTS.iter().map(|argument| argument.name).collect();
    assert_eq!(names, ["id", "limit", "tags", "metadata", "filter", "nonce", "features", "exact", "sort"]);
    let sort = Find::ARGUMENTS.last().unwrap();
    assert_eq!(sort.documentation, " An argument may be documented.\n");
    assert!(matches!((sort.shape)(), Shape::Enum(of) if of.name == "Mode"));
    assert!(Health::ARGUMENTS.is_empty());
}
