//! The program as run: the real binary on real files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for one test, removed at the end.
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
            let path = folder.0.join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, bytes).expect("a file");
        }
        folder
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("it runs")
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.join(file)).expect("the file was written")
    }
}

const ARTICLE: &[u8] = "The harbour opened again.\n\n“We are glad,” said Ana Costa, the harbour master.\n".as_bytes();

#[test]
fn a_folder_of_articles_gives_three_tables() {
    let folder = Folder::with(
        "three-tables",
        &[("in/b.txt", ARTICLE), ("in/a.md", ARTICLE), ("in/.hidden.txt", ARTICLE)],
    );
    let run = folder.run(&["extract", "in", "-o", "out"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(run.stdout.is_empty());
    let documents = folder.read("out/documents.csv");
    let names: Vec<&str> = documents
        .lines()
        .skip(1)
        .filter_map(|row| row.split(',').next())
        .collect();
    assert_eq!(names, ["a.md", "b.txt"]);
    assert!(documents.contains(",a.md\n"), "b.txt has the same text as a.md");
    assert!(
        folder
            .read("out/quotes.csv")
            .starts_with("\u{feff}id,document,speaker,quote,")
    );
    assert!(
        folder
            .read("out/claims.csv")
            .starts_with("\u{feff}id,document,speaker,figure,")
    );
}

#[test]
fn output_inside_the_input_is_not_read_again() {
    let folder = Folder::with("own-output", &[("a.txt", ARTICLE)]);
    for format in ["csv", "jsonl"] {
        let arguments = ["extract", ".", "-o", "out", "--format", format, "--sentences"];
        folder.run(&arguments);
        let first = folder.read(&format!("out/documents.{format}"));
        folder.run(&arguments);
        assert_eq!(folder.read(&format!("out/documents.{format}")), first);
    }
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let lines: String = (0..500)
        .map(|i| format!("{{\"id\":{i},\"text\":\"One.\\n\\nTwo {i}.\"}}\n"))
        .collect();
    let folder = Folder::with("jobs", &[("in.jsonl", lines.as_bytes())]);
    for jobs in ["1", "2", "5"] {
        folder.run(&[
            "extract",
            "in.jsonl",
            "-o",
            jobs,
            "--jobs",
            jobs,
            "--sentences",
            "--id-column",
            "id",
        ]);
        for table in ["documents.csv", "sentences.csv", "quotes.csv"] {
            assert_eq!(
                folder.read(&format!("{jobs}/{table}")),
                folder.read(&format!("1/{table}")),
                "{jobs} {table}"
            );
        }
    }
}

#[test]
fn a_path_that_is_not_there_is_named_before_any_work() {
    let folder = Folder::new("missing");
    let run = folder.run(&["extract", "nowhere", "-o", "out"]);
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    assert!(String::from_utf8_lossy(&run.stderr).contains("nowhere"));
    assert!(!folder.0.join("out").exists());
}

#[test]
fn a_bad_line_of_json_is_listed_and_the_rest_is_read() {
    let lines = "{\"text\":\"One.\"}\nnot json\n{\"words\":\"x\"}\r\n\n{\"text\":\"Two.\",\"id\":\"b\"}";
    let folder = Folder::with("bad-line", &[("in.jsonl", lines.as_bytes())]);
    let run = folder.run(&["extract", "in.jsonl", "-o", "-", "--table", "documents"]);
    assert_eq!(run.status.code(), Some(3), "{run:?}");
    let rows = String::from_utf8(run.stdout).expect("UTF-8");
    let begins: Vec<String> = rows
        .lines()
        .map(|row| row.split(',').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    let wanted = [
        "document status",
        "in.jsonl:1 read",
        "in.jsonl:2 failed",
        "in.jsonl:3 failed",
        "in.jsonl:5#b read",
    ];
    assert_eq!(begins, wanted);
}
