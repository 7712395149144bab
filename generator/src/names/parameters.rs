//! What the parameters of an operation are called in Rust and in calls by id.

use std::collections::BTreeMap;

use super::arguments::argument;
use super::unique::TakenNames;

/// What a parameter of an operation is called.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParameterNames {
    /// Its argument or setter in Rust.
    pub(crate) rust: String,
    /// Its argument where the operation is called by its id.
    pub(crate) by_id: String,
}

/// The places of parameters. If several parameters would get one name, the one whose place comes first has it.
pub(crate) const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// The names of the parameters of an operation, each given by its place and its name on the wire. `members` are the Rust
/// names of the members of its body, which keep theirs: a body has the same setters in each operation. A parameter whose
/// name is taken gets its place at the end, as in `id_in_query`, and where the operation is called by its id, its place
/// before its name, as in `query.id`. If that is taken, too, a number follows.
pub(crate) fn named<'a>(
    members: impl Iterator<Item = String>,
    parameters: &[(&'a str, &'a str)],
) -> BTreeMap<(&'a str, &'a str), ParameterNames> {
    let mut taken: TakenNames = members.collect();
    let mut found = BTreeMap::new();
    for place in PLACES {
        for (of, wire) in parameters.iter().filter(|(of, _)| *of == place) {
            let rust = argument(wire);
            let names = if taken.take(&rust) {
                ParameterNames { rust, by_id: (*wire).to_owned() }
            } else {
                let rust = taken.unique(&with_place(&rust, place), "_");
                ParameterNames { rust, by_id: format!("{place}.{wire}") }
            };
            found.insert((*of, *wire), names);
        }
    }
    found
}

/// The name of a parameter whose name is taken in Rust.
pub(crate) fn with_place(rust: &str, place: &str) -> String {
    format!("{}_in_{place}", rust.trim_end_matches('_'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_parameter_whose_name_is_taken_gets_its_place() {
        let given =
            [("header", "id"), ("query", "id"), ("path", "id"), ("query", "Type"), ("query", "other")];
        let named = |members: &[&str]| {
            let found = super::named(members.iter().map(|name| (*name).to_owned()), &given);
            given.map(|parameter| {
                let names = &found[&parameter];
                (names.rust.clone(), names.by_id.clone())
            })
        };
        let names = |rust: &str, by_id: &str| (rust.to_owned(), by_id.to_owned());
        assert_eq!(
            named(&[]),
            [
                names("id_in_header", "header.id"),
                names("id_in_query", "query.id"),
                names("id", "id"),
                names("type_", "Type"),
                names("other", "other"),
            ]
        );
        let [header, _, path, of_type, _] = named(&["id", "type_"]);
        assert_eq!((header, path), (names("id_in_header", "header.id"), names("id_in_path", "path.id")));
        assert_eq!(of_type, names("type_in_query", "query.Type"));
    }

    #[test]
    fn a_number_follows_where_the_place_does_not_tell_parameters_apart() {
        let given = [("query", "At"), ("query", "At<"), ("query", "At>")];
        let found = super::named([].into_iter(), &given);
        let names =
            given.map(|parameter| (found[&parameter].rust.as_str(), found[&parameter].by_id.as_str()));
        assert_eq!(names, [("at", "At"), ("at_in_query", "query.At<"), ("at_in_query_2", "query.At>")]);
    }
}
