//! What callers can ask an error, and the codes that answer.

use serde_json::Value;

use super::api::ErrorResponse;
use super::json::{at, entries, string, text};

/// The questions to an error of a service.
#[derive(Debug, Clone)]
pub(crate) struct Questions {
    /// Each with its text, in the order of the spec.
    pub(crate) asked: Vec<(String, String)>,
    /// The question that a code answers in all operations that don't say otherwise.
    pub(crate) meanings: Vec<(String, String)>,
}

impl Questions {
    /// The questions that the codes of a response answer, each with these codes.
    pub(crate) fn answered<'a>(&'a self, error: &'a ErrorResponse) -> Vec<(&'a str, Vec<&'a str>)> {
        let meaning = |code: &String| {
            let all = error.meanings.iter().chain(&self.meanings);
            all.clone().find(|(listed, _)| listed == code).map(|(_, question)| question)
        };
        let answered = self.asked.iter().map(|(question, _)| {
            let codes = error.codes.iter().filter(|code| meaning(code) == Some(question));
            (question.as_str(), codes.map(String::as_str).collect::<Vec<_>>())
        });
        answered.filter(|(_, codes)| !codes.is_empty()).collect()
    }
}

/// Reads the questions of the service and the meanings of its codes.
pub(super) fn read(document: &Value) -> Questions {
    let codes = at(document, "/components/schemas/ErrorCode");
    let asked = entries(at(codes, "/x-error-questions"));
    Questions {
        asked: asked.map(|(name, question)| (name.clone(), string(question).trim().to_owned())).collect(),
        meanings: meanings(codes),
    }
}

/// What an enum or a response says of its codes.
pub(super) fn meanings(holder: &Value) -> Vec<(String, String)> {
    let meanings = at(holder, "/x-error-meanings");
    entries(meanings).map(|(code, _)| (code.clone(), text(meanings, code))).collect()
}
