//! The shell: exit codes; the only file that prints.

fn main() {}
