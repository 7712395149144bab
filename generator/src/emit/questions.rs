//! The questions to an error of a service, and the codes that answer them.

use super::macro_call::macro_call;
use super::text::{INDENT, comment};
use crate::model::{Api, ErrorResponse, Questions};
use crate::names::{self, ERROR_CODES, NO_QUESTION};

/// The declaration (`questions!`) of the methods of the service's errors, if the spec has any question.
pub(super) fn declaration(api: &Api) -> Option<String> {
    let Questions { asked, meanings } = &api.questions;
    if asked.is_empty() {
        return None;
    }
    let text = format!(
        "# {0}\n\nQuestions to an error of {0}. An error answers at most one of them by yes.",
        api.title
    );
    let mut lines = comment(&text, false, "");
    lines.push(format!("impl Error<{ERROR_CODES}> {{"));
    for (name, text) in asked {
        lines.extend(comment(text, false, INDENT));
        lines.push(format!("{INDENT}{},", names::question(name)));
    }
    lines.extend(["}", "", "codes {"].map(str::to_owned));
    lines.extend(meanings.iter().map(|(code, question)| format!("{INDENT}{code:?} = {},", answer(question))));
    lines.push("}".to_owned());
    Some(macro_call("questions", &lines))
}

/// The method that answers yes for a code, or the word that stands for no question.
pub(super) fn answer(question: &str) -> String {
    if question == NO_QUESTION { question.to_owned() } else { names::question(question) }
}

/// The codes of a response, each with a link to the method of the error that answers yes for it, if there is one; empty if
/// there is no code.
pub(super) fn codes(questions: &Questions, error: &ErrorResponse) -> String {
    let codes = error.codes.iter().map(|code| match questions.answered(error, code).map(names::question) {
        Some(question) => format!("`{code}` ([`{question}`](super::Error#method.{question}))"),
        None => format!("`{code}`"),
    });
    let codes = codes.collect::<Vec<_>>().join(", ");
    if codes.is_empty() { codes } else { format!("Codes: {codes}.") }
}
