//! Files that no service can be made of: documents in other formats, and OpenAPI documents without operations.

use crate::fault::Fault;
use crate::published::{NOT_OPENAPI, SWAGGER};
use crate::source::Node;

/// The fault of a document that no service can be made of. A document without `openapi` is accepted if it has `paths`.
pub(super) fn fault(document: &Node, operations: usize) -> Option<Fault> {
    if !document.is_mapping() {
        let what = format!("an OpenAPI document is a mapping, and this is {}", document.kind());
        return Some(document.fault(NOT_OPENAPI, what, OPENAPI));
    }
    if let Some(fault) = other_version(document).or_else(|| other_format(document)) {
        return Some(fault);
    }
    match document.get("openapi") {
        Some(version) if minor_version(version).is_none() => {
            let what = match version.scalar() {
                Some(text) => {
                    format!(
                        "the document is in version `{text}` of OpenAPI, and versions 3.0 and 3.1 can be read"
                    )
                }
                None => format!("`openapi` is {}, and not the version of OpenAPI", version.kind()),
            };
            return Some(version.fault("openapi-version", what, OPENAPI));
        }
        None if document.get("paths").is_none() => {
            let what = "this is no OpenAPI document: it has neither `openapi` nor `paths` at its top";
            return Some(document.fault(NOT_OPENAPI, what, OPENAPI));
        }
        _ => {}
    }
    let (at, what) = match document.get("webhooks") {
        Some(webhooks) => (webhooks, "the document has webhooks, which a service sends, but no operations"),
        None => (document.get("paths").unwrap_or(document), "the document has no operations"),
    };
    (operations == 0).then(|| at.fault(NOT_OPENAPI, what, OPENAPI))
}

/// Whether a document is in OpenAPI 3.1. One that doesn't say its version is read as 3.0.
pub(super) fn is_in_3_1(document: &Node) -> bool {
    document.get("openapi").and_then(minor_version) == Some(1)
}

/// The number behind the first dot of a version that can be read; the version may be a text or a number.
fn minor_version(version: &Node) -> Option<u8> {
    let text = version.scalar()?;
    let mut parts = text.trim().split('.');
    match (parts.next()?, parts.next()) {
        ("3", None | Some("0")) => Some(0),
        ("3", Some("1")) => Some(1),
        _ => None,
    }
}

const OPENAPI: &str = "import the OpenAPI document of the service, in version 3.0 or 3.1";

/// The fault of a document in Swagger 2.
fn other_version(document: &Node) -> Option<Fault> {
    let (what, help) = SWAGGER;
    document.get("swagger").map(|version| version.fault("openapi-version", what, help))
}

/// The fault of a document in the format of another program.
fn other_format(document: &Node) -> Option<Fault> {
    if let Some(version) = document.get("asyncapi") {
        let what = "this is an AsyncAPI document, which describes messages and no requests";
        return Some(version.fault(NOT_OPENAPI, what, OPENAPI));
    }
    let info = document
        .get("info")
        .filter(|_| document.get("openapi").is_none() && document.get("item").is_some())?;
    let help = "convert it first, with a tool such as `postman-to-openapi`, and import what that writes";
    Some(info.fault(NOT_OPENAPI, "this is a Postman collection", help))
}
