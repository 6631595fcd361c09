//! Paths to the files below them, in the order of their names.
//!
//! Folders are walked without recursion and one at a time, so that only the names of the folders on the way are held. Hidden
//! entries are left out, linked folders are not followed, only regular files are given, each once, by whatever path or link it
//! is reached. `.gitignore` is not honoured: article folders are often ignored data.

use super::Status;
use crate::error::Error;
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};

/// A file that was found, or a place that could not be looked at.
#[derive(Debug)]
pub struct Found {
    /// The document's name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// A regular file of so many bytes, or the reason why not.
    pub bytes: Result<u64, (Status, String)>,
}

/// A path as given, with the name of what is below it.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    /// Before every document's name: empty for the only path, else the folder's name and `/`; of a file, its name.
    label: String,
    folder: bool,
}

/// Gives every file below the paths, in the order of their names, until `give` says stop.
///
/// # Errors
/// A path that is not there, before anything is given.
pub fn walk(paths: &[PathBuf], give: &mut dyn FnMut(Found) -> bool) -> Result<(), Error> {
    let mut seen = HashSet::new();
    for root in roots(paths)? {
        if !walk_root(root, &mut seen, give) {
            break;
        }
    }
    Ok(())
}

/// Checks that every path is there, so that a slip of the pen is known before any work.
///
/// # Errors
/// The first path that cannot be looked at.
pub fn check(paths: &[PathBuf]) -> Result<(), Error> {
    let problem = |path: &PathBuf| std::fs::metadata(path).err().map(|error| cannot_be_read(path, &error));
    paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .find_map(problem)
        .map_or(Ok(()), Err)
}

fn cannot_be_read(path: &Path, error: &std::io::Error) -> Error {
    Error::new(visible_path(path), format!("cannot be read: {error}"))
}

/// The paths in the order of their names, without those that another one holds.
fn roots(paths: &[PathBuf]) -> Result<Vec<Root>, Error> {
    let mut real = Vec::new();
    for path in paths {
        let whole = path.canonicalize().map_err(|e| cannot_be_read(path, &e))?;
        let folder = path.is_dir();
        if !real.iter().any(|(other, _, _)| *other == whole) {
            real.push((whole, path, folder));
        }
    }
    let inside = |path: &Path| {
        real.iter()
            .any(|(folder, _, is_folder)| *is_folder && lies_openly_in(path, folder))
    };
    let kept: Vec<_> = real.iter().filter(|(path, _, _)| !inside(path)).collect();
    let only = kept.len() == 1;
    let end_name = |path: &Path| {
        path.file_name()
            .map_or_else(String::new, |name| visible_path(Path::new(name)))
    };
    let name = |whole: &Path, path: &Path| match end_name(path) {
        name if name.is_empty() => end_name(whole),
        name => name,
    };
    let mut roots = Vec::new();
    for (whole, path, folder) in &kept {
        let mut label = name(whole, path);
        let others = kept.iter().filter(|(w, p, _)| name(w, p) == label).count();
        if others > 1 {
            label = visible_path(path).trim_end_matches('/').to_owned();
        }
        let label = match (folder, only) {
            (true, true) => String::new(),
            (true, false) => format!("{label}/"),
            (false, _) => label,
        };
        let (path, folder) = (path.to_path_buf(), *folder);
        roots.push(Root { path, label, folder });
    }
    roots.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(roots)
}

/// True where a walk of `folder` comes to `path`: it lies below, with no hidden part between.
fn lies_openly_in(path: &Path, folder: &Path) -> bool {
    let hidden = |part: Component| part.as_os_str().as_encoded_bytes().starts_with(b".");
    path != folder
        && path
            .strip_prefix(folder)
            .is_ok_and(|below| !below.components().any(hidden))
}

/// An entry of a folder that is still to be visited.
struct Entry {
    name: String,
    path: PathBuf,
    folder: bool,
}

fn walk_root(root: Root, seen: &mut HashSet<(u64, u64)>, give: &mut dyn FnMut(Found) -> bool) -> bool {
    if !root.folder {
        return visit(root.label, root.path, seen, give);
    }
    let mut waiting = vec![Entry {
        name: root.label,
        path: root.path,
        folder: true,
    }];
    while let Some(entry) = waiting.pop() {
        let go_on = match entry.folder {
            true => open_folder(&entry, &mut waiting).is_none_or(&mut *give),
            false => visit(entry.name, entry.path, seen, give),
        };
        if !go_on {
            return false;
        }
    }
    true
}

/// Puts what a folder holds on the stack, last name first; or says why it cannot.
fn open_folder(folder: &Entry, waiting: &mut Vec<Entry>) -> Option<Found> {
    let problem = |error: std::io::Error| Found {
        name: folder.name.trim_end_matches('/').to_owned(),
        path: folder.path.clone(),
        bytes: Err((Status::Failed, format!("the folder cannot be read: {error}"))),
    };
    let entries = match std::fs::read_dir(&folder.path) {
        Ok(entries) => entries,
        Err(error) => return Some(problem(error)),
    };
    let first = waiting.len();
    let mut failure = None;
    for entry in entries {
        match entry {
            Ok(entry) => waiting.extend(named(&folder.name, &entry)),
            Err(error) => failure = Some(problem(error)),
        }
    }
    waiting[first..].sort_by(|a, b| b.name.cmp(&a.name));
    failure
}

/// An entry with the name its documents begin with; a folder's ends in `/`, so that names sort as whole paths do.
fn named(folder: &str, entry: &std::fs::DirEntry) -> Option<Entry> {
    let own = entry.file_name();
    if own.as_encoded_bytes().starts_with(b".") {
        return None;
    }
    let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    let slash = if is_folder { "/" } else { "" };
    Some(Entry {
        name: format!("{folder}{}{slash}", visible_path(Path::new(&own))),
        path: entry.path(),
        folder: is_folder,
    })
}

/// Gives a file unless it was given before or is a linked folder; what is no regular file is never opened.
fn visit(name: String, path: PathBuf, seen: &mut HashSet<(u64, u64)>, give: &mut dyn FnMut(Found) -> bool) -> bool {
    let bytes = match std::fs::metadata(&path) {
        Err(error) => Err((Status::Failed, error.to_string())),
        Ok(facts) if facts.is_dir() => return true,
        Ok(facts) if !facts.is_file() => Err((Status::Skipped, "not a regular file".to_owned())),
        Ok(facts) if identity(&facts).is_some_and(|id| !seen.insert(id)) => return true,
        Ok(facts) => Ok(facts.len()),
    };
    give(Found { name, path, bytes })
}

/// What two paths to the same file share.
#[cfg(unix)]
fn identity(facts: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((facts.dev(), facts.ino()))
}

#[cfg(not(unix))]
fn identity(_facts: &Metadata) -> Option<(u64, u64)> {
    None
}

/// A path as a document's name: `/` between parts; bytes that are no UTF-8 and control characters written out, so that names
/// stay distinct and hold no line break.
pub fn visible_path(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(&visible(chunk.valid()));
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02x}"));
        }
    }
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// The text with control characters written out as `\u{1b}`.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    shown
}
