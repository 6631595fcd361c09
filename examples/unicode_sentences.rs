//! Counts the sentences that `unicode_sentences` sees in every file of a folder: the yardstick for speed.
//!
//! `cargo run --release --example unicode_sentences -- FOLDER`

#![allow(clippy::print_stdout)]

use std::path::Path;
use unicode_segmentation::UnicodeSegmentation;

fn main() -> std::io::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "fixtures/articles".to_owned());
    println!("{} sentences", count(Path::new(&folder))?);
    Ok(())
}

/// The sentences of a file, or of all files of a folder; bytes that are no UTF-8 are replaced.
fn count(path: &Path) -> std::io::Result<usize> {
    if path.is_dir() {
        return std::fs::read_dir(path)?.map(|entry| count(&entry?.path())).sum();
    }
    let bytes = std::fs::read(path)?;
    Ok(String::from_utf8_lossy(&bytes).unicode_sentences().count())
}
