//! Paths to the files below them, in the order of their names.
//!
//! Folders are walked without recursion and one at a time, so that only the names of the folders on the way are held. Hidden
//! entries are left out, linked folders are not followed, only regular files are given, each once, by whatever path or link it
//! is reached. `.gitignore` is not honoured: article folders are often ignored data.

use super::Status;
use crate::error::Error;
use std::collections::{HashMap, HashSet};
use std::fs::{File, Metadata};
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
    /// The file itself, where it was to be opened.
    pub file: Option<File>,
}

/// Tells which files are to be opened as they are found: asking an open file for its facts costs less than asking its path.
pub type Opens<'o> = dyn Fn(&Path) -> bool + 'o;

/// A path as given, with the name of what is below it.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    /// Before every document's name: empty for the only path, else the folder's name and `/`; of a file, its name.
    label: String,
    folder: bool,
}

/// Gives every file below the paths, in the order of their names, until `give` says stop.
pub fn walk(paths: &[PathBuf], opens: &Opens, give: &mut dyn FnMut(Found) -> bool) {
    let mut visitor = Visitor {
        seen: HashSet::new(),
        opens,
        give,
    };
    for root in roots(paths) {
        if !walk_root(root, &mut visitor) {
            break;
        }
    }
}

/// Checks that every path is there, so that a slip of the pen is known before any work.
///
/// # Errors
/// The first path that cannot be looked at.
pub fn check(paths: &[PathBuf]) -> Result<(), Error> {
    let problem = |path: &PathBuf| {
        let error = std::fs::metadata(path).err()?;
        Some(Error::new(visible_path(path), format!("cannot be read: {error}")))
    };
    paths
        .iter()
        .filter(|path| path.as_os_str() != "-")
        .find_map(problem)
        .map_or(Ok(()), Err)
}

/// The paths in the order of their names, without those that another one holds.
fn roots(paths: &[PathBuf]) -> Vec<Root> {
    let mut whole_paths = HashSet::new();
    // A path that is not there is kept: visiting it says why.
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let mut given: Vec<(PathBuf, &PathBuf)> = paths.iter().map(|path| (whole(path), path)).collect();
    given.retain(|(whole, _)| whole_paths.insert(whole.clone()));
    let folders: HashSet<&Path> = given
        .iter()
        .map(|(whole, _)| &**whole)
        .filter(|whole| whole.is_dir())
        .collect();
    let inside = |path: &Path| {
        path.ancestors()
            .skip(1)
            .any(|up| folders.contains(up) && lies_openly_in(path, up))
    };
    let kept: Vec<_> = given.iter().filter(|(whole, _)| !inside(whole)).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (whole, path) in &kept {
        *times.entry(end_name(whole, path)).or_default() += 1;
    }
    let root = |(whole, path): &&(PathBuf, &PathBuf)| {
        let folder = folders.contains(&**whole);
        let name = end_name(whole, path);
        let name = match times.get(&name) {
            Some(1) => name,
            _ => visible_path(path).trim_end_matches('/').to_owned(),
        };
        let label = match (folder, kept.len() == 1) {
            (true, true) => String::new(),
            (true, false) => format!("{name}/"),
            (false, _) => name,
        };
        let path = path.to_path_buf();
        Root { path, label, folder }
    };
    let mut roots: Vec<Root> = kept.iter().map(root).collect();
    roots.sort_by(|a, b| a.label.cmp(&b.label));
    roots
}

/// The last part of a path as given; of `.` and `..`, of what they stand for.
fn end_name(whole: &Path, given: &Path) -> String {
    let last = given.file_name().or(whole.file_name()).unwrap_or(whole.as_os_str());
    visible_path(Path::new(last))
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
    kind: EntryKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    Folder,
    File,
    /// A link, a device, or what the folder does not tell.
    Other,
}

fn walk_root(root: Root, visitor: &mut Visitor) -> bool {
    let kind = match root.folder {
        true => EntryKind::Folder,
        false => EntryKind::Other,
    };
    let mut waiting = vec![Entry {
        name: root.label,
        path: root.path,
        kind,
    }];
    while let Some(entry) = waiting.pop() {
        let go_on = match entry.kind {
            EntryKind::Folder => open_folder(&entry, &mut waiting).is_none_or(&mut *visitor.give),
            _ => visitor.visit(entry),
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
        file: None,
    };
    let entries = match std::fs::read_dir(&folder.path) {
        Ok(entries) => entries,
        Err(error) => return Some(problem(error)),
    };
    let first = waiting.len();
    let mut failure = None;
    for entry in entries {
        match entry {
            Ok(entry) => waiting.extend(named(folder, &entry)),
            Err(error) => failure = Some(problem(error)),
        }
    }
    waiting[first..].sort_by(|a, b| b.name.cmp(&a.name));
    failure
}

/// An entry with the name its documents begin with; a folder's ends in `/`, so that names sort as whole paths do.
fn named(folder: &Entry, entry: &std::fs::DirEntry) -> Option<Entry> {
    let own = entry.file_name();
    if own.as_encoded_bytes().starts_with(b".") {
        return None;
    }
    let kind = match entry.file_type() {
        Ok(kind) if kind.is_dir() => EntryKind::Folder,
        Ok(kind) if kind.is_file() => EntryKind::File,
        _ => EntryKind::Other,
    };
    let mut name = String::with_capacity(folder.name.len() + own.len() + 1);
    name.push_str(&folder.name);
    match own
        .to_str()
        .filter(|own| own.bytes().all(|byte| (b' '..=b'~').contains(&byte)))
    {
        Some(plain) if !cfg!(windows) => name.push_str(plain),
        _ => name.push_str(&visible_path(Path::new(&own))),
    }
    if kind == EntryKind::Folder {
        name.push('/');
    }
    // Room for all of it is asked for at once.
    let mut path = PathBuf::with_capacity(folder.path.as_os_str().len() + own.len() + 1);
    path.push(&folder.path);
    path.push(&own);
    Some(Entry { name, path, kind })
}

/// Gives on the files that are found.
struct Visitor<'v> {
    /// The files that were given.
    seen: HashSet<(u64, u64)>,
    opens: &'v Opens<'v>,
    give: &'v mut dyn FnMut(Found) -> bool,
}

impl Visitor<'_> {
    /// Gives a file unless it was given before or is a linked folder; what is no regular file is never opened.
    fn visit(&mut self, entry: Entry) -> bool {
        let Entry { name, path, kind } = entry;
        let file = match kind == EntryKind::File && (self.opens)(&path) {
            true => File::open(&path).ok(),
            false => None,
        };
        let facts = match &file {
            Some(file) => file.metadata(),
            None => std::fs::metadata(&path),
        };
        let bytes = match facts {
            Err(error) => Err((Status::Failed, error.to_string())),
            Ok(facts) if facts.is_dir() => return true,
            Ok(facts) if !facts.is_file() => Err((Status::Skipped, "not a regular file".to_owned())),
            Ok(facts) if identity(&facts).is_some_and(|id| !self.seen.insert(id)) => return true,
            Ok(facts) => Ok(facts.len()),
        };
        (self.give)(Found {
            name,
            path,
            bytes,
            file,
        })
    }
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
