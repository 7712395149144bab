//! Lists that come in pages.

use std::fmt;
use std::vec::IntoIter;

use serde::Serialize;

use super::call::Call;
use super::operation::Operation;
use super::service::ErrorOf;
use super::walk::{PageCounts, Walk};
use crate::runtime::engine::exchange::invalid;
use crate::runtime::error::Error;
use crate::runtime::request::paging::Paging;
use crate::runtime::response::format::ResponseFormat;
use crate::runtime::value::validate::Validate;

/// An operation that gives a list in pages. Generated code implements it.
///
/// Calls of other operations have neither [`Call::pages`] nor [`Call::items`].
pub trait PagedOperation: Operation<Body: Clone + Serialize + Validate + Send, Response: Send> {
    /// What the list consists of.
    type Item: Send;
    /// How the pages are asked for.
    const PAGING: &'static Paging;
    /// The walk that begins with this call.
    #[doc(hidden)]
    fn walk(call: &Call<Self, Self::Body>) -> Walk
    where
        Self: Sized;
    /// Lets the call ask for the page at this position. It is false if the argument can't hold the number.
    #[doc(hidden)]
    fn ask(call: &mut Call<Self, Self::Body>, position: i64) -> bool
    where
        Self: Sized;
    /// What a page says of itself.
    #[doc(hidden)]
    fn counts(page: &Self::Response) -> PageCounts;
    /// The items of a page.
    #[doc(hidden)]
    fn items(page: Self::Response) -> Vec<Self::Item>;
}

impl<O: PagedOperation<Body = B>, B> Call<O, B> {
    /// All pages of the list, beginning with the one that this call asks for. Nothing is sent yet. Only calls of
    /// operations that give a list in pages have this method.
    #[doc(alias("pagination", "paginate", "next_page"))]
    pub fn pages(self) -> Pages<O> {
        Pages { walk: O::walk(&self), call: self }
    }

    /// All items of the list, page after page, beginning with the page that this call asks for. Nothing is sent yet. Only
    /// calls of operations that give a list in pages have this method.
    #[doc(alias("pagination", "paginate", "into_stream"))]
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }
}

/// The pages of a list, one after another; [`Call::pages`] gives it.
///
/// ```
/// # #[cfg(feature = "descope-management-user")] {
/// use generated_client::descope_management::{Client, Error};
///
/// async fn count(client: &Client) -> Result<usize, Error> {
///     let mut users = 0;
///     let mut pages = client.user().search().limit(100).pages();
///     while let Some(page) = pages.next_page().await? {
///         users += page.users.len();
///     }
///     Ok(users)
/// }
/// # }
/// ```
///
/// - A page is requested when it is asked for, and never before. Each is a call of its own, with the timeouts and the
///   retries that were set on the first one. Dropping this ends the walk.
/// - The first page is the one that the call asks for, and all pages have the size that it asks for. If the call asks for
///   no page, the walk begins at the first one; if it asks for no size, the service decides how many items a page has.
/// - The list ends when its total is reached, or at a page without items, which isn't given. If the service doesn't say
///   the total, a page with fewer items than the call asks for is the last.
/// - A page that can't be had is an error. The walk stays where it is, so the next call asks for the same page again.
/// - A page that the service has given before is an error of [`ErrorKind::InvalidResponse`](crate::runtime::ErrorKind::InvalidResponse), so a walk
///   always ends.
/// - What changes in the list during the walk moves what comes after it: an item may come twice if one was added before it,
///   and may be missed if one was deleted. Sorting by the time of creation, or limiting it, helps where the operation can
///   do so.
#[must_use = "no page is requested before it is asked for"]
pub struct Pages<O: PagedOperation> {
    call: Call<O, O::Body>,
    walk: Walk,
}

impl<O: PagedOperation> Pages<O> {
    /// The next page; none if there is no further one.
    ///
    /// # Errors
    ///
    /// Those of [`Call::send`], and a page that came before. The next call asks for the same page again.
    pub async fn next_page(&mut self) -> Result<Option<O::Response>, ErrorOf<O::Service>> {
        if self.walk.is_over() {
            return Ok(None);
        }
        let mut call = self.call.clone();
        if let Some(position) = self.walk.next()
            && !O::ask(&mut call, position)
        {
            return Err(Error::from(invalid(&call.core, O::SPEC, self.walk.too_far())));
        }
        let (mut exchange, inputs) = call.begin();
        let response = exchange.response(inputs).await.map_err(Error::from)?;
        let read = exchange.decoded_with_raw(response, |response| {
            self.walk.refuse_repeated(response.body())?;
            O::Format::read(response)
        });
        let (page, response) = read.map_err(Error::from)?;
        Ok(self.walk.take(O::counts(&page), response.body()).then_some(page))
    }
}

/// It shows the call, without its arguments.
impl<O: PagedOperation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("call", &self.call).finish_non_exhaustive()
    }
}

/// The items of a list that comes in pages, one after another; [`Call::items`] gives it.
///
/// ```
/// # #[cfg(feature = "descope-management-user")] {
/// use generated_client::descope_management::{Client, Error};
///
/// async fn print(client: &Client) -> Result<(), Error> {
///     let mut users = client.user().search().limit(100).items();
///     while let Some(user) = users.next_item().await? {
///         println!("{:?}", user.user_id);
///     }
///     Ok(())
/// }
/// # }
/// ```
///
/// What is true of [`Pages`] is true of it. With the feature `stream`, `into_stream` gives the items as a stream.
#[must_use = "no page is requested before an item of it is asked for"]
pub struct Items<O: PagedOperation> {
    pages: Pages<O>,
    /// The items of the current page that weren't given yet.
    page: IntoIter<O::Item>,
}

impl<O: PagedOperation> Items<O> {
    /// The next item; none if there is no further one. It requests the next page after the last item of a page.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::next_page`]. The next call asks for the same page again.
    pub async fn next_item(&mut self) -> Result<Option<O::Item>, ErrorOf<O::Service>> {
        // A page that is given has items, so the loop ends with its second round.
        loop {
            if let Some(item) = self.at_hand() {
                return Ok(Some(item));
            }
            match self.pages.next_page().await? {
                Some(page) => self.page = O::items(page).into_iter(),
                None => return Ok(None),
            }
        }
    }

    /// The next item, if it has come already.
    pub(super) fn at_hand(&mut self) -> Option<O::Item> {
        self.page.next()
    }
}

/// It shows the call, without its arguments.
impl<O: PagedOperation> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("call", &self.pages.call).finish_non_exhaustive()
    }
}
