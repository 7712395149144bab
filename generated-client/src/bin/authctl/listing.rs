//! The command `list`.

use std::fmt::Write;

use generated_client::runtime::{OperationInfo, Retry};
use generated_client::services;
use serde_json::{Value, json};

use crate::Outcome;
use crate::catalog::{self, did_you_mean};
use crate::cli::List;
use crate::output::{self, ASIDE, Fault, HEADING, NAME};

pub(crate) fn run(wanted: &List) -> Outcome {
    let operations = chosen(wanted)?;
    if wanted.json {
        let listed: Vec<Value> = operations.iter().map(|info| entry(info)).collect();
        return output::print(&format!("{:#}\n", Value::Array(listed)));
    }
    output::print(&table(&operations))
}

fn chosen(wanted: &List) -> Result<Vec<&'static OperationInfo>, Fault> {
    let services = match &wanted.service {
        Some(service) => std::slice::from_ref(service),
        None => services(),
    };
    let all = services.iter().copied().flat_map(|service| (service.operations)());
    let Some(group) = &wanted.group else { return Ok(all.collect()) };
    let chosen: Vec<_> = all.filter(|info| info.group == group).collect();
    if chosen.is_empty() {
        let groups = services.iter().copied().flat_map(catalog::groups);
        let hint = did_you_mean(group, groups);
        return Err(Fault::usage(format!("`{}` is no group{hint}", group.escape_debug())));
    }
    Ok(chosen)
}

fn entry(info: &OperationInfo) -> Value {
    json!({
        "service": info.service,
        "group": info.group,
        "operation": info.spec.id,
        "summary": info.documentation.summary(),
        "method": method(info),
        "path": info.spec.path,
        "credentials": info.spec.credentials,
        "credentialIsOptional": info.spec.credential_is_optional,
        "retry": retry(info.spec.retry),
        "comesInPages": info.spec.paging.is_some(),
        "documentation": info.documentation.link,
    })
}

fn table(operations: &[&OperationInfo]) -> String {
    let width = |text: fn(&OperationInfo) -> String| {
        operations.iter().map(|info| text(info).chars().count()).max().unwrap_or_default()
    };
    let (id_width, credential_width) = (width(|info| info.spec.id.to_owned()), width(credential));
    let mut text = String::new();
    let mut group = ("", "");
    for info in operations {
        if group != (info.service, info.group) {
            let gap = if text.is_empty() { "" } else { "\n" };
            _ = writeln!(text, "{gap}{HEADING}{} {}{HEADING:#}", info.service, info.group);
            group = (info.service, info.group);
        }
        let (id, credential, retry) = (info.spec.id, credential(info), retry(info.spec.retry));
        let summary = info.documentation.summary();
        _ = writeln!(
            text,
            "  {NAME}{id:id_width$}{NAME:#}  {ASIDE}{credential:credential_width$}  {retry:10}{ASIDE:#}  {summary}"
        );
    }
    text
}

/// The method as it is sent.
pub(crate) fn method(info: &OperationInfo) -> String {
    format!("{:?}", info.spec.method).to_uppercase()
}

/// The credentials of which one is sent.
pub(crate) fn credential(info: &OperationInfo) -> String {
    let named = info.spec.credentials.join("|");
    match (named.is_empty(), info.spec.credential_is_optional) {
        (true, _) => "none".to_owned(),
        (false, true) => format!("{named}?"),
        (false, false) => named,
    }
}

/// The retry class in a word.
pub(crate) fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Safe => "safe",
        Retry::Idempotent => "idempotent",
        Retry::Never => "never",
    }
}
