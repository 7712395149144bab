//! The items of a list as a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::FusedStream;

use super::operation::Operation;
use super::pages::{Items, PagedOperation};
use super::service::ErrorOf;

type Next<O> = Result<Option<<O as PagedOperation>::Item>, ErrorOf<<O as Operation>::Service>>;

/// A future that gives the next item, and the items after it.
type Fetching<O> = Pin<Box<dyn Future<Output = (Box<Items<O>>, Next<O>)> + Send>>;

/// The items of a list that comes in pages, as a stream; [`Items::into_stream`] gives it.
///
/// The stream ends after an error, so that a lasting failure doesn't cause requests without end. To go on after an error,
/// use [`Items::next_item`]. Dropping the stream ends the walk.
#[must_use = "no page is requested before the stream is polled"]
pub struct ItemStream<O: PagedOperation>(State<O>);

enum State<O: PagedOperation> {
    Idle(Box<Items<O>>),
    Fetching(Fetching<O>),
    Over,
}

impl<O: PagedOperation> Items<O> {
    /// The items as a stream.
    ///
    /// ```
    /// # #[cfg(feature = "descope-management-user")] {
    /// use futures_util::TryStreamExt;
    /// use generated_client::descope_management::{Client, Error, UserInfo};
    ///
    /// async fn all(client: &Client) -> Result<Vec<UserInfo>, Error> {
    ///     client.user().search().limit(100).items().into_stream().try_collect().await
    /// }
    /// # }
    /// ```
    pub fn into_stream(self) -> ItemStream<O> {
        ItemStream(State::Idle(Box::new(self)))
    }
}

/// Fetches the next page and gives its first item. The other items of the page need no future.
fn fetch<O: PagedOperation>(mut items: Box<Items<O>>) -> Fetching<O> {
    Box::pin(async move {
        let next = items.next_item().await;
        (items, next)
    })
}

impl<O: PagedOperation> Stream for ItemStream<O> {
    type Item = Result<O::Item, ErrorOf<O::Service>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut fetching = match std::mem::replace(&mut self.0, State::Over) {
            State::Over => return Poll::Ready(None),
            State::Fetching(fetching) => fetching,
            State::Idle(mut items) => match items.at_hand() {
                Some(item) => {
                    self.0 = State::Idle(items);
                    return Poll::Ready(Some(Ok(item)));
                }
                None => fetch(items),
            },
        };
        let Poll::Ready((items, next)) = fetching.as_mut().poll(context) else {
            self.0 = State::Fetching(fetching);
            return Poll::Pending;
        };
        if let Ok(Some(_)) = next {
            self.0 = State::Idle(items);
        }
        Poll::Ready(next.transpose())
    }
}

impl<O: PagedOperation> FusedStream for ItemStream<O> {
    fn is_terminated(&self) -> bool {
        matches!(self.0, State::Over)
    }
}

/// Nothing in it is pinned: the future stands in a box of its own.
impl<O: PagedOperation> Unpin for ItemStream<O> {}

impl<O: PagedOperation> fmt::Debug for ItemStream<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("has_ended", &matches!(self.0, State::Over))
            .finish_non_exhaustive()
    }
}
