//! The program as run: the real binary on real files, in folders of their own.

mod faults;
mod formats;
mod office;
mod review;
mod run;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    fn with(name: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = Folder::new(name);
        for (file, bytes) in files {
            folder.write(file, bytes);
        }
        folder
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    fn write(&self, file: &str, bytes: &[u8]) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        program.current_dir(&self.0);
        program
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.program()
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("it runs")
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut program = self.program();
        program
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = program.spawn().expect("it runs");
        let mut pipe = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        let writer = std::thread::spawn(move || pipe.write_all(&input));
        let output = child.wait_with_output().expect("it ends");
        let _ = writer.join();
        output
    }

    /// Runs `extract in -o out` and asserts its exit status.
    fn extract(&self, status: i32) -> Output {
        let output = self.run(&["extract", "in", "-o", "out"]);
        assert_eq!(output.status.code(), Some(status), "{output:?}");
        output
    }

    fn read(&self, file: &str) -> String {
        String::from_utf8(std::fs::read(self.path(file)).expect("the file was written")).expect("it is UTF-8")
    }

    fn table(&self, file: &str) -> Table {
        Table::of(&self.read(file))
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).expect("the folder is there");
        let mut names: Vec<String> = entries
            .map(|e| e.expect("an entry").file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }
}

/// A CSV table as read back.
#[derive(Debug, Clone, PartialEq)]
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn of(text: &str) -> Table {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let rows = reader
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect());
        let mut rows: Vec<Vec<String>> = rows.collect();
        let header = rows.remove(0);
        Table { header, rows }
    }

    fn at(&self, name: &str) -> usize {
        self.header
            .iter()
            .position(|column| column == name)
            .unwrap_or_else(|| panic!("column {name}"))
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let at = self.at(name);
        self.rows.iter().map(|row| &*row[at]).collect()
    }

    fn set(&mut self, row: usize, name: &str, cell: &str) {
        let at = self.at(name);
        self.rows[row][at] = cell.to_owned();
    }

    fn cell(&self, row: usize, name: &str) -> &str {
        &self.rows[row][self.at(name)]
    }

    fn add_column(&mut self, name: &str) {
        self.header.push(name.to_owned());
        self.rows.iter_mut().for_each(|row| row.push(String::new()));
    }

    /// The table as CSV with another delimiter.
    fn csv(&self, delimiter: u8) -> String {
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            writer.write_record(row).expect("a row");
        }
        String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
    }
}

/// Three statements by two people, and marks outside ASCII.
const ARTICLE: &str = "Harbour opens again\n\n“We are glad to be back,” said Ana Costa, the harbour master. “It took ten years.”\n\n\
    Bo Lindqvist, a fisherman, said the quay was too small for 40 boats.\n";
