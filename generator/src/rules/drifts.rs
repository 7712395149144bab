//! The kinds of differences between a spec and the vendor's document.

use super::rule::{Rule, rule};

const FOLLOW: &str = "Add it to the spec, or accept the difference.";

const KEEP: &str = "See whether the server still has it, and accept the difference.";

const DECIDE: &str = "Find out which of the two is right; follow it, or accept the difference.";

/// All kinds that `cargo xtask drift` knows.
pub const DRIFTS: &[Rule] = &[
    rule("operation-only-in-document", "The spec lacks an operation of the document.", FOLLOW),
    rule("operation-only-in-spec", "The document lacks an operation of the spec.", KEEP),
    rule("parameter-only-in-document", "An operation of the spec lacks a parameter.", FOLLOW),
    rule("parameter-only-in-spec", "An operation of the document lacks a parameter.", KEEP),
    rule("body-only-in-document", "A request or response of the spec lacks a body of a media type.", FOLLOW),
    rule("body-only-in-spec", "A request or response of the document lacks a body of a media type.", KEEP),
    rule("status-only-in-document", "An operation of the spec lacks a response with a status.", FOLLOW),
    rule("status-only-in-spec", "An operation of the document lacks a response with a status.", KEEP),
    rule("member-only-in-document", "An object of the spec lacks a member.", FOLLOW),
    rule("member-only-in-spec", "An object of the document lacks a member.", KEEP),
    rule("value-only-in-document", "An enum of the spec lacks a value.", FOLLOW),
    rule("value-only-in-spec", "An enum of the document lacks a value.", KEEP),
    rule("enum-only-in-document", "Only the document lists the values of a text.", DECIDE),
    rule("enum-only-in-spec", "Only the spec lists the values of a text.", DECIDE),
    rule("required-only-in-document", "Only the document requires a member or parameter.", DECIDE),
    rule("required-only-in-spec", "Only the spec requires a member or parameter.", DECIDE),
    rule("deprecated-only-in-document", "Only the document calls an operation deprecated.", DECIDE),
    rule("deprecated-only-in-spec", "Only the spec calls an operation deprecated.", DECIDE),
    rule("type", "The two have different types.", DECIDE),
    rule("format", "The two have different formats.", DECIDE),
    rule(
        "stale-difference",
        "An accepted difference is in none of the documents.",
        "Delete the line, or compare with all documents that the service has.",
    ),
];
