//! Short lists of words that the rules ask for, told apart by hashes.
//!
//! A list is made at compile time by [`words!`]; nearly every word of a text is turned away by one bit.

use crate::words::{Shape, Word};

/// A few words, lower case, with straight apostrophes (a curly one in the text is the same).
pub(crate) struct Words {
    /// One bit for each hash, told by its highest six bits, and one told by its lowest six.
    sieve: [u64; 2],
    hashes: &'static [u64],
}

impl Words {
    pub const fn of(hashes: &'static [u64]) -> Words {
        let (mut sieve, mut i) = ([0; 2], 0);
        while i < hashes.len() {
            sieve[0] |= 1 << (hashes[i] >> 58);
            sieve[1] |= 1 << (hashes[i] & 63);
            i += 1;
        }
        Words { sieve, hashes }
    }

    /// True where the word is one of these, in any case.
    #[inline(always)]
    pub fn hold(&self, word: &Word) -> bool {
        self.may_hold(word) && self.list(word)
    }

    /// False for nearly all words that are none of these.
    #[inline(always)]
    pub fn may_hold(&self, word: &Word) -> bool {
        let [high, low] = self.sieve;
        (high >> (word.hash >> 58)) & (low >> (word.hash & 63)) & 1 != 0
    }

    /// Letters outside ASCII may fold to the same hash (a soft hyphen to nothing), and make another spelling.
    fn list(&self, word: &Word) -> bool {
        self.hashes.contains(&word.hash) && !word.shape.has(Shape::WIDE)
    }
}

/// The words written there, as [`Words`].
macro_rules! words {
    ($($word:literal),+ $(,)?) => {
        const { &$crate::claims::spelling::Words::of(const { &[$($crate::words::Fold::of_ascii($word)),+] }) }
    };
}
pub(crate) use words;
