//! Lists that are repeated as often as needed.

/// The element of this number in the list, repeated endlessly.
pub(super) fn cycle<T: Copy + Default>(list: &[T], index: usize) -> T {
    list.get(index % list.len().max(1)).copied().unwrap_or_default()
}
