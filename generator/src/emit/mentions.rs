//! Operations and members that a text names in backticks, as rustdoc links them.
//!
//! A spec names them as the service does, and readers of the documentation look for their names in Rust. So a mention
//! becomes a link: its text is the name in Rust, it leads to the method, setter or field, and its title is the name in the
//! spec, which programs need that call operations by their ids.

use std::collections::{BTreeMap, BTreeSet};

use super::text::map_code;
use crate::model::{Api, COMMON, Definition, Object, Operation, Schema, Type};
use crate::names;

/// Links what the texts of operations and schemas mention.
pub(super) fn link(api: &Api) -> Api {
    let known = Known::of(api);
    let mut linked = api.clone();
    let operations = linked.groups.iter_mut().flat_map(|group| &mut group.operations);
    for (linked, operation) in operations.zip(api.operations()) {
        known.link_operation(linked, operation);
    }
    for (linked, schema) in linked.schemas.values_mut().zip(api.schemas.values()) {
        known.link_schema(linked, schema);
    }
    // The errors that come back by a redirect have the same questions in another module, so the links of questions begin at
    // the crate.
    let service = format!("](crate::{}::", names::module(&api.service));
    for (_, text) in &mut linked.questions.asked {
        *text = known.linked(text, About::Shared).replace("](super::", &service);
    }
    linked
}

/// What a text can mention, by the names in the spec.
struct Known<'a> {
    api: &'a Api,
    operations: BTreeMap<&'a str, &'a Operation>,
    /// The schemas with a member of this name.
    holders: BTreeMap<&'a str, Vec<&'a Schema>>,
}

/// The words before a value in backticks. Such a value isn't a name.
const FACTS: &[&str] = &["Format: ", "Format of each: ", "Example: "];

/// The most types that are searched for a name, beyond the operation or schema that the text is about.
const PARTS: usize = 50;

/// What a text is about.
#[derive(Clone, Copy)]
enum About<'a> {
    Operation(&'a Operation),
    Schema(&'a Schema),
    /// A member of a schema, by its name on the wire.
    Member(&'a Schema, &'a str),
    /// Several operations, wherever they are.
    Shared,
}

/// A name in Rust, and what it leads to.
struct Link {
    name: String,
    target: String,
}

impl<'a> Known<'a> {
    fn of(api: &'a Api) -> Self {
        let mut holders: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
        for schema in api.schemas.values() {
            let Definition::Object(object) = &schema.definition else { continue };
            for member in object.members.iter().chain(&object.read_only) {
                holders.entry(&member.name).or_default().push(schema);
            }
        }
        let operations = api.operations().map(|operation| (operation.id.as_str(), operation)).collect();
        Self { api, operations, holders }
    }

    fn link_operation(&self, linked: &mut Operation, operation: &Operation) {
        let about = About::Operation(operation);
        let text = |text: &mut String| *text = self.linked(text, about);
        text(&mut linked.summary);
        text(&mut linked.description);
        linked.retry_reason.iter_mut().for_each(text);
        linked.responses.iter_mut().for_each(|response| text(&mut response.description));
        for error in &mut linked.errors {
            let about = if error.component.is_some() { About::Shared } else { about };
            error.description = self.linked(&error.description, about);
        }
        for parameter in &mut linked.parameters {
            let about = if parameter.component.is_some() { About::Shared } else { about };
            parameter.description = self.linked(&parameter.description, about);
        }
        if let Some(body) = &mut linked.body {
            // A text that the body shares with its type is linked as that of the type, so that both stay the same.
            let schema = self.api.object(&body.ty).map(|(schema, _)| schema);
            let about = match schema.filter(|schema| schema.description.starts_with(&body.description)) {
                Some(schema) => About::Schema(schema),
                None => about,
            };
            body.description = self.linked(&body.description, about);
        }
    }

    fn link_schema(&self, linked: &mut Schema, schema: &Schema) {
        let text = |text: &mut String| *text = self.linked(text, About::Schema(schema));
        text(&mut linked.description);
        match &mut linked.definition {
            Definition::Object(Object { members, read_only, .. }) => {
                for member in members.iter_mut().chain(read_only) {
                    let about = About::Member(schema, &member.name);
                    member.description = self.linked(&member.description, about);
                }
            }
            Definition::Enum { values, .. } => {
                values.iter_mut().for_each(|value| text(&mut value.description))
            }
            Definition::Choice(alternatives) => {
                alternatives.iter_mut().for_each(|alternative| text(&mut alternative.description));
            }
        }
    }

    fn linked(&self, text: &str, about: About<'_>) -> String {
        map_code(text, |before, word| {
            let is_fact = FACTS.iter().any(|fact| before.ends_with(fact));
            let is_itself = matches!(about, About::Member(_, name) if name == word);
            if is_fact || is_itself && names::snake(word) == word {
                return None;
            }
            let Link { name, target } = self.operation(word).or_else(|| self.member(word, about))?;
            let title = if name == word { String::new() } else { format!(" \"{word}\"") };
            Some(format!("[`{name}`]({target}{title})"))
        })
    }

    /// An operation by its id. The name in the link is what callers write after `client.`.
    fn operation(&self, id: &str) -> Option<Link> {
        let operation = self.operations.get(id)?;
        let module = names::module(&operation.group);
        Some(Link {
            name: format!("{module}().{}", operation.name),
            target: format!("super::{module}::{}::{}", names::group_type(&operation.group), operation.name),
        })
    }

    /// A parameter or member by its name on the wire: one of the operation or schema that the text is about, or of the
    /// types in it, or else the only one of this name in the service. A name that is the same in Rust may be an ordinary
    /// word, so only the operation or schema itself is searched for it.
    fn member(&self, word: &str, about: About<'_>) -> Option<Link> {
        let is_renamed = names::snake(word) != word;
        let near = match about {
            About::Operation(operation) => self.of_operation(operation, word),
            About::Schema(schema) | About::Member(schema, _) => of_schema(schema, word, about.module()),
            About::Shared => None,
        };
        near.or_else(|| self.of_parts(word, about).filter(|_| is_renamed))
            .or_else(|| self.only_one(word, about).filter(|_| is_renamed))
    }

    /// An argument, a setter of the call, or a member of the response.
    fn of_operation(&self, operation: &Operation, word: &str) -> Option<Link> {
        let setter = |name: &str| Link {
            name: name.to_owned(),
            target: format!("{}#method.{name}", operation.marker),
        };
        let method = || format!("{}::{}", names::group_type(&operation.group), operation.name);
        if let Some(found) = operation.parameters.iter().find(|parameter| parameter.name == word) {
            let name = &found.names.rust;
            return Some(match found.required {
                true => Link { name: name.clone(), target: method() },
                false => setter(name),
            });
        }
        let body = operation.body.as_ref().and_then(|body| self.api.object(&body.ty));
        if let Some((_, object)) = body
            && let Some(member) = object.members.iter().find(|member| member.name == word)
        {
            return Some(match member.required {
                true => Link { name: member.rust.clone(), target: method() },
                false => setter(&member.rust),
            });
        }
        let responses = operation.responses.iter().filter_map(|response| response.content.json());
        let schemas = responses.filter_map(|ty| self.api.schemas.get(ty.named()?));
        schemas.filter_map(|schema| of_schema(schema, word, About::Operation(operation).module())).next()
    }

    /// A member of a type that the body, the response or the schema contains; the nearest comes first.
    fn of_parts(&self, word: &str, about: About<'_>) -> Option<Link> {
        let mut waiting: Vec<&Type> = match about {
            About::Operation(operation) => {
                let body = operation.body.iter().map(|body| &body.ty);
                body.chain(operation.responses.iter().filter_map(|response| response.content.json()))
                    .collect()
            }
            About::Schema(schema) | About::Member(schema, _) => schema.definition.types().collect(),
            About::Shared => Vec::new(),
        };
        let mut seen = BTreeSet::new();
        while !waiting.is_empty() && seen.len() < PARTS {
            let mut parts = Vec::new();
            for name in waiting.iter().filter_map(|ty| ty.contained()) {
                let Some(schema) = self.api.schemas.get(name).filter(|_| seen.insert(name)) else { continue };
                if let Some(found) = of_schema(schema, word, about.module()) {
                    return Some(found);
                }
                parts.extend(schema.definition.types());
            }
            waiting = parts;
        }
        None
    }

    /// The only member of this name.
    fn only_one(&self, word: &str, about: About<'_>) -> Option<Link> {
        match self.holders.get(word)?.as_slice() {
            [schema] => of_schema(schema, word, about.module()),
            _ => None,
        }
    }
}

impl About<'_> {
    /// The stem of the file whose module has the text. A text that several modules have is linked as one of the shared
    /// module.
    fn module(&self) -> &str {
        match self {
            Self::Operation(operation) => &operation.group,
            Self::Schema(schema) | Self::Member(schema, _) => &schema.home,
            Self::Shared => COMMON,
        }
    }
}

/// A member of an object, as the module of the file names it.
fn of_schema(schema: &Schema, word: &str, from: &str) -> Option<Link> {
    let Definition::Object(object) = &schema.definition else { return None };
    let member = object.members.iter().chain(&object.read_only).find(|member| member.name == word)?;
    let path = match schema.home.as_str() {
        home if home == from || home == COMMON => String::new(),
        home => format!("super::{}::", names::module(home)),
    };
    Some(Link { name: member.rust.clone(), target: format!("{path}{}::{}", schema.name, member.rust) })
}
