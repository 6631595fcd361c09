//! Learns the weights of the speakers stage from annotated articles:
//!
//! ```text
//! cargo run --release --example train -- FOLDER [--hold-out 4] [--out seeds/model.bin]
//! cargo run --release --example train -- FOLDER [--hold-out 4] --confidence seeds/confidence.csv
//! ```
//!
//! The second counts how often rows of each rule and kind are right: of the articles that are not held out, each fifth in turn
//! is read with weights learned from the others.
//!
//! FOLDER holds `text/*.txt` and `attributions/*.ann` (brat standoff: Source, Cue, Content). Of every five articles, in
//! order of name, those with the numbers given are held out (0 to 4, with commas; the last of five unless said; `none` for
//! none). The result is deterministic: fixed order, fixed seed, one thread.

use onrecord::seeds::Seeds;
use onrecord::speakers::Stage;
use onrecord::speakers::features::{Candidate, Content, View};
use onrecord::speakers::frames::Frames;
use onrecord::speakers::model::{Features, Model, SLOTS};
use onrecord::text::Document;
use onrecord::words::{Kind, Page};
use onrecord::{mentions, quotes, sentences};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::path::Path;

/// One annotated attribution, in byte offsets.
#[derive(Debug, Default)]
struct Gold {
    content: Vec<(usize, usize)>,
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
}

/// A choice to learn: among the candidates' features the right one; with one candidate, whether it is right.
struct Lesson {
    candidates: Vec<Vec<u32>>,
    right: usize,
}

/// Where the random orders begin.
const SEEDS: [u64; 6] = [
    0x2545_F491_4F6C_DD1D,
    0x9E37_79B9_7F4A_7C15,
    0xD1B5_4A32_D192_ED03,
    0x8CB9_2BA7_2F3D_8DD7,
    0xAEF1_7502_108E_F2D9,
    0x6C8E_9CF5_7093_2BD5,
];
const EPOCHS: usize = 5;
/// Epochs before this one are too early to keep.
const FIRST_KEPT: usize = 1;
const RATE: f32 = 0.06;
const RARE: u16 = 4;
const DECAY: f32 = 3e-3;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = args.first().ok_or("a folder is wanted")?;
    let option = |name: &str| {
        args.iter()
            .position(|a| a == name)
            .and_then(|i| args.get(i + 1))
            .map(String::as_str)
    };
    let out = option("--out").unwrap_or("seeds/model.bin");
    let numbers = option("--hold-out").unwrap_or("4").split(',');
    let hold_out: Vec<usize> = numbers.filter_map(|n| n.parse().ok()).collect();
    let seeds = Seeds::built_in()?;
    let corpus = read(Path::new(folder))?;
    if let Some(table) = option("--confidence") {
        let table_text = confidence::count(&corpus, &hold_out, &seeds);
        std::fs::write(table, table_text)?;
        return Ok(());
    }
    let model = learn(&corpus, &hold_out, &seeds);
    std::fs::write(out, model.bytes())?;
    Ok(())
}

/// An article: its text and its attributions.
type Article = (String, Vec<Gold>);

/// The articles of a folder, in order of name.
fn read(folder: &Path) -> Result<Vec<Article>, Box<dyn Error>> {
    let articles = articles(folder)?.into_iter();
    articles
        .map(|(stem, text)| {
            let gold = gold(folder, &stem, &text)?;
            Ok((text, gold))
        })
        .collect()
}

/// The weights that articles teach, those whose number modulo five is held out left aside.
fn learn(corpus: &[Article], hold_out: &[usize], seeds: &Seeds) -> Model {
    let mut lessons = Lessons::default();
    for (index, (text, gold)) in corpus.iter().enumerate() {
        if !hold_out.contains(&(index % 5)) {
            lessons.learn_from(text, gold, seeds);
        }
    }
    lessons.report();
    Model::from_weights(&train(&lessons))
}

/// The texts of a folder, sorted by name.
fn articles(folder: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut list = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("text"))? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        list.insert(stem, std::fs::read_to_string(&path)?);
    }
    Ok(list)
}

/// The attributions of an article: those of the first annotator by file name.
fn gold(folder: &Path, stem: &str, text: &str) -> Result<Vec<Gold>, Box<dyn Error>> {
    let mut files: Vec<_> = std::fs::read_dir(folder.join("attributions"))?
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| {
            let name = p.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.strip_prefix(stem)
                .is_some_and(|rest| rest.len() == 9 && rest.starts_with('_') && rest.ends_with(".ann"))
        })
        .collect();
    files.sort();
    let Some(file) = files.first() else {
        return Ok(Vec::new());
    };
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    let mut list = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(body)) = (cells.next(), cells.next()) else {
            continue;
        };
        if id.starts_with('T') {
            let Some((_, offsets)) = body.split_once(' ') else {
                continue;
            };
            let spans = offsets.split(';').filter_map(|s| {
                let (a, b) = s.split_once(' ')?;
                Some((
                    *bytes.get(a.parse::<usize>().ok()?)?,
                    *bytes.get(b.parse::<usize>().ok()?)?,
                ))
            });
            places.insert(id.to_owned(), spans.collect());
        } else if id.starts_with('E') {
            list.push(body.to_owned());
        }
    }
    let mut found = Vec::new();
    for body in list {
        let mut gold = Gold::default();
        for part in body.split(' ') {
            let Some((role, id)) = part.split_once(':') else {
                continue;
            };
            let Some(spans) = places.get(id) else { continue };
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Content" => gold.content.extend(spans),
                "Source" => gold.source.extend(spans),
                "Cue" => gold.cue.extend(spans),
                _ => {}
            }
        }
        if !gold.content.is_empty() {
            found.push(gold);
        }
    }
    Ok(found)
}

/// Words (not marks) that some byte spans touch.
fn words_in(page: &Page, spans: &[(usize, usize)]) -> HashSet<u32> {
    let mut set = HashSet::new();
    for &(start, end) in spans {
        let mut i = page.words.partition_point(|w| (w.end as usize) <= start);
        while i < page.words.len() && (page.words[i].start as usize) < end {
            if counts(page, i) {
                set.insert(i as u32);
            }
            i += 1;
        }
    }
    set
}

fn counts(page: &Page, i: usize) -> bool {
    matches!(
        page.words[i].kind,
        Kind::Letters | Kind::Number | Kind::Clitic | Kind::Handle | Kind::Address
    )
}

#[derive(Default)]
struct Lessons {
    list: Vec<Lesson>,
    /// Cues without an element that can report, by their words.
    unseen: BTreeMap<String, usize>,
    counts: BTreeMap<&'static str, usize>,
}

impl Lessons {
    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn report(&self) {
        say(&format!("{:?}", self.counts));
        let mut unseen: Vec<_> = self.unseen.iter().collect();
        unseen.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        say(&format!("cues not seen: {:?}", &unseen[..unseen.len().min(80)]));
    }

    /// Adds the lessons of one article.
    fn learn_from(&mut self, text: &str, gold: &[Gold], seeds: &Seeds) {
        let document = Document::new("train", text);
        let page = Page::new(&document, &seeds.vocabulary);
        let sentences = sentences::find(&page, seeds);
        let marked = quotes::find(&page, &sentences, seeds);
        let mentions = mentions::find(&page, &sentences, &marked, seeds);
        let frames = Frames::new(&page, &sentences, &marked, &mentions);
        let stage = Stage {
            page: &page,
            marked: &marked,
            mentions: &mentions,
            seeds,
            frames: &frames,
        };
        // Which element each word stands in.
        let mut element_of = vec![0; page.words.len()];
        for (i, e) in frames.elements.iter().enumerate() {
            element_of[e.first as usize..e.end as usize].fill(i);
        }
        let mut frame_of = vec![0; frames.elements.len()];
        for (i, f) in frames.list.iter().enumerate() {
            frame_of[f.elements.clone()].fill(i);
        }
        let mut in_cue: HashSet<usize> = HashSet::new();
        let mut heads: HashSet<usize> = HashSet::new();
        for g in gold {
            self.count("gold");
            let cue_words = words_in_or_marks(&page, &g.cue);
            let elements: Vec<usize> = cue_words.iter().map(|&w| element_of[w]).collect();
            in_cue.extend(&elements);
            let content = words_in(&page, &g.content);
            let source = words_in(&page, &g.source);
            let can: Vec<usize> = elements
                .iter()
                .copied()
                .filter(|&e| stage.view(frame_of[e]).can_report(e))
                .collect();
            // "said:": the verb reports, the colon only where it stands alone.
            let verbs = can.iter().rev().find(|&&e| !stage.view(frame_of[e]).is_colon(e));
            let Some(&head) = verbs.or(can.last()) else {
                if !g.cue.is_empty() {
                    let words: Vec<&str> = g.cue.iter().map(|&(a, b)| &text[a..b]).collect();
                    *self.unseen.entry(words.join(" ").to_lowercase()).or_default() += 1;
                    self.count("cue not seen");
                }
                continue;
            };
            heads.insert(head);
            self.learn_statement(&stage.view(frame_of[head]), head, &content, &source);
        }
        for frame in 0..frames.list.len() {
            let view = stage.view(frame);
            for i in frames.list[frame].elements.clone() {
                let head = heads.contains(&i);
                if view.can_report(i) && (head || !in_cue.contains(&i)) {
                    let mut asked = Features::default();
                    view.ask_cue(i, view.lemma(i as isize), &mut asked);
                    self.list.push(Lesson {
                        candidates: vec![asked.slots],
                        right: usize::from(!head),
                    });
                }
            }
        }
    }

    fn learn_statement(&mut self, view: &View, cue: usize, content: &HashSet<u32>, source: &HashSet<u32>) {
        let mut asked = Features::default();
        let candidates = view.sources(cue);
        let best = best_source(view, &candidates, source);
        if !source.is_empty() && best.is_none() {
            self.count("source not among candidates");
        } else {
            let mut lesson = Lesson {
                candidates: Vec::new(),
                right: 0,
            };
            view.source(cue, None, &mut asked);
            lesson.candidates.push(std::mem::take(&mut asked.slots));
            for (i, &candidate) in candidates.iter().enumerate() {
                view.source(cue, Some(candidate), &mut asked);
                lesson.candidates.push(std::mem::take(&mut asked.slots));
                if best == Some(i) {
                    lesson.right = i + 1;
                }
            }
            self.count("source lesson");
            self.list.push(lesson);
        }
        let source = best.map(|i| candidates[i]);
        let contents = view.contents(cue, source);
        let mut lesson = Lesson {
            candidates: Vec::new(),
            right: 0,
        };
        let mut best = 0.0;
        let (mut tie, mut found) = (usize::MAX, false);
        for (i, candidate) in contents.iter().enumerate() {
            let share = jaccard(view, candidate, content);
            let length = candidate.first.len();
            if share > best + 1e-9 || (share > best - 1e-9 && share > 0.0 && length < tie) {
                (best, tie, found) = (share, length, true);
                lesson.right = i;
            }
        }
        if !found || best < 0.5 {
            self.count("content not among candidates");
            return;
        }
        self.count(if best > 0.999 { "content exact" } else { "content near" });
        for candidate in &contents {
            view.content(cue, source, candidate, &mut asked);
            lesson.candidates.push(std::mem::take(&mut asked.slots));
        }
        self.list.push(lesson);
    }
}

/// Words that some spans touch, marks where they touch no word.
fn words_in_or_marks(page: &Page, spans: &[(usize, usize)]) -> Vec<usize> {
    let mut list = Vec::new();
    for &(start, end) in spans {
        let mut i = page.words.partition_point(|w| (w.end as usize) <= start);
        while i < page.words.len() && (page.words[i].start as usize) < end {
            list.push(i);
            i += 1;
        }
    }
    list
}

/// The candidate that shares most words with the annotated source, the shortest of equals.
fn best_source(view: &View, candidates: &[Candidate], source: &HashSet<u32>) -> Option<usize> {
    let mut best = None;
    let mut key = (0, 0);
    for (i, c) in candidates.iter().enumerate() {
        let words = view.frames.elements[c.first].first..view.frames.elements[c.end - 1].end;
        let shared = words.clone().filter(|w| source.contains(w)).count() as isize;
        let named = isize::from(c.mention.is_some());
        let extra = words.len() as isize - shared;
        if shared > 0 && shared * 2 > extra && (shared * 4 + named - extra, -extra) > key {
            key = (shared * 4 + named - extra, -extra);
            best = Some(i);
        }
    }
    best
}

fn jaccard(view: &View, candidate: &Content, gold: &HashSet<u32>) -> f64 {
    let (mut both, mut mine) = (0, 0);
    for run in [Some(&candidate.first), candidate.second.as_ref()]
        .into_iter()
        .flatten()
    {
        let words = view.frames.elements[run.start].first..view.frames.elements[run.end - 1].end;
        for w in words.filter(|&w| counts(view.page, w as usize)) {
            mine += 1;
            both += usize::from(gold.contains(&w));
        }
    }
    both as f64 / (gold.len() + mine - both).max(1) as f64
}

/// The mean of several trainings, each with its own order of lessons.
fn train(lessons: &Lessons) -> Vec<f32> {
    let rare = rare_slots(lessons);
    let mut mean = vec![0f32; SLOTS];
    for &seed in &SEEDS {
        for (sum, weight) in mean.iter_mut().zip(train_once(lessons, &rare, seed)) {
            *sum += weight / SEEDS.len() as f32;
        }
    }
    mean
}

/// Stochastic gradient steps with a rate of its own for each weight (AdaGrad).
fn train_once(lessons: &Lessons, rare: &[bool], seed: u64) -> Vec<f32> {
    let mut weights = vec![0f32; SLOTS];
    let mut sums = vec![1e-2f32; SLOTS];
    let mut order: Vec<usize> = (0..lessons.list.len()).collect();
    let mut random = seed;
    let mut average = vec![0f32; SLOTS];
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        let mut loss = 0.0;
        for &i in &order {
            loss += step(&lessons.list[i], rare, &mut weights, &mut sums);
        }
        say(&format!("epoch {epoch}: loss {:.4}", loss / order.len() as f64));
        // The mean of the later states: what one lesson's order adds or takes evens out.
        if epoch >= FIRST_KEPT {
            let share = 1.0 / (EPOCHS - FIRST_KEPT) as f32;
            for (sum, weight) in average.iter_mut().zip(&weights) {
                *sum += weight * share;
            }
        }
    }
    average
}

/// A line of progress.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Slots that too few lessons touch to be trusted.
fn rare_slots(lessons: &Lessons) -> Vec<bool> {
    let mut counts = vec![0u16; SLOTS];
    let mut last = vec![usize::MAX; SLOTS];
    for (i, lesson) in lessons.list.iter().enumerate() {
        for &slot in lesson.candidates.iter().flatten() {
            if last[slot as usize] != i {
                last[slot as usize] = i;
                counts[slot as usize] = counts[slot as usize].saturating_add(1);
            }
        }
    }
    counts.iter().map(|&n| n < RARE).collect()
}

fn step(lesson: &Lesson, rare: &[bool], weights: &mut [f32], sums: &mut [f32]) -> f64 {
    let score = |slots: &[u32], weights: &[f32]| slots.iter().map(|&s| weights[s as usize]).sum::<f32>();
    let mut scores: Vec<f32> = lesson.candidates.iter().map(|c| score(c, weights)).collect();
    // A lone candidate stands against a score of nought.
    if scores.len() == 1 {
        scores.push(0.0);
    }
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    for (i, candidate) in lesson.candidates.iter().enumerate() {
        let p = (scores[i] - top).exp() / sum;
        let gradient = p - f32::from(u8::from(i == lesson.right));
        if gradient.abs() < 1e-3 {
            continue;
        }
        for &slot in candidate {
            let slot = slot as usize;
            if rare[slot] {
                continue;
            }
            let g = gradient + DECAY * weights[slot];
            sums[slot] += g * g;
            weights[slot] -= RATE * g / sums[slot].sqrt();
        }
    }
    let right = (scores[lesson.right] - top).exp() / sum;
    -f64::from(right.max(1e-9)).ln()
}

/// Counts how often rows are right.
mod confidence {
    use super::{Article, Gold, learn, words_in};
    use onrecord::seeds::Seeds;
    use onrecord::seeds::confidence::Confidence;
    use onrecord::speakers::turns::TURN;
    use onrecord::speakers::{Quotation, QuoteKind};
    use onrecord::text::{Document, Span};
    use onrecord::words::{Kind, Page};
    use std::collections::{BTreeMap, HashSet};
    use std::fmt::Write;

    /// Raw score of a row, and whether it was right.
    type Seen = (f32, bool);

    /// Fewer rows than this say nothing.
    const FEWEST: usize = 12;
    /// Rows of one step.
    const STEP: usize = 25;
    /// Most steps of a rule and kind.
    const STEPS: usize = 8;
    /// A share from here up to [`SURE`] is called [`ALMOST`]: nine of ten is promised only where nineteen of twenty were right.
    const HIGH: f64 = 0.895;
    const SURE: f64 = 0.945;
    const ALMOST: f64 = 0.89;

    /// The table, as a file.
    pub fn count(corpus: &[Article], hold_out: &[usize], seeds: &Seeds) -> String {
        let mut rows: BTreeMap<(String, String), Vec<Seen>> = BTreeMap::new();
        for fold in (0..5).filter(|fold| !hold_out.contains(fold)) {
            let mut seeds = seeds.clone();
            seeds.model = learn(corpus, &[hold_out, &[fold]].concat(), &seeds);
            seeds.confidence = Confidence::default();
            for (text, gold) in corpus.iter().skip(fold).step_by(5) {
                judge(text, gold, &seeds, |row, right| {
                    let key = (row.rule.to_owned(), row.kind.name().to_owned());
                    rows.entry(key).or_default().push((row.confidence, right));
                });
            }
        }
        let mut table = "rule,kind,from,confidence,note\n".to_owned();
        for ((rule, kind), mut seen) in rows {
            seen.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (from, share, right, all) in steps(&seen) {
                let _ = writeln!(
                    table,
                    "{rule},{kind},{from:.3},{share:.2},{right} of {all} right in articles held out in turn"
                );
            }
        }
        table
    }

    /// Shares that never fall as the raw score rises: neighbours that do are put together.
    fn steps(seen: &[Seen]) -> Vec<(f32, f64, usize, usize)> {
        if seen.len() < FEWEST {
            return Vec::new();
        }
        let size = (seen.len() / STEPS).max(STEP);
        let mut steps: Vec<(f32, usize, usize)> = Vec::new();
        let mut at = 0;
        while at < seen.len() {
            let mut end = (at + size).min(seen.len());
            if seen.len() - end < size / 2 {
                end = seen.len();
            }
            // Rows of one raw score stay together.
            while end < seen.len() && seen[end].0 == seen[end - 1].0 {
                end += 1;
            }
            let right = seen[at..end].iter().filter(|s| s.1).count();
            let from = if at == 0 { 0.0 } else { seen[at].0 };
            steps.push((from, right, end - at));
            at = end;
            while let [.., a, b] = steps[..]
                && a.1 * b.2 >= b.1 * a.2
            {
                steps.truncate(steps.len() - 2);
                steps.push((a.0, a.1 + b.1, a.2 + b.2));
            }
        }
        // As if one more had been right and one wrong: a few rows without a fault promise little.
        let called = |right: usize, all: usize| match (right + 1) as f64 / (all + 2) as f64 {
            share if (HIGH..SURE).contains(&share) => ALMOST,
            share => share,
        };
        steps
            .into_iter()
            .map(|(from, right, all)| (from, called(right, all), right, all))
            .collect()
    }

    /// Tells of every row of an article whether words and speaker are right.
    fn judge(text: &str, gold: &[Gold], seeds: &Seeds, mut told: impl FnMut(&Quotation, bool)) {
        let document = Document::new("train", text);
        let onrecord::Analysis {
            page, quotations: rows, ..
        } = onrecord::analyze(&document, seeds);
        let words = |span: Span| words_in(&page, &[(span.start as usize, span.end as usize)]);
        let gold: Vec<(HashSet<u32>, HashSet<u32>)> = gold
            .iter()
            .map(|g| (words_in(&page, &g.content), words_in(&page, &g.source)))
            .collect();
        // The words of the whole chain that a row belongs to.
        let mut chains: Vec<usize> = Vec::new();
        let mut chain_words: Vec<HashSet<u32>> = Vec::new();
        for row in &rows {
            let chain = row.continues.filter(|&c| c < chains.len()).map(|c| chains[c]);
            let chain = chain.unwrap_or_else(|| {
                chain_words.push(HashSet::new());
                chain_words.len() - 1
            });
            chains.push(chain);
            chain_words[chain].extend(words(row.span));
        }
        for (row, &chain) in rows.iter().zip(&chains) {
            // The annotators left terms and transcripts aside.
            if row.kind == QuoteKind::Term || row.rule == TURN {
                continue;
            }
            let alike = |a: &HashSet<u32>, b: &HashSet<u32>| {
                let both = a.intersection(b).count();
                both as f64 / (a.len() + b.len() - both).max(1) as f64
            };
            let best = gold
                .iter()
                .map(|g| (alike(&g.0, &chain_words[chain]), g))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let source = row.speaker_span.map(words).unwrap_or_default();
            let right = best.is_some_and(|(share, g)| share >= 0.5 && same_source(&page, &g.1, &source));
            told(row, right);
        }
    }

    /// True where two sources share a word that tells who it is, or a place where the annotated one holds none.
    fn same_source(page: &Page, gold: &HashSet<u32>, ours: &HashSet<u32>) -> bool {
        let tells = |w: &u32| {
            let word = &page.words[*w as usize];
            word.kind == Kind::Letters
                && (word.classes == onrecord::seeds::Class::NONE || word.capital() || page.word(*w as usize).len() > 4)
                && !word.is(onrecord::seeds::Class::TITLE | onrecord::seeds::Class::PERSON_PRONOUN)
        };
        let names = |set: &HashSet<u32>| -> HashSet<u64> {
            set.iter()
                .filter(|w| tells(w))
                .map(|&w| page.words[w as usize].hash)
                .collect()
        };
        let wanted = names(gold);
        if wanted.is_empty() {
            return gold.intersection(ours).next().is_some();
        }
        ours.iter().any(|&w| wanted.contains(&page.words[w as usize].hash))
    }
}
