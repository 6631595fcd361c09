//! The articles of `fixtures/articles`: everything that their gold requires is found, and nothing else.
//!
//! Answers known to be wrong are listed in `fixtures/known.csv`. A wrong answer that is not listed fails, and so does a listed
//! one that has become right, so that the list only shrinks. `ONRECORD_UPDATE_KNOWN=1 cargo test --test articles` writes it anew.

mod gold;

use gold::{Words, table};
use onrecord::analyze;
use onrecord::claims::Claim;
use onrecord::seeds::{Row, Seeds, Table};
use onrecord::speakers::Quotation;
use onrecord::text::{Document, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

const QUOTE_COLUMNS: &[&str] = &[
    "required",
    "kind",
    "speaker",
    "speaker_text",
    "resolved_by",
    "cue",
    "quote",
];
const CLAIM_COLUMNS: &[&str] = &[
    "required",
    "figure",
    "values",
    "low",
    "high",
    "comparison",
    "unit",
    "category",
    "what",
    "speaker",
];
const KNOWN_COLUMNS: &[&str] = &["article", "table", "row", "wrong", "gives", "note"];

/// One wrong answer: which, in the order of the columns of `known.csv`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wrong {
    article: String,
    table: &'static str,
    /// The words of the gold's row, or of the tool's where the gold has none.
    row: String,
    /// `missed`, `false`, `trap`, or the column that differs.
    wrong: &'static str,
    /// What the tool gives there.
    gives: String,
}

#[test]
fn the_articles_give_what_their_gold_says() {
    let seeds = Seeds::built_in().expect("built-in seeds are right");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut wrong = Vec::new();
    let mut counts = Vec::new();
    for article in folders(&folder.join("articles")) {
        let article = Article::read(&article);
        let mut checked = article.check(&seeds);
        counts.push(checked.counts());
        wrong.append(&mut checked.wrong);
    }
    number_the_repeated(&mut wrong);
    let known = Known::read(&folder.join("known.csv"));
    if std::env::var_os("ONRECORD_UPDATE_KNOWN").is_some() {
        return known.write(&wrong);
    }
    let problems = known.problems(&wrong);
    assert!(problems.is_empty(), "\n{problems}\n{}", counts.join("\n"));
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).expect("fixtures/articles is there");
    let mut found: Vec<PathBuf> = entries.map(|e| e.expect("a readable folder").path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

/// The words of a row are its name; the second row with the same words is `… #2`.
fn number_the_repeated(wrong: &mut [Wrong]) {
    let mut seen = BTreeMap::new();
    for one in wrong {
        let key = (one.article.clone(), one.table, one.row.clone(), one.wrong);
        let times = seen.entry(key).or_insert(0);
        *times += 1;
        if *times > 1 {
            one.row.push_str(&format!(" #{times}"));
        }
    }
}

/// The list of answers known to be wrong.
struct Known {
    path: PathBuf,
    table: Table,
}

impl Known {
    fn read(path: &Path) -> Known {
        let text = std::fs::read_to_string(path).unwrap_or_else(|_| KNOWN_COLUMNS.join(","));
        let table = table("fixtures/known.csv", &text, KNOWN_COLUMNS);
        let path = path.to_owned();
        Known { path, table }
    }

    /// Wrong answers that are not listed, and listed ones that are right.
    fn problems(&self, wrong: &[Wrong]) -> String {
        let listed: BTreeSet<[&str; 4]> = self.table.rows().map(|row| key_of_row(&row)).collect();
        let found: BTreeSet<[&str; 4]> = wrong.iter().map(key).collect();
        let new = wrong.iter().filter(|w| !listed.contains(&key(w)));
        let new = new.map(|w| format!("wrong: {} | gives {}\n", key(w).join(" | "), w.gives));
        let right = listed.difference(&found);
        let right = right.map(|k| format!("right now, take it off fixtures/known.csv: {}\n", k.join(" | ")));
        new.chain(right).collect()
    }

    /// Writes the list anew; notes are kept.
    fn write(&self, wrong: &[Wrong]) {
        let notes: BTreeMap<[&str; 4], &str> = self
            .table
            .rows()
            .map(|row| (key_of_row(&row), row.get("note")))
            .collect();
        let mut writer = csv::Writer::from_path(&self.path).expect("fixtures/known.csv can be written");
        writer.write_record(KNOWN_COLUMNS).expect("a header");
        for one in wrong {
            let note = notes.get(&key(one)).copied().unwrap_or("");
            let [article, table, row, column] = key(one);
            let row = [article, table, row, column, &one.gives, note];
            writer.write_record(row).expect("a row");
        }
    }
}

fn key(wrong: &Wrong) -> [&str; 4] {
    [&wrong.article, wrong.table, &wrong.row, wrong.wrong]
}

fn key_of_row<'t>(row: &Row<'t>) -> [&'t str; 4] {
    ["article", "table", "row", "wrong"].map(|column| row.get(column))
}

/// An article with its gold.
struct Article {
    name: String,
    document: Document,
    quotes: Table,
    claims: Table,
}

impl Article {
    fn read(folder: &Path) -> Article {
        let name = folder
            .file_name()
            .expect("a folder has a name")
            .to_string_lossy()
            .into_owned();
        let read = |file: &str| std::fs::read_to_string(folder.join(file));
        let markdown = folder.join("article.md").exists();
        let text = read(if markdown { "article.md" } else { "article.txt" }).expect("the article is there");
        let gold = |file: &str, columns| {
            let text = read(file).expect("the gold is there");
            table(&format!("fixtures/articles/{name}/{file}"), &text, columns)
        };
        Article {
            quotes: gold("quotes.csv", QUOTE_COLUMNS),
            claims: gold("claims.csv", CLAIM_COLUMNS),
            document: Document {
                markdown,
                ..Document::new(name.clone(), text)
            },
            name,
        }
    }

    fn check(&self, seeds: &Seeds) -> Checked<'_> {
        let analysis = analyze(&self.document, seeds);
        let mut checked = Checked {
            article: self,
            words: Words::new(&self.document.text),
            wrong: Vec::new(),
            rows: [analysis.quotations.len(), analysis.claims.len()],
            required: [required(&self.quotes), required(&self.claims)],
        };
        checked.quotes(&analysis.quotations);
        checked.claims(&analysis.claims, &analysis.quotations);
        checked
    }

    /// The places of the gold's rows, each searched from the row before: from its start for quotations, which nest, from its
    /// end for figures.
    fn places(&self, gold: &Table, column: &str) -> Vec<Span> {
        let even = Even::new(&self.document.text);
        let mut from = 0;
        let mut places = Vec::new();
        for row in gold.rows() {
            let words = row.get(column);
            let Some(start) = even.text[from..].find(words).map(|at| from + at) else {
                panic!("{}: {column} {words:?} does not stand after the row before", self.name);
            };
            from = if column == "quote" { start } else { start + words.len() };
            places.push(even.place(start..start + words.len()));
        }
        places
    }
}

fn required(gold: &Table) -> usize {
    gold.rows().filter(|row| row.get("required") == "1").count()
}

/// True for a quoted fragment that stands with the words before it which it is said of: (called) the plan “a mess”.
fn leads_to_fragment(row: &Quotation, place: Span, words: &str) -> bool {
    let one_piece = row.verbatim.len() == 1;
    one_piece && row.span.end == place.end && row.span.start < place.start && words.starts_with(['"', '\'', '“', '‘'])
}

/// True for two phrases with the same head noun: the last word before a preposition, "of" at their beginning left aside.
fn same_head(got: &str, gold: &str) -> bool {
    head(got) == head(gold)
}

fn head(phrase: &str) -> String {
    const PREPOSITIONS: &[&str] = &["of", "for", "on", "in", "at", "to", "from", "with", "under", "between"];
    let phrase = phrase.strip_prefix("of ").unwrap_or(phrase);
    let words = phrase
        .split_whitespace()
        .take_while(|word| !PREPOSITIONS.contains(word));
    words.last().unwrap_or("").to_lowercase()
}

/// A text whose white-space runs are one space, and where each byte of it stands in the text itself.
struct Even {
    text: String,
    from: Vec<u32>,
}

impl Even {
    fn new(text: &str) -> Even {
        let mut even = Even {
            text: String::new(),
            from: Vec::new(),
        };
        for (at, c) in text.char_indices() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c == ' ' && even.text.ends_with(' ') {
                continue;
            }
            even.text.push(c);
            even.from.extend((at as u32..).take(c.len_utf8()));
        }
        even.from.push(text.len() as u32);
        even
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.from[range.start], self.from[range.end - 1] + 1)
    }
}

/// The wrong answers on an article, and its counts.
struct Checked<'a> {
    article: &'a Article,
    words: Words,
    wrong: Vec<Wrong>,
    rows: [usize; 2],
    required: [usize; 2],
}

impl Checked<'_> {
    fn counts(&self) -> String {
        let wrong = |table| self.wrong.iter().filter(|w| w.table == table).count();
        format!(
            "{}: quotations {} required, {} rows, {} wrong; claims {} required, {} rows, {} wrong",
            self.article.name,
            self.required[0],
            self.rows[0],
            wrong("quotes"),
            self.required[1],
            self.rows[1],
            wrong("claims"),
        )
    }

    fn quotes(&mut self, quotations: &[Quotation]) {
        let places = self.article.places(&self.article.quotes, "quote");
        let gold: Vec<Range<usize>> = places.iter().map(|&place| self.words.within(place)).collect();
        for ((row, place), words) in self.article.quotes.rows().zip(&places).zip(&gold) {
            if row.get("required") == "1" {
                self.quote(&row, *place, words, quotations);
            }
        }
        let (nothing, _): (Vec<_>, Vec<_>) = quotations.iter().partition(|q| gold::is_false(q, &gold, &self.words));
        for row in nothing {
            let gives = format!("{} by {:?}", row.kind.name(), row.speaker);
            self.wrong("quotes", self.at(row.span), "false", gives);
        }
    }

    fn quote(&mut self, gold: &Row, place: Span, words: &Range<usize>, quotations: &[Quotation]) {
        let name = gold.get("quote").to_owned();
        let Some(row) = gold::best(gold.get("kind"), words, gold.get("speaker"), quotations, &self.words) else {
            let touching = quotations.iter().filter(|q| q.span.overlaps(place));
            let rows: Vec<String> = touching
                .map(|q| format!("{} by {:?}: {}", q.kind.name(), q.speaker, self.at(q.span)))
                .collect();
            return self.wrong("quotes", name, "missed", rows.join(" ¦ "));
        };
        let speaker = row.speaker.clone().unwrap_or_default();
        let (kind, words) = (row.kind.name(), self.at(row.span));
        let right_words = gold.get("kind") == "indirect" || words == name || leads_to_fragment(row, place, &name);
        let got = [
            (
                "kind",
                kind.to_owned(),
                kind == gold.get("kind") || gold.get("kind") == "indirect",
            ),
            ("words", words, right_words),
            ("speaker", speaker.clone(), gold::same(&speaker, gold.get("speaker"))),
        ];
        for (column, gives, right) in got {
            if !right {
                self.wrong("quotes", name.clone(), column, gives);
            }
        }
    }

    fn claims(&mut self, claims: &[Claim], quotations: &[Quotation]) {
        let places = self.article.places(&self.article.claims, "figure");
        for (row, place) in self.article.claims.rows().zip(&places) {
            if row.get("required") == "1" {
                self.claim(&row, *place, claims, quotations);
            }
        }
        for claim in claims {
            let rows = self.article.claims.rows().zip(&places);
            let required: Vec<&str> = rows
                .filter(|(_, place)| claim.span.overlaps(**place))
                .map(|(row, _)| row.get("required"))
                .collect();
            if required.iter().all(|&r| r == "-1") {
                let wrong = if required.is_empty() { "false" } else { "trap" };
                self.wrong("claims", self.at(claim.span), wrong, format!("{:?}", claim.values));
            }
        }
    }

    fn claim(&mut self, gold: &Row, place: Span, claims: &[Claim], quotations: &[Quotation]) {
        let name = gold.get("figure").to_owned();
        let touching = || claims.iter().filter(|c| c.span.overlaps(place));
        let Some(claim) = gold::claim_with_values(gold, place, claims).or_else(|| touching().next()) else {
            return self.wrong("claims", name, "missed", String::new());
        };
        let values = gold::numbers(gold.get("values"));
        let same_values =
            values.len() == claim.values.len() && values.iter().zip(&claim.values).all(|(&a, &b)| gold::close(a, b));
        let bound = |column: &str, got: Option<f64>| match (gold::numbers(gold.get(column)).first(), got) {
            (Some(&wanted), Some(got)) => gold::close(wanted, got),
            (wanted, got) => wanted.is_none() && got.is_none(),
        };
        let speaker = claim
            .quotation
            .and_then(|q| quotations[q].speaker.clone())
            .unwrap_or_default();
        let what = claim.what.map(|w| self.at(w)).unwrap_or_default();
        let (comparison, category) = (claim.comparison.name(), claim.category.name());
        let got = [
            ("values", format!("{:?}", claim.values), same_values),
            ("low", format!("{:?}", claim.low), bound("low", claim.low)),
            ("high", format!("{:?}", claim.high), bound("high", claim.high)),
            (
                "comparison",
                comparison.to_owned(),
                comparison == gold.get("comparison"),
            ),
            ("unit", claim.unit.to_string(), &*claim.unit == gold.get("unit")),
            ("category", category.to_owned(), category == gold.get("category")),
            ("what", what.clone(), same_head(&what, gold.get("what"))),
            ("speaker", speaker.clone(), gold::same(&speaker, gold.get("speaker"))),
        ];
        for (column, gives, right) in got {
            if !right {
                self.wrong("claims", name.clone(), column, gives);
            }
        }
    }

    fn at(&self, span: Span) -> String {
        let words = self.article.document.at(span).split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    fn wrong(&mut self, table: &'static str, row: String, wrong: &'static str, gives: String) {
        let article = self.article.name.clone();
        self.wrong.push(Wrong {
            article,
            table,
            row,
            wrong,
            gives,
        });
    }
}
