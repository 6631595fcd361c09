//! Paths to the files below them, in the order of their names.
//!
//! Folders are walked without recursion and one at a time, so that only the names in the folders on the way are held, some
//! thirty bytes each. Hidden entries are left out, linked folders are not followed, only regular files are given, each once, by
//! whatever path or link it is reached: by its own name where the walk comes to that. `.gitignore` is not honoured: article
//! folders are often ignored data.

use super::Status;
use crate::error::Error;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
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
    let (roots, folders) = roots(paths);
    let mut visitor = Visitor {
        folders,
        seen: HashSet::new(),
        opens,
        give,
    };
    for root in roots {
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

/// The paths in the order of their names, without those that another one holds; and the folders among them, links resolved.
fn roots(paths: &[PathBuf]) -> (Vec<Root>, Vec<PathBuf>) {
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
    (roots, folders.into_iter().map(Path::to_path_buf).collect())
}

/// The last part of a path as given; of `.` and `..`, of what they stand for.
fn end_name(whole: &Path, given: &Path) -> String {
    let last = given.file_name().or(whole.file_name()).unwrap_or(whole.as_os_str());
    visible_path(Path::new(last))
}

/// True where a walk of `folder` comes to `path`: it lies below, with no hidden part between.
fn lies_openly_in(path: &Path, folder: &Path) -> bool {
    let hidden = |part: Component| is_hidden(part.as_os_str());
    path != folder
        && path
            .strip_prefix(folder)
            .is_ok_and(|below| !below.components().any(hidden))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// A folder on the way, with what it holds that is still to be visited.
struct Folder {
    /// Before the name of every document below it: empty, or it ends in `/`.
    label: String,
    path: PathBuf,
    /// The names of what it holds, one behind the other; a folder's ends in `/`, so that names sort as whole paths do.
    names: String,
    /// The last name first.
    entries: Vec<Entry>,
    /// What the system calls those whose name is written in another way, by where that begins.
    own_names: HashMap<usize, OsString>,
}

/// An entry of a folder: where in its names its own begins and ends.
struct Entry {
    start: usize,
    length: u32,
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
    if !root.folder {
        return visitor.visit(root.label, root.path, EntryKind::Other);
    }
    let mut way = Vec::new();
    let mut coming = Some((root.label, root.path));
    loop {
        if let Some((label, path)) = coming.take() {
            let (folder, failure) = Folder::open(label, path);
            way.extend(folder);
            if !failure.is_none_or(&mut *visitor.give) {
                return false;
            }
        }
        let Some(folder) = way.last_mut() else { return true };
        let Some((kind, name, path)) = folder.next() else {
            way.pop();
            continue;
        };
        match kind {
            EntryKind::Folder => coming = Some((name, path)),
            _ if !visitor.visit(name, path, kind) => return false,
            _ => {}
        }
    }
}

impl Folder {
    /// Lists what a folder holds; or says why it cannot, or not all of it.
    fn open(label: String, path: PathBuf) -> (Option<Folder>, Option<Found>) {
        let problem = |error: std::io::Error| Found {
            name: label.trim_end_matches('/').to_owned(),
            path: path.clone(),
            bytes: Err((Status::Failed, format!("the folder cannot be read: {error}"))),
            file: None,
        };
        let held = match std::fs::read_dir(&path) {
            Ok(held) => held,
            Err(error) => return (None, Some(problem(error))),
        };
        let (mut names, mut entries, mut own_names) = (String::new(), Vec::new(), HashMap::new());
        let mut failure = None;
        for entry in held {
            match entry {
                Ok(entry) => entries.extend(named(&entry, &mut names, &mut own_names)),
                Err(error) => failure = Some(problem(error)),
            }
        }
        let own_name = |entry: &Entry| own_names.get(&entry.start);
        entries.sort_unstable_by(|a, b| {
            let by_name = b.of(&names).cmp(a.of(&names));
            by_name.then_with(|| own_name(b).cmp(&own_name(a)))
        });
        let folder = Folder {
            label,
            path,
            names,
            entries,
            own_names,
        };
        (Some(folder), failure)
    }

    /// What is visited next: its kind, its document's name and its path.
    fn next(&mut self) -> Option<(EntryKind, String, PathBuf)> {
        let entry = self.entries.pop()?;
        let name = entry.of(&self.names);
        // Room for all of it is asked for at once.
        let mut full_name = String::with_capacity(self.label.len() + name.len());
        full_name.push_str(&self.label);
        full_name.push_str(name);
        let mut path = PathBuf::with_capacity(self.path.as_os_str().len() + name.len() + 1);
        path.push(&self.path);
        match self.own_names.get(&entry.start) {
            Some(own) => path.push(own),
            None => path.push(name.trim_end_matches('/')),
        }
        Some((entry.kind, full_name, path))
    }
}

impl Entry {
    /// Its name among those of its folder.
    fn of<'n>(&self, names: &'n str) -> &'n str {
        &names[self.start..self.start + self.length as usize]
    }
}

/// Adds the name of an entry to those of its folder; `None` for a hidden one.
fn named(entry: &std::fs::DirEntry, names: &mut String, own_names: &mut HashMap<usize, OsString>) -> Option<Entry> {
    let own = entry.file_name();
    if is_hidden(&own) {
        return None;
    }
    let kind = match entry.file_type() {
        Ok(kind) if kind.is_dir() => EntryKind::Folder,
        Ok(kind) if kind.is_file() => EntryKind::File,
        _ => EntryKind::Other,
    };
    let start = names.len();
    match own
        .to_str()
        .filter(|own| own.bytes().all(|byte| (b' '..=b'~').contains(&byte)))
    {
        Some(plain) => names.push_str(plain),
        None => {
            names.push_str(&visible_path(Path::new(&own)));
            if own.to_str() != Some(&names[start..]) {
                own_names.insert(start, own);
            }
        }
    }
    if kind == EntryKind::Folder {
        names.push('/');
    }
    // No system has names that long.
    let length = u32::try_from(names.len() - start).ok()?;
    Some(Entry { start, length, kind })
}

/// Gives on the files that are found.
struct Visitor<'v> {
    /// The folders that are walked, links resolved.
    folders: Vec<PathBuf>,
    /// The files given that could be reached by another path too.
    seen: HashSet<FileId>,
    opens: &'v Opens<'v>,
    give: &'v mut dyn FnMut(Found) -> bool,
}

impl Visitor<'_> {
    /// Gives a file unless it is given elsewhere or is a linked folder; what is no regular file is never opened.
    fn visit(&mut self, name: String, path: PathBuf, kind: EntryKind) -> bool {
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
            Ok(facts) if self.is_given_elsewhere(&path, kind, &facts) => return true,
            Ok(facts) => Ok(facts.len()),
        };
        (self.give)(Found {
            name,
            path,
            bytes,
            file,
        })
    }

    /// True for a link to a file that the walk comes to by its own name, and for a file that was given by another one. A file
    /// that a folder holds and that has one name only, as nearly all have, need not be kept in mind.
    fn is_given_elsewhere(&mut self, path: &Path, kind: EntryKind, facts: &Metadata) -> bool {
        let pointed_to = kind != EntryKind::File;
        let is_walked = |whole: PathBuf| self.folders.iter().any(|folder| lies_openly_in(&whole, folder));
        if pointed_to && path.canonicalize().is_ok_and(is_walked) {
            return true;
        }
        let id = identity(facts).filter(|(_, names)| pointed_to || *names > 1);
        id.is_some_and(|(id, _)| !self.seen.insert(id))
    }
}

/// What two paths to the same file share: its device and its number there.
type FileId = (u64, u64);

/// Which file it is, and how many names it has.
#[cfg(unix)]
fn identity(facts: &Metadata) -> Option<(FileId, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some(((facts.dev(), facts.ino()), facts.nlink()))
}

#[cfg(not(unix))]
fn identity(_facts: &Metadata) -> Option<(FileId, u64)> {
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
