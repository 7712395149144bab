//! The option `--all` of the command `call`: all items of a list that comes in pages.

use generated_client::runtime::{AnyClient, Error, OperationInfo};
use serde_json::{Map, Value};

use crate::failed::Failed;
use crate::output::{self, Fault, Reader};
use crate::redact;

/// What was printed.
#[derive(Default)]
pub(crate) struct Printed {
    pub(crate) items: usize,
    pub(crate) pages: usize,
    pub(crate) are_secrets_left_out: bool,
}

/// Why not all items were printed.
pub(crate) enum Stopped {
    Call(Failed),
    Output(Fault),
    /// Nobody reads them.
    Unread,
}

impl From<Error<String>> for Stopped {
    fn from(error: Error<String>) -> Self {
        Self::Call(error.into())
    }
}

/// Prints each item as JSON on a line of its own, as soon as its page has come. Once nobody reads them, no page is requested
/// any more.
pub(crate) async fn print_all(
    info: &OperationInfo,
    client: &AnyClient,
    arguments: Map<String, Value>,
    are_secrets_shown: bool,
) -> Result<Printed, Stopped> {
    let mut pages = client.operation_pages(info.spec.id, arguments)?;
    let list = info.spec.paging.map(|paging| paging.items).unwrap_or_default();
    let mut printed = Printed::default();
    while let Some(page) = pages.next_page().await? {
        let shown = if are_secrets_shown { page.clone() } else { redact::value(&(info.response)(), &page) };
        let items = shown.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let lines: String = items.iter().map(|item| format!("{item}\n")).collect();
        if output::print_part(lines.as_bytes()).map_err(Stopped::Output)? == Reader::IsGone {
            return Err(Stopped::Unread);
        }
        printed.items += items.len();
        printed.pages += 1;
        printed.are_secrets_left_out |= shown != page;
    }
    Ok(printed)
}
