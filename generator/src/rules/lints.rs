//! The rules of quality. A spec that breaks one isn't wrong, so code is generated all the same.

use super::rule::{Rule, rule};

/// All rules that `cargo xtask lint` knows.
pub const LINTS: &[Rule] = &[
    rule(
        "full-stop",
        "A description, a reason or the text of an enum's value ends without a full stop, or a summary ends with one.",
        "Add the full stop, or delete it.",
    ),
    rule(
        "repeated-name",
        "The description of a member or parameter has no word that isn't in its name, as in \"The user ID.\" for `userId`. An object's only member may be described so.",
        "Say what it is for, in which format it is, and where the caller gets it.",
    ),
    rule("same-text", "Two members of one schema have the same description.", "Say how the two differ."),
    rule("same-summary", "Two operations have the same summary.", "Say how the two differ."),
    rule(
        "listed-values",
        "A description lists values, as in \"`email` or `sms`\", and the schema is a text without an `enum`.",
        "Refer to a schema with an `enum`, which is open if there can be more values.",
    ),
    rule(
        "missing-unit",
        "The description of an integer that looks like a time or a duration names no unit.",
        "Name it: seconds, milliseconds, or seconds since the epoch.",
    ),
    rule(
        "spelling",
        "A name is spelt in two ways in a service, such as `userId` and `userID`.",
        "Write the usual spelling. If the server insists on both, allow it.",
    ),
    rule(
        "bare-example",
        "The example of a request shows none of the optional members that the body can have.",
        "Add at least one to the example, with a value that a server accepts.",
    ),
    rule(
        "near-duplicate-schema",
        "Two schemas have the same members, or the same but for one.",
        "Refer to the same schema twice, or say why there are two.",
    ),
    rule(
        "missing-error-response",
        "An operation lacks an error response that nearly all operations of its group have: all but one, or at least nine of ten.",
        "Add the response, or say why the server doesn't send it.",
    ),
    rule(
        "missing-since",
        "An operation lacks `x-since`, which nearly all operations of its group have: all but one, or at least nine of ten.",
        "Add the first version of the server that has the operation.",
    ),
    rule("unused-allow", "An entry of `x-lint-allow` allows nothing.", "Delete it."),
];
