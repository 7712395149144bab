//! The items of the schemas: types, members, values of enums, alternatives.

use super::attribute::{Attribute as A, BOTH, NONE, shown};
use super::choices;
use super::fact::Fact;
use super::item::{Item, Kind, WireDirection, route};
use crate::emit::type_name;
use crate::model::{
    Alternative, Api, Bound, COMMON, Definition, Direction, EnumKind, EnumValue, Facts, Limits, Member,
    Object, Operation, Schema, Tag, Type, Usage, scalar,
};
use crate::names;

/// All items of the schemas.
pub(super) fn items(api: &Api) -> Vec<Item> {
    api.schemas.values().flat_map(|schema| of_schema(api, schema)).collect()
}

/// The path of a schema's type, as a user writes it.
pub(super) fn path(api: &Api, schema: &Schema) -> String {
    let service = names::module(&api.service);
    match schema.home.as_str() {
        COMMON => format!("generated_client::{service}::{}", schema.name),
        home => format!("generated_client::{service}::{}::{}", names::module(home), schema.name),
    }
}

fn of_schema(api: &Api, schema: &Schema) -> Vec<Item> {
    let usage = &schema.usage;
    if usage.is_headers {
        return of_headers(api, schema);
    }
    let item = of_type(api, schema, Kind::Schema)
        .text(A::Description, &schema.description)
        .text(A::Example, json(schema.example.as_ref()))
        .flag(A::Deprecated, schema.deprecated)
        .flag(A::Kept, schema.is_relayed || schema.is_stored || usage.in_relayed || usage.in_stored);
    match &schema.definition {
        Definition::Object(object) => of_object(api, schema, object, item.fact(A::Use, used(usage, true))),
        Definition::Enum { open, of, values } => {
            let item = item.text(A::Form, enum_form(*of)).flag(A::OpenEnum, *open);
            let parts: Vec<Item> = values.iter().map(|value| of_value(api, schema, value, &item)).collect();
            std::iter::once(item).chain(parts).collect()
        }
        Definition::Choice(alternatives) => {
            let item = item.text(A::Form, "choice").fact(A::Use, used(usage, false));
            let item = item.fact(A::Order, Fact::Order(choices::order(api, alternatives)));
            let parts: Vec<Item> =
                alternatives.iter().map(|one| of_alternative(api, schema, one, &item)).collect();
            std::iter::once(item).chain(parts).collect()
        }
    }
}

/// The type of the headers of a response. The spec describes it in the response, and not as a schema.
fn of_headers(api: &Api, schema: &Schema) -> Vec<Item> {
    let item = of_type(api, schema, Kind::Headers);
    match &schema.definition {
        Definition::Object(object) => with_members(api, schema, object, item),
        _ => vec![item],
    }
}

fn of_type(api: &Api, schema: &Schema, kind: Kind) -> Item {
    Item::new(&api.service, kind, &schema.name, wire_direction(&schema.usage))
        .called(path(api, schema))
        .declared(&schema.name)
        .declared(if schema.home == COMMON { COMMON } else { &schema.name })
        .found_by_any(identities(api, schema))
        .fact(A::Home, Fact::Step(u8::from(schema.home == COMMON), schema.home.clone()))
}

fn enum_form(kind: EnumKind) -> &'static str {
    match kind {
        EnumKind::Text => "enum",
        EnumKind::Integer => "enum of integers",
        EnumKind::Number => "enum of numbers",
        EnumKind::Boolean => "enum of truth values",
    }
}

fn wire_direction(usage: &Usage) -> WireDirection {
    match (usage.in_requests, usage.in_responses || usage.is_headers) {
        (true, true) => WireDirection::InBoth,
        (true, false) => WireDirection::InRequests,
        (false, true) => WireDirection::InResponses,
        (false, false) => WireDirection::Nowhere,
    }
}

/// Where a type is used, as far as that decides which methods it has. An enum has the same methods everywhere.
fn used(usage: &Usage, is_object: bool) -> Fact {
    let uses = [
        (usage.in_requests, "requests"),
        (usage.is_body && is_object, "whole body"),
        (usage.in_responses, "responses"),
    ];
    Fact::Set(uses.iter().filter(|(is_used, _)| *is_used).map(|(_, name)| (*name).to_owned()).collect())
}

/// The identities of a schema, by which it is found under any name: its parts with the operations that use it, or its parts
/// alone. The parts alone say too little if there is only one.
fn identities(api: &Api, schema: &Schema) -> Vec<String> {
    let parts = parts(schema);
    let alone = (parts.len() > 1 || schema.usage.is_headers).then(|| parts.join(", "));
    let users = users(api, schema);
    let with_users = (!users.is_empty()).then(|| format!("{} of {}", parts.join(", "), users.join(", ")));
    vec![with_users.unwrap_or_default(), alone.unwrap_or_default()]
}

/// The bodies and responses that are of the type, by what doesn't change with a name.
fn users(api: &Api, schema: &Schema) -> Vec<String> {
    let is_of = |ty: Option<&Type>| ty.and_then(Type::named) == Some(&schema.name);
    let of_operation = |operation: &Operation| {
        let sender = operation.body.as_ref().filter(|body| is_of(Some(&body.ty))).map(|_| "body".to_owned());
        let responses = operation.responses.iter().filter(|response| is_of(response.content.json()));
        let statuses = responses.map(|response| response.status.to_string());
        let found = sender.into_iter().chain(statuses);
        found.map(|part| format!("{} {part}", route(operation))).collect::<Vec<_>>()
    };
    api.operations().flat_map(of_operation).collect()
}

fn parts(schema: &Schema) -> Vec<String> {
    match &schema.definition {
        Definition::Object(object) => object
            .members
            .iter()
            .chain(&object.read_only)
            .map(|member| format!("{}: {}", member.name, type_name(&member.ty)))
            .collect(),
        Definition::Enum { values, .. } => values.iter().map(|value| scalar(&value.value)).collect(),
        Definition::Choice(alternatives) => alternatives.iter().map(|one| type_name(&one.ty)).collect(),
    }
}

fn of_object(api: &Api, schema: &Schema, object: &Object, item: Item) -> Vec<Item> {
    let mut item = item.text(A::Form, "object").flag(A::OpenObject, object.rest.is_some());
    if let Some(rest) = &object.rest {
        item = item.text(A::OtherMembers, type_name(&rest.ty));
    }
    for method in methods_with(api, schema) {
        item = item.declared(&method);
    }
    with_members(api, schema, object, item)
}

fn with_members(api: &Api, schema: &Schema, object: &Object, item: Item) -> Vec<Item> {
    let required = object.required().map(|member| member.rust.clone()).collect();
    let item = item.fact(A::Arguments, Fact::Order(required));
    let members = object.members.iter().chain(&object.read_only);
    let members: Vec<Item> = members.map(|member| of_member(api, schema, member, &item)).collect();
    std::iter::once(item).chain(members).collect()
}

/// The declarations of the methods whose arguments are the required members of the schema.
fn methods_with(api: &Api, schema: &Schema) -> impl Iterator<Item = String> {
    let is_body = |ty: &Type| ty.named() == Some(&schema.name);
    let operations =
        api.operations().filter(move |it| it.body.as_ref().is_some_and(|body| is_body(&body.ty)));
    operations.map(super::declarations::method)
}

fn of_member(api: &Api, schema: &Schema, member: &Member, parent: &Item) -> Item {
    let name = format!("{}.{}", schema.name, member.name);
    let wire_direction = match (member.only_in, parent.wire_direction) {
        (Some(Direction::Request), _) => WireDirection::InRequests,
        (Some(Direction::Response), _) => WireDirection::InResponses,
        (None, wire_direction) => wire_direction,
    };
    let mut item = Item::new(&api.service, Kind::Member, name, wire_direction)
        .within(parent)
        .called(format!("{}::{}", path(api, schema), member.rust))
        .declared_in(&schema.name, &member.rust)
        .flag(A::Required, member.required)
        .text(A::RustName, &member.rust)
        .text(A::Description, &member.description)
        .flag(A::Deprecated, member.deprecated)
        .text(A::NotSensitive, member.not_sensitive.clone().unwrap_or_default())
        .text(A::Example, json(member.example.as_ref()))
        .fact(A::Direction, direction(member.only_in, wire_direction));
    let is_list = matches!(member.ty, Type::List(_) | Type::Map(_) | Type::FreeObject);
    if is_list && !member.required && member.only_in != Some(Direction::Response) {
        item = item.flag(A::AbsentList, schema.usage.in_requests || schema.usage.in_relayed);
    }
    for method in methods_with(api, schema).filter(|_| member.required) {
        item = item.declared(&method);
    }
    facts(limits(ty(item, &member.ty), &member.limits), &member.facts)
}

/// The directions in which a member travels: what the spec says, and what remains of that in the directions in which its
/// type travels.
fn direction(only_in: Option<Direction>, wire_direction: WireDirection) -> Fact {
    let said = match only_in {
        None => BOTH,
        Some(Direction::Request) => "requests alone",
        Some(Direction::Response) => "responses alone",
    };
    let results = match wire_direction {
        WireDirection::InBoth => BOTH,
        WireDirection::InRequests => "requests alone",
        WireDirection::InResponses => "responses alone",
        WireDirection::Nowhere => "nowhere",
    };
    Fact::Cut { said: said.to_owned(), results: results.to_owned() }
}

fn of_value(api: &Api, schema: &Schema, value: &EnumValue, parent: &Item) -> Item {
    let name = format!("{}.{}", schema.name, scalar(&value.value));
    Item::new(&api.service, Kind::Value, name, parent.wire_direction)
        .within(parent)
        .called(format!("{}::{}", path(api, schema), value.variant))
        .declared_in(&schema.name, &value.variant)
        .text(A::RustName, &value.variant)
        .text(A::Description, &value.description)
}

fn of_alternative(api: &Api, schema: &Schema, one: &Alternative, parent: &Item) -> Item {
    let name = format!("{}.{}", schema.name, one.variant);
    let item = Item::new(&api.service, Kind::Alternative, name, parent.wire_direction);
    typed(item, &one.ty)
        .within(parent)
        .called(format!("{}::{}", path(api, schema), one.variant))
        .declared_in(&schema.name, &one.variant)
        .text(A::Description, &one.description)
        .fact(A::Marks, Fact::Set(marks(one)))
}

/// What tells an alternative from the others: the members that it has, and the texts of one of them.
fn marks(one: &Alternative) -> Vec<String> {
    let texts = one
        .tag
        .iter()
        .flat_map(|Tag { member, texts }| texts.iter().map(move |text| format!("{member}: {text}")));
    one.required.iter().cloned().chain(texts).collect()
}

/// The type of a value. Whether the value can be absent, can be null or is secret are attributes of their own.
pub(super) fn ty(item: Item, ty: &Type) -> Item {
    let mut plain = ty;
    let mut is_nullable = false;
    while let Type::Option(inner) | Type::Nullable(inner) = plain {
        is_nullable |= matches!(plain, Type::Nullable(_));
        plain = inner;
    }
    typed(item, plain).flag(A::Nullable, is_nullable)
}

fn typed(item: Item, ty: &Type) -> Item {
    item.text(A::Type, type_name(&bare(ty)))
        .flag(A::Sensitive, ty.secret().is_some())
        .flag(A::Boxed, has_box(ty))
}

/// A type without what other attributes say.
fn bare(ty: &Type) -> Type {
    let of = |inner: &Type| Box::new(bare(inner));
    match ty {
        Type::Secret(inner) | Type::Boxed(inner) => bare(inner),
        Type::List(inner) => Type::List(of(inner)),
        Type::Map(inner) => Type::Map(of(inner)),
        Type::Option(inner) => Type::Option(of(inner)),
        Type::Nullable(inner) => Type::Nullable(of(inner)),
        other => other.clone(),
    }
}

fn has_box(ty: &Type) -> bool {
    match ty {
        Type::Boxed(_) => true,
        Type::Secret(inner)
        | Type::List(inner)
        | Type::Map(inner)
        | Type::Option(inner)
        | Type::Nullable(inner)
        | Type::JsonText(inner) => has_box(inner),
        _ => false,
    }
}

/// What the server accepts, as attributes. The client doesn't check the limits of values that aren't sent, so these are one
/// text.
pub(super) fn limits(item: Item, limits: &Limits) -> Item {
    let count = |count: Option<u64>| {
        let at = count.and_then(|count| u32::try_from(count).ok()).map(f64::from);
        Fact::Bound(at.map(|at| Bound { at, is_exclusive: false }))
    };
    let all = checked_limits(limits, count);
    if item.wire_direction.is_sent() {
        return all.into_iter().fold(item, |item, (attribute, fact)| item.fact(attribute, fact));
    }
    let some = all.iter().map(|(attribute, fact)| (attribute, shown(fact))).filter(|(_, it)| it != NONE);
    let texts: Vec<String> = some.map(|(attribute, text)| format!("{attribute:?} {text}")).collect();
    item.text(A::Limits, texts.join(", "))
}

fn checked_limits(limits: &Limits, count: impl Fn(Option<u64>) -> Fact) -> Vec<(A, Fact)> {
    vec![
        (A::MinLength, count(limits.min_length)),
        (A::MaxLength, count(limits.max_length)),
        (A::MaxBytes, count(limits.max_bytes)),
        (A::MinItems, count(limits.min_items)),
        (A::MaxItems, count(limits.max_items)),
        (A::Minimum, Fact::Bound(limits.low)),
        (A::Maximum, Fact::Bound(limits.high)),
        (A::Pattern, Fact::Maybe(limits.pattern.clone())),
    ]
}

/// What else the spec says of values.
pub(super) fn facts(item: Item, facts: &Facts) -> Item {
    let format = facts.format.as_ref().map(|format| format.name.clone()).unwrap_or_default();
    item.text(A::Format, format).text(A::Default, json(facts.default.as_ref()))
}

/// A value as JSON; the empty text for none.
pub(super) fn json(value: Option<&serde_json::Value>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
