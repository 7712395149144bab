//! The questions to an error have names that methods can have. Each code that answers a question is one of the known codes,
//! and says once which question it answers.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{is_lower_case, suggest};
use crate::fault::Fault;
use crate::names::{self, ERROR_CODES, NO_QUESTION};
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The questions that every error answers: those of the client's `runtime::Error`.
const TAKEN: &[&str] = &["connect", "rate_limited", "timeout"];

/// The question that a status of 401 answers, too, so that it needs no code.
const UNAUTHENTICATED: &str = "unauthenticated";

const MEANINGS: &str = "x-error-meanings";

pub(super) fn check(survey: &Survey<'_>, faults: &mut Vec<Fault>) {
    let codes =
        survey.defined("schemas").find(|(file, name, _)| (*file, *name) == ("common.yaml", ERROR_CODES));
    let codes = codes.map(|(_, _, schema)| schema);
    let asked: Vec<&Node> = codes.map(|codes| keys(codes, "x-error-questions")).unwrap_or_default();
    asked.iter().for_each(|question| check_name(question, faults));
    let questions: BTreeSet<&str> = asked.iter().filter_map(|question| question.text()).collect();

    let mut answered: BTreeSet<&str> = BTreeSet::from([UNAUTHENTICATED]);
    if let Some(codes) = codes {
        let known = codes.get("enum").map(Node::items).unwrap_or_default();
        check_meanings(codes, known, "the enum", &questions, faults);
        answered.extend(meanings(codes).into_iter().filter_map(|(_, question)| question.text()));
    }
    for response in survey.of_kind(ObjectKind::Response) {
        let known = response.node.get("x-error-codes").map(Node::items).unwrap_or_default();
        check_meanings(response.node, known, "`x-error-codes` of the response", &questions, faults);
        answered.extend(meanings(response.node).into_iter().filter_map(|(_, question)| question.text()));
    }
    // A question that isn't defined may be a misspelling of the one that no code seems to answer.
    let is_known = |name: &&str| questions.contains(name) || [NO_QUESTION, UNAUTHENTICATED].contains(name);
    let is_unused = |question: &&&Node| !question.text().is_some_and(|name| answered.contains(name));
    let are_known = answered.iter().all(is_known);
    for question in asked.iter().filter(|question| are_known && is_unused(question)) {
        let what = format!("no code answers the question `{}`", question.text().unwrap_or_default());
        let help = format!("add a line to `{MEANINGS}`, or delete the question");
        faults.push(question.fault("unused-question", what, help));
    }
    check_said_once(survey, codes, faults);
}

/// The keys of the mapping that a key holds.
fn keys<'a>(holder: &'a Node, key: &str) -> Vec<&'a Node> {
    holder.get(key).map(Node::entries).unwrap_or_default().iter().map(|(key, _)| key).collect()
}

/// What an enum or a response says of its codes.
fn meanings(holder: &Node) -> Vec<(&Node, &Node)> {
    let entries = holder.get(MEANINGS).map(Node::entries).unwrap_or_default();
    entries.iter().map(|(code, question)| (code, question)).collect()
}

fn check_name(question: &Node, faults: &mut Vec<Fault>) {
    let name = question.text().unwrap_or_default();
    let what = if !is_lower_case(name, '_') {
        format!("`{name}` can't be the name of a question")
    } else if name == NO_QUESTION {
        format!("`{name}` stands for no question")
    } else if TAKEN.contains(&name) {
        format!("every error has the method `{}` already", names::question(name))
    } else {
        return;
    };
    let help =
        "write lower-case words that are joined by `_`, such as `wrong_code`, for the method `is_wrong_code`";
    faults.push(question.fault("question-name", what, help));
}

/// The codes are listed where their meanings stand, and the questions are among those of the service.
fn check_meanings(
    holder: &Node,
    known: &[Node],
    list: &str,
    questions: &BTreeSet<&str>,
    faults: &mut Vec<Fault>,
) {
    let known: BTreeSet<&str> = known.iter().filter_map(Node::text).collect();
    for (code, question) in meanings(holder) {
        let name = code.text().unwrap_or_default();
        if !known.contains(name) {
            let help = suggest(name, known.iter().copied(), "add it there, or delete the line");
            faults.push(code.fault("unknown-error-code", format!("{list} has no code `{name}`"), help));
        }
        let Some(name) = question.text().filter(|name| !name.is_empty()) else { continue };
        if !questions.contains(name) && name != NO_QUESTION {
            let otherwise =
                format!("add it to `x-error-questions` of `{ERROR_CODES}`, or write `{NO_QUESTION}`");
            let help = suggest(name, questions.iter().copied(), &otherwise);
            faults.push(question.fault("unknown-question", format!("there is no question `{name}`"), help));
        }
    }
}

/// In an operation a code has one meaning. A meaning that the code has in the whole service isn't repeated.
fn check_said_once(survey: &Survey<'_>, codes: Option<&Node>, faults: &mut Vec<Fault>) {
    let general: BTreeMap<&str, &str> = codes.map(texts).unwrap_or_default().into_iter().collect();
    let mut reported: BTreeSet<*const Node> = BTreeSet::new();
    for operation in &survey.operations {
        let mut said: BTreeMap<&str, &Node> = BTreeMap::new();
        for (code, question) in operation.responses.iter().flat_map(|(_, response)| meanings(response)) {
            let (Some(name), Some(meaning)) = (code.text(), question.text()) else { continue };
            let what = if general.get(name) == Some(&meaning) {
                format!("`{name}` means `{meaning}` everywhere")
            } else if let Some(first) = said.get(name) {
                format!("{} says at {} what `{name}` means", operation.label(), first.location())
            } else {
                said.insert(name, code);
                continue;
            };
            if reported.insert(std::ptr::from_ref(code)) {
                faults.push(code.fault("repeated-meaning", what, "delete one of the two lines"));
            }
        }
    }
}

fn texts(holder: &Node) -> Vec<(&str, &str)> {
    meanings(holder)
        .into_iter()
        .filter_map(|(code, question)| Some((code.text()?, question.text()?)))
        .collect()
}
