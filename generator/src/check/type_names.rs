//! Each type in the module of a group has a name of its own: those of schemas, of operations and of the group itself.

use std::collections::{BTreeMap, BTreeSet};

use super::header_types::{self, HeaderType};
use super::made_names::{self, MadeName};
use super::security;
use crate::fault::Fault;
use crate::names;
use crate::openapi::file::{FileRole, SpecFile};
use crate::openapi::kind::ObjectKind;
use crate::openapi::operation::ResolvedOperation;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The names that the generated code relies on: those of Rust's prelude, of the client's `runtime::codegen`, of what each
/// service has beside its generated types, and of the type parameters that hide types with their names.
pub(crate) const RESERVED_TYPES: &str = "\
    Anonymous AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce BTreeMap Binary BodyLimits Box BrowserOperation Builder C Call Carries \
    Client Clone Copy Debug DecodeError Default DoubleEndedIterator Drop Eq Err Error ExactSizeIterator Extend Fn FnMut FnOnce FormPart \
    From FromIterator FromStatus Future Hash Into IntoFuture IntoIterator Iterator JsonText Map MediaType None Nullable O Ok \
    OperationGroup OperationInfo Option Ord Parameter PartialEq PartialOrd RawResponse Redirect Result Retry Secret SecurityScheme Self \
    Send Sized Some Spec String Sync Timestamp ToOwned ToString TryFrom TryInto Unpin Value Vec";

const RENAME: &str = "give one of the two another name";

/// Whether a name of the API becomes the name of a type that the generated code relies on.
pub(super) fn is_reserved_type(name: &str) -> bool {
    let name = names::pascal(name);
    RESERVED_TYPES.split_whitespace().any(|reserved| reserved == name)
}

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let reserved = reserved_types(survey);
    let named = survey.sites.iter().filter(|site| site.via == "schemas");
    let keys: Vec<(&str, &Node)> =
        named.filter_map(|site| Some((site.file.name.as_str(), site.key?))).collect();
    faults.extend(keys.iter().filter_map(|(_, key)| refuse_reserved_type(key, &reserved)));
    let mut schemas = Schemas(
        keys.into_iter().filter_map(|(file, key)| Some(((file, names::pascal(key.text()?)), key))).collect(),
    );
    let made = made_names::list(survey);
    let by_name = schemas.0.iter().map(|((_, name), key)| (name.as_str(), *key)).collect();
    faults.extend(made.iter().filter_map(|made| check_made(made, &by_name, &reserved)));
    faults.extend(check_made_twice(&made));
    schemas.0.extend(made.into_iter().map(|made| ((made.file, made.name), made.node)));
    let places = schemas.0.iter().map(|((_, name), node)| (names::as_compared(name), *node)).collect();
    let headers = header_types::list(survey);
    header_types::check(&headers, &places, &reserved, faults);
    for file in survey.files.iter().filter(|file| file.role == FileRole::Group) {
        check_group(survey, file, &schemas, &reserved, &headers, faults);
    }
}

const NAME_IT: &str = "give it another name under `components.schemas`, and refer to it";

/// The name of a schema without one is neither that of another schema nor one of the generated code.
fn check_made(
    made: &MadeName<'_>,
    schemas: &BTreeMap<&str, &Node>,
    reserved: &BTreeSet<String>,
) -> Option<Fault> {
    let name = &made.name;
    if reserved.contains(name) {
        let what =
            format!("this schema has no name, and would be called `{name}`, which the generated code needs");
        return Some(made.node.fault("reserved-name", what, NAME_IT));
    }
    let key = schemas.get(name.as_str())?;
    let what = format!(
        "this schema has no name, and would be called `{name}`, as is the schema at {}",
        key.location()
    );
    Some(made.node.fault("name-collision", what, NAME_IT))
}

/// No two schemas without a name get one name.
fn check_made_twice(made: &[MadeName<'_>]) -> Vec<Fault> {
    let mut first: BTreeMap<&str, &Node> = BTreeMap::new();
    let mut faults = Vec::new();
    for MadeName { name, node, .. } in made {
        if let Some(first) = first.get(name.as_str()) {
            let what = format!(
                "this schema has no name, and would be called `{name}`, as would the one at {}",
                first.location()
            );
            faults.push(node.fault("name-collision", what, NAME_IT));
        } else {
            first.insert(name, node);
        }
    }
    faults
}

/// The names that no schema, operation or group can have. The service and each of its credentials are types, too.
fn reserved_types(survey: &Survey<'_>) -> BTreeSet<String> {
    let service = names::pascal(survey.service);
    let credentials = survey.defined("securitySchemes").map(|(_, name, _)| names::pascal(name));
    let fixed = RESERVED_TYPES.split_whitespace().map(str::to_owned);
    let combined = security::combined(survey).into_keys().map(|name| names::pascal(&name));
    fixed.chain(credentials).chain(combined).chain([service]).collect()
}

/// The key of each schema, by file and Rust name.
struct Schemas<'a>(BTreeMap<(&'a str, String), &'a Node>);

impl<'a> Schemas<'a> {
    /// The schema with this name in a file, or in common.yaml.
    fn seen_from(&self, file: &'a SpecFile, name: &str) -> Option<&'a Node> {
        ["common.yaml", file.name.as_str()]
            .into_iter()
            .find_map(|file| self.0.get(&(file, name.to_owned())).copied())
    }
}

/// The module of a group holds the types of the group, of its operations, and of the schemas and headers that it can
/// refer to.
fn check_group(
    survey: &Survey<'_>,
    file: &SpecFile,
    schemas: &Schemas<'_>,
    reserved: &BTreeSet<String>,
    headers: &[HeaderType<'_>],
    faults: &mut Vec<Fault>,
) {
    check_group_type(survey, file, schemas, reserved, faults);
    let stem = file.stem();
    let seen = headers.iter().filter(|made| ["common.yaml", file.name.as_str()].contains(&made.file));
    let mut made: BTreeMap<String, Maker<'_>> = seen
        .map(|made| {
            let what = format!("{} with its headers", made.of());
            (names::as_compared(&made.name), Maker { what, at: Some(made.at) })
        })
        .collect();
    made.insert(names::group_type(stem), Maker { what: format!("the group `{stem}`"), at: None });
    for operation in survey.operations.iter().filter(|operation| operation.file.name == file.name) {
        let Some((id, text)) = operation.id().and_then(|id| Some((id, id.text()?))) else { continue };
        let types = types_of(operation, &names::pascal(text));
        let name = text.strip_prefix(&names::operation_prefix(stem)).unwrap_or(text);
        if types.iter().any(|taken| reserved.contains(taken)) || name == "new" {
            let what =
                format!("the operation `{text}` takes a name that the generated code needs for itself");
            faults.push(id.fault("reserved-name", what, "give the operation another name"));
        }
        for taken in types {
            if let Some(schema) = schemas.seen_from(file, &taken) {
                faults.push(collision(id, text, &taken, &format!("the schema at {}", schema.location())));
            }
            faults.extend(take(&mut made, taken, id, text));
        }
    }
}

/// What a type is made for, if not for a schema.
struct Maker<'a> {
    what: String,
    /// Its name in the spec; none for a group, whose name is that of its file.
    at: Option<&'a Node>,
}

/// Takes the name of a type for an operation, or reports what it was taken by. If one id occurs twice, another check reports
/// it.
fn take<'a>(
    made: &mut BTreeMap<String, Maker<'a>>,
    taken: String,
    id: &'a Node,
    text: &str,
) -> Option<Fault> {
    let maker = Maker { what: format!("the operation `{text}`"), at: Some(id) };
    let compared = names::as_compared(&taken);
    let Some(first) = made.get(&compared) else {
        made.insert(compared, maker);
        return None;
    };
    let place = first.at.map(|at| format!(", at {}", at.location())).unwrap_or_default();
    (first.what != maker.what).then(|| collision(id, text, &taken, &format!("{}{place}", first.what)))
}

fn collision(id: &Node, text: &str, taken: &str, other: &str) -> Fault {
    let what = format!("the operation `{text}` becomes the type `{taken}`, as does {other}");
    id.fault("name-collision", what, RENAME)
}

/// The type of the group itself.
fn check_group_type(
    survey: &Survey<'_>,
    file: &SpecFile,
    schemas: &Schemas<'_>,
    reserved: &BTreeSet<String>,
    faults: &mut Vec<Fault>,
) {
    let stem = file.stem();
    let group = names::group_type(stem);
    let mut schemes = survey.of_kind(ObjectKind::SecurityScheme).filter_map(|site| site.key);
    if let Some(scheme) = schemes.find(|key| names::pascal(key.text().unwrap_or_default()) == group) {
        let what = format!("the group `{stem}` becomes the type `{group}`, as does this security scheme");
        faults.push(scheme.fault("name-collision", what, "give the scheme another name"));
    } else if let Some(root) = file.root.as_ref().filter(|_| reserved.contains(&group)) {
        let what = format!(
            "the group `{stem}` becomes the type `{group}`, which the generated code needs for itself"
        );
        faults.push(root.fault("reserved-name", what, "give the file another name"));
    }
    if let Some(schema) = schemas.seen_from(file, &group) {
        let what = format!("the group `{stem}` becomes the type `{group}`, as does this schema");
        faults.push(schema.fault("name-collision", what, "give the schema another name"));
    }
}

/// The types of an operation itself: one that stands for it, and one if it succeeds in several ways.
fn types_of(operation: &ResolvedOperation<'_>, marker: &str) -> Vec<String> {
    let statuses = operation.responses.iter().filter_map(|(status, _)| status.text());
    let mut types = vec![marker.to_owned()];
    if statuses.filter(|status| status.starts_with(['2', '3'])).count() > 1 {
        types.push(names::response_enum(marker));
    }
    types
}

fn refuse_reserved_type(key: &Node, reserved: &BTreeSet<String>) -> Option<Fault> {
    let name = names::pascal(key.text()?);
    reserved.contains(&name).then(|| {
        let what = format!("a schema called `{name}` hides a type that the generated code needs");
        key.fault("reserved-name", what, "give the schema another name")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_type_has_a_name_that_every_generated_module_imports() {
        let runtime = include_str!("../../../generated-client/src/runtime/mod.rs");
        let (_, imports) = runtime.split_once("pub(crate) mod codegen {").unwrap();
        let words = imports.split(|character: char| !character.is_ascii_alphanumeric());
        let types: Vec<&str> = words
            .filter(|word| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase))
            .collect();
        assert!(types.len() > 10, "{types:?}");
        for name in types {
            assert!(is_reserved_type(name), "reserve `{name}`");
        }
    }

    /// What the macros of the client expand to, without comments.
    fn macros() -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/src/runtime/declare");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let sources = files.filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
        let texts = sources.map(|path| std::fs::read_to_string(path).unwrap());
        let code = texts.map(|text| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
        let code: String = code.collect();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        code.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
    }

    /// The type parameters that a piece of code begins with: `A` and `B` of `<'de, A: Clone, B>`.
    fn parameters(code: &str) -> impl Iterator<Item = &str> {
        let listed = code.strip_prefix('<').and_then(|code| code.split(['>', '(', '{']).next());
        let names = listed.unwrap_or_default().split(',').filter_map(|one| one.split([':', '=']).next());
        names.map(str::trim).filter(|name| !name.is_empty() && !name.starts_with('\''))
    }

    #[test]
    fn no_type_has_the_name_of_a_type_parameter_that_would_hide_it() {
        let macros = macros();
        let impls = macros.split("impl").skip(1).flat_map(parameters);
        let impls: BTreeSet<&str> = impls.collect();
        assert_eq!(impls, BTreeSet::from(["C", "O"]));
        assert!(impls.into_iter().all(is_reserved_type));
    }

    /// No function with a type parameter and no trait names a type of a spec, so its parameters hide none.
    #[test]
    fn a_type_has_the_name_of_a_type_parameter_that_hides_nothing() {
        let macros = macros();
        let of_item = |item: &'static str| {
            let named = macros.split(item).skip(1);
            named.flat_map(|code| {
                parameters(code.trim_start_matches(|c: char| c == '_' || c.is_alphanumeric()))
            })
        };
        let others: BTreeSet<&str> = ["fn ", "trait "].into_iter().flat_map(of_item).collect();
        let compiled = include_str!("../../tests/cases/ok/single-letters/spec/sample/single-letters.yaml");
        // A schema stands there by its name, a security scheme by its name in lower case.
        let is_compiled = |name: &str| compiled.contains(&format!("\n    {name}:\n"));
        let is_proven =
            |name: &str| is_compiled(name) || is_compiled(&name.to_lowercase()) || is_reserved_type(name);
        let unproven: Vec<&str> = others.iter().copied().filter(|name| !is_proven(name)).collect();
        assert!(others.contains("D") && others.contains("N"), "{others:?}");
        assert_eq!(unproven, [""; 0]);
    }
}
