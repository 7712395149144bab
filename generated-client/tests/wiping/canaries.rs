//! Texts that are searched for in memory, and that only what is tested holds in plain form.

/// How long a text is.
const LENGTH: usize = 64;

/// How much of the end of a text is searched for. An allocator may overwrite the beginning of freed memory.
pub(crate) const TAIL: usize = 32;

/// A text that stands for a secret. It is computed letter by letter wherever it is needed, so nothing but what it was given
/// to has it in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Canary(pub(crate) u64);

impl Canary {
    /// The letter at a place (splitmix64).
    fn letter(self, place: usize) -> u8 {
        let mut z = (self.0 * 1000 + place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b'a' + u8::try_from((z ^ (z >> 31)) % 26).unwrap()
    }

    /// The text, in memory of exactly its size.
    pub(crate) fn text(self) -> String {
        let mut text = String::with_capacity(LENGTH);
        text.extend((0..LENGTH).map(|place| char::from(self.letter(place))));
        text
    }

    /// The text between two others, in memory of exactly the size of all three.
    pub(crate) fn within(self, before: &str, after: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(before.len() + LENGTH + after.len());
        bytes.extend(before.bytes());
        bytes.extend((0..LENGTH).map(|place| self.letter(place)));
        bytes.extend(after.bytes());
        bytes
    }

    /// Whether the end of the text begins these bytes.
    pub(crate) fn begins(self, bytes: &[u8]) -> bool {
        bytes.len() >= TAIL
            && bytes.iter().take(TAIL).enumerate().all(|(at, byte)| *byte == self.letter(LENGTH - TAIL + at))
    }

    /// The first byte that is searched for.
    pub(crate) fn first(self) -> u8 {
        self.letter(LENGTH - TAIL)
    }
}
