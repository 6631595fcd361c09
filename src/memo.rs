//! Answers that were told before, for questions that come again and again: what hangs on the group of a word alone, of which there
//! are some hundred.

use crate::seeds::Group;
use crate::words::Page;

/// Answers by group.
pub(crate) struct ByGroup {
    /// [`Page::edition`] of the pages whose groups were asked for.
    edition: Option<u64>,
    told: Vec<u64>,
}

impl ByGroup {
    /// No answer is this number.
    const NONE: u64 = u64::MAX;

    pub(crate) const fn new() -> ByGroup {
        ByGroup {
            edition: None,
            told: Vec::new(),
        }
    }

    /// Forgets what was told of the groups of another vocabulary.
    pub(crate) fn of(&mut self, page: &Page) -> &mut ByGroup {
        if self.edition != Some(page.edition) {
            self.edition = Some(page.edition);
            self.told.clear();
        }
        self
    }

    /// The answer for a group, which is asked for where it was not told before.
    #[inline(always)]
    pub(crate) fn get(&mut self, group: Group, ask: impl FnOnce() -> u64) -> u64 {
        match self.told.get(usize::from(group.0)) {
            Some(&told) if told != Self::NONE => told,
            _ => self.ask(group, ask),
        }
    }

    #[cold]
    #[inline(never)]
    fn ask(&mut self, group: Group, ask: impl FnOnce() -> u64) -> u64 {
        let at = usize::from(group.0);
        if self.told.len() <= at {
            self.told.resize(at + 1, Self::NONE);
        }
        self.told[at] = ask();
        self.told[at]
    }
}
