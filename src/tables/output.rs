//! Files put in place whole or not at all.
//!
//! A [`NewFile`] is written beside its place under a hidden name, flushed, synced and renamed, so that whoever looks sees the
//! old file or the new one. What a killed run left behind is cleared by the next one: a temporary file that nobody holds
//! locked is nobody's. A link stays a link and its target is replaced; devices and pipes are written directly.

use super::Table;
use crate::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The end of every temporary file's name.
const TEMPORARY: &str = ".onrecord-tmp";

/// Bytes that may still be written, shared by the files of a run: a disk that fills up, for tests.
pub type Room = Arc<AtomicU64>;

/// A file that is being written and is not yet in its place.
#[derive(Debug)]
pub struct NewFile {
    /// The place as the user named it, for messages.
    named: PathBuf,
    /// The place behind all links.
    place: PathBuf,
    /// Where it is written meanwhile; `None` for a device or pipe, and once it is in place.
    temporary: Option<PathBuf>,
    file: File,
    waiting: Vec<u8>,
    room: Option<Room>,
    /// Whether what is written goes out to the disk itself before the end, see [`Files::sync_ahead`].
    syncs_ahead: bool,
    /// Bytes that were written and did not.
    unsynced: usize,
}

impl NewFile {
    /// Written in blocks of just this size, at places that are multiples of it: the system then finds room for a block at once,
    /// and not page by page.
    const BLOCK_BYTES: usize = 256 << 10;
    /// So many bytes go out to the disk together.
    const SYNC_BYTES: usize = 8 << 20;

    /// Opens a new file for a place, and clears what killed runs left there.
    ///
    /// # Errors
    /// The place's folder is missing or cannot be written to.
    pub fn create(named: &Path, room: Option<Room>) -> Result<NewFile, Error> {
        let place = behind_links(named);
        let (temporary, file) = match std::fs::metadata(named) {
            Ok(facts) if facts.is_dir() => return Err(problem(named, "is a folder")),
            Ok(facts) if !facts.is_file() => (
                None,
                File::options().write(true).open(named).map_err(|e| problem(named, e))?,
            ),
            _ => {
                clear_stale(&place);
                create_beside(&place).map_err(|e| problem(named, e))?
            }
        };
        let (named, waiting) = (named.to_owned(), Vec::with_capacity(Self::BLOCK_BYTES));
        Ok(NewFile {
            named,
            place,
            temporary,
            file,
            waiting,
            room,
            syncs_ahead: false,
            unsynced: 0,
        })
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// What the disk says, with the file's name.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let mut bytes = bytes;
        while let Some((block_end, rest)) = bytes.split_at_checked(Self::BLOCK_BYTES - self.waiting.len()) {
            self.waiting.extend_from_slice(block_end);
            self.flush_waiting()?;
            bytes = rest;
        }
        self.waiting.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes everything out to the disk itself; the file is then ready for its place.
    ///
    /// # Errors
    /// What the disk says, with the file's name.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.flush_waiting()?;
        match &self.temporary {
            Some(_) => self.file.sync_all().map_err(|e| problem(&self.named, e)),
            None => Ok(()),
        }
    }

    /// Puts the finished file in its place.
    ///
    /// # Errors
    /// What the disk says, with the file's name; the old file is then still there.
    pub fn put_in_place(mut self) -> Result<(), Error> {
        debug_assert!(self.waiting.is_empty());
        let Some(temporary) = &self.temporary else {
            return Ok(());
        };
        if let Ok(old) = std::fs::metadata(&self.place) {
            // Rights of the old file stay; where they cannot be set, the new file's own are good enough.
            let _ = self.file.set_permissions(old.permissions());
        }
        std::fs::rename(temporary, &self.place).map_err(|e| problem(&self.named, e))?;
        self.temporary = None;
        Ok(())
    }

    /// The place as the user named it, for messages.
    pub fn shown_place(&self) -> String {
        crate::read::walk::visible_path(&self.named)
    }

    fn flush_waiting(&mut self) -> Result<(), Error> {
        let written = match &self.room {
            None => self.file.write_all(&self.waiting),
            Some(room) => write_into(&mut self.file, &self.waiting, room),
        };
        self.unsynced += self.waiting.len();
        self.waiting.clear();
        written
            .and_then(|()| self.sync_if_due())
            .map_err(|e| problem(&self.named, e))
    }

    fn sync_if_due(&mut self) -> io::Result<()> {
        if !self.syncs_ahead || self.temporary.is_none() || self.unsynced < Self::SYNC_BYTES {
            return Ok(());
        }
        self.unsynced = 0;
        self.file.sync_data()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if let Some(temporary) = &self.temporary {
            // The run failed already; a temporary file that stays is cleared by the next run.
            let _ = std::fs::remove_file(temporary);
        }
    }
}

/// Puts finished files in place, together as far as the disk allows: two runs into one folder do not mix.
///
/// # Errors
/// As [`NewFile::put_in_place`].
pub fn put_in_place(files: Vec<NewFile>) -> Result<(), Error> {
    let folder = files
        .first()
        .and_then(|f| f.place.parent())
        .map(or_here)
        .and_then(|f| File::open(f).ok());
    // A folder that cannot be locked (another system, a network disk) is no reason to lose the work.
    let _ = folder.as_ref().map(File::lock);
    for file in files {
        file.put_in_place()?;
    }
    let _ = folder.as_ref().map(File::sync_all);
    Ok(())
}

fn write_into(file: &mut File, bytes: &[u8], room: &AtomicU64) -> io::Result<()> {
    let left = room.load(Ordering::Relaxed).min(bytes.len() as u64) as usize;
    room.fetch_sub(left as u64, Ordering::Relaxed);
    file.write_all(&bytes[..left])?;
    match left == bytes.len() {
        true => Ok(()),
        false => Err(io::Error::new(io::ErrorKind::StorageFull, "no space left on device")),
    }
}

fn problem(place: &Path, problem: impl ToString) -> Error {
    Error::new(crate::read::walk::visible_path(place), problem.to_string())
}

/// The place that a chain of links ends at, there or not yet there.
fn behind_links(named: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    let mut place = named.to_owned();
    for _ in 0..MOST_LINKS {
        match std::fs::read_link(&place) {
            Ok(target) => place = place.parent().map_or(target.clone(), |folder| folder.join(&target)),
            Err(_) => break,
        }
    }
    place
}

fn or_here(folder: &Path) -> &Path {
    match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    }
}

/// A new, locked, hidden file in the folder of the place.
fn create_beside(place: &Path) -> io::Result<(Option<PathBuf>, File)> {
    let (folder, name) = folder_and_name(place);
    let mut count = 0u32;
    loop {
        let temporary = folder.join(format!(".{name}.{}-{count}{TEMPORARY}", std::process::id()));
        count += 1;
        match File::options().write(true).create_new(true).open(&temporary) {
            Ok(file) => {
                let _ = file.try_lock();
                // Another run may have taken it for stale in the moment before it was locked.
                if temporary.exists() {
                    return Ok((Some(temporary), file));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Removes the temporary files for a place that no running process holds locked.
fn clear_stale(place: &Path) {
    let (folder, name) = folder_and_name(place);
    let begin = format!(".{name}.");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let own = entry.file_name();
        let ours = own
            .to_str()
            .is_some_and(|own| own.starts_with(&begin) && own.ends_with(TEMPORARY));
        if ours && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn folder_and_name(place: &Path) -> (&Path, String) {
    let folder = or_here(place.parent().unwrap_or(Path::new("")));
    let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (folder, name)
}

/// The files of one run, a table each, all in one folder.
#[derive(Debug)]
pub struct Files {
    files: Vec<(Table, NewFile)>,
}

impl Files {
    /// Opens `folder/TABLE.ending` for each table; makes the folder where only it is missing.
    ///
    /// # Errors
    /// The folder's parent is missing, a file stands in its place, or it cannot be written to.
    pub fn create(folder: &Path, tables: &[Table], ending: &str, room: Option<Room>) -> Result<Files, Error> {
        make_folder(folder)?;
        let open = |&table: &Table| {
            let path = folder.join(format!("{}.{ending}", table.name()));
            NewFile::create(&path, room.clone()).map(|file| (table, file))
        };
        let files: Result<Vec<_>, Error> = tables.iter().map(open).collect();
        Ok(Files { files: files? })
    }

    /// Lets what is written go out to the disk every few megabytes, and not all of it at the end: of use where other threads
    /// work on while this one waits for the disk.
    pub fn sync_ahead(&mut self) {
        for (_, file) in &mut self.files {
            file.syncs_ahead = true;
        }
    }

    /// Adds rows to a table's file.
    ///
    /// # Errors
    /// What the disk says, with the file's name.
    pub fn add(&mut self, table: Table, rows: &[u8]) -> Result<(), Error> {
        match self.files.iter_mut().find(|(t, _)| *t == table) {
            Some((_, file)) => file.add(rows),
            None => Ok(()),
        }
    }

    /// Writes everything out and puts every file in its place.
    ///
    /// # Errors
    /// What the disk says, with the file's name.
    pub fn put_in_place(mut self) -> Result<(), Error> {
        for (_, file) in &mut self.files {
            file.finish()?;
        }
        put_in_place(self.files.into_iter().map(|(_, file)| file).collect())
    }
}

fn make_folder(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder.exists() {
        return Err(problem(folder, "is a file; name a folder, or a file ending in .xlsx"));
    }
    let parent = or_here(folder.parent().unwrap_or(Path::new("")));
    if !parent.is_dir() {
        return Err(problem(
            folder,
            format!("there is no folder {}; make it first", parent.display()),
        ));
    }
    std::fs::create_dir(folder).map_err(|e| problem(folder, format!("cannot be made: {e}")))
}
