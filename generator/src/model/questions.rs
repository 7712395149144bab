//! Reads what callers can ask an error, and the codes that answer.

use serde_json::Value;

use super::api::Questions;
use super::json::{at, entries, string, text};

/// Reads the questions of the service and the meanings of its codes.
pub(super) fn read(document: &Value) -> Questions {
    let codes = at(document, "/components/schemas/ErrorCode");
    let asked = entries(&codes["x-error-questions"]);
    Questions {
        asked: asked.map(|(name, question)| (name.clone(), string(question).trim().to_owned())).collect(),
        meanings: meanings(codes),
    }
}

/// What an enum or a response says of its codes.
pub(super) fn meanings(holder: &Value) -> Vec<(String, String)> {
    let meanings = &holder["x-error-meanings"];
    entries(meanings).map(|(code, _)| (code.clone(), text(meanings, code))).collect()
}
