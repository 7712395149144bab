//! The description of how an operation gives a list in pages.

/// How an operation gives a list in pages: which argument says where a page begins, and where a response has the list.
/// The names are those of the API; arguments are named as in calls by ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// The argument that says which page is wanted.
    pub position: &'static str,
    /// What that argument counts.
    pub counts: PageUnit,
    /// The position of the first page.
    pub first: i64,
    /// The argument that says how many items a page has at most, if there is one.
    pub size: Option<&'static str>,
    /// The member of the response that has the items.
    pub items: &'static str,
    /// The member of the response with the number of items on all pages, if there is one.
    pub total: Option<&'static str>,
}

/// What the position of a page counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageUnit {
    /// Pages: the next page has the next number.
    Pages,
    /// Items: the next page begins behind the last item of this one.
    Items,
}

impl Paging {
    const fn new(position: &'static str, counts: PageUnit, first: i64, items: &'static str) -> Self {
        Self { position, counts, first, size: None, items, total: None }
    }

    /// Describes pages that have numbers.
    #[must_use]
    pub const fn page(position: &'static str, first: i64, items: &'static str) -> Self {
        Self::new(position, PageUnit::Pages, first, items)
    }

    /// Describes pages that are found by the number of their first item.
    #[must_use]
    pub const fn start(position: &'static str, first: i64, items: &'static str) -> Self {
        Self::new(position, PageUnit::Items, first, items)
    }

    /// Sets the argument for the size of pages.
    #[must_use]
    pub const fn size(mut self, size: &'static str) -> Self {
        self.size = Some(size);
        self
    }

    /// Sets the member with the number of all items.
    #[must_use]
    pub const fn total(mut self, total: &'static str) -> Self {
        self.total = Some(total);
        self
    }
}
