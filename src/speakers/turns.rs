//! Turns of a transcript: `HALVORSEN: Good morning.`
//!
//! A paragraph that begins with a name in capitals and a colon is that person's words up to its end, where the document holds
//! three such paragraphs or more. A paragraph without a name between two turns goes on from the first. `Q`, `QUESTION` and the
//! like name nobody.

use super::Stage;
use super::features::{Candidate, Content};
use super::frames::{Holds, Tag};
use super::statements::Statement;
use crate::words::Shape;

/// The rule of a turn.
pub const TURN: &str = "speakers/transcript-turn";

/// Fewer labels than this are headings.
const FEWEST: usize = 3;

/// Labels that stand for whoever asks or answers.
const NOBODY: &[&str] = &["Q", "A", "QUESTION", "QUESTIONER", "ANSWER", "REPORTER", "AUDIENCE"];

/// Finds the turns of a page: none where it is no transcript. In text order, each in the frame it begins in.
pub fn find(stage: &Stage) -> Vec<Statement> {
    // Nearly always there are too few, and nothing needs to be listed.
    if openings(stage).filter_map(|i| label(stage, i)).take(FEWEST).count() < FEWEST {
        return Vec::new();
    }
    let paragraphs = paragraphs(stage);
    let labels: Vec<Option<Candidate>> = paragraphs.iter().map(|p| label(stage, p.start)).collect();
    let last = labels.iter().rposition(Option::is_some).unwrap_or(0);
    let mut turns: Vec<Statement> = Vec::new();
    let mut speaking = None;
    for (elements, label) in paragraphs.iter().zip(&labels).take(last + 1) {
        let first = match label {
            Some(label) => {
                speaking = Some(*label);
                label.end + 1
            }
            None => elements.start,
        };
        let Some(label) = speaking.filter(|_| first < elements.end) else {
            continue;
        };
        turns.push(turn(stage, label, first, elements.end));
    }
    turns
}

fn turn(stage: &Stage, label: Candidate, first: usize, end: usize) -> Statement {
    let word = stage.frames.elements[label.first].first as usize;
    Statement {
        frame: stage.frames.list.partition_point(|f| f.elements.end <= first),
        cue: Some(label.end),
        source: (!NOBODY.contains(&stage.page.word(word))).then_some(label),
        content: Content {
            first: first..end,
            second: None,
        },
        cue_probability: 0.97,
        source_probability: 0.97,
        continues: None,
        rule: TURN,
    }
}

/// The first element of each paragraph.
fn openings(stage: &Stage) -> impl Iterator<Item = usize> {
    let mut current = usize::MAX;
    stage.frames.list.iter().filter_map(move |frame| {
        let opens = frame.paragraph != std::mem::replace(&mut current, frame.paragraph);
        opens.then_some(frame.elements.start)
    })
}

/// The elements of each paragraph.
fn paragraphs(stage: &Stage) -> Vec<std::ops::Range<usize>> {
    let mut list: Vec<std::ops::Range<usize>> = Vec::new();
    let mut current = usize::MAX;
    for frame in &stage.frames.list {
        match list.last_mut().filter(|_| frame.paragraph == current) {
            Some(paragraph) => paragraph.end = frame.elements.end,
            None => list.push(frame.elements.clone()),
        }
        current = frame.paragraph;
    }
    list
}

/// The name in capitals that opens a paragraph, where a colon follows.
fn label(stage: &Stage, first: usize) -> Option<Candidate> {
    let elements = &stage.frames.elements;
    let loud = |w: u32| {
        let word = &stage.page.words[w as usize];
        !word.letters() || word.shape.has(Shape::UPPER) || (word.capital() && word.end - word.start == 1)
    };
    // Few paragraphs begin with a word in capitals.
    if !loud(elements[first].first) {
        return None;
    }
    let colon = (first..(first + 5).min(elements.len())).find(|&i| elements[i].tag == Tag::Colon)?;
    let words = elements[first].first..elements.get(colon)?.first;
    let letters = words.clone().any(|w| stage.page.words[w as usize].letters());
    let shown = stage.page.words[elements[first].first as usize].letters() && letters;
    let mention = match elements[first].holds {
        Holds::Mention(m) if colon == first + 1 => Some(m),
        _ => None,
    };
    (colon > first && shown && words.clone().all(loud)).then_some(Candidate {
        first,
        end: colon,
        mention,
    })
}
