//! Faults that only a test can make: a disk that is full at any byte, and the seeds of the fuzz targets.

use onrecord::batch::{self, Form, Plan, Rows};
use onrecord::error::Error;
use onrecord::laws;
use onrecord::read::{Input, Options};
use onrecord::seeds::Seeds;
use onrecord::tables::Table;
use onrecord::tables::csv::{Dialect, write_header};
use onrecord::tables::output::{Files, Room};
use onrecord::tables::review::Reviews;
use std::path::{Path, PathBuf};

/// A promise about any bytes.
type Law = fn(&[u8]);

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    path
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into())
        .collect();
    names.sort();
    names
}

/// Writes the tables of a plan into a folder with only so much room on the disk.
fn write(plan: &Plan, out: &Path, room: Option<u64>) -> Result<(), Error> {
    let room = room.map(|bytes| Room::new(bytes.into()));
    let mut files = Files::create(out, &plan.tables, "csv", room)?;
    for &table in &plan.tables {
        let mut header = Vec::new();
        write_header(&mut header, table.columns(), &[], Dialect::Spreadsheet);
        files.add(table, &header)?;
    }
    let mut put = |table, rows: &Rows| match rows {
        Rows::Bytes(bytes) => files.add(table, bytes),
        Rows::Cells(..) => Ok(()),
    };
    batch::run(plan, &mut put, &mut |_| ())?;
    files.put_in_place()
}

#[test]
fn a_disk_that_is_full_at_any_byte_leaves_the_old_output() {
    let place = folder("full-at-any-byte");
    std::fs::write(place.join("a.txt"), "“We are glad,” said Ana Costa.").expect("a file");
    let plan = Plan {
        input: Input::Paths(vec![place.join("a.txt")]),
        reading: Options::default(),
        seeds: Seeds::built_in().expect("built-in seeds are right"),
        tables: vec![Table::Quotes, Table::Documents],
        form: Form::Csv(Dialect::Spreadsheet),
        jobs: 1,
        only_roster: false,
        reviews: Reviews::default(),
    };
    let out = place.join("out");
    write(&plan, &out, None).expect("there is room");
    let old = ["quotes.csv", "documents.csv"].map(|name| std::fs::read(out.join(name)).expect("it is there"));
    let bytes: u64 = old.iter().map(|file| file.len() as u64).sum();
    for room in 0..bytes {
        let error = write(&plan, &out, Some(room)).expect_err("the disk is full");
        assert!(error.to_string().contains("no space left"), "{error}");
        let now = ["quotes.csv", "documents.csv"].map(|name| std::fs::read(out.join(name)).expect("it is there"));
        assert!(now == old && names(&out).len() == 2, "with room for {room} bytes");
    }
    write(&plan, &out, Some(bytes)).expect("there is just room enough");
}

#[test]
fn what_goes_out_to_the_disk_ahead_is_whole_in_the_end() {
    let out = folder("synced-ahead");
    let mut files = Files::create(&out, &[Table::Quotes], "csv", None).expect("there is room");
    files.sync_ahead();
    let row = |number: u32| format!("{number:07}\n").repeat(1000);
    let rows = 2500;
    for number in 0..rows {
        files.add(Table::Quotes, row(number).as_bytes()).expect("there is room");
    }
    assert!(!out.join("quotes.csv").exists());
    files.put_in_place().expect("there is room");
    let written = std::fs::read_to_string(out.join("quotes.csv")).expect("it is there");
    assert!(written == (0..rows).map(row).collect::<String>() && names(&out).len() == 1);
}

#[test]
fn the_seeds_of_the_fuzz_targets_keep_every_promise() {
    let targets: [(&str, Law); 4] = [
        ("decode", laws::decode),
        ("html", laws::html),
        ("extract", laws::extract),
        ("review", laws::review),
    ];
    for (target, law) in targets {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
        let files = names(&seeds);
        assert!(!files.is_empty(), "{target} has seeds");
        for file in files {
            let bytes = std::fs::read(seeds.join(&file)).expect("a seed");
            // Each prefix of a seed is a seed too: most faults sit where something ends too early.
            let step = (bytes.len() / 64).max(1);
            for end in (0..=bytes.len()).step_by(step) {
                law(&bytes[..end]);
            }
            law(&bytes);
        }
    }
}
