//! What an article's names lead to: indices by the hash of words.
//!
//! A page has a few dozen names, and each is asked for several times, so that a look-up must cost no more than a line of the
//! near memory. Nothing is swept from page to page: what another page has left is told by its number.

/// Indices by hash, for one page.
#[derive(Default)]
pub(super) struct Lookup {
    /// Open addressing, at most half full. A page uses no more of them than it has names for: what one long page has asked for
    /// is too much to be near for those behind it.
    slots: Vec<Slot>,
    /// The last of those in use; one less than a power of two.
    last: usize,
    /// The page that is looked at, by a count of all.
    page: u32,
    taken: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    index: u32,
    /// The page that wrote it.
    page: u32,
}

impl Lookup {
    const FIRST: usize = 128;
    /// More room than this is not kept.
    const MOST: usize = 1 << 11;

    /// Forgets the page before.
    pub fn clear(&mut self) {
        self.taken = 0;
        self.last = Self::FIRST - 1;
        self.page = self.page.wrapping_add(1);
        if self.slots.is_empty() || self.slots.len() > Self::MOST || self.page == 0 {
            self.slots = vec![Slot::default(); Self::FIRST];
            self.page = 1;
        }
    }

    pub fn get(&self, hash: u64) -> Option<usize> {
        let slot = &self.slots[self.place(hash)];
        (slot.page == self.page).then_some(slot.index as usize)
    }

    pub fn holds(&self, hash: u64) -> bool {
        self.slots[self.place(hash)].page == self.page
    }

    /// Sets the index of a hash.
    pub fn set(&mut self, hash: u64, index: usize) {
        *self.entry(hash, index) = index as u32;
    }

    /// The index of a hash, which is written where there was none.
    pub fn entry(&mut self, hash: u64, index: usize) -> &mut u32 {
        let mut place = self.place(hash);
        if self.slots[place].page != self.page {
            self.taken += 1;
            if self.taken * 2 > self.last {
                self.grow();
                place = self.place(hash);
            }
            self.slots[place] = Slot {
                hash,
                index: index as u32,
                page: self.page,
            };
        }
        &mut self.slots[place].index
    }

    /// Where a hash stands, or may be written.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let last = self.last;
        let mut place = hash as usize & last;
        while (self.slots[place].page == self.page) & (self.slots[place].hash != hash) {
            place = (place + 1) & last;
        }
        place
    }

    /// Doubles the slots in use.
    #[cold]
    fn grow(&mut self) {
        let room = (self.last + 1) * 2;
        let written = self.slots[..=self.last]
            .iter_mut()
            .filter(|slot| slot.page == self.page)
            .map(std::mem::take);
        let written: Vec<Slot> = written.collect();
        self.slots.resize(self.slots.len().max(room), Slot::default());
        self.last = room - 1;
        for slot in written {
            let place = self.place(slot.hash);
            self.slots[place] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_page_wrote_is_not_found() {
        let mut lookup = Lookup::default();
        for page in 0..3 {
            lookup.clear();
            for hash in 0..1000 {
                assert_eq!(lookup.get(hash << 32), None);
                assert_eq!(*lookup.entry(hash << 32, page), page as u32);
                assert_eq!(*lookup.entry(hash << 32, 7), page as u32);
                lookup.set(hash << 32, hash as usize);
            }
            for hash in 0..1000 {
                assert_eq!(lookup.get(hash << 32), Some(hash as usize));
                assert!(!lookup.holds(hash << 32 | 1));
            }
        }
    }
}
