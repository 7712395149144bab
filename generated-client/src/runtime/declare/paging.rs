//! Declares operations that give a list in pages.

/// `PagedOperation`, for an operation whose declaration says how its pages are asked for: by `page`, their number, or by
/// `start`, the number of their first item. What follows says where the request has this number, and whether pages are
/// counted from 0 or 1; where it has the size of a page; and which members of the response have the items and the number
/// of all items. Behind each stands its name in the API.
///
/// ```text
/// pages(page body.page = "page" from 0, size body.size = "size", items users: User = "users", total total = "total")
/// pages(start query = "startIndex" from 1, items resources: User = "Resources")
/// ```
macro_rules! pages {
    (
        $name:ident
        $counts:ident $place:ident $(.$member:ident)? = $position:literal from $first:literal,
        $(size $size_place:ident $(.$size_member:ident)? = $size:literal,)?
        items $items:ident: $item:ty = $items_name:literal
        $(, total $total:ident = $total_name:literal)?
    ) => {
        impl $crate::runtime::PagedOperation for op::$name {
            type Item = $item;

            const PAGING: &'static $crate::runtime::Paging =
                &$crate::runtime::Paging::$counts($position, $first, $items_name)
                    $(.size($size))? $(.total($total_name))?;

            #[inline]
            fn walk(call: &$crate::runtime::Call<Self, Self::Body>) -> $crate::runtime::Walk {
                let start = $crate::runtime::declare::paging::asked!(call $place $($member)? $position);
                #[allow(unused_mut, unused_assignments, reason = "not all pages have a size")]
                let mut size = None;
                $(size = $crate::runtime::declare::paging::asked!(call $size_place $($size_member)? $size);)?
                $crate::runtime::Walk::new(Self::PAGING, start, size)
            }

            #[inline]
            fn ask(call: &mut $crate::runtime::Call<Self, Self::Body>, position: i64) -> bool {
                $crate::runtime::declare::paging::ask!(call position $place $($member)? $position)
            }

            #[inline]
            fn counts(page: &Self::Response) -> $crate::runtime::PageCounts {
                #[allow(unused_mut, unused_assignments, reason = "not all pages have a total")]
                let mut total = None;
                $(total = $crate::runtime::counted::Whole::get(&page.$total);)?
                let items = $crate::runtime::counted::List::count(&page.$items);
                $crate::runtime::PageCounts { items, total }
            }

            #[inline]
            fn items(page: Self::Response) -> Vec<$item> {
                $crate::runtime::counted::List::into_vec(page.$items)
            }
        }
    };
}

/// The number that a call has in a place.
macro_rules! asked {
    ($call:ident body $member:ident $_name:literal) => {
        $crate::runtime::counted::Whole::get(&$call.body.$member)
    };
    ($call:ident query $name:literal) => {
        $call.arguments.number($name)
    };
}

/// Sets the number that a call has in a place. It is false if that can't hold it.
macro_rules! ask {
    ($call:ident $position:ident body $member:ident $_name:literal) => {
        $crate::runtime::counted::Whole::set(&mut $call.body.$member, $position)
    };
    ($call:ident $position:ident query $name:literal) => {{
        $call.arguments.set($name, $position.into());
        true
    }};
}

pub(crate) use {ask, asked, pages};
