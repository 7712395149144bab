//! Lists that come in pages, of operations that are called by their ids.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::by_id::{BODY, IdCall, Operations, find};
use super::table::OperationInfo;
use super::walk::{PageCounts, Walk};
use crate::runtime::engine::core::Core;
use crate::runtime::engine::exchange::invalid;
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::error::{Code, Error, Failure};
use crate::runtime::request::paging::Paging;
use crate::runtime::value::decode::DecodeError;
use crate::runtime::value::secret::Secret;

/// The pages of a list that an operation gives, where the operation is called by its id. The client's `operation_pages`
/// gives them.
///
/// What is true of [`Pages`](crate::runtime::Pages) is true of these.
#[must_use = "no page is requested before it is asked for"]
pub struct OperationPages<E> {
    core: Core,
    info: &'static OperationInfo,
    paging: &'static Paging,
    arguments: Secret<Map<String, Value>>,
    walk: Walk,
    code: PhantomData<fn() -> E>,
}

impl<E: Code> OperationPages<E> {
    /// The pages that begin with the one which the arguments ask for.
    ///
    /// # Errors
    ///
    /// If there is no such operation, or if it doesn't give a list in pages.
    pub(crate) fn new(
        core: &Core,
        operations: Operations,
        id: &str,
        arguments: Map<String, Value>,
    ) -> Result<Self, Error<E>> {
        let info = find(core.service(), operations, id).map_err(Error::from)?;
        let paging = info.spec.paging.ok_or_else(|| Error::from(not_paged(core, info)))?;
        let number = |name| Place::of(info, &arguments, name).number(&arguments);
        let walk = Walk::new(paging, number(paging.position), paging.size.and_then(number));
        let arguments = Secret::new(arguments);
        Ok(Self { core: core.clone(), info, paging, arguments, walk, code: PhantomData })
    }

    /// The next page as plain JSON, with the secrets in it; none if there is no further one. [`Paging::items`] names the
    /// member that has the items.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`](crate::runtime::Call::send), arguments that the operation doesn't have, and a page that
    /// came before. The next call asks for the same page again.
    pub async fn next_page(&mut self) -> Result<Option<Value>, Error<E>> {
        if self.walk.is_over() {
            return Ok(None);
        }
        let mut arguments = self.arguments.expose().clone();
        if let Some(position) = self.walk.next() {
            Place::of(self.info, &arguments, self.paging.position).set(&mut arguments, position);
        }
        let read = IdCall::of(&self.core, self.info, arguments).read(|response| {
            self.walk.refuse_repeated(response.body())?;
            let page = self.info.read(response)?;
            let counts = counts(self.paging, &page, response.body())?;
            Ok((page, counts))
        });
        let ((page, counts), response) = read.await.map_err(Error::from)?;
        Ok(self.walk.take(counts, response.body()).then_some(page))
    }
}

fn not_paged(core: &Core, info: &'static OperationInfo) -> Box<Failure> {
    invalid(core, info.spec, InvalidRequest::new("the operation", "doesn't give a list in pages"))
}

/// Where an argument stands: beside the others, or in a body that is given as a whole.
struct Place {
    is_in_body: bool,
    /// The name by which the caller gave the argument.
    name: String,
}

impl Place {
    fn of(info: &OperationInfo, arguments: &Map<String, Value>, name: &str) -> Self {
        let parameters = info.spec.parameters;
        let Some(parameter) = parameters.iter().find(|parameter| parameter.argument == name) else {
            let is_member = |given: &&String| !parameters.iter().any(|parameter| parameter.is_called(given));
            let is_in_body = arguments.keys().filter(is_member).eq([BODY]);
            return Self { is_in_body, name: name.to_owned() };
        };
        let given = arguments.keys().find(|given| parameter.is_called(given));
        Self { is_in_body: false, name: given.map_or(name, String::as_str).to_owned() }
    }

    /// The whole number that stands there.
    fn number(&self, arguments: &Map<String, Value>) -> Option<i64> {
        let body = arguments.get(BODY).and_then(Value::as_object).filter(|_| self.is_in_body);
        whole(body.unwrap_or(arguments).get(&self.name)?)
    }

    fn set(self, arguments: &mut Map<String, Value>, number: i64) {
        match arguments.get_mut(BODY) {
            Some(Value::Object(body)) if self.is_in_body => body.insert(self.name, number.into()),
            _ => arguments.insert(self.name, number.into()),
        };
    }
}

/// A whole number, which some services and some callers write as a text.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn counts(paging: &Paging, page: &Value, body: &[u8]) -> Result<PageCounts, DecodeError> {
    let items = match page.get(paging.items) {
        None | Some(Value::Null) => 0,
        Some(Value::Array(items)) => items.len(),
        Some(_) => return Err(DecodeError::new(format!("`{}` is no list", paging.items), body)),
    };
    Ok(PageCounts { items, total: paging.total.and_then(|total| whole(page.get(total)?)) })
}

impl<E> fmt::Debug for OperationPages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperationPages").field("operation", &self.info.spec.id).finish_non_exhaustive()
    }
}
