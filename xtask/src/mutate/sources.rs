//! The random numbers that make mutants. The same seed makes the same mutant.

/// The bytes that a seed stands for. They choose a document, and one to four edits of it.
pub(super) fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let edits = [1, 1, 1, 1, 2, 2, 3, 4].get((next(&mut state) % 8) as usize).copied().unwrap_or(1);
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < 2 + 7 * edits {
        bytes.extend(next(&mut state).to_le_bytes());
    }
    bytes.truncate(usize::try_from(2 + 7 * edits).unwrap_or_default());
    bytes
}

/// The next number of the generator splitmix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_makes_the_same_bytes_and_another_one_others() {
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
        for seed in 0..100 {
            assert!([9, 16, 23, 30].contains(&bytes(seed).len()), "{seed}");
        }
    }
}
