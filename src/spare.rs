//! Emptied lists that the next document of a thread fills again: to ask for their memory anew costs more than to fill it.
//!
//! No answer depends on what is kept, and what only a long document needed is given up.

use crate::words::Page;
use std::cell::RefCell;
use std::thread::LocalKey;

/// A list that nobody needs just now, always empty.
pub(crate) type Spare<T> = RefCell<Vec<T>>;

/// An empty list with room for at least so many; what is kept is not there while another document has it.
pub(crate) fn take<T>(spare: &'static LocalKey<Spare<T>>, least: usize) -> Vec<T> {
    let mut list = spare.take();
    list.reserve(least);
    list
}

/// Empties a list that nobody needs any more and keeps it, unless it has room for more than so many.
pub(crate) fn keep<T>(spare: &'static LocalKey<Spare<T>>, mut list: Vec<T>, most: usize) {
    if list.capacity() <= most {
        list.clear();
        spare.set(list);
    }
}

/// Lends what a stage fills anew for each page, and gives it up after a long one: each thread would hold it to the end.
pub(crate) fn lend<S: Default, R>(
    scratch: &'static LocalKey<RefCell<S>>,
    page: &Page,
    find: impl FnOnce(&mut S) -> R,
) -> R {
    const MOST_WORDS: usize = 1 << 16;
    scratch.with_borrow_mut(|scratch| {
        let found = find(scratch);
        if page.words.len() > MOST_WORDS {
            *scratch = S::default();
        }
        found
    })
}
