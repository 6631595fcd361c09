//! Emptied lists that the next document of a thread fills again: to ask for their memory anew costs more than to fill it.
//!
//! No answer depends on what is kept, and what only a long document needed is given up.

use std::cell::RefCell;
use std::thread::LocalKey;

/// A list that nobody needs just now, always empty.
pub(crate) type Spare<T> = RefCell<Vec<T>>;

/// Room for one more list; there is none while another document has it.
pub(crate) fn take<T>(spare: &'static LocalKey<Spare<T>>) -> Vec<T> {
    spare.take()
}

/// Empties a list that nobody needs any more and keeps it, unless it has room for more than so many.
pub(crate) fn keep<T>(spare: &'static LocalKey<Spare<T>>, mut list: Vec<T>, most: usize) {
    if list.capacity() <= most {
        list.clear();
        spare.set(list);
    }
}
