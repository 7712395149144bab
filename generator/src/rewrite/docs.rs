//! Carries the spec's texts into rustdoc.

use syn::{Attribute, Fields, Item, parse_quote};

use super::Draft;
use crate::model::{Member, Shape};
use crate::names;

/// How long a line of a text may be; the code around it is kept to the same width.
const WIDTH: usize = 108;

/// Documents the type and its members, and marks what is deprecated.
pub(super) fn write(draft: &mut Draft) {
    let heading = attributes(&or_name(&draft.info.description, draft.schema), draft.info.deprecated);
    match &mut draft.item {
        Item::Struct(item) => {
            item.attrs.splice(0..0, heading);
            let (Shape::Object(members), Fields::Named(fields)) = (&draft.info.shape, &mut item.fields) else { return };
            for field in &mut fields.named {
                let member = members
                    .iter()
                    .find(|member| field.ident.as_ref().is_some_and(|ident| *ident == names::snake(&member.name)));
                field.attrs = member.map(member_attributes).unwrap_or_else(extra_attributes);
            }
        }
        Item::Enum(item) => {
            item.attrs.splice(0..0, heading);
        }
        _ => {}
    }
}

fn member_attributes(member: &Member) -> Vec<Attribute> {
    attributes(&or_name(&member.description, &member.name), member.deprecated)
}

/// The field that takes the members which the schema allows but doesn't list.
fn extra_attributes() -> Vec<Attribute> {
    let mut extra = attributes("Members that the schema allows but doesn't list.", false);
    extra.push(parse_quote!(#[serde(flatten)]));
    extra
}

fn or_name(text: &str, name: &str) -> String {
    if text.is_empty() { format!("`{name}`.") } else { text.to_owned() }
}

/// The attributes of an item with this text.
pub(crate) fn attributes(text: &str, deprecated: bool) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = lines(text)
        .into_iter()
        .map(|line| {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            parse_quote!(#[doc = #line])
        })
        .collect();
    if deprecated {
        attributes.push(parse_quote!(#[deprecated]));
    }
    attributes
}

/// The lines of a text, the long ones wrapped; code keeps its lines.
pub(crate) fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in text.trim().lines() {
        let line = line.trim_end();
        in_code ^= line.trim_start().starts_with("```");
        if in_code || line.chars().count() <= WIDTH {
            lines.push(line.to_owned());
            continue;
        }
        let indent = " ".repeat(line.chars().take_while(|c| " -*".contains(*c)).count());
        let options = textwrap::Options::new(WIDTH)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(&indent);
        lines.extend(textwrap::wrap(line, options).into_iter().map(String::from));
    }
    lines
}
