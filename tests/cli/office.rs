//! A real spreadsheet program opens the tables, saves them, and nothing is lost. Runs where LibreOffice is installed; where the
//! environment says CI, its absence is a failure.

use super::{ARTICLE, Folder};
use std::process::Command;

fn has_office() -> bool {
    let found = Command::new("soffice").arg("--version").output().is_ok();
    assert!(
        found || std::env::var("CI").as_deref() != Ok("true"),
        "soffice is not installed; see .ci/run"
    );
    found
}

/// Opens a file and saves it in another format.
fn convert(folder: &Folder, file: &str, to: &str, filter: &str) {
    let profile = format!("-env:UserInstallation=file://{}", folder.path("profile").display());
    let mut office = Command::new("soffice");
    office.args([
        &profile,
        "--headless",
        "--infilter=CSV:44,34,76,1",
        "--convert-to",
        &format!("{to}:{filter}"),
    ]);
    let run = office
        .args(["--outdir", "saved", file])
        .current_dir(&folder.0)
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{run:?}");
}

#[test]
fn libreoffice_saves_tables_that_are_read_back() {
    if !has_office() {
        return;
    }
    let text = format!("{ARTICLE}\n“=1+1 is two,” said Ana Costa. “10-20,” she said. About 1/5 of 1,200 boats left.\n");
    let folder = Folder::with(
        "office",
        &[("in/a.txt", text.as_bytes()), ("in/=cmd.txt", text.as_bytes())],
    );
    folder.extract(0);
    let mut table = folder.table("out/quotes.csv");
    table.add_column("mine");
    table.set(0, "verdict", "right");
    table.set(0, "note", "naïve – “yes”");
    table.set(0, "mine", "kept");
    folder.write("out/quotes.csv", format!("\u{feff}{}", table.csv(b',')).as_bytes());
    let formats = [
        ("csv", "Text - txt - csv (StarCalc):59,34,76,1"),
        ("csv", "Text - txt - csv (StarCalc):9,34,65535,1"),
        ("csv", "Text - txt - csv (StarCalc):44,34,1,1"),
    ];
    for (ending, filter) in formats {
        convert(&folder, "out/quotes.csv", ending, filter);
        std::fs::rename(folder.path("saved/quotes.csv"), folder.path("out/quotes.csv")).expect("it was saved");
        folder.extract(0);
        let now = folder.table("out/quotes.csv");
        assert_eq!(now.header, table.header, "{filter}");
        assert_eq!(now.rows, table.rows, "{filter}");
    }
    folder.run(&["extract", "in", "-o", "book.xlsx"]);
    let before = folder.run(&["score", "--gold", "out", "out", "-o", "-"]).stdout;
    convert(&folder, "book.xlsx", "xlsx", "Calc MS Excel 2007 XML");
    std::fs::rename(folder.path("saved/book.xlsx"), folder.path("book.xlsx")).expect("it was saved");
    let after = folder.run(&["score", "--gold", "out", "book.xlsx", "-o", "-"]);
    assert_eq!(after.stdout, before, "{after:?}");
    // Who saves the table as a workbook can go on with that.
    convert(&folder, "out/quotes.csv", "xlsx", "Calc MS Excel 2007 XML");
    std::fs::rename(folder.path("saved/quotes.xlsx"), folder.path("mine.xlsx")).expect("it was saved");
    for _ in 0..2 {
        let run = folder.run(&["extract", "in", "-o", "mine.xlsx"]);
        assert!(
            String::from_utf8_lossy(&run.stderr).contains("1 reviewed rows carried over"),
            "{run:?}"
        );
    }
    let now = folder.run(&["score", "--gold", "mine.xlsx", "out", "-o", "-"]);
    assert_eq!(now.stdout, before, "{now:?}");
}
