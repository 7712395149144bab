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

/// Reads a number of a call from a member of its body, or from an argument of its query.
macro_rules! asked {
    ($call:ident body $member:ident $_name:literal) => {
        $crate::runtime::counted::Whole::get(&$call.body.$member)
    };
    ($call:ident query $name:literal) => {
        $call.arguments.number($name)
    };
}

/// Sets a number of a call in one of these places. The result is false if the member can't hold the number.
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

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::engine::core::Core;
    use crate::runtime::{Builder, Conventions, PagedOperation, Paging, Service, ServiceClient, ServiceSpec};

    #[derive(Clone, Debug)]
    pub struct Depot(Core);

    impl Conventions for Depot {}

    impl Service for Depot {
        type Code = String;
        const SPEC: &'static ServiceSpec =
            &ServiceSpec::new::<Self>("depot", "The depot").base_url("https://depot.example");
    }

    impl ServiceClient for Depot {
        type Code = String;
    }

    body! {
        pub struct Search() {
            page: Option<i32> = "page",
            size: Option<i64> = "limit",
        }
    }

    response! {
        pub struct Boxes() {
            boxes: Vec<String> = "boxes",
            total: Option<i64> = "total",
        }
    }

    operations! {
        pub enum Find(Search): Depot -> Json<Boxes> {
            Spec::post("find", "/boxes/search").body(MediaType::Json)
                => pages(
                    page body.page = "page" from 0, size body.size = "limit",
                    items boxes: String = "boxes", total total = "total"
                );
        }

        pub enum List: Depot -> Json<Boxes> {
            Spec::get("list", "/boxes") => pages(start query = "startIndex" from 1, items boxes: String = "boxes");
            start_index: i64 = Parameter::query("startIndex");
        }
    }

    fn call<O, B: Default>() -> Call<O, B> {
        let Depot(core) = Builder::new(Depot::SPEC, Depot).build().unwrap();
        Call::new(&core, B::default())
    }

    fn page() -> Boxes {
        Boxes { boxes: vec!["a".to_owned(), "b".to_owned()], total: Some(5) }
    }

    #[test]
    fn the_members_of_a_body_ask_for_a_page() {
        assert_eq!(*op::Find::PAGING, Paging::page("page", 0, "boxes").size("limit").total("total"));
        let mut call: Call<op::Find, Search> = call();
        assert!(op::Find::ask(&mut call, 3));
        assert_eq!(call.body.page, Some(3));
        assert!(!op::Find::ask(&mut call, i64::MAX), "the member can't hold it");
        assert_eq!(op::Find::walk(&call.size(2)).next(), None);
    }

    #[test]
    fn an_argument_asks_for_a_page() {
        assert_eq!(*op::List::PAGING, Paging::start("startIndex", 1, "boxes"));
        let mut call: Call<op::List> = call();
        assert!(op::List::ask(&mut call, i64::MAX));
        assert_eq!(call.arguments.number("startIndex"), Some(i64::MAX));
    }

    #[test]
    fn a_page_has_items_and_may_have_their_number_on_all_pages() {
        let of = |counts: crate::runtime::PageCounts| (counts.items, counts.total);
        assert_eq!(of(op::Find::counts(&page())), (2, Some(5)));
        assert_eq!(of(op::List::counts(&page())), (2, None));
        assert_eq!(op::List::items(page()), ["a", "b"]);
    }
}
