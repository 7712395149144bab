//! Ties fields to their names on the wire; leaves out what is unset, and takes whatever a server sends.

use quote::quote;
use syn::{Attribute, Field, Fields, Item, parse_quote};

use super::{Draft, inside, is_named};
use crate::model::{Member, Shape, TypeInfo};
use crate::names;

/// Adds the attributes of serde to the type and to its fields.
pub(super) fn attributes(draft: &mut Draft) {
    match (&draft.info.shape, &mut draft.item) {
        (Shape::Object(members), Item::Struct(item)) => {
            let camel = members.iter().any(|member| {
                let name = names::snake(&member.name);
                name != member.name && camel_case(&name) == member.name
            });
            let at = item.attrs.len().saturating_sub(1);
            item.attrs.splice(at..at, container(draft.info, camel));
            let Fields::Named(fields) = &mut item.fields else { return };
            for field in &mut fields.named {
                let Some(name) = field.ident.as_ref().map(ToString::to_string) else { continue };
                if let Some(member) = members.iter().find(|member| names::snake(&member.name) == name) {
                    let added = field_attributes(field, &name, member, draft.info, camel);
                    field.attrs.extend(added);
                }
            }
        }
        (Shape::Choice, Item::Enum(item)) => item.attrs.push(parse_quote!(#[serde(untagged)])),
        _ => {}
    }
}

fn container(info: &TypeInfo, camel: bool) -> Option<Attribute> {
    match (info.in_answers, camel) {
        (true, true) => Some(parse_quote!(#[serde(default, rename_all = "camelCase")])),
        (true, false) => Some(parse_quote!(#[serde(default)])),
        (false, true) => Some(parse_quote!(#[serde(rename_all = "camelCase")])),
        (false, false) => None,
    }
}

fn field_attributes(field: &Field, name: &str, member: &Member, info: &TypeInfo, camel: bool) -> Vec<Attribute> {
    let mut parts: Vec<proc_macro2::TokenStream> = Vec::new();
    let derived = if camel { camel_case(name) } else { name.to_owned() };
    if derived != member.name {
        let wire = &member.name;
        parts.push(quote!(rename = #wire));
    }
    if info.in_answers
        && let Some(reader) = reader(field, member)
    {
        let reader = format!("de::{reader}");
        parts.push(quote!(deserialize_with = #reader));
    }
    if info.in_requests
        && let Some(test) = unset_test(field, member)
    {
        parts.push(quote!(skip_serializing_if = #test));
    }
    if parts.is_empty() { Vec::new() } else { vec![parse_quote!(#[serde(#(#parts),*)])] }
}

/// The function that reads a member whose type alone wouldn't take all that servers send.
fn reader(field: &Field, member: &Member) -> Option<&'static str> {
    let is_optional = inside(&field.ty, "Option").is_some();
    match () {
        () if member.integer => Some("integer"),
        () if is_optional => None,
        () if is_named(&field.ty, "Vec") => Some("list"),
        () if is_named(&field.ty, "BTreeMap") => Some("map"),
        () => Some("nullable"),
    }
}

/// The test by which a member that is unset is left out of a request.
fn unset_test(field: &Field, member: &Member) -> Option<String> {
    if inside(&field.ty, "Option").is_some() {
        return Some("Option::is_none".to_owned());
    }
    let collection = ["Vec", "Map", "BTreeMap"].into_iter().find(|name| is_named(&field.ty, name))?;
    (!member.required).then(|| format!("{collection}::is_empty"))
}

/// What serde's `camelCase` makes of a field's name.
fn camel_case(name: &str) -> String {
    let mut upper = false;
    let mut out = String::new();
    for letter in name.chars() {
        match letter {
            '_' => upper = true,
            letter if upper && !out.is_empty() => {
                out.extend(letter.to_uppercase());
                upper = false;
            }
            letter => {
                out.push(letter);
                upper = false;
            }
        }
    }
    out
}
