//! The way from one page of a list to the next. None of it depends on the type of an operation.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::request::paging::{PageUnit, Paging};
use crate::runtime::value::decode::DecodeError;

/// Where a walk over the pages of a list is. A request that fails changes nothing of it.
#[derive(Debug)]
pub struct Walk {
    paging: &'static Paging,
    /// The position that the caller has set.
    start: Option<i64>,
    /// The size of pages that the caller has set.
    size: Option<i64>,
    /// The position of the next page, and the number of items before it. There is none before the first page has come,
    /// since the first request is the caller's own.
    next: Option<(i64, i64)>,
    /// The fingerprints of the pages that have come.
    seen: BTreeSet<u64>,
    is_over: bool,
}

/// What a page says of itself.
#[derive(Clone, Copy, Debug)]
pub struct PageCounts {
    /// The number of items on it.
    pub(crate) items: usize,
    /// The number of items on all pages, if the page has it.
    pub(crate) total: Option<i64>,
}

impl Walk {
    /// A walk that begins with the call as it is, which has this position and this size of pages.
    pub(crate) fn new(paging: &'static Paging, start: Option<i64>, size: Option<i64>) -> Self {
        Self { paging, start, size, next: None, seen: BTreeSet::new(), is_over: false }
    }

    /// Whether there is no further page.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The position that the next request has to ask for; none if it is the caller's own.
    pub(crate) fn next(&self) -> Option<i64> {
        self.next.map(|(position, _)| position)
    }

    /// The fault of a position that the argument for it can't hold.
    pub(crate) fn too_far(&self) -> InvalidRequest {
        let what = format!("argument `{}`", self.paging.position);
        InvalidRequest::new(what, "would be larger than its type allows")
    }

    /// Refuses a page that has come before, since the walk would have no end.
    ///
    /// # Errors
    ///
    /// If the body is that of an earlier page.
    pub(crate) fn refuse_repeated(&self, body: &[u8]) -> Result<(), DecodeError> {
        if !self.seen.contains(&fingerprint(body)) {
            return Ok(());
        }
        let position = self.paging.position;
        let problem = format!("the service gave the same page for another value of `{position}` before");
        Err(DecodeError::new(problem, &[]))
    }

    /// Goes on to the next page, and tells whether this one has items. One without any ends the walk.
    pub(crate) fn take(&mut self, page: PageCounts, body: &[u8]) -> bool {
        let items = i64::try_from(page.items).unwrap_or(i64::MAX);
        let (position, before) = self.next.unwrap_or_else(|| self.beginning(items));
        let reached = before.saturating_add(items);
        let step = match self.paging.counts {
            PageUnit::Pages => 1,
            PageUnit::Items => items,
        };
        self.next = Some((position.saturating_add(step), reached));
        self.seen.insert(fingerprint(body));
        self.is_over = items == 0 || self.is_last(items, reached, page.total);
        items > 0
    }

    /// The position of the first page of the walk, and the number of items before it, as far as can be told. All pages
    /// before it are taken to have as many items as it has, so that the total isn't reached too early. A service reads an
    /// index below that of the first item as that one (RFC 7644, section 3.4.2.4).
    fn beginning(&self, items: i64) -> (i64, i64) {
        let position = self.start.unwrap_or(self.paging.first);
        let skipped = position.saturating_sub(self.paging.first).max(0);
        match self.paging.counts {
            PageUnit::Pages => (position, skipped.saturating_mul(items)),
            PageUnit::Items => (position.max(self.paging.first), skipped),
        }
    }

    /// A page is the last if it reaches the total. Where there is no total, it is the last if it has fewer items than the
    /// caller wanted.
    fn is_last(&self, items: i64, reached: i64, total: Option<i64>) -> bool {
        match total.filter(|total| *total > 0) {
            Some(total) => reached >= total,
            None => self.size.is_some_and(|size| items < size),
        }
    }
}

fn fingerprint(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{PageCounts, Walk};
    use crate::runtime::request::paging::Paging;

    static BY_PAGE: Paging = Paging::page("page", 0, "users").size("limit").total("total");
    static BY_ITEM: Paging = Paging::start("startIndex", 1, "Resources").total("totalResults");

    /// The positions that are asked for, and whether each page is given, until the walk is over or the pages end.
    fn walked(mut walk: Walk, pages: &[(usize, Option<i64>)]) -> (Vec<Option<i64>>, bool) {
        let mut asked = Vec::new();
        for (number, (items, total)) in pages.iter().enumerate() {
            if walk.is_over() {
                break;
            }
            asked.push(walk.next());
            let given = walk.take(PageCounts { items: *items, total: *total }, &number.to_le_bytes());
            assert_eq!(given, *items > 0);
        }
        (asked, walk.is_over())
    }

    #[test]
    fn pages_are_counted_until_the_total_is_reached() {
        let pages = [(2, Some(5)), (2, Some(5)), (1, Some(5)), (9, Some(5))];
        let asked = vec![None, Some(1), Some(2)];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, Some(2)), &pages), (asked, true));
    }

    #[test]
    fn items_are_counted_until_the_total_is_reached() {
        let pages = [(2, Some(5)), (2, Some(5)), (1, Some(5)), (9, Some(5))];
        let asked = vec![None, Some(3), Some(5)];
        assert_eq!(walked(Walk::new(&BY_ITEM, None, None), &pages), (asked, true));
        let asked = vec![None, Some(6)];
        assert_eq!(walked(Walk::new(&BY_ITEM, Some(4), None), &[(2, Some(6)), (1, Some(6))]), (asked, true));
    }

    #[test]
    fn an_index_below_the_first_is_the_first() {
        let pages = [(2, Some(5)), (2, Some(5)), (1, Some(5)), (9, Some(5))];
        let asked = vec![None, Some(3), Some(5)];
        for start in [0, -7, i64::MIN] {
            assert_eq!(walked(Walk::new(&BY_ITEM, Some(start), None), &pages), (asked.clone(), true));
        }
    }

    #[test]
    fn a_service_that_gives_smaller_pages_than_asked_loses_nothing() {
        let pages = [(100, Some(250)), (100, Some(250)), (50, Some(250)), (9, Some(250))];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, Some(5000)), &pages).0, [None, Some(1), Some(2)]);
    }

    #[test]
    fn without_a_total_an_empty_or_a_short_page_is_the_last() {
        let pages = [(2, None), (2, None), (0, None), (9, None)];
        let asked = vec![None, Some(1), Some(2)];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, None), &pages), (asked, true));
        let asked = vec![None, Some(1)];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, Some(2)), &[(2, None), (1, None)]), (asked, true));
        // A total of zero is none where there are items.
        let pages = [(2, Some(0)), (2, Some(0)), (0, Some(0))];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, Some(2)), &pages).0.len(), 3);
    }

    #[test]
    fn a_list_that_shrinks_ends_at_an_empty_page() {
        let pages = [(2, Some(5)), (2, Some(5)), (0, Some(4))];
        assert_eq!(walked(Walk::new(&BY_PAGE, None, None), &pages).0, [None, Some(1), Some(2)]);
        assert_eq!(walked(Walk::new(&BY_PAGE, None, None), &[(0, Some(7))]), (vec![None], true));
    }

    #[test]
    fn a_walk_may_begin_at_any_page() {
        let pages = [(2, Some(7)), (1, Some(7)), (9, Some(7))];
        assert_eq!(walked(Walk::new(&BY_PAGE, Some(2), Some(2)), &pages).0, [None, Some(3)]);
        // The pages before a short one are taken to be short, so one more is asked for.
        let pages = [(1, Some(7)), (0, Some(7)), (9, Some(7))];
        assert_eq!(walked(Walk::new(&BY_PAGE, Some(3), Some(2)), &pages).0, [None, Some(4)]);
        let far = walked(Walk::new(&BY_PAGE, Some(i64::MAX), None), &[(1, None), (1, None)]);
        assert_eq!(far.0, [None, Some(i64::MAX)]);
        assert_eq!(walked(Walk::new(&BY_PAGE, Some(-3), None), &[(1, Some(1))]), (vec![None], true));
    }

    #[test]
    fn a_page_that_came_before_is_refused() {
        let mut walk = Walk::new(&BY_PAGE, None, None);
        for page in [r#"{"users":[1]}"#, r#"{"users":[2]}"#] {
            walk.refuse_repeated(page.as_bytes()).unwrap();
            walk.take(PageCounts { items: 1, total: None }, page.as_bytes());
        }
        let fault = walk.refuse_repeated(br#"{"users":[1]}"#).unwrap_err();
        assert_eq!(fault.problem(), "the service gave the same page for another value of `page` before");
        assert_eq!(walk.too_far().to_string(), "argument `page` would be larger than its type allows");
    }
}
