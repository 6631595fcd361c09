//! Every format and encoding gives the rows that plain text gives.

use super::{ARTICLE, Folder, Table};
use std::io::Write;

/// The words of the quotations, which a format must not change.
fn quotes(folder: &Folder, path: &str, arguments: &[&str]) -> Vec<String> {
    let run = folder.run(&[&["extract", path, "-o", "-"], arguments].concat());
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    table.column("quote").into_iter().map(str::to_owned).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A page of that article, with everything around it that is no article.
fn page() -> String {
    let paragraph = |text: &str| format!("<p>{}</p>", text.replace('“', "&#8220;").replace('”', "&rdquo;"));
    let paragraphs: String = ARTICLE.split("\n\n").skip(1).map(|p| paragraph(p.trim())).collect();
    format!(
        "<!DOCTYPE html><html><head><title>Harbour opens again</title><meta property=\"og:site_name\" content=\"The Quay\">\
         <meta property=\"article:published_time\" content=\"2026-03-04\"><meta name=\"author\" content=\"Li Wren\">\
         <style>p {{ color: red }}</style><script>var x = '<p>“Not this,” said Script.</p>';</script></head><body>\
         <nav><ul><li><a href=/>“Home,” said Menu.</a></li></ul></nav><!-- <p>“No,” said Comment.</p> -->\
         <article><h1>Harbour opens again</h1>{paragraphs}\
         <figure><img src=x><figcaption>“A boat,” said Caption.</figcaption></figure></article>\
         <template><p>“Nor this,” said Template.</p></template></body></html>"
    )
}

fn word_document() -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let deleted = "<w:p><w:del><w:r><w:delText>“Gone,” said Nobody.</w:delText></w:r></w:del></w:p>";
    let paragraphs: String = ARTICLE.split("\n\n").map(|p| paragraph(p.trim())).collect();
    let body = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{paragraphs}{deleted}</w:body></w:document>"
    );
    let core = "<cp:coreProperties xmlns:cp=\"a\" xmlns:dc=\"b\"><dc:title>Harbour &amp; quay</dc:title>\
                <dc:creator>Li Wren</dc:creator></cp:coreProperties>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("../../evil.txt", "x"),
        ("word/document.xml", &*body),
        ("docProps/core.xml", core),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("an entry");
        archive.write_all(text.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

#[test]
fn every_format_gives_the_same_quotations() {
    let text = ARTICLE.as_bytes();
    let json = serde_json::json!({"id": "x", "text": ARTICLE, "outlet": "The Quay"}).to_string() + "\n";
    let csv = format!("id;text\nx;\"{ARTICLE}\"\n");
    let page = page();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", text.to_vec()),
        ("a.md", text.to_vec()),
        ("plain-without-ending", text.to_vec()),
        ("a.html", page.clone().into_bytes()),
        ("page-named.txt", page.clone().into_bytes()),
        ("a.docx", word_document()),
        ("word-named.txt", word_document()),
        ("a.jsonl", json.clone().into_bytes()),
        ("a.csv", csv.clone().into_bytes()),
        ("a.txt.gz", packed(text)),
        ("gzip-named.txt", packed(text)),
        ("a.html.gz", packed(page.as_bytes())),
        ("a.docx.gz", packed(&word_document())),
        ("a.jsonl.gz", packed(json.as_bytes())),
        ("a.csv.gz", packed(csv.as_bytes())),
        ("lines-named.txt", json.clone().into_bytes()),
        ("lines.json", json.clone().into_bytes()),
        ("lines-named.gz", packed(json.as_bytes())),
        ("table-named.txt", csv.clone().into_bytes()),
        ("table-without-ending", csv.clone().into_bytes()),
        ("page-named.csv", page.clone().into_bytes()),
        ("page-named.jsonl", page.clone().into_bytes()),
        ("word-named.csv", word_document()),
        ("word-named.html", word_document()),
    ];
    let folder = Folder::new("formats");
    let wanted = {
        folder.write("a.txt", text);
        quotes(&folder, "a.txt", &[])
    };
    assert!(wanted.len() >= 3, "{wanted:?}");
    for (name, bytes) in files {
        folder.write(name, &bytes);
        assert_eq!(quotes(&folder, name, &[]), wanted, "{name}");
        let packed_records =
            name.contains("gz") && name.contains("lines") || name.contains("l.gz") || name.contains("v.gz");
        if !packed_records {
            let run = folder.run_with_input(&["extract", "-", "-o", "-"], &bytes);
            let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
            assert_eq!(table.column("quote"), wanted, "{name} by standard input");
        }
    }
    assert!(!folder.path("../../evil.txt").exists());
}

#[test]
fn json_that_is_no_lines_is_refused_with_the_remedy() {
    let list = serde_json::json!([{"text": ARTICLE}, {"text": "One."}]);
    let one = serde_json::to_string_pretty(&serde_json::json!({"text": ARTICLE})).expect("JSON");
    let folder = Folder::with(
        "json-list",
        &[
            ("in/list.json", list.to_string().as_bytes()),
            ("in/one.txt", one.as_bytes()),
            ("in/note.txt", "[Note: this was corrected.]\n{sic}\n".as_bytes()),
        ],
    );
    folder.extract(3);
    let table = folder.table("out/documents.csv");
    assert_eq!(table.column("status"), ["skipped", "read", "skipped"]);
    assert!(table.cell(0, "reason").contains("jq -c"), "{table:?}");
}

#[test]
fn every_encoding_gives_the_same_quotations() {
    let utf16 = |low_first: bool, mark: bool| -> Vec<u8> {
        let text = if mark {
            format!("\u{feff}{ARTICLE}")
        } else {
            ARTICLE.to_owned()
        };
        text.encode_utf16()
            .flat_map(|unit| {
                if low_first {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    let windows = encoding_rs::WINDOWS_1252.encode(ARTICLE).0.into_owned();
    let files = [
        ("utf-8", format!("\u{feff}{ARTICLE}").into_bytes()),
        ("utf-16le", utf16(true, true)),
        ("utf-16be", utf16(false, true)),
        ("utf-16le", utf16(true, false)),
        ("utf-16be", utf16(false, false)),
        ("windows-1252", windows.clone()),
    ];
    let folder = Folder::with("encodings", &[("plain.txt", ARTICLE.as_bytes()), ("w.txt", &windows)]);
    let wanted = quotes(&folder, "plain.txt", &[]);
    for (encoding, bytes) in files {
        folder.write("a.txt", &bytes);
        assert_eq!(quotes(&folder, "a.txt", &[]), wanted, "{encoding}");
        let run = folder.run(&["extract", "a.txt", "-o", "-", "--table", "documents"]);
        let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
        assert_eq!((table.cell(0, "encoding"), table.cell(0, "replaced")), (encoding, "0"));
    }
    assert_eq!(quotes(&folder, "w.txt", &["--encoding", "cp1252"]), wanted);
    assert_eq!(
        folder.run(&["extract", "w.txt", "--encoding", "klingon"]).status.code(),
        Some(2)
    );
}

#[test]
fn what_a_file_says_of_itself_is_in_the_documents_table() {
    let json =
        serde_json::json!({"text": ARTICLE, "headline": "H", "outlet": "O", "author": "A", "date": "2026-03-04"});
    let folder = Folder::with(
        "facts",
        &[
            ("in/page.html", page().as_bytes()),
            ("in/word.docx", &word_document()),
            ("in/z.jsonl", json.to_string().as_bytes()),
        ],
    );
    folder.extract(0);
    let table = folder.table("out/documents.csv");
    let facts = |row: usize| ["title", "outlet", "author", "date"].map(|name| table.cell(row, name).to_owned());
    assert_eq!(facts(0), ["Harbour opens again", "The Quay", "Li Wren", "'2026-03-04"]);
    assert_eq!(facts(1), ["Harbour & quay", "", "Li Wren", ""]);
    assert_eq!(facts(2), ["H", "O", "A", "'2026-03-04"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_the_remedy() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("a.txt", zip::write::SimpleFileOptions::default())
        .expect("an entry");
    let archive = archive.finish().expect("memory").into_inner();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    let book = book.save_to_buffer().expect("memory");
    let files: [(&str, &[u8], &str); 9] = [
        ("in/a.pdf", b"%PDF-1.7 x", "pdftotext"),
        ("in/b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("in/c.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("in/d.txt", b"words\0words", "binary"),
        ("in/e.rtf", b"{\\rtf1 x}", ".docx"),
        ("in/f.txt", &archive, "unpack it"),
        ("in/g.xlsx", &book, "as CSV"),
        ("in/h.csv", b"%PDF-1.7 x", "pdftotext"),
        ("in/i.jsonl", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    ];
    let folder = Folder::with("remedies", &files.map(|(name, bytes, _)| (name, bytes)));
    folder.extract(3);
    let table = folder.table("out/documents.csv");
    for (row, (_, _, remedy)) in files.iter().enumerate() {
        assert_eq!(table.cell(row, "status"), "skipped");
        assert!(table.cell(row, "reason").contains(remedy), "{table:?}");
    }
}

#[test]
fn a_photograph_beside_the_articles_is_listed_and_no_fault() {
    let folder = Folder::with(
        "photograph",
        &[
            ("in/a.txt", ARTICLE.as_bytes()),
            ("in/boat.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ],
    );
    folder.extract(0);
    assert_eq!(folder.table("out/documents.csv").column("status"), ["read", "skipped"]);
}

#[test]
fn rows_of_a_table_that_are_wrong_are_named_and_the_rest_is_read() {
    let csv = format!("id,text\na,\"{ARTICLE}\"\nb\nc,Two words.,more\nd,\"One “word\nand” more.\"\n");
    let folder = Folder::with(
        "uneven",
        &[("in.csv", csv.as_bytes()), ("other.csv", b"id,body\na,x\n")],
    );
    let run = folder.run(&[
        "extract",
        "in.csv",
        "-o",
        "-",
        "--table",
        "documents",
        "--id-column",
        "id",
    ]);
    assert_eq!(run.status.code(), Some(3));
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert_eq!(table.column("status"), ["read", "failed", "failed", "read"]);
    assert!(table.cell(1, "document").starts_with("in.csv:"), "{table:?}");
    let run = folder.run(&["extract", "other.csv", "-o", "-", "--table", "documents"]);
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert!(table.cell(0, "reason").contains("no column \"text\""), "{table:?}");
}

/// The paragraphs of a document, as its sentences give them.
fn paragraphs(folder: &Folder, path: &str) -> Vec<String> {
    let run = folder.run(&["extract", path, "-o", "-", "--table", "sentences", "--format", "jsonl"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let mut paragraphs: Vec<(u64, String)> = Vec::new();
    for line in String::from_utf8(run.stdout).expect("UTF-8").lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("an object");
        let (number, text) = (row["paragraph"].as_u64(), row["text"].as_str().expect("text"));
        match paragraphs.last_mut() {
            Some((last, paragraph)) if Some(*last) == number => *paragraph += &format!(" {text}"),
            _ => paragraphs.push((number.expect("a number"), text.to_owned())),
        }
    }
    let one_line = |text: String| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    paragraphs.into_iter().map(|(_, text)| one_line(text)).collect()
}

#[test]
fn pages_of_every_kind_give_the_text_of_their_article() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages");
    let folder = Folder::new("pages");
    let mut count = 0;
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(pages).expect("the folder is there") {
        let page = entry.expect("an entry").path();
        if page.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(page.with_extension("txt")).expect("the page's text");
        let wanted: Vec<&str> = text
            .trim_end()
            .split("\n\n")
            .filter(|paragraph| !paragraph.starts_with("(missing) "))
            .map(|paragraph| paragraph.strip_prefix("(wrong) ").unwrap_or(paragraph))
            .collect();
        let got = paragraphs(&folder, page.to_str().expect("UTF-8"));
        if got != wanted {
            problems.push(format!("{}:\ngot {got:#?}\nwanted {wanted:#?}", page.display()));
        }
    }
    assert!(count >= 12 && problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_a_page_says_of_itself_is_found_wherever_it_says_it() {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pages");
    let folder = Folder::new("page-facts");
    folder.run(&["extract", pages, "-o", "out"]);
    let table = folder.table("out/documents.csv");
    let facts = |name: &str| {
        let row = table.rows.iter().position(|row| row[0] == name).expect("the page");
        ["title", "outlet", "author", "date", "encoding"].map(|column| table.cell(row, column).to_owned())
    };
    let wanted = [
        (
            "newspaper.html",
            [
                "Ferry line to reopen after nine years",
                "The Skerry Post",
                "Wilma Tarn",
                "'2026-02-11T06:00:00Z",
                "utf-8",
            ],
        ),
        (
            "amp.html",
            [
                "Mill owner promises 60 jobs",
                "Valley Wire",
                "Sefton Grue",
                "'2026-01-20",
                "utf-8",
            ],
        ),
        (
            "json-ld.html",
            [
                "Library bus keeps its round",
                "Harrow Today",
                "Ida Quill",
                "'2026-03-02T08:15:00+00:00",
                "utf-8",
            ],
        ),
        (
            "entities.html",
            ["Café chain ‘sorry’ for £9 sandwich", "", "", "", "utf-8"],
        ),
        ("windows-1252.html", ["Zoll für Käse", "", "", "", "windows-1252"]),
    ];
    for (name, wanted) in wanted {
        assert_eq!(facts(name), wanted, "{name}");
    }
}
