//! What the pages of a list are counted by: members that hold whole numbers, and members that hold the items.

/// A member that holds a whole number.
pub(crate) trait Whole: Sized {
    /// The number, if there is one.
    fn get(&self) -> Option<i64>;
    /// Sets the number. The result is false if the member can't hold it.
    fn set(&mut self, number: i64) -> bool;
}

/// A number of this type, and one that may be absent.
macro_rules! whole {
    ($($type:ty),*) => {$(
        impl Whole for $type {
            fn get(&self) -> Option<i64> {
                Some(i64::from(*self))
            }

            fn set(&mut self, number: i64) -> bool {
                <$type>::try_from(number).map(|number| *self = number).is_ok()
            }
        }

        impl Whole for Option<$type> {
            fn get(&self) -> Option<i64> {
                self.map(i64::from)
            }

            fn set(&mut self, number: i64) -> bool {
                <$type>::try_from(number).map(|number| *self = Some(number)).is_ok()
            }
        }
    )*};
}

whole! { i32, i64 }

/// A member that holds the items of a page.
pub(crate) trait List<T> {
    /// The number of items.
    fn count(&self) -> usize;
    /// The items.
    fn into_vec(self) -> Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn into_vec(self) -> Vec<T> {
        self
    }
}

impl<T> List<T> for Option<Vec<T>> {
    fn count(&self) -> usize {
        self.as_ref().map_or(0, Vec::len)
    }

    fn into_vec(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{List, Whole};

    #[test]
    fn numbers_are_held_if_they_fit() {
        let (mut narrow, mut wide) = (None::<i32>, 7_i64);
        assert_eq!((narrow.get(), wide.get()), (None, Some(7)));
        assert!(narrow.set(3) && wide.set(i64::MAX));
        assert!(!narrow.set(i64::MAX));
        assert_eq!((narrow.get(), wide.get()), (Some(3), Some(i64::MAX)));
    }

    #[test]
    fn an_absent_list_has_no_items() {
        assert_eq!((List::count(&None::<Vec<i64>>), None::<Vec<i64>>.into_vec()), (0, vec![]));
        assert_eq!((List::count(&Some(vec![1])), Some(vec![1]).into_vec()), (1, vec![1]));
    }
}
