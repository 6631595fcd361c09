//! What bad input and bad luck lead to.

use super::{ARTICLE, Folder, Table};
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

const TEXT: &[u8] = ARTICLE.as_bytes();

fn documents(folder: &Folder, arguments: &[&str]) -> Table {
    let run = folder.run(&[&["extract"], arguments, &["-o", "-", "--table", "documents"]].concat());
    Table::of(&String::from_utf8(run.stdout).expect("UTF-8"))
}

/// The first sheet of a workbook, as it stands in the file.
fn first_sheet(folder: &Folder, book: &str) -> String {
    let file = std::fs::File::open(folder.path(book)).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("a workbook");
    let mut sheet = String::new();
    let mut entry = archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
    entry.read_to_string(&mut sheet).expect("text");
    sheet
}

#[test]
fn damaged_utf8_is_counted_and_the_rest_is_right() {
    let damaged = [TEXT, b"\nLast \xff words \xe2\x80 here.\n"].concat();
    let folder = Folder::with("damaged", &[("in/a.txt", &damaged), ("in/b.txt", TEXT)]);
    folder.extract(0);
    let table = folder.table("out/documents.csv");
    assert_eq!((table.cell(0, "replaced"), table.cell(0, "encoding")), ("2", "utf-8"));
    let quotes = folder.table("out/quotes.csv");
    let of = |name: &str| -> Vec<Vec<String>> {
        let rows = quotes.rows.iter().filter(|row| row[1] == name);
        rows.map(|row| row[2..6].to_vec()).collect()
    };
    assert_eq!(of("a.txt")[..of("b.txt").len()], of("b.txt"));
}

#[test]
fn files_without_words_are_empty() {
    let folder = Folder::with(
        "empty",
        &[
            ("in/a.txt", b""),
            ("in/b.txt", b"\xef\xbb\xbf"),
            ("in/c.txt", b" \n\t\r\n"),
        ],
    );
    folder.extract(0);
    assert_eq!(folder.table("out/documents.csv").column("status"), ["empty"; 3]);
}

#[test]
fn a_huge_file_is_refused_from_its_metadata() {
    let folder = Folder::with("huge", &[("in/a.txt", TEXT)]);
    let file = std::fs::File::create(folder.path("in/b.txt")).expect("a file");
    file.set_len(1 << 30).expect("a sparse file");
    folder.extract(3);
    let table = folder.table("out/documents.csv");
    assert_eq!(table.column("status"), ["read", "skipped"]);
    assert!(table.cell(1, "reason").contains("--max-bytes"));
}

#[test]
fn a_stray_mark_harms_only_its_paragraph() {
    let stray = format!("A note of \"five inches.\n\n{ARTICLE}");
    let folder = Folder::with("stray", &[("in/a.txt", stray.as_bytes()), ("in/b.txt", TEXT)]);
    folder.extract(0);
    let table = folder.table("out/quotes.csv");
    let of = |name: &str| -> Vec<&str> {
        table
            .rows
            .iter()
            .filter(|row| row[1] == name)
            .map(|row| &*row[3])
            .collect()
    };
    let (stray, clean) = (of("a.txt"), of("b.txt"));
    assert!(clean.iter().all(|quote| stray.contains(quote)), "{stray:?} {clean:?}");
}

#[test]
fn endless_marks_are_read_to_their_end() {
    for (name, text) in [
        ("marks", "\"".repeat(1_000_000)),
        ("nested", "“‘".repeat(10_000)),
        ("mixed", "\"a 'b ".repeat(50_000)),
    ] {
        let folder = Folder::with(&format!("endless-{name}"), &[("in/a.txt", text.as_bytes())]);
        folder.extract(0);
        assert_eq!(folder.table("out/documents.csv").column("status"), ["read"], "{name}");
    }
}

#[test]
fn odd_characters_keep_positions_exact_and_stay_out_of_cells() {
    let text = "“We\u{202e} are\u{a0}gl\u{ad}ad e\u{301}\u{200b},” said Ana\u{200b} Costa.\n\n“\u{5e9}\u{5dc}\u{5d5}\u{5dd},” said Bo Lee.\n";
    let folder = Folder::with("odd", &[("in/a.txt", text.as_bytes())]);
    folder.extract(0);
    folder.run(&["extract", "in", "-o", "json", "--format", "jsonl"]);
    let chars: Vec<char> = text.chars().collect();
    let lines = folder.read("json/quotes.jsonl");
    assert!(!lines.is_empty());
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("an object");
        let at = |name: &str| row[name].as_u64().expect("a position") as usize;
        let words: String = chars[at("start_char")..at("end_char")].iter().collect();
        assert_eq!(row["quote"], words.as_str());
    }
    assert!(lines.contains('\u{202e}') && !folder.read("out/quotes.csv").contains('\u{202e}'));
    assert_eq!(folder.table("out/quotes.csv").cell(0, "speaker"), "Ana Costa");
    folder.run(&["extract", "in", "-o", "book.xlsx"]);
    let sheet = first_sheet(&folder, "book.xlsx");
    assert!(sheet.contains("gl\u{ad}ad") && !sheet.contains('\u{202e}'));
}

#[cfg(unix)]
#[test]
fn links_and_loops_end_and_each_file_is_read_once() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(
        "links",
        &[("in/a.txt", TEXT), ("in/deep/b.txt", b"Other words here.\n")],
    );
    symlink("..", folder.path("in/deep/loop")).expect("a link");
    symlink("a.txt", folder.path("in/z-link.txt")).expect("a link");
    std::fs::hard_link(folder.path("in/a.txt"), folder.path("in/hard.txt")).expect("a link");
    symlink("nowhere", folder.path("in/dangling.txt")).expect("a link");
    // What has its own name below is called by it, though the link comes first; what lies elsewhere by the first link.
    symlink("deep/b.txt", folder.path("in/b-link.txt")).expect("a link");
    std::fs::write(folder.path("elsewhere.txt"), "Words from elsewhere.\n").expect("a file");
    symlink("../elsewhere.txt", folder.path("in/e.txt")).expect("a link");
    symlink("../elsewhere.txt", folder.path("in/f.txt")).expect("a link");
    let run = folder.run(&["extract", "in", "./in", "in/a.txt", "-o", "-", "--table", "documents"]);
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert_eq!(
        table.column("document"),
        ["a.txt", "dangling.txt", "deep/b.txt", "e.txt"]
    );
    assert_eq!(table.column("status"), ["read", "failed", "read", "read"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_never_opened() {
    let folder = Folder::with("pipes", &[("in/a.txt", TEXT)]);
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path("in/pipe.txt"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("in/s.txt")).expect("a socket");
    folder.extract(3);
    let table = folder.table("out/documents.csv");
    assert_eq!(table.column("reason"), ["", "not a regular file", "not a regular file"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_listed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(
        "rights",
        &[("in/a.txt", TEXT), ("in/b.txt", TEXT), ("in/closed/c.txt", TEXT)],
    );
    for path in ["in/b.txt", "in/closed"] {
        std::fs::set_permissions(folder.path(path), PermissionsExt::from_mode(0o000)).expect("rights");
    }
    // Root may read everything; another user may not.
    let privileged = std::fs::read(folder.path("in/b.txt")).is_ok();
    let mut program = match privileged {
        true => std::process::Command::new("setpriv"),
        false => folder.program(),
    };
    if privileged {
        let nobody = [
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            env!("CARGO_BIN_EXE_onrecord"),
        ];
        program.args(nobody).current_dir(&folder.0);
    }
    let run = program
        .args(["extract", "in", "-o", "-", "--table", "documents"])
        .output();
    std::fs::set_permissions(folder.path("in/closed"), PermissionsExt::from_mode(0o700)).expect("rights");
    let Ok(run) = run else {
        return missing("setpriv");
    };
    assert_eq!(run.status.code(), Some(3), "{run:?}");
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert_eq!(table.column("document"), ["a.txt", "b.txt", "closed"]);
    assert_eq!(table.column("status"), ["read", "failed", "failed"]);
    assert!(
        table.column("reason")[1..]
            .iter()
            .all(|reason| reason.contains("Permission denied")),
        "{table:?}"
    );
}

#[test]
fn a_file_that_vanishes_during_the_walk_is_listed() {
    // Enough records to keep the walk from its second file until that is gone.
    let lines = format!("{}\n", serde_json::json!({"text": ARTICLE})).repeat(60_000);
    let folder = Folder::with(
        "vanishes",
        &[
            ("in/a.jsonl", lines.as_bytes()),
            ("in/b.txt", TEXT),
            ("in/c.txt", b"Other words.\n"),
        ],
    );
    let mut program = folder.program();
    let mut child = program
        .args(["extract", "in", "-o", "out", "-q"])
        .spawn()
        .expect("it runs");
    let written = || {
        let files = std::fs::read_dir(folder.path("out")).into_iter().flatten().flatten();
        files
            .filter_map(|file| file.metadata().ok())
            .any(|facts| facts.len() > 0)
    };
    let until = Instant::now() + Duration::from_secs(120);
    while !written() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::fs::remove_file(folder.path("in/b.txt")).expect("it was there");
    assert_eq!(child.wait().expect("it ends").code(), Some(3));
    let table = folder.table("out/documents.csv");
    let last = table.rows.len() - 2;
    assert_eq!(
        (table.cell(last, "document"), table.cell(last, "status")),
        ("b.txt", "failed")
    );
    assert!(table.cell(last, "reason").contains("No such file"));
    assert_eq!(
        (table.cell(last + 1, "document"), table.cell(last + 1, "status")),
        ("c.txt", "read")
    );
}

/// A tool of util-linux that a test needs is not there: passed over, but for where everything must be there.
fn missing(tool: &str) {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{tool} is not installed");
}

/// What a command shows on a terminal of its own; `None` where there is no `script` to make one.
fn on_a_terminal(folder: &Folder, command: &str) -> Option<String> {
    let script = std::process::Command::new("script")
        .args(["-qec", command, "/dev/null"])
        .current_dir(&folder.0)
        .stdin(Stdio::null())
        .output();
    match script {
        Ok(run) => Some(String::from_utf8_lossy(&run.stdout).into_owned()),
        Err(_) => {
            missing("script");
            None
        }
    }
}

#[test]
fn progress_is_one_line_on_a_terminal_and_cleared_at_the_end() {
    let lines = format!(
        "{}\n",
        serde_json::json!({"id": "x", "text": "“It is,” said Ana Costa."})
    )
    .repeat(100);
    let folder = Folder::with("progress", &[("lines.jsonl", lines.as_bytes())]);
    let program = env!("CARGO_BIN_EXE_onrecord");
    // Progress begins after a second, so the documents take two to come.
    let slowly = "for i in $(seq 40); do cat lines.jsonl; sleep 0.05; done";
    let Some(shown) = on_a_terminal(&folder, &format!("({slowly}) | {program} stream > /dev/null")) else {
        return;
    };
    assert!(shown.contains("\r") && shown.contains(" documents, "), "{shown:?}");
    let (progress, summary) = shown.trim_end().rsplit_once('\r').expect("a line that is cleared");
    assert!(!progress.contains('\n'), "{shown:?}");
    assert!(summary.starts_with("4000 documents: "), "{shown:?}");
    let quiet = on_a_terminal(&folder, &format!("({slowly}) | {program} stream -q > /dev/null"));
    assert_eq!(quiet.as_deref(), Some(""));
}

#[test]
fn no_colour_and_no_control_character_reaches_a_terminal() {
    let text = format!("{ARTICLE}\n“Stop\u{1b}[31m\u{202e} it,” said Ana Costa.\n");
    let folder = Folder::with("colour", &[("bad\u{1b}[2J\u{202e}.txt", text.as_bytes())]);
    let program = env!("CARGO_BIN_EXE_onrecord");
    for command in [
        "--help",
        "extract --help",
        "extract nowhere",
        "extract --no-such-option",
        "extract .",
    ] {
        let Some(shown) = on_a_terminal(&folder, &format!("NO_COLOR=1 {program} {command}")) else {
            return;
        };
        let odd = |c: char| c.is_control() && !matches!(c, '\r' | '\n') || c == '\u{202e}';
        assert!(!shown.is_empty() && !shown.contains(odd), "{command}: {shown:?}");
    }
}

#[test]
fn a_full_disk_leaves_the_old_output() {
    let folder = Folder::with("full", &[("in/a.txt", TEXT)]);
    if std::path::Path::new("/dev/full").exists() {
        let run = folder.run(&["extract", "in", "-o", "/dev/full"]);
        assert_eq!(run.status.code(), Some(1), "{run:?}");
        assert!(
            String::from_utf8_lossy(&run.stderr).contains("/dev/full: No space left"),
            "{run:?}"
        );
    }
    folder.extract(0);
    let old = folder.read("out/quotes.csv");
    let many: String = (0..400)
        .map(|i| format!("{{\"text\":\"“It is {i},” said Ana Costa of the harbour.\"}}\n"))
        .collect();
    folder.write("in/b.jsonl", many.as_bytes());
    // The shell stops files at 64 blocks; the signal that would end the program is ignored, so that writing fails.
    let script = format!(
        "trap '' XFSZ; ulimit -f 32; exec {:?} extract in -o out",
        env!("CARGO_BIN_EXE_onrecord")
    );
    let run = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(&folder.0)
        .output()
        .expect("bash runs");
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("out/quotes.csv: File too large"),
        "{run:?}"
    );
    assert_eq!(folder.read("out/quotes.csv"), old);
    assert_eq!(folder.names("out"), ["claims.csv", "documents.csv", "quotes.csv"]);
    // A workbook is written through temporary files elsewhere, too.
    for blocks in ["8", "32"] {
        let run = std::process::Command::new("bash")
            .args([
                "-c",
                &script
                    .replace("ulimit -f 32", &format!("ulimit -f {blocks}"))
                    .replace("-o out", "-o book.xlsx"),
            ])
            .current_dir(&folder.0)
            .output()
            .expect("bash runs");
        assert_eq!(run.status.code(), Some(1), "{run:?}");
        assert!(
            String::from_utf8_lossy(&run.stderr).starts_with("onrecord: book.xlsx: "),
            "{run:?}"
        );
    }
    assert_eq!(folder.names("."), ["in", "out"]);
}

#[cfg(unix)]
#[test]
fn a_killed_or_interrupted_run_leaves_the_old_output_and_the_next_one_clears_up() {
    let folder = Folder::with("killed", &[("in/a.txt", TEXT)]);
    folder.extract(0);
    let old = folder.read("out/quotes.csv");
    for signal in ["-KILL", "-INT", "-TERM", "-HUP"] {
        let mut child = folder
            .program()
            .args(["extract", "in", "-", "-o", "out"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let until = Instant::now() + Duration::from_secs(120);
        while folder.names("out").len() < 6 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(folder.names("out").len(), 6, "it writes beside the old files");
        let kill = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.expect("kill runs").success());
        assert!(!child.wait().expect("it ends").success());
        assert_eq!(folder.read("out/quotes.csv"), old);
        folder.extract(0);
        assert_eq!(folder.names("out"), ["claims.csv", "documents.csv", "quotes.csv"]);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let lines = format!("{}\n", serde_json::json!({"text": ARTICLE})).repeat(3000);
    let folder = Folder::with("closed", &[("in.jsonl", lines.as_bytes())]);
    let mut program = folder.program();
    program
        .args(["extract", "in.jsonl", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = program.spawn().expect("it runs");
    let mut begin = [0; 100];
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_exact(&mut begin)
        .expect("it writes");
    let run = child.wait_with_output().expect("it ends");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(run.stderr.is_empty(), "{run:?}");
}

#[test]
fn an_output_that_cannot_be_is_told_before_any_work() {
    let folder = Folder::with("no-output", &[("in/a.txt", TEXT), ("file", b"x")]);
    for (out, remedy) in [
        ("missing/out", "make it first"),
        ("file", "name a folder"),
        ("t.csv", "--table"),
        ("no/b.xlsx", "No such"),
    ] {
        let run = folder.run(&["extract", "in", "-o", out]);
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains(remedy), "{run:?}");
    }
    for place in [&["-o", "-"][..], &["-o", "name"], &[]] {
        let run = folder.run(&[&["extract", "in", "--format", "xlsx"], place].concat());
        assert_eq!(run.status.code(), Some(2), "{run:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains(".xlsx"), "{run:?}");
    }
    assert_eq!(folder.read("file"), "x");
}

#[cfg(unix)]
#[test]
fn an_output_that_is_a_link_stays_one_and_a_pipe_is_written_to() {
    let folder = Folder::with("linked-output", &[("in/a.txt", TEXT), ("elsewhere/q.csv", b"")]);
    std::fs::create_dir(folder.path("out")).expect("a folder");
    std::os::unix::fs::symlink("../elsewhere/q.csv", folder.path("out/quotes.csv")).expect("a link");
    folder.extract(0);
    assert!(std::fs::read_link(folder.path("out/quotes.csv")).is_ok());
    assert!(folder.read("elsewhere/q.csv").contains("Ana Costa"));
    assert_eq!(folder.names("elsewhere"), ["q.csv"]);
    let run = folder.run(&["extract", "in", "-o", "/dev/stdout", "-q"]);
    assert!(String::from_utf8_lossy(&run.stdout).starts_with("id,"), "{run:?}");
}

#[test]
fn output_inside_the_input_is_not_read_as_input() {
    let folder = Folder::with("inside", &[("a.txt", TEXT)]);
    let commands: [&[&str]; 3] = [
        &["extract", ".", "-o", "out", "--sentences"],
        &["extract", ".", "-o", "json", "--format", "jsonl", "--sentences"],
        &["extract", ".", "-o", "book.xlsx"],
    ];
    commands.iter().for_each(|command| _ = folder.run(command));
    let mut table = folder.table("out/quotes.csv");
    table.set(0, "verdict", "right");
    folder.write("out/quotes.csv", table.csv(b';').as_bytes());
    let scored = folder.run(&["score", "--gold", "out", "out", "-o", "score.csv"]);
    assert_eq!(scored.status.code(), Some(0), "{scored:?}");
    let streamed = folder.run_with_input(&["stream"], serde_json::json!({"text": ARTICLE}).to_string().as_bytes());
    folder.write("rows.jsonl", &streamed.stdout);
    let first = folder.read("out/documents.csv");
    commands.iter().for_each(|command| _ = folder.run(command));
    assert_eq!(folder.read("out/documents.csv"), first);
    assert_eq!(folder.table("out/documents.csv").rows.len(), 1);
}

#[test]
fn the_same_text_under_two_names_is_said() {
    let folder = Folder::with("same-text", &[("in/a.txt", TEXT), ("in/b.txt", TEXT)]);
    folder.extract(0);
    assert_eq!(folder.table("out/documents.csv").column("same_text_as"), ["", "a.txt"]);
}

#[test]
fn a_hundred_thousand_speakers_are_no_burden() {
    let names: String = (0..100_000u32)
        .map(|i| format!("Ada{i} Moor{i},Moor{i};A. Moor{i}\n"))
        .collect();
    let folder = Folder::with(
        "many-speakers",
        &[("in.txt", TEXT), ("s.csv", format!("name,aliases\n{names}").as_bytes())],
    );
    let run = folder.run(&["extract", "in.txt", "-o", "-", "--speakers", "s.csv"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&run.stdout).contains("Ana Costa"), "{run:?}");
}

#[test]
fn a_page_nested_too_deep_is_read_in_one_pass() {
    let deep = format!(
        "<html><body>{}<p>“We are glad,” said Ana Costa.</p>",
        "<div>".repeat(100_000)
    );
    let folder = Folder::with("deep", &[("in/a.html", deep.as_bytes())]);
    folder.extract(0);
    assert!(folder.table("out/documents.csv").cell(0, "reason").contains("nested"));
    assert_eq!(folder.table("out/quotes.csv").rows.len(), 1);
}

#[test]
fn pages_that_hide_how_deep_they_are_end_all_the_same() {
    let end = "<p>“We are glad,” said Ana Costa.</p>";
    let repeated = |tags: &str| format!("<html><body>{}{end}", tags.repeat(100_000));
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=x")).collect();
    let bold: String = (0..300).map(|i| format!("<b id={i}>")).collect();
    let pages = [
        ("in/ends-of-nothing.html", repeated("<div></span>")),
        ("in/close-themselves.html", repeated("<div/>")),
        ("in/crossed.html", repeated("<span><div></span></div>")),
        ("in/in-a-drawing.html", format!("{end}{}", repeated("<svg><td>"))),
        ("in/attributes.html", format!("<html><body><p{attributes}>{end}")),
        (
            "in/bold.html",
            format!("<html><body><p>{bold}{}{end}", "<p>x".repeat(20_000)),
        ),
    ];
    let folder = Folder::new("hidden-depth");
    pages
        .iter()
        .for_each(|(name, page)| folder.write(name, page.as_bytes()));
    folder.extract(0);
    let table = folder.table("out/documents.csv");
    assert!(
        table.column("reason").iter().all(|reason| !reason.is_empty()),
        "{table:?}"
    );
    assert_eq!(folder.table("out/quotes.csv").rows.len(), pages.len());
}

#[test]
fn packed_files_stop_at_the_limit_and_damaged_ones_give_no_rows() {
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    };
    let bomb = packed(&vec![b' '; 80 << 20]);
    let mut word = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    word.start_file("word/document.xml", zip::write::SimpleFileOptions::default())
        .and_then(|()| Ok(word.write_all(&vec![b' '; 80 << 20])?))
        .expect("an entry");
    let word = word.finish().expect("memory").into_inner();
    let lines = format!("{}\n", serde_json::json!({"text": ARTICLE})).repeat(2000);
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 9].to_vec();
    let folder = Folder::with(
        "packed",
        &[
            ("in/a.txt.gz", &bomb),
            ("in/b.txt.gz", &cut(packed(TEXT))),
            ("in/c.jsonl.gz", &cut(packed(lines.as_bytes()))),
            ("in/d.jsonl.gz", &bomb),
            ("in/e.gz", TEXT),
            ("in/f.docx", &word),
            ("in/g.docx", &word[..word.len() / 2]),
        ],
    );
    folder.extract(3);
    let table = folder.table("out/documents.csv");
    assert_eq!(
        table.column("status"),
        ["skipped", "failed", "failed", "failed", "read", "failed", "failed"],
        "{table:?}"
    );
    assert!(table.cell(5, "reason").contains("--max-bytes"), "{table:?}");
    assert!(table.cell(6, "reason").starts_with("corrupt"), "{table:?}");
    assert!(table.cell(1, "reason").starts_with("corrupt") && table.cell(2, "reason").starts_with("corrupt"));
    let quotes = folder.table("out/quotes.csv");
    assert!(quotes.column("document").iter().all(|name| *name == "e.gz"));
}

#[test]
fn no_cell_runs_as_a_formula_and_text_comes_back() {
    let text = "“=HYPERLINK(1),” said Ana Costa. “+1 is it,” she said. “@all,” she said.\n";
    let names = ["=cmd.txt", "+1.txt", "@x.txt", "10-20.txt"];
    let folder = Folder::new("formulas");
    names
        .iter()
        .for_each(|name| folder.write(&format!("in/{name}"), text.as_bytes()));
    folder.write("s.csv", b"name,aliases\n=1+1 Costa,Ana Costa\n");
    folder.run(&["extract", "in", "-o", "out", "--speakers", "s.csv", "--sentences"]);
    for file in ["out/quotes.csv", "out/documents.csv", "out/sentences.csv"] {
        let table = folder.table(file);
        for cell in table.rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{file}: {cell}");
        }
    }
    let table = folder.table("out/documents.csv");
    assert_eq!(
        table.column("document"),
        ["'+1.txt", "10-20.txt", "'=cmd.txt", "'@x.txt"]
    );
    folder.run(&["extract", "in", "-o", "book.xlsx", "--speakers", "s.csv"]);
    let sheet = first_sheet(&folder, "book.xlsx");
    assert!(!sheet.contains("<f>") && sheet.contains("=1+1 Costa"));
    for made_to_review_in in ["state=\"frozen\"", "<autoFilter", "<dataValidation type=\"list\""] {
        assert!(sheet.contains(made_to_review_in), "{made_to_review_in}");
    }
}

#[cfg(unix)]
#[test]
fn file_names_of_every_kind_stay_distinct() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("names");
    for name in [
        &b"a\xff.txt"[..],
        b"a\xfe.txt",
        "café.txt".as_bytes(),
        b"line\nbreak.txt",
        b"-dash.txt",
        b"esc\x1b.txt",
        b"two  spaces.txt",
        b"two spaces.txt",
    ] {
        let path = folder.0.join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, TEXT).expect("a file");
    }
    let table = documents(&folder, &["."]);
    let wanted = [
        "-dash.txt",
        "a\\xfe.txt",
        "a\\xff.txt",
        "café.txt",
        "esc\\u{1b}.txt",
        "line\\u{a}break.txt",
        "two  spaces.txt",
        "two spaces.txt",
    ];
    assert_eq!(table.column("document"), wanted);
    let run = folder.run(&["extract", "-o", "-", "--", "-dash.txt"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
}

#[test]
fn two_runs_at_once_leave_one_whole_result() {
    let folder = Folder::with(
        "at-once",
        &[("one/a.txt", TEXT), ("two/b.txt", TEXT), ("two/c.txt", TEXT)],
    );
    let start = |input: &str| {
        let mut program = folder.program();
        program
            .args(["extract", input, "-o", "out", "-q"])
            .spawn()
            .expect("it runs")
    };
    std::fs::create_dir(folder.path("out")).expect("a folder");
    for _ in 0..5 {
        let mut runs = [start("one"), start("two")];
        runs.iter_mut()
            .for_each(|run| assert!(run.wait().expect("it ends").success()));
        let documents = folder.table("out/documents.csv").column("document").concat();
        let quotes = folder.table("out/quotes.csv");
        assert!(
            quotes.column("document").iter().all(|name| documents.contains(name)),
            "{documents}"
        );
        assert_eq!(folder.names("out"), ["claims.csv", "documents.csv", "quotes.csv"]);
    }
}

#[test]
fn language_time_zone_and_home_have_no_effect() {
    let folder = Folder::with("environment", &[("in/a.txt", TEXT)]);
    folder.extract(0);
    let first = folder.read("out/quotes.csv");
    let mut program = folder.program();
    program
        .env_clear()
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("TZ", "Asia/Tokyo")
        .args(["extract", "in", "-o", "out"]);
    assert!(program.output().expect("it runs").status.success());
    assert_eq!(folder.read("out/quotes.csv"), first);
}

#[test]
fn json_lines_of_every_kind_are_read_or_listed() {
    let long = format!("{{\"id\":\"long\",\"text\":\"{}\"}}", "word ".repeat(300_000));
    let deep = "[".repeat(100_000);
    let lines = format!(
        "\u{feff}{{\"id\":\"a\",\"text\":\"One here.\"}}\r\n{{\"text\":{deep}\r\n{{\"id\":\"b\"}}\n{long}\n{{\"id\":\"a\",\"text\":\"Again.\"}}\n\
         {{\"text\":\"No id.\"}}\n{{\"id\":\"c\",\"text\":\"Last.\"}}"
    );
    let folder = Folder::with("json", &[("in.jsonl", lines.as_bytes())]);
    let table = documents(&folder, &["in.jsonl", "--id-column", "id", "--max-bytes", "1000000"]);
    assert_eq!(
        table.column("status"),
        ["read", "failed", "failed", "failed", "failed", "failed", "read"],
        "{table:?}"
    );
    assert_eq!(
        table.column("document"),
        ["a", "in.jsonl:2", "b", "in.jsonl:4", "a", "in.jsonl:6", "c"]
    );
}

#[test]
fn an_open_quotation_mark_in_a_table_does_not_swallow_memory() {
    let csv = format!("id,text\na,One here.\nb,\"{}", "word, word\n".repeat(200_000));
    let folder = Folder::with("open-mark", &[("in.csv", csv.as_bytes())]);
    let table = documents(&folder, &["in.csv", "--max-bytes", "100000", "--id-column", "id"]);
    assert_eq!(table.column("status"), ["read", "failed"]);
    assert!(table.cell(1, "reason").contains("left open"), "{table:?}");
}

#[test]
fn a_workbook_cuts_cells_that_are_too_long_and_says_so() {
    let text = format!("“We saw {}boats,” said Ana Costa.\n", "very many ".repeat(5_000));
    let folder = Folder::with("long-cell", &[("in/a.txt", text.as_bytes())]);
    let run = folder.run(&["extract", "in", "-o", "book.xlsx"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let sheet = first_sheet(&folder, "book.xlsx");
    assert!(sheet.contains("[…cut]"));
}

#[test]
fn strict_turns_unread_documents_into_a_failure() {
    let folder = Folder::with("strict", &[("in/a.txt", b"\0\x01\x02")]);
    assert_eq!(
        folder.run(&["extract", "in", "-o", "out", "--strict"]).status.code(),
        Some(1)
    );
    assert_eq!(folder.table("out/documents.csv").column("reason"), ["binary"]);
}
