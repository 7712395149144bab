//! The arguments and members that `x-paging` names exist: whole numbers in the request, and in the response the list and
//! the number of all items.

use super::words::suggest;
use crate::fault::Fault;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::openapi::types::{Property, SchemaType};
use crate::source::{Node, Value};

const PAGING: &str = "x-paging";

const KEYS: [&str; 6] = ["page", "start", "first", "size", "items", "total"];

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    for operation in &survey.operations {
        let paging = operation.node.get(PAGING).filter(|paging| paging.is_mapping());
        if let Some(paging) = paging.filter(|paging| !paging.entries().is_empty()) {
            check_keys(paging, faults);
            check_request(survey, operation, paging, faults);
            check_response(survey, operation, paging, faults);
        }
    }
}

fn wrong(node: &Node, what: impl Into<Box<str>>, help: impl Into<Box<str>>) -> Fault {
    node.fault("paging", what, help)
}

fn check_keys(paging: &Node, faults: &mut Vec<Fault>) {
    for (key, value) in paging.entries() {
        let name = key.text().unwrap_or_default();
        if !KEYS.contains(&name) {
            let help = suggest(
                name,
                KEYS.iter().copied(),
                "the keys are `page` or `start`, `first`, `size`, `items`, `total`",
            );
            faults.push(wrong(key, format!("`{PAGING}` has no key `{name}`"), help));
        } else if name == "first" {
            if !matches!(value.value, Value::Integer(0 | 1)) {
                let help = "write 0 or 1, the number of the first page or item";
                faults.push(wrong(value, "pages and items are counted from 0 or 1", help));
            }
        } else if value.text().is_none_or(str::is_empty) {
            faults.push(wrong(value, format!("`{name}` must be a name"), "write the name in the API"));
        }
    }
    match (paging.get("page"), paging.get("start")) {
        (Some(_), Some(start)) => {
            let help = "keep `page` if the argument counts pages, or `start` if it counts items";
            faults.push(wrong(start, "a page is asked for by its number or by that of its first item", help));
        }
        (None, None) => {
            let help =
                "add `page: …`, the argument that counts pages, or `start: …`, the one that counts items";
            faults.push(wrong(paging, "nothing says how a page is asked for", help));
        }
        _ => {}
    }
    if paging.get("items").is_none() {
        let help = "add `items: …`, the member of the response that holds the list";
        faults.push(wrong(paging, "nothing says where a page has its items", help));
    }
}

/// The arguments that ask for a page are whole numbers, in the query or in a body that is always sent.
fn check_request(
    survey: &Survey<'_>,
    operation: &ResolvedOperation<'_>,
    paging: &Node,
    faults: &mut Vec<Fault>,
) {
    let members = members_of_body(survey, operation);
    let in_query = operation.parameters.iter().filter(|parameter| parameter.location() == "query");
    let parameters: Vec<_> = in_query.collect();
    for name in ["page", "start", "size"].iter().filter_map(|key| paging.get(key)) {
        let Some(text) = name.text().filter(|text| !text.is_empty()) else { continue };
        let member = members.iter().flatten().find(|member| member.name() == text).map(|member| member.node);
        let parameter = parameters.iter().find(|parameter| parameter.name() == text);
        let schema = member.or_else(|| parameter.and_then(|parameter| parameter.node.get("schema")));
        match schema {
            Some(schema) if is_number(survey, schema) && !schema.is_true("readOnly") => {}
            Some(_) => {
                let what = format!("`{text}` of the request isn't a whole number");
                faults.push(wrong(
                    name,
                    what,
                    "name a parameter or member of `type: integer` that can't be null",
                ));
            }
            None if members.is_none() || !operation.has_all_parameters => {}
            None => {
                let known = parameters.iter().map(|parameter| parameter.name());
                let known = known.chain(members.iter().flatten().map(Property::name));
                let help = "name a query parameter, or a member of a body that is `required: true` or has no required member";
                let what = format!("the request has no `{text}`");
                faults.push(wrong(name, what, suggest(text, known, help)));
            }
        }
    }
}

/// The members of a body that is always there; `None` if they aren't known.
pub(super) fn members_of_body<'a>(
    survey: &Survey<'a>,
    operation: &ResolvedOperation<'a>,
) -> Option<Vec<Property<'a>>> {
    let Some(body) = operation.body else {
        return operation.node.get("requestBody").is_none().then(Vec::new);
    };
    let schema = only_schema(body)?;
    let members = survey.has_all_parts(schema).then(|| survey.properties_of(schema))?;
    let can_be_absent = !body.is_true("required") && members.iter().any(|member| member.is_required);
    Some(if can_be_absent || survey.is_nullable(schema) { Vec::new() } else { members })
}

fn only_schema(holder: &Node) -> Option<&Node> {
    let (_, media) = holder.get("content")?.entries().first()?;
    media.get("schema")
}

fn is_number<'a>(survey: &Survey<'a>, schema: &'a Node) -> bool {
    survey.type_of(schema) == SchemaType::Integer
        && !survey.is_nullable(schema)
        && !schema.is_true("x-sensitive")
}

fn check_response(
    survey: &Survey<'_>,
    operation: &ResolvedOperation<'_>,
    paging: &Node,
    faults: &mut Vec<Fault>,
) {
    let is_success = |status: &Node| status.text().is_some_and(|status| status.starts_with(['2', '3']));
    let mut successes = operation.responses.iter().filter(|(status, _)| is_success(status));
    let (Some((_, response)), None) = (successes.next(), successes.next()) else {
        let help = "an operation that gives its list in pages has one successful response";
        faults.push(wrong(paging, "it isn't clear which response has the list", help));
        return;
    };
    let schema = only_schema(response);
    if schema.is_some_and(|schema| !survey.has_all_parts(schema)) {
        return;
    }
    let members = schema.map(|schema| survey.properties_of(schema)).unwrap_or_default();
    for (key, wanted) in [("items", "a list whose items are never null"), ("total", "a whole number")] {
        let Some((name, text)) = paging.get(key).and_then(|name| Some((name, name.text()?))) else {
            continue;
        };
        let member = members.iter().find(|member| member.name() == text).map(|member| member.node);
        match member {
            Some(member) if fits(survey, key, member) => {}
            Some(_) => {
                let what = format!("`{text}` of the response isn't {wanted}");
                faults.push(wrong(name, what, format!("name the member of the response that is {wanted}")));
            }
            None => {
                let help = "name a member of the response itself, which has to be an object";
                let help = suggest(text, members.iter().map(Property::name), help);
                faults.push(wrong(name, format!("the response has no `{text}`"), help));
            }
        }
    }
}

/// Whether a member of the response has a type that fits the key of `x-paging` which names it.
fn fits<'a>(survey: &Survey<'a>, key: &str, member: &'a Node) -> bool {
    let is_item_null = |list: &'a Node| list.get("items").is_some_and(|items| survey.is_nullable(items));
    if member.is_true("writeOnly") {
        return false;
    }
    match key {
        "items" => {
            survey.type_of(member) == SchemaType::List
                && !survey.is_nullable(member)
                && !member.is_true("x-sensitive")
                && !survey.unwrap(member).is_some_and(is_item_null)
        }
        _ => is_number(survey, member),
    }
}
