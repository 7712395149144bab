//! Why cargo-semver-checks and `cargo xtask diff` say different things of one change, as data.

/// A reason, and what it is the reason for.
pub(super) struct Reason {
    /// Findings of `cargo xtask diff`, or lints of cargo-semver-checks.
    pub(super) of: &'static [&'static str],
    /// Whole sentences.
    pub(super) why: &'static str,
}

/// Why cargo-semver-checks doesn't see what breaks callers.
pub(super) const UNSEEN: &[Reason] = &[
    Reason {
        of: &[
            "absent-list",
            "alternative-type",
            "body-arguments",
            "body-type",
            "boxed",
            "nullable-added",
            "nullable-removed",
            "operation-browser",
            "operation-content",
            "operation-pages-item",
            "operation-responses",
            "optional",
            "optional-sent",
            "other-members",
            "other-members-sent",
            "required",
            "required-sent",
            "response-content",
            "sensitive-added",
            "sensitive-removed",
            "type",
            "type-sent",
        ],
        why: "cargo-semver-checks doesn't compare the types of fields, of arguments and of what a method returns.",
    },
    Reason {
        of: &["base-credential", "credentials-changed", "credentials-narrowed", "scheme-role"],
        why: "Which clients can call an operation is a bound of its method, and cargo-semver-checks doesn't compare bounds.",
    },
    Reason {
        of: &["base-credential-order", "constructor-arguments", "operation-arguments"],
        why: "cargo-semver-checks counts the arguments of a method, but doesn't compare their order.",
    },
    Reason {
        of: &["parameter-removed", "question-removed", "rust-name"],
        why: "The method stands in an `impl` of a type of the runtime for one operation or service, such as `Call<Open>`; \
              cargo-semver-checks misses no method while another such `impl` has one of the same name.",
    },
    Reason {
        of: &["operation-pages-removed", "schema-not-kept"],
        why: "The impl that is gone is of a trait of serde or of the runtime; of impls that are gone, cargo-semver-checks sees \
              only those that are derived and those of auto traits.",
    },
];

/// Why `cargo xtask diff` doesn't call breaking what a lint of cargo-semver-checks finds.
pub(super) const HARMLESS: &[Reason] = &[
    Reason {
        of: &["feature_missing", "feature_not_enabled_by_default", "feature_no_longer_enables_feature"],
        why: "Features are written in `generated-client/Cargo.toml`; `cargo xtask diff` tells of those of groups and services, \
              with the group or the service.",
    },
    Reason {
        of: &[
            "enum_variant_marked_deprecated",
            "struct_field_marked_deprecated",
            "type_marked_deprecated",
            "type_method_marked_deprecated",
        ],
        why: "A deprecation breaks no caller; `cargo xtask diff` lists it as a warning.",
    },
];

/// Said of an item in a file that isn't generated.
pub(super) const BY_HAND: &str = "The item is written by hand, so no spec describes it.";

/// Said of an item that the generator makes now in another way than when it was checked in.
pub(super) const GENERATOR: &str = "The generator made this item in another way than it does now; `cargo xtask diff` compares what it makes now.";

/// Said where one side asks for a minor version and the other for none.
pub(super) const MINOR: &str = "cargo-semver-checks asks for no minor version where something is added, and doesn't see what \
                                changes on the wire.";

/// The reason for this finding or lint.
pub(super) fn find(reasons: &[Reason], of: &str) -> Option<&'static str> {
    reasons.iter().find(|reason| reason.of.contains(&of)).map(|reason| reason.why)
}

#[cfg(test)]
mod tests {
    use generator::compare::{ROWS, Rust};

    use super::*;

    #[test]
    fn reasons_are_given_once_and_for_findings_that_break_callers() {
        let mut ids: Vec<&str> = UNSEEN.iter().flat_map(|reason| reason.of).copied().collect();
        for id in &ids {
            assert!(ROWS.iter().any(|row| row.id == *id && row.rust == Rust::Breaking), "{id}");
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
