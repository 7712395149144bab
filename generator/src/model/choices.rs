//! What the forms of a choice are called, and what tells them apart.

use std::collections::BTreeSet;

use serde_json::Value;

use super::definitions::Tag;
use super::json::{at, entries, list};
use super::types::Type;
use crate::names::{self, TakenNames};
use crate::normalise::referenced;

/// The names of the variants: those of the types without what all of them begin with. Several forms of one kind are
/// numbered.
pub(super) fn variants(forms: &[&Value], types: &[Type]) -> Vec<String> {
    let names: Vec<String> = forms.iter().zip(types).map(|(form, ty)| name(form, ty)).collect();
    let common = common_words(&names);
    let mut taken = TakenNames::default();
    let named = names.iter().map(|name| {
        let short = name.get(common..).filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(name);
        let short = if short == "Other" { "Other_" } else { short };
        taken.unique(&names::beside_keywords(short.to_owned()), "")
    });
    named.collect()
}

fn name(form: &Value, ty: &Type) -> String {
    if let Some(name) = ty.named() {
        return name.to_owned();
    }
    let kind = match (form["type"].as_str(), form["format"].as_str()) {
        (Some("string"), Some("date-time")) => "DateTime",
        (Some("integer" | "number"), Some(format @ ("int32" | "int64" | "float" | "double"))) => format,
        (Some(kind), _) => kind,
        (None, _) => "any",
    };
    names::pascal(kind)
}

/// How many bytes the words have that all names begin with, and that aren't the whole of one of them.
fn common_words(names: &[String]) -> usize {
    let [first, rest @ ..] = names else { return 0 };
    let ends = first.char_indices().skip(1).filter(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
    let is_common = |at: &usize| {
        let word = first.get(..*at).unwrap_or_default();
        let follows =
            |name: &String| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        rest.iter().all(follows)
    };
    if rest.is_empty() { 0 } else { ends.take_while(is_common).last().unwrap_or_default() }
}

/// The member that tells each form from the others: the one that `discriminator` names, or one that has a single text of
/// its own in each form.
pub(super) fn tags(schema: &Value, schemas: &Value) -> Vec<Option<Tag>> {
    let forms = || list(&schema["oneOf"]);
    if let Some(member) = at(schema, "/discriminator/propertyName").as_str() {
        let mapping = at(schema, "/discriminator/mapping");
        let base = base_of(schema, mapping, schemas);
        let tag = |name: &str| (base != Some(name)).then(|| discriminated(member, name, mapping));
        return forms().map(|form| referenced(form).and_then(tag)).collect();
    }
    let objects: Vec<&Value> =
        forms().filter_map(|form| schemas.get(referenced(form)?)).filter(is_object).collect();
    let members = objects.first().map(|form| entries(&form["properties"])).into_iter().flatten();
    for (member, _) in members.filter(|_| objects.len() > 1) {
        let texts: BTreeSet<&str> =
            objects.iter().filter_map(|form| only_text(form, member, schemas)).collect();
        if texts.len() == objects.len() {
            let tag = |form: &Value| {
                let text = only_text(schemas.get(referenced(form)?)?, member, schemas)?;
                Some(Tag { member: member.clone(), texts: vec![text.to_owned()] })
            };
            return forms().map(tag).collect();
        }
    }
    forms().map(|_| None).collect()
}

/// The last form of a choice with a discriminator, if no text leads to it and it has only members that all others have, too.
/// It is what an object with another text is read as.
fn base_of<'a>(choice: &'a Value, mapping: &Value, schemas: &Value) -> Option<&'a str> {
    let names: Vec<&str> = list(&choice["oneOf"]).filter_map(referenced).collect();
    let (last, others) = names.split_last().filter(|(_, others)| !others.is_empty())?;
    let members = |name: &str| schemas.get(name)?.get("properties")?.as_object();
    let has = |name: &str, member: &String| members(name).is_some_and(|of| of.contains_key(member));
    let is_base = members(last)?.keys().all(|member| others.iter().all(|name| has(name, member)));
    let is_last = list(&choice["oneOf"]).last().and_then(referenced) == Some(last);
    let is_mapped = entries(mapping).any(|(_, target)| leads_to(target, last));
    (is_base && is_last && !is_mapped).then_some(*last)
}

/// Whether an entry of a mapping stands for the schema with this name.
fn leads_to(target: &Value, name: &str) -> bool {
    target.as_str().is_some_and(|target| target.rsplit(['/', '#']).next() == Some(name))
}

fn is_object(schema: &&Value) -> bool {
    schema["properties"].is_object()
}

/// The tag of the form that is this schema: the texts that the mapping has for it, and its name.
fn discriminated(member: &str, name: &str, mapping: &Value) -> Tag {
    let mapped = entries(mapping).filter(|(_, target)| leads_to(target, name)).map(|(text, _)| text.clone());
    let mut texts: Vec<String> = mapped.collect();
    if !texts.iter().any(|text| text == name) {
        texts.push(name.to_owned());
    }
    Tag { member: member.to_owned(), texts }
}

/// The text of a required member that is an enum of one text.
fn only_text<'a>(form: &'a Value, member: &str, schemas: &'a Value) -> Option<&'a str> {
    list(&form["required"]).find(|required| *required == member)?;
    let schema = form["properties"].get(member)?;
    let values = referenced(schema).map_or(schema, |name| &schemas[name])["enum"].as_array()?;
    match values.as_slice() {
        [only] => only.as_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn variants_are_called_after_the_forms() {
        let named = |name: &str| Type::Named(name.to_owned());
        let any = json!({});
        let names = |names: &[&str]| {
            let types: Vec<Type> = names.iter().map(|name| named(name)).collect();
            variants(&vec![&any; names.len()], &types)
        };
        assert_eq!(names(&["PetCat", "PetDog"]), ["Cat", "Dog"]);
        assert_eq!(names(&["Pet", "PetDog"]), ["Pet", "PetDog"]);
        assert_eq!(names(&["Cat", "Cat"]), ["Cat", "Cat2"]);
        assert_eq!(names(&["SignedIn", "SecondFactor", "Other"]), ["SignedIn", "SecondFactor", "Other_"]);
        // What is left of a name can be a keyword, which the whole name isn't.
        assert_eq!(names(&["TargetSelf", "TargetUser"]), ["Self_", "User"]);
        let list = json!({"type": "array", "items": {}});
        let number = json!({"type": "integer", "format": "int64"});
        let types =
            [Type::Any, Type::List(Box::new(Type::Any)), Type::List(Box::new(Type::Text)), Type::Bool];
        assert_eq!(variants(&[&any, &list, &list, &number], &types), ["Any", "Array", "Array2", "Int64"]);
    }

    #[test]
    fn a_member_with_one_text_tells_forms_apart() {
        let form = |kind: &str| json!({"required": ["kind"], "properties": {"kind": {"type": "string", "enum": [kind]}}});
        let schemas = json!({"Cat": form("cat"), "Dog": form("dog"), "Cow": form("dog")});
        let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let texts = |choice: &Value| {
            let tags = tags(choice, &schemas).into_iter().map(|tag| tag.map(|tag| tag.texts));
            tags.collect::<Vec<_>>()
        };
        let of = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
        let choice = json!({"oneOf": [refer("Cat"), refer("Dog"), {"type": "string"}]});
        assert_eq!(texts(&choice), [of(&["cat"]), of(&["dog"]), None]);
        assert_eq!(texts(&json!({"oneOf": [refer("Dog"), refer("Cow")]})), [None, None]);
        let mapping =
            json!({"c": "#/components/schemas/Cat", "k": "Cat", "Dog": "a.yaml#/components/schemas/Dog"});
        let discriminator = json!({"propertyName": "is", "mapping": mapping});
        let choice = json!({"oneOf": [refer("Cat"), refer("Dog")], "discriminator": discriminator});
        assert_eq!(texts(&choice), [of(&["c", "k", "Cat"]), of(&["Dog"])]);
    }
}
