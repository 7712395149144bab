//! Has progenitor make the types, and reads them off its type space. The only file that names progenitor.

use std::collections::BTreeMap;
use std::thread;

use openapiv3::OpenAPI;
use progenitor_impl::{GenerationSettings, Generator};
use serde_json::Value;
use typify::{TypeDetails, TypeEnumVariant, TypeId, TypeSpace};

use super::types::{Type, Width};
use crate::fault::Fault;

/// The types that progenitor made, by their names.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    /// The fields of each struct, by their names.
    pub(super) structs: BTreeMap<String, BTreeMap<String, Type>>,
    /// The variants of each enum with the type that each one holds, in their order.
    pub(super) enums: BTreeMap<String, Vec<(String, Option<Type>)>>,
}

/// How much of a stack openapiv3 and progenitor have, in bytes. They need about 50,000 for each level of nesting if it
/// isn't optimised.
const STACK: usize = 64 << 20;

/// Makes the types of a lowered document.
///
/// openapiv3 and progenitor run in a thread of their own, for its stack. progenitor asserts where others return errors. The
/// checks refuse every document that is known to make it panic; a panic that isn't known becomes a fault here, so that it
/// doesn't end the program.
pub(super) fn render(document: Value) -> Result<Rendered, Fault> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || types_of(document));
        thread.map_err(refused)?.join().unwrap_or_else(|_| Err(refused("it panicked, see above")))
    })
}

fn types_of(document: Value) -> Result<Rendered, Fault> {
    let document: OpenAPI = serde_json::from_value(document).map_err(refused)?;
    let mut generator = Generator::new(&GenerationSettings::new());
    // Only the type space is of use. What progenitor makes for tests fills it, too, but leaves out the code of the types.
    generator.httpmock(&document, "types").map_err(refused)?;
    read(generator.get_type_space())
}

/// The checks foresee what progenitor refuses, so this names no place; it says which stage to look at.
fn refused(error: impl std::fmt::Display) -> Fault {
    Fault::without_location(
        "progenitor",
        format!("progenitor refuses the lowered document: {error}"),
        "report this with the spec: a check should have found it first".to_owned(),
    )
}

/// Keeps the fields of each struct and the variants of each enum. The other types are built from these.
fn read(space: &TypeSpace) -> Result<Rendered, Fault> {
    let mut rendered = Rendered::default();
    for made in space.iter_types() {
        match made.details() {
            TypeDetails::Struct(details) => {
                let fields = details.properties();
                let fields = fields.map(|(name, id)| Ok((name.to_owned(), read_type(space, &id)?)));
                rendered.structs.insert(made.name(), fields.collect::<Result<_, Fault>>()?);
            }
            TypeDetails::Enum(details) => {
                let variants = details.variants();
                let variants = variants.map(|(name, variant)| Ok((name.to_owned(), held(space, &variant)?)));
                rendered.enums.insert(made.name(), variants.collect::<Result<_, Fault>>()?);
            }
            _ => {}
        }
    }
    Ok(rendered)
}

/// The type that a variant of an enum holds.
fn held(space: &TypeSpace, variant: &TypeEnumVariant<'_>) -> Result<Option<Type>, Fault> {
    match variant {
        TypeEnumVariant::Tuple(types) => types.first().map(|id| read_type(space, id)).transpose(),
        TypeEnumVariant::Simple | TypeEnumVariant::Struct(_) => Ok(None),
    }
}

/// A type of the type space; a fault where it isn't one of those that typify is known to make.
fn read_type(space: &TypeSpace, id: &TypeId) -> Result<Type, Fault> {
    let made = space.get_type(id).map_err(refused)?;
    let inner = |id: &TypeId| read_type(space, id).map(Box::new);
    Ok(match made.details() {
        TypeDetails::Struct(_) | TypeDetails::Enum(_) => Type::Named(made.name()),
        TypeDetails::String => Type::Text,
        TypeDetails::Vec(item) => Type::List(inner(&item)?),
        TypeDetails::Map(_, value) => match read_type(space, &value)? {
            Type::Any => Type::FreeObject,
            value => Type::Map(Box::new(value)),
        },
        TypeDetails::Option(held) => read_type(space, &held)?.into_required().into_option(),
        TypeDetails::Box(held) => boxed(inner(&held)?),
        TypeDetails::Builtin("bool") => Type::Bool,
        TypeDetails::Builtin("i32") => Type::Int(Width::W32),
        TypeDetails::Builtin("i64") => Type::Int(Width::W64),
        TypeDetails::Builtin("u64") => Type::Unsigned,
        TypeDetails::Builtin("f32") => Type::Float(Width::W32),
        TypeDetails::Builtin("f64") => Type::Float(Width::W64),
        TypeDetails::Builtin("::serde_json::Value") => Type::Any,
        TypeDetails::Builtin(name) if name.starts_with("::chrono::DateTime<") => Type::Time,
        _ => {
            let name = made.name();
            return Err(refused(format!("it made the type `{name}`, which the generator doesn't know")));
        }
    })
}

/// A type in a box. typify boxes some members as a whole, though only what an `Option` holds needs the box.
fn boxed(inner: Box<Type>) -> Type {
    match *inner {
        Type::Option(held) => Type::Option(Box::new(Type::Boxed(held))),
        _ => Type::Boxed(inner),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const REPORT: &str = "#/components/schemas/Report";

    /// What is made of the schemas `Holder` and `Report`.
    fn made(holder: Value, report: Value) -> Result<Rendered, Fault> {
        render(json!({
            "openapi": "3.0.3",
            "info": {"title": "", "version": ""},
            "paths": {},
            "components": {"schemas": {"Holder": holder, "Report": report}},
        }))
    }

    /// The types of a required and of an optional member with this schema.
    fn members(schema: &Value) -> Result<(Type, Type), Fault> {
        let properties = json!({"required": schema, "optional": schema});
        let holder = json!({"type": "object", "required": ["required"], "properties": properties});
        let report = json!({"type": "object", "properties": {"name": {"type": "string"}}});
        let mut fields = made(holder, report)?.structs.remove("Holder").unwrap();
        Ok((fields.remove("required").unwrap(), fields.remove("optional").unwrap()))
    }

    #[test]
    fn each_type_that_typify_makes_is_known() {
        let cases = [
            (json!({"type": "boolean"}), Type::Bool),
            (json!({"type": "integer", "format": "int32"}), Type::Int(Width::W32)),
            (json!({"type": "integer"}), Type::Int(Width::W64)),
            (json!({"type": "integer", "format": "uint64"}), Type::Unsigned),
            (json!({"type": "number", "format": "float"}), Type::Float(Width::W32)),
            (json!({"type": "number"}), Type::Float(Width::W64)),
            (json!({"type": "string"}), Type::Text),
            (json!({"type": "string", "format": "date-time"}), Type::Time),
            (json!({"$ref": REPORT}), Type::Named("Report".to_owned())),
        ];
        for (schema, ty) in cases {
            assert_eq!(members(&schema).unwrap(), (ty.clone(), ty.into_option()), "{schema}");
        }
    }

    #[test]
    fn a_type_that_holds_types_is_known() {
        let report = || Box::new(Type::Named("Report".to_owned()));
        let required = |schema: Value| members(&schema).unwrap().0;
        assert_eq!(required(json!({})), Type::Any);
        assert_eq!(required(json!({"type": "object"})), Type::FreeObject);
        assert_eq!(required(json!({"type": "array", "items": {"$ref": REPORT}})), Type::List(report()));
        let map = json!({"type": "object", "additionalProperties": {"$ref": REPORT}});
        assert_eq!(required(map), Type::Map(report()));
    }

    #[test]
    fn a_member_of_its_own_type_is_in_a_box_within_the_option() {
        let report = json!({"type": "object", "properties": {"next": {"$ref": REPORT}}});
        let rendered = made(json!({"$ref": REPORT}), report).unwrap();
        let next = Type::Boxed(Box::new(Type::Named("Report".to_owned()))).into_option();
        assert_eq!(rendered.structs["Report"]["next"], next);
    }

    #[test]
    fn any_other_type_is_a_fault() {
        let bounded = json!({"type": "integer", "minimum": 1, "format": "uint8"});
        let set = json!({"type": "array", "items": {"type": "string"}, "uniqueItems": true});
        for schema in [bounded, set, json!({"type": "string", "maxLength": 3})] {
            let Err(fault) = members(&schema) else { panic!("{schema} is known") };
            assert!(fault.what.contains("which the generator doesn't know"), "{}", fault.what);
        }
    }
}
