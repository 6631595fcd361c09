//! The commands and what they write.

use super::{ARTICLE, Folder, Table};

#[test]
fn a_folder_of_articles_gives_three_tables() {
    let folder = Folder::with(
        "three-tables",
        &[
            ("in/b.txt", ARTICLE.as_bytes()),
            ("in/a.md", ARTICLE.as_bytes()),
            ("in/.hidden.txt", ARTICLE.as_bytes()),
        ],
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
    let folder = Folder::with("own-output", &[("a.txt", ARTICLE.as_bytes())]);
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

/// Articles that differ, a long file between them: a thread that reads the next one keeps the room of the last.
#[test]
fn any_number_of_jobs_gives_the_same_rows_of_files() {
    let articles = [
        "street-trees-study",
        "rail-guards-strike",
        "yard-sign-ruling",
        "warehouse-fire",
    ];
    let article = |name| {
        let path = format!("{}/fixtures/articles/{name}/article.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("it is there")
    };
    let folder = Folder::new("jobs-of-files");
    for i in 0..40 {
        let text = article(articles[i % articles.len()]);
        let times = if i == 20 { 40 } else { 1 + i % 3 };
        folder.write(&format!("in/{i}.txt"), &text.repeat(times)[i..]);
    }
    for jobs in ["1", "2", "5"] {
        folder.run(&["extract", "in", "-o", jobs, "--jobs", jobs, "--sentences"]);
        for table in ["documents.csv", "sentences.csv", "quotes.csv", "claims.csv"] {
            let rows = folder.read(&format!("{jobs}/{table}"));
            assert_eq!(rows, folder.read(&format!("1/{table}")), "{jobs} {table}");
            assert!(rows.len() > 1000, "{table}");
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

#[test]
fn cells_are_the_words_at_their_positions() {
    let text = "\u{feff}Ein Haus\r\n\r\n“Grün ist\r\nschön,” said Zoë 🙂 Weiß. She paid 40 pounds.\r\n";
    let folder = Folder::with("positions", &[("in/a.txt", text.as_bytes())]);
    folder.extract(0);
    let chars: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
    let tables = [("out/quotes.csv", "quote"), ("out/claims.csv", "figure")];
    for (file, column) in tables {
        let table = folder.table(file);
        for row in 0..table.rows.len() {
            let at = |name: &str| table.cell(row, name).parse::<usize>().expect("a position");
            let words: String = chars[at("start_char")..at("end_char")].iter().collect();
            let one_line = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(table.cell(row, column), one_line);
        }
    }
    assert!(!folder.table("out/quotes.csv").rows.is_empty());
}

#[test]
fn without_an_output_a_short_table_goes_to_the_terminal() {
    let text = format!("{ARTICLE}\n“Stop\u{1b}[31m it,” said Ana Costa.\n");
    let folder = Folder::with("terminal", &[("bad\u{1b}[2J.txt", text.as_bytes())]);
    let run = folder.run(&["extract", "."]);
    let shown = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(shown.contains("Ana Costa"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no control character reaches the terminal");
    assert!(shown.contains("\\u{1b}[2J.txt"));
}

#[test]
fn one_table_goes_to_standard_output_plain() {
    let folder = Folder::with("plain", &[("a.txt", ARTICLE.as_bytes())]);
    for (table, column) in [
        ("quotes", "quote"),
        ("claims", "figure"),
        ("sentences", "text"),
        ("documents", "status"),
    ] {
        let run = folder.run(&["extract", "a.txt", "-o", "-", "--table", table, "-q"]);
        let text = String::from_utf8(run.stdout).expect("UTF-8");
        assert!(
            text.starts_with("id,") || text.starts_with("document,"),
            "no byte-order mark"
        );
        Table::of(&text).column(column);
        assert!(run.stderr.is_empty());
        let run = folder.run(&["extract", "a.txt", "-o", "-", "--table", table, "--format", "jsonl"]);
        for line in String::from_utf8(run.stdout).expect("UTF-8").lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("an object");
            assert!(row.get(column).is_some());
        }
    }
}

#[test]
fn several_folders_keep_their_names_apart() {
    let files: Vec<(&str, &[u8])> = ["one/x/a.txt", "two/x/a.txt", "b/a.txt"]
        .map(|name| (name, ARTICLE.as_bytes()))
        .to_vec();
    let folder = Folder::with("several", &files);
    let run = folder.run(&["extract", "one/x", "two/x", "b", "-o", "-", "--table", "documents"]);
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert_eq!(table.column("document"), ["b/a.txt", "one/x/a.txt", "two/x/a.txt"]);
}

#[test]
fn files_from_a_list_are_read() {
    let folder = Folder::with("list", &[("a.txt", ARTICLE.as_bytes()), ("-b.txt", ARTICLE.as_bytes())]);
    for list in ["a.txt\r\n./-b.txt\n", "a.txt\0./-b.txt"] {
        let run = folder.run_with_input(
            &["extract", "--files-from", "-", "-o", "-", "--table", "documents"],
            list.as_bytes(),
        );
        let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
        assert_eq!(table.column("document"), ["-b.txt", "a.txt"]);
    }
}

#[test]
fn a_stream_gives_the_same_rows_however_it_is_cut() {
    let line = |i: usize| match i % 10 {
        9 => "not json\n".to_owned(),
        8 => "{\"id\":\"x\"}\n".to_owned(),
        7 => format!("{{\"text\":\"No id {i}.\"}}\n"),
        _ => format!("{{\"id\":\"d{i}\",\"text\":\"“It is {i} now,” said Ana Costa.\"}}\n"),
    };
    let lines: Vec<String> = (0..170).map(line).collect();
    let folder = Folder::new("stream");
    let streamed = |parts: usize| -> String {
        let run = |part: &[String]| {
            let run = folder.run_with_input(&["stream", "--quiet"], part.concat().as_bytes());
            assert_eq!(run.status.code(), Some(0), "{run:?}");
            String::from_utf8(run.stdout).expect("UTF-8")
        };
        lines.chunks(lines.len().div_ceil(parts)).map(run).collect()
    };
    let whole = streamed(1);
    assert_eq!(streamed(3), whole);
    assert_eq!(streamed(17), whole);
    assert_eq!(whole.matches("\"status\":\"failed\"").count(), 34);
}

#[test]
fn speakers_are_added_and_bad_rows_are_refused_by_line() {
    let folder = Folder::with(
        "speakers",
        &[
            ("a.txt", ARTICLE.as_bytes()),
            (
                "good.csv",
                b"name,aliases,role,note\nAna Maria Costa,Ana Costa,harbour master,\nBo,,,x.*(\n",
            ),
            ("bad.csv", b"name,aliases\nAna Costa,Costa\nBo Lee,L\n"),
            ("shared.csv", b"name,aliases\nAna Costa,the boss\nBo Lee,the boss\n"),
            (
                "excel.csv",
                b"name;aliases;role\r\nAna Maria Costa;\"Ana Costa;Costa\";harbour master\r\n",
            ),
        ],
    );
    let run = folder.run(&[
        "extract",
        "a.txt",
        "-o",
        "-",
        "--speakers",
        "excel.csv",
        "--only-roster",
    ]);
    assert!(
        String::from_utf8_lossy(&run.stdout).contains("Ana Maria Costa"),
        "{run:?}"
    );
    let many: String = (0..40).map(|i| format!("Ana Costa{i},the boss\n")).collect();
    folder.write("many.csv", format!("name,aliases\n{many}").as_bytes());
    let run = folder.run(&["extract", "a.txt", "-o", "-", "--speakers", "many.csv"]);
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(told.lines().count() < 15 && told.contains("more of the kind"), "{told}");
    let run = folder.run(&["extract", "a.txt", "-o", "-", "--speakers", "good.csv", "--only-roster"]);
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert!(!table.rows.is_empty());
    assert!(
        table
            .column("speaker")
            .iter()
            .all(|speaker| *speaker == "Ana Maria Costa"),
        "{table:?}"
    );
    let run = folder.run(&["extract", "a.txt", "-o", "out", "--speakers", "bad.csv"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("bad.csv:3: column \"aliases\""),
        "{run:?}"
    );
    let run = folder.run(&["extract", "a.txt", "-o", "-", "--speakers", "shared.csv"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&run.stderr).contains("shared.csv:3"), "{run:?}");
}

#[test]
fn seeds_are_checked_and_bad_ones_named() {
    let folder = Folder::with("check-seeds", &[("bad/words.csv", b"word,classes\nthe,nonsense\n")]);
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    assert_eq!(folder.run(&["check-seeds", seeds]).status.code(), Some(0));
    let run = folder.run(&["check-seeds", "bad"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("words.csv:2: column \"classes\""),
        "{run:?}"
    );
    let rules = "rule,example,finds,never,note\nsentences/no-such-rule,One. Two.,One.,Three,\n";
    folder.write("odd/rules.csv", rules.as_bytes());
    assert_eq!(folder.run(&["check-seeds", "odd"]).status.code(), Some(1));
}

#[test]
fn completions_are_written_for_each_shell() {
    let folder = Folder::new("completions");
    for shell in ["bash", "zsh", "fish"] {
        let run = folder.run(&["completions", shell]);
        assert!(String::from_utf8_lossy(&run.stdout).contains("extract"), "{shell}");
    }
}

#[test]
fn the_articles_of_this_project_are_read_without_a_fault() {
    let folder = Folder::new("fixtures");
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
    let run = folder.run(&["extract", articles, "-o", "out"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(folder.table("out/documents.csv").rows.len() >= 12);
}
