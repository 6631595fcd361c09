//! A reviewer's work comes back, whatever a spreadsheet made of the table.

use super::{ARTICLE, Folder, Table};
use std::collections::HashMap;

/// A folder with tables, of which the first two quotations are reviewed.
fn reviewed(name: &str) -> (Folder, Table) {
    let folder = Folder::with(name, &[("in/a.txt", ARTICLE.as_bytes())]);
    folder.extract(0);
    let mut table = folder.table("out/quotes.csv");
    assert!(table.rows.len() >= 3, "{table:?}");
    table.add_column("my column");
    table.set(0, "verdict", "right");
    table.set(0, "note", "=SUM(1;2) – naïve");
    table.set(1, "verdict", "wrong");
    table.set(1, "correct_speaker", "Zoë Müller");
    table.set(1, "my column", "10-20");
    (folder, table)
}

/// The reviewer's cells by id.
fn reviews(table: &Table) -> HashMap<String, Vec<String>> {
    let names = ["verdict", "correct_speaker", "note", "review_status", "my column"];
    let row = |row: usize| {
        let cell = |name: &str| table.cell(row, name).trim_start_matches('\'').to_owned();
        (table.cell(row, "id").to_owned(), names.map(cell).to_vec())
    };
    (0..table.rows.len()).map(row).collect()
}

#[test]
fn every_way_to_save_a_table_is_read() {
    let (folder, table) = reviewed("saved");
    let wanted = reviews(&table);
    let mut short = table.clone();
    for row in &mut short.rows {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
    }
    let mut reordered = table.clone();
    reordered.header.reverse();
    reordered.rows.iter_mut().for_each(|row| row.reverse());
    reordered.rows.reverse();
    let mut deleted = table.clone();
    deleted.rows.truncate(2);
    let utf16 = |text: &str| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let windows = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    let mut blank = table.clone();
    blank.rows.insert(0, std::mem::take(&mut blank.header));
    blank.header = vec![String::new(); blank.rows[0].len()];
    let mut mangled = table.clone();
    for row in 0..mangled.rows.len() {
        for (column, cell) in [
            ("confidence", "0,96"),
            ("start_char", "1E+02"),
            ("document", "3. Apr"),
            ("paragraph", ""),
        ] {
            mangled.set(row, column, cell);
        }
    }
    let saved: [(&str, Vec<u8>); 13] = [
        ("comma with mark", marked(&table.csv(b','))),
        ("comma without mark", table.csv(b',').into_bytes()),
        ("semicolon in Windows-1252", windows(&table.csv(b';'))),
        ("tab in UTF-16", utf16(&table.csv(b'\t'))),
        ("carriage returns", table.csv(b',').replace('\n', "\r\n").into_bytes()),
        ("short rows", short.csv(b';').into_bytes()),
        ("columns and rows in another order", reordered.csv(b',').into_bytes()),
        ("rows deleted", deleted.csv(b',').into_bytes()),
        ("numbers and names mangled", mangled.csv(b';').into_bytes()),
        ("a blank row above the header", blank.csv(b';').into_bytes()),
        (
            "a blank line above the header",
            format!("\r\n{}", table.csv(b';')).into_bytes(),
        ),
        (
            "a line that names the delimiter",
            format!("sep=;\r\n{}", table.csv(b';')).into_bytes(),
        ),
        ("old line ends", table.csv(b';').replace('\n', "\r").into_bytes()),
    ];
    for (how, bytes) in saved {
        folder.write("out/quotes.csv", &bytes);
        folder.extract(0);
        assert_eq!(reviews(&folder.table("out/quotes.csv")), wanted, "{how}");
    }
    // What was carried over is carried over again, and no cell runs as a formula.
    let text = folder.read("out/quotes.csv");
    assert!(text.contains(",'=SUM(1;2)"), "{text}");
    folder.extract(0);
    assert_eq!(folder.read("out/quotes.csv"), text);
}

#[test]
fn changed_words_are_stale_and_lost_rows_are_orphans() {
    let (folder, mut table) = reviewed("stale");
    let words = table.cell(0, "quote").to_owned();
    table.set(0, "quote", &format!("{words} indeed"));
    table.set(1, "id", "q-aaaaaaaaaaaaaaaa");
    folder.write("out/quotes.csv", table.csv(b',').as_bytes());
    for _ in 0..2 {
        folder.extract(0);
        let now = folder.table("out/quotes.csv");
        assert_eq!((now.cell(0, "quote"), now.cell(0, "review_status")), (&*words, "stale"));
        let last = now.rows.len() - 1;
        assert_eq!(
            (now.cell(last, "id"), now.cell(last, "review_status")),
            ("q-aaaaaaaaaaaaaaaa", "orphan")
        );
        assert_eq!(now.cell(last, "correct_speaker"), "Zoë Müller");
        assert_eq!(now.cell(last, "quote"), table.cell(1, "quote"));
        assert_eq!(now.rows.len(), table.rows.len() + 1);
    }
}

#[test]
fn two_verdicts_for_one_id_stop_the_run() {
    let (folder, mut table) = reviewed("conflict");
    let mut again = table.rows[0].clone();
    again[table.at("verdict")] = "wrong".to_owned();
    table.rows.push(again);
    let text = table.csv(b',');
    folder.write("out/quotes.csv", text.as_bytes());
    let run = folder.extract(1);
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(
        told.contains("quotes.csv:2") && told.contains(&format!("quotes.csv:{}", table.rows.len() + 1)),
        "{told}"
    );
    assert_eq!(folder.read("out/quotes.csv"), text, "nothing is written");
    table.rows.pop();
    table.rows.push(table.rows[0].clone());
    folder.write("out/quotes.csv", table.csv(b',').as_bytes());
    folder.extract(0);
}

#[test]
fn a_file_that_is_not_ours_is_not_overwritten() {
    let folder = Folder::with(
        "not-ours",
        &[
            ("in/a.txt", ARTICLE.as_bytes()),
            ("out/quotes.csv", b"author,words\nx,y\n"),
        ],
    );
    let run = folder.extract(1);
    assert!(String::from_utf8_lossy(&run.stderr).contains("move it away"), "{run:?}");
    assert_eq!(folder.read("out/quotes.csv"), "author,words\nx,y\n");
    folder.write("book.xlsx", b"not a workbook");
    assert_eq!(folder.run(&["extract", "in", "-o", "book.xlsx"]).status.code(), Some(1));
    assert_eq!(folder.read("book.xlsx"), "not a workbook");
}

#[test]
fn reviews_in_json_lines_and_workbooks_come_back() {
    let folder = Folder::with("other-forms", &[("in/a.txt", ARTICLE.as_bytes())]);
    let arguments = ["extract", "in", "-o", "out", "--format", "jsonl"];
    folder.run(&arguments);
    let text = folder
        .read("out/quotes.jsonl")
        .replacen("\"verdict\":null", "\"verdict\":\"right\",\"mine\":\"x\"", 1);
    folder.write("out/quotes.jsonl", text.as_bytes());
    folder.run(&arguments);
    let now = folder.read("out/quotes.jsonl");
    assert!(
        now.contains("\"verdict\":\"right\"") && now.contains("\"mine\":\"x\""),
        "{now}"
    );

    let run = folder.run(&["extract", "in", "-o", "book.xlsx"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    let first = std::fs::read(folder.path("book.xlsx")).expect("it is there");
    folder.run(&["extract", "in", "-o", "book.xlsx"]);
    assert_eq!(
        std::fs::read(folder.path("book.xlsx")).expect("it is there"),
        first,
        "the same rows are the same bytes"
    );
    review_workbook(&folder);
    let run = folder.run(&["extract", "in", "-o", "book.xlsx"]);
    assert!(
        String::from_utf8_lossy(&run.stderr).contains("1 reviewed rows carried over"),
        "{run:?}"
    );
    let run = folder.run(&["score", "--gold", "book.xlsx", "book.xlsx", "-o", "-"]);
    let table = Table::of(&String::from_utf8(run.stdout).expect("UTF-8"));
    assert_eq!(table.cell(0, "right"), "1", "{table:?}");
}

/// Writes a verdict into the first row of the workbook's quotations, as a spreadsheet program would.
fn review_workbook(folder: &Folder) {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path("book.xlsx")).expect("a workbook");
    let mut copy = rust_xlsxwriter::Workbook::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let sheet = copy.add_worksheet();
        sheet.set_name(&name).expect("a name");
        let verdict = range
            .rows()
            .next()
            .and_then(|row| row.iter().position(|cell| *cell == "verdict"));
        for (i, row) in range.rows().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let reviewed = name == "quotes" && i == 1 && Some(j) == verdict;
                let text = if reviewed { "right".to_owned() } else { cell.to_string() };
                sheet.write_string(i as u32, j as u16, text).expect("a cell");
            }
        }
    }
    copy.save(folder.path("book.xlsx")).expect("it is saved");
}

#[test]
fn a_team_is_told_how_often_rows_are_right() {
    let (folder, mut table) = reviewed("score");
    let speaker = table.cell(1, "speaker").to_owned();
    table.set(1, "correct_speaker", &speaker);
    table.set(2, "verdict", "wrong");
    folder.write("gold.csv", table.csv(b';').as_bytes());
    let run = folder.run(&["score", "--gold", "gold.csv", "out", "-o", "score.csv"]);
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(String::from_utf8_lossy(&run.stdout).contains("precision"));
    let scores = folder.table("score.csv");
    assert_eq!(
        (
            scores.cell(0, "right"),
            scores.cell(0, "wrong"),
            scores.cell(0, "precision")
        ),
        ("2", "1", "0.667")
    );
    for by in ["kind", "rule", "speaker", "confidence"] {
        assert!(scores.column("by").contains(&by));
    }
    assert_eq!(
        folder.run(&["score", "--gold", "out", "out"]).status.code(),
        Some(1),
        "no verdict, no score"
    );
}
