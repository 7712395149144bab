//! Names and texts.

use super::cycle::cycle;

const AREAS: [&str; 15] = [
    "tenant", "role", "user", "project", "device", "policy", "audit", "theme", "template", "flow", "list",
    "region", "invoice", "webhook", "domain",
];

const TASKS: [&str; 12] = [
    "admin", "import", "search", "history", "report", "quota", "backup", "review", "export", "preview",
    "setup", "transfer",
];

/// The last word of an operation's id. No group has more operations.
pub(super) const VERBS: [&str; 14] = [
    "load_all",
    "create",
    "update",
    "remove",
    "enable",
    "disable",
    "bring_in",
    "hand_out",
    "verify_one",
    "refresh",
    "load_page",
    "assign",
    "withdraw",
    "rename",
];

const MEMBERS: [&str; 43] = [
    "displayName",
    "givenName",
    "region",
    "loginIds",
    "accessToken",
    "isActive",
    "locale",
    "createdTime",
    "roleNames",
    "emailAddress",
    "timeZone",
    "priority",
    "phoneNumber",
    "tenantId",
    "attributes",
    "clientSecret",
    "department",
    "retentionDays",
    "permissionNames",
    "isVerified",
    "pictureUrl",
    "comment",
    "approvedDomains",
    "externalId",
    "modifiedTime",
    "signingKey",
    "defaultRole",
    "maximumCount",
    "isInherited",
    "labels",
    "contactName",
    "homepage",
    "templateId",
    "expirationUnit",
    "providerName",
    "oneTimeCode",
    "isEditable",
    "attributeMapping",
    "issuer",
    "audience",
    "subjectLine",
    "replyAddress",
    "familyName",
];

const QUERY: [&str; 30] = [
    "pageSize",
    "pageNumber",
    "sortBy",
    "includeDeleted",
    "fields",
    "searchText",
    "filterBy",
    "sinceTime",
    "withCounts",
    "statuses",
    "untilTime",
    "groupBy",
    "onlyOwn",
    "limitTo",
    "owners",
    "language",
    "format",
    "traceId",
    "deepSearch",
    "kinds",
    "caller",
    "reason",
    "dryRun",
    "batchSize",
    "origins",
    "snapshot",
    "variant",
    "isSilent",
    "depth",
    "channels",
];

const SENTENCES: [&str; 12] = [
    "Name that people see in lists and messages.",
    "Where the change is to take effect; without it, the whole project is meant.",
    "Whether the entry counts for those who are not signed in yet.",
    "Time of the last change, in seconds since the epoch.",
    "Identifier that never changes, not even if the name does.",
    "What the administrator wrote when the entry was made, at most 255 characters.",
    "Language as a BCP 47 tag, such as `en` or `pt-BR`.",
    "Set by the server; a value that is sent is ignored.",
    "Address in the form of RFC 5322, in lower case.",
    "How many entries there may be before the oldest is dropped.",
    "Empty where the project inherits it from its parent.",
    "Tells the copies of an entry apart when several regions hold one.",
];

const SUMMARIES: [&str; 6] = [
    "Change what the entries of a project share",
    "Load the entries that fit, page by page",
    "Take the entries of a list out of service",
    "Give an entry to the members of another tenant",
    "Check that an entry is what its owner believes it is",
    "Bring entries in from a file that was uploaded before",
];

/// The name of a group, in kebab case.
pub(super) fn group(index: usize) -> String {
    let round = index / (AREAS.len() * TASKS.len());
    let number = if round > 0 { (round + 1).to_string() } else { String::new() };
    format!("{}-{}{number}", cycle(&AREAS, index), cycle(&TASKS, index / AREAS.len()))
}

/// The last word of the id of a group's operation with this index.
pub(super) fn verb(index: usize) -> &'static str {
    cycle(&VERBS, index)
}

/// The name of a member; 43 in a row are different.
pub(super) fn member(index: usize) -> &'static str {
    cycle(&MEMBERS, index)
}

/// Whether a member of this name holds a secret.
pub(super) fn is_secret(member: &str) -> bool {
    matches!(member, "accessToken" | "clientSecret" | "signingKey" | "oneTimeCode")
}

/// The name of a query parameter; 30 in a row are different.
pub(super) fn query(index: usize) -> &'static str {
    cycle(&QUERY, index)
}

/// A text of the length that descriptions of members have.
pub(super) fn sentence(index: usize) -> &'static str {
    cycle(&SENTENCES, index)
}

/// A text of the length that descriptions of parameters have.
pub(super) fn two_sentences(index: usize) -> String {
    format!("{} {}", sentence(index), sentence(index + 5))
}

/// A text of the length that summaries of operations have.
pub(super) fn summary(index: usize) -> &'static str {
    cycle(&SUMMARIES, index)
}

/// A text of the length that descriptions of operations have.
pub(super) fn paragraphs(index: usize) -> String {
    let second = (2..4).map(|further| sentence(index + further)).collect::<Vec<_>>().join(" ");
    format!("{}\n\n{second}\n", two_sentences(index))
}
