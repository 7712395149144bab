//! The rules of files: what can be read, what a file is called, and which files a service has.

use super::rule::{Rule, rule};

/// The rules of files, their names and their parts.
pub(super) const FILES: &[Rule] = &[
    rule("yaml", "The file isn't YAML.", "Correct the place; a tab in the indentation is a frequent cause."),
    rule("encoding", "The file isn't UTF-8.", "Save it in the encoding UTF-8."),
    rule(
        "control-character",
        "The file has a control character, or one that changes the direction of text.",
        "Delete it.",
    ),
    rule("empty-file", "The file is empty.", "Write a document, or delete the file."),
    rule("several-documents", "The file has more than one YAML document.", "Write one file for each group."),
    rule(
        "too-deep",
        "Lists and mappings are nested too deep.",
        "Give the inner schemas names under `components.schemas`.",
    ),
    rule("anchor", "A value has a YAML anchor.", "Write a component, and `$ref`s to it."),
    rule("alias", "A YAML alias stands for a value.", "Write a `$ref`."),
    rule("tag", "A value has a YAML tag.", "Delete the tag; quotes make a text of a value."),
    rule("duplicate-key", "A mapping has a key twice.", "Join the two, or delete one."),
    rule("key-not-text", "A key is not text.", "Write a key that is text."),
    rule("not-a-number", "A number is infinite or not a number.", "Write a finite number."),
    rule(
        "file-name",
        "A file under `spec/` isn't one of a service, or isn't YAML.",
        "Move it to `spec/<service>/<group>.yaml`, or delete it.",
    ),
    rule("missing-file", "A service has no `openapi.yaml`.", "Add it."),
    rule(
        "service-name",
        "The folder has a name that no module, feature or type can have.",
        "Give the folder another name, of lower-case words that are joined by `-`.",
    ),
    rule(
        "group-name",
        "The file of a group has a name that no module or method can have.",
        "Give the file another name, in kebab case.",
    ),
    rule("empty-group", "The file of a group has no operations.", "Add a path, or delete the file."),
    rule("missing-tag", "`openapi.yaml` doesn't list a group.", "Add a tag with the name of the file."),
    rule("duplicate-tag", "`openapi.yaml` lists a group twice.", "Delete one of the tags."),
    rule(
        "unknown-group",
        "`openapi.yaml` lists a group that has no file.",
        "Correct the name, add the file, or delete the tag.",
    ),
    rule(
        "misplaced-part",
        "A part of a document stands in a file where nothing reads it.",
        "Move it to the file that the help names.",
    ),
];
