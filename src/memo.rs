//! Answers that were told before, for questions that come again and again: what hangs on the set of a word's classes alone, of
//! which there are a few hundred.

use std::cell::Cell;

/// Answers by a key; the newest of those that fall on one place, and the one before it.
pub(crate) struct Memo([Cell<(u64, u64)>; 1 << Memo::BITS]);

impl Memo {
    const BITS: u32 = 11;
    /// No key is this number.
    const EMPTY: (u64, u64) = (u64::MAX, 0);

    pub(crate) const fn new() -> Memo {
        Memo([const { Cell::new(Memo::EMPTY) }; 1 << Memo::BITS])
    }

    /// The answer of a key, which is asked for where it is not remembered.
    #[inline(always)]
    pub(crate) fn get(&self, key: u64, ask: impl FnOnce() -> u64) -> u64 {
        let place = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - Self::BITS);
        match self.0[place as usize].get() {
            (of, told) if of == key => told,
            _ => self.ask(place as usize, key, ask),
        }
    }

    /// The one that was told before stands beside it.
    #[cold]
    #[inline(never)]
    fn ask(&self, place: usize, key: u64, ask: impl FnOnce() -> u64) -> u64 {
        let (cell, beside) = (&self.0[place], &self.0[place ^ 1]);
        cell.swap(beside);
        if cell.get().0 != key {
            cell.set((key, ask()));
        }
        cell.get().1
    }
}
