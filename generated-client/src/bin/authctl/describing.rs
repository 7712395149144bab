//! The command `describe`.

use std::fmt::Write;

use generated_client::runtime::{
    ArgumentInfo, Bound, Limits, MemberShape, ObjectShape, OperationInfo, PageUnit, Paging, Shape, Style,
    without_links,
};

use crate::Outcome;
use crate::catalog;
use crate::cli::Describe;
use crate::example;
use crate::listing::{credential, method, retry};
use crate::output::{self, ASIDE, HEADING, NAME, wrapped};

pub(crate) fn run(wanted: &Describe) -> Outcome {
    output::print(&description(catalog::find(wanted.service, &wanted.operation)?))
}

pub(crate) fn description(info: &OperationInfo) -> String {
    let said = &info.documentation;
    let mut text = format!("{HEADING}{} {}{HEADING:#}\n", info.service, info.spec.id);
    text.push_str(&wrapped(&said.summary(), 0));
    for paragraph in said.description() {
        text.push('\n');
        text.push_str(&wrapped(&paragraph, 0));
    }
    text.push('\n');
    fact(&mut text, "request", &format!("{} {}", method(info), info.spec.path));
    if let Some(server) = info.spec.server {
        fact(&mut text, "server", &format!("{server}, in place of the base URL; `--server` sets another"));
    }
    fact(&mut text, "credential", &credential(info));
    fact(&mut text, "retry", &format!("{}. {}", retry(info.spec.retry), said.retry()));
    if let Some(version) = said.since {
        fact(&mut text, "since", &format!("server version {version}"));
    }
    if let Some(group) = info.spec.argument_group {
        let count = if group.is_exact { "exactly" } else { "at least" };
        fact(&mut text, "needs", &format!("{count} one of {}", group.arguments.join(", ")));
    }
    if let Some(paging) = info.spec.paging {
        fact(&mut text, "pages", &pages_text(paging));
    }
    if let Some(link) = said.link {
        fact(&mut text, "documentation", link);
    }
    let mut types = Types::default();
    parameters(&mut text, info, &mut types);
    let body = if info.request_is_optional { "Optional body" } else { "Body" };
    types.root(&mut text, body, &(info.request)(), info.spec.body.map(|media| media.as_str()));
    statuses(&mut text, "Responses", said.responses());
    types.root(&mut text, "Response", &(info.response)(), None);
    types.rest(&mut text);
    statuses(&mut text, "Errors", said.errors());
    heading(&mut text, "Example");
    _ = writeln!(text, "  {}", example::call(info));
    text
}

fn pages_text(paging: &Paging) -> String {
    let Paging { position, first, items, .. } = paging;
    let counted = match paging.counts {
        PageUnit::Pages => "number of the page",
        _ => "number of the first item of the page",
    };
    let size = paging.size.map(|size| format!(", and `{size}` is the size of a page")).unwrap_or_default();
    format!(
        "`{position}` is the {counted}, from {first}{size}. `--all` prints `{items}` of all pages, an item a line."
    )
}

fn heading(text: &mut String, title: &str) {
    _ = writeln!(text, "\n{HEADING}{title}{HEADING:#}");
}

fn fact(text: &mut String, name: &str, value: &str) {
    let lines = wrapped(value, 15);
    _ = writeln!(text, "{ASIDE}{name:13}{ASIDE:#}  {}", lines.trim());
}

fn parameters(text: &mut String, info: &OperationInfo, types: &mut Types) {
    if info.spec.parameters.is_empty() {
        return;
    }
    heading(text, "Parameters");
    for (parameter, argument) in info.spec.parameters.iter().zip(info.arguments) {
        let shape = (argument.shape)();
        let place_name = parameter.location.as_str();
        let written = if parameter.style == Style::Json { " as JSON" } else { "" };
        let facts = format!("{place_name}{written}, {}", type_text(&shape));
        let said = argument_text(info, argument);
        entry(text, parameter.argument, parameter.required, &facts, &parameter.limits, &said);
        types.note(&shape);
    }
}

/// The text of an argument; that of a required one stands with the method.
fn argument_text(info: &OperationInfo, argument: &ArgumentInfo) -> String {
    info.documentation.argument(argument.name).unwrap_or_else(|| argument.documentation.to_owned())
}

fn statuses(text: &mut String, title: &str, of_each: Vec<(&str, String)>) {
    if !of_each.is_empty() {
        heading(text, title);
    }
    for (status, said) in of_each {
        text.push_str(&wrapped(&format!("{status}: {said}"), 2));
    }
}

/// A parameter or a member: its name and facts on one line, what is said of it below.
fn entry(text: &mut String, name: &str, is_required: bool, facts: &str, limits: &Limits, said: &str) {
    let required = if is_required { ", required" } else { "" };
    let facts = format!("({facts}{required}{})", limits_text(limits));
    _ = writeln!(text, "  {NAME}{name}{NAME:#}  {ASIDE}{facts}{ASIDE:#}");
    text.push_str(&wrapped(&without_links(said), 6));
}

fn limits_text(limits: &Limits) -> String {
    let mut text = count_text(limits.length, "character");
    text.push_str(&count_text(limits.max_bytes.map(|most| (0, most)), "byte"));
    if let Some(pattern) = limits.pattern {
        _ = write!(text, ", matches {pattern}");
    }
    _ = match limits.low {
        Some(Bound::Inclusive(low)) => write!(text, ", at least {low}"),
        Some(Bound::Exclusive(low)) => write!(text, ", more than {low}"),
        None => Ok(()),
    };
    _ = match limits.high {
        Some(Bound::Inclusive(high)) => write!(text, ", at most {high}"),
        Some(Bound::Exclusive(high)) => write!(text, ", less than {high}"),
        None => Ok(()),
    };
    text + &count_text(limits.items, "item")
}

/// `unit` is the name of one counted thing, such as `item`.
fn count_text(limit: Option<(u32, u32)>, unit: &str) -> String {
    let count = |count| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
    match limit {
        Some((0, most)) => format!(", at most {}", count(most)),
        Some((fewest, most)) if fewest == most => format!(", {}", count(most)),
        Some((fewest, u32::MAX)) => format!(", at least {}", count(fewest)),
        Some((fewest, most)) => format!(", {fewest} to {}", count(most)),
        None => String::new(),
    }
}

/// What values of a shape are called.
pub(crate) fn type_text(shape: &Shape) -> String {
    match shape {
        Shape::Nothing => "nothing".to_owned(),
        Shape::Any => "any JSON".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Time => "time in RFC 3339".to_owned(),
        Shape::Binary => "bytes in base64".to_owned(),
        Shape::Enum(of) if of.is_open => {
            format!("{}, such as {}", type_text(&of.kind.shape()), of.values.join(", "))
        }
        Shape::Enum(of) => format!("one of {}", of.values.join(", ")),
        Shape::List(item) => format!("list of {}", type_text(item)),
        Shape::Map(value) => format!("object of any names, each {}", type_text(value)),
        Shape::Object(object) => object.name.to_owned(),
        Shape::Choice { name, .. } => (*name).to_owned(),
        Shape::Redirect => "redirect".to_owned(),
        Shape::ByStatus(shapes) => {
            let each = shapes.iter().map(|(status, shape)| format!("{status}: {}", type_text(shape)));
            each.collect::<Vec<_>>().join("; ")
        }
        Shape::Secret(inner) => format!("secret {}", type_text(inner)),
        Shape::Nullable(inner) => format!("{} or null", type_text(inner)),
        _ => "a value".to_owned(),
    }
}

/// The declared types that have been met, each of which is shown once.
#[derive(Default)]
struct Types {
    shown: Vec<&'static str>,
    waiting: Vec<Shape>,
}

impl Types {
    /// Shows the type of a body or a response under a heading of its own.
    fn root(&mut self, text: &mut String, title: &str, shape: &Shape, media_type: Option<&str>) {
        if *shape == Shape::Nothing && title != "Response" {
            return;
        }
        let media_type = media_type.map(|media_type| format!(", {media_type}")).unwrap_or_default();
        heading(text, &format!("{title}: {}{media_type}", type_text(shape)));
        self.note(shape);
        // The outermost type stands right below the heading.
        if let Shape::Object(object) = shape
            && self.waiting.last() == Some(shape)
        {
            self.waiting.pop();
            self.members(text, *object);
        }
    }

    /// Shows all other types.
    fn rest(&mut self, text: &mut String) {
        while !self.waiting.is_empty() {
            match self.waiting.remove(0) {
                Shape::Object(object) => {
                    heading(text, object.name);
                    self.members(text, object);
                }
                Shape::Choice { name, forms, .. } => {
                    heading(text, name);
                    let forms: Vec<String> = forms.iter().map(type_text).collect();
                    text.push_str(&wrapped(&format!("One of: {}.", forms.join("; ")), 2));
                }
                _ => {}
            }
        }
    }

    fn members(&mut self, text: &mut String, object: ObjectShape) {
        for MemberShape { name, is_required, is_read_only, limits, shape, documentation, .. } in
            object.members
        {
            let shape = shape();
            let said = if documentation.is_empty() { shape.documentation() } else { documentation };
            let only = if *is_read_only { ", in responses only" } else { "" };
            entry(text, name, *is_required, &format!("{}{only}", type_text(&shape)), limits, said);
            self.note(&shape);
        }
        if object.is_extensible {
            text.push_str("  and any other member\n");
        }
        if object.members.is_empty() && !object.is_extensible {
            text.push_str("  no members\n");
        }
    }

    /// Keeps the declared types that a shape leads to, to be shown later.
    fn note(&mut self, shape: &Shape) {
        match shape {
            Shape::List(inner) | Shape::Map(inner) | Shape::Secret(inner) | Shape::Nullable(inner) => {
                self.note(inner)
            }
            Shape::ByStatus(shapes) => shapes.iter().for_each(|(_, shape)| self.note(shape)),
            Shape::Object(ObjectShape { name, .. }) if self.is_new(name) => self.waiting.push(shape.clone()),
            Shape::Choice { name, forms, .. } if self.is_new(name) => {
                self.waiting.push(shape.clone());
                forms.iter().for_each(|form| self.note(form));
            }
            _ => {}
        }
    }

    fn is_new(&mut self, name: &'static str) -> bool {
        let is_new = !self.shown.contains(&name);
        if is_new {
            self.shown.push(name);
        }
        is_new
    }
}
