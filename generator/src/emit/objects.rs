//! An object: its members, with their types and their names on the wire.

use super::text::{self, INDENT, comment, not_secret, or_name};
use super::type_name::type_name;
use super::{facts, limits};
use crate::model::{Member, Object};

/// How long a line may be.
const WIDTH: usize = 110;

/// Required members in parentheses, the others in braces, and what the schema doesn't list after a semicolon. Those that
/// only responses have stand in braces of their own.
pub(super) fn lines(name: &str, kind: &str, object: &Object, in_requests: bool) -> Vec<String> {
    let (required, optional): (Vec<&Member>, Vec<&Member>) =
        object.members.iter().partition(|member| member.required);
    let mut lines = vec![format!("pub struct {name}: {kind}(")];
    lines.extend(required.iter().flat_map(|member| member_lines(member, in_requests)));
    match required.is_empty() {
        true => append(&mut lines, ") {"),
        false => lines.push(") {".to_owned()),
    }
    lines.extend(optional.iter().flat_map(|member| member_lines(member, in_requests)));
    if let Some(rest) = &object.rest {
        end_members(&mut lines);
        lines.extend(comment("What there is beside the members that the schema lists.", false, INDENT));
        lines.push(format!("{INDENT}{}: {}", rest.rust, type_name(&rest.ty)));
    }
    match optional.is_empty() && object.rest.is_none() {
        true => append(&mut lines, "}"),
        false => lines.push("}".to_owned()),
    }
    if !object.read_only.is_empty() {
        append(&mut lines, " read_only {");
        lines.extend(object.read_only.iter().flat_map(|member| member_lines(member, false)));
        lines.push("}".to_owned());
    }
    lines
}

fn append(lines: &mut [String], end: &str) {
    lines.last_mut().into_iter().for_each(|line| line.push_str(end));
}

/// Ends the list of members with a semicolon in place of the last comma.
fn end_members(lines: &mut Vec<String>) {
    match lines.last_mut() {
        Some(last) if last.ends_with(',') => {
            last.pop();
            last.push(';');
        }
        _ => lines.push(format!("{INDENT};")),
    }
}

fn member_lines(member: &Member, in_requests: bool) -> Vec<String> {
    let mut lines = text(member);
    lines.extend(member.not_sensitive.iter().map(|reason| not_secret(reason)));
    lines.extend(member.deprecated.then(|| format!("{INDENT}#[deprecated]")));
    let is = if text::can_be_searched(&member.name, &member.rust) { "as" } else { "=" };
    let declared = format!("{INDENT}{}: {} {is} {:?}", member.rust, type_name(&member.ty), member.name);
    let mut limits = if in_requests { limits::calls(&member.limits) } else { String::new() };
    if member.not_sensitive.is_some() && member.ty.is_free_form() {
        limits.push_str(".not_sensitive()");
    }
    if limits.is_empty() || declared.len() + limits.len() < WIDTH {
        lines.push(format!("{declared}{limits},"));
    } else {
        lines.extend([declared, format!("{INDENT}{INDENT}{limits},")]);
    }
    lines
}

/// The text of a member. One that only refers to a type has no text of its own, and that of the type stands where the
/// type does.
fn text(member: &Member) -> Vec<String> {
    let facts = facts::of_member(member);
    match member.ty.named() {
        Some(name) if member.description.is_empty() => {
            let mut lines = comment(&facts, false, INDENT);
            lines.push(format!("{INDENT}#[doc = see!({name})]"));
            lines
        }
        _ => comment(&facts::behind(&or_name(&member.description, &member.name), &facts), false, INDENT),
    }
}
