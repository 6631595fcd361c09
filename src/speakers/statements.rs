//! The statements of a frame: cue, source, content.
//!
//! Each element that can report is asked whether it does; for one that does, the likeliest source and then the likeliest
//! content are taken. Statements of one frame do not overlap: the surer cue is decided first.

use super::Stage;
use super::features::{Around, Begins, Candidate, Content, Contents, FIRST_SLOTS, View};
use super::frames::{REPORTING, TAGS, Tag, is_finite};
use super::model::{SCALE, probability, score};
use super::sources::{BESIDE, Sources};
use super::turns;
use std::hint::select_unpredictable;
use std::ops::Range;

/// A cue with its source and content, as elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Index of its frame.
    pub frame: usize,
    /// The cue's element; `None` where a passage goes on from another statement.
    pub cue: Option<usize>,
    /// Who is on record, `None` where the frame does not say.
    pub source: Option<Candidate>,
    /// The reported words.
    pub content: Content,
    /// Probability that the cue reports.
    pub cue_probability: f32,
    /// Probability of the source among its candidates.
    pub source_probability: f32,
    /// Index of the statement it goes on from.
    pub continues: Option<usize>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// A cue below this is no cue, whatever it stands beside.
const LEAST: f32 = 0.3;
/// Weight units below this are a probability below [`LEAST`] (0.27).
const HOPELESS: i32 = -SCALE as i32;
/// What the first look at a word gives where the second makes a cue of it but once in a hundred times, and then a doubtful one.
const DOUBTFUL: i32 = (-0.6 * SCALE) as i32;
/// No sentence reports more often than this; longer lists are no prose.
const MOST_CUES: usize = 12;
/// Least probability of a verb of saying that stands with its subject between commas.
const IN_COMMAS: f32 = 0.7;
/// How many weight units a content loses where a verb of saying is left with half a clause.
const UNFINISHED: i32 = (1.5 * SCALE) as i32;
/// A cue inside the words of another must be this sure.
const NESTED: f32 = 0.65;
/// The same for one that opens a that-clause.
const NESTED_THAT: f32 = 0.5;

/// A word that reports, and what was worked out for it.
#[derive(Debug)]
struct Cue {
    frame: usize,
    element: usize,
    probability: f32,
    /// The passage that it attributes, see [`View::attributes`].
    attributes: Option<usize>,
    begins: Begins,
}

/// What is filled anew for each page.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The plain form of each element that can report.
    lemmas: Vec<u64>,
    /// What the first look at each element that can report weighs.
    slots: Vec<[u32; FIRST_SLOTS]>,
    reports: Vec<Report>,
    /// The cues of one frame, with their ranks and probabilities.
    ranked: Vec<(u8, f32, usize)>,
    cues: Vec<Cue>,
    sources: Sources,
    contents: Contents,
}

/// Finds the statements of every frame, in text order.
pub fn find(stage: &Stage, scratch: &mut Scratch, all: &mut Vec<Statement>) {
    let model = &stage.seeds.model;
    let given = given(stage);
    list_reports(stage, scratch);
    list_cues(stage, &given, scratch);
    let Scratch {
        cues,
        sources,
        contents,
        ..
    } = scratch;
    let of_one_frame = |a: &Cue, b: &Cue| a.frame == b.frame;
    sources.clear(stage.frames, 0..stage.frames.mentions.len());
    contents.clear(model);
    let (mut surveyed, mut survey) = (usize::MAX, 0);
    for cue in &mut *cues {
        let view = stage.view(cue.frame);
        if cue.frame != surveyed {
            (surveyed, survey) = (cue.frame, contents.survey(&view));
        }
        sources.ask(&view, cue.frame, survey, view.introducing_verb(cue.element));
        cue.attributes = view.attributes(cue.element);
        // What a quotation is attributed with reports that quotation, which stands before it.
        cue.begins = contents.list_starts(&view, cue.element, survey, cue.attributes.is_some());
    }
    if let Some(cue) = cues.first() {
        contents.list_endings(&stage.view(cue.frame));
    }
    sources.weigh(stage, contents.surveys(), model);
    contents.weigh_starts(stage.frames, model);
    for cues in cues.chunk_by(of_one_frame) {
        let view = stage.view(cues[0].frame);
        contents.weigh_endings(&view, &cues[0].begins, &cues[cues.len() - 1].begins, model);
    }
    all.clear();
    let mut given = given.into_iter().peekable();
    let mut index = 0;
    for cues in cues.chunk_by(of_one_frame) {
        let view = stage.view(cues[0].frame);
        while let Some(statement) = given.next_if(|s| s.frame < cues[0].frame) {
            all.push(statement);
        }
        let first = all.len();
        for cue in cues {
            let found = statement(&view, cue, &all[first..], sources, index, contents);
            all.extend(found);
            index += 1;
        }
        all[first..].sort_by_key(|s: &Statement| s.content.first.start);
    }
    all.extend(given);
}

/// Lists the cues of each frame in the order in which they are decided, but for frames whose statements are `given`.
fn list_cues(stage: &Stage, given: &[Statement], scratch: &mut Scratch) {
    let Scratch {
        reports, ranked, cues, ..
    } = scratch;
    let mut ahead = given.iter().peekable();
    let mut spoken = 0;
    cues.clear();
    for asked in reports.chunk_by(|a, b| a.frame == b.frame) {
        let frame = asked[0].frame as usize;
        while let Some(statement) = ahead.next_if(|s| s.frame <= frame) {
            spoken = statement.content.first.end;
        }
        if stage.frames.list[frame].elements.start < spoken {
            continue;
        }
        let view = stage.view(frame);
        ranked.clear();
        rank_cues(&view, asked, ranked);
        let sure = ranked.iter().filter(|&&(_, p, i)| p >= view.least_wanted(i));
        cues.extend(sure.map(|&(_, probability, element)| Cue {
            frame,
            element,
            probability,
            attributes: None,
            begins: Begins::default(),
        }));
    }
}

/// Turns and headlines: the statements of frames that no cue is sought in, in text order.
fn given(stage: &Stage) -> Vec<Statement> {
    let mut given = Vec::new();
    let mut turns = turns::find(stage).into_iter().peekable();
    let mut spoken = 0;
    for (index, frame) in stage.frames.list.iter().enumerate() {
        while let Some(turn) = turns.next_if(|t| t.frame == index) {
            spoken = turn.content.first.end;
            given.push(turn);
        }
        // Few frames hold a colon where one parts a name from what is said.
        let tags = &stage.frames.tags[frame.first_tag..][..frame.elements.len()];
        let parted = match tags {
            [_, second, .., last, _] => *second == Tag::Colon || *last == Tag::Colon,
            _ => false,
        };
        if parted && frame.elements.start >= spoken {
            given.extend(headline(stage, &stage.view(index), index));
        }
    }
    given
}

/// A word that may report.
#[derive(Debug, Clone, Copy, Default)]
struct Report {
    frame: u32,
    element: u32,
    /// Hash of its plain form.
    lemma: u64,
    /// Weight units of its score as a cue.
    units: i32,
    /// See [`Around::stands_out`] and [`Around::tells_when`].
    stands_out: bool,
    tells_when: bool,
}

/// Lists what may report: whatever is not far from it, or stands where little is asked of it. Those that a first look leaves a
/// doubt about are looked at again. Plain forms are listed before the first look, and what it weighs before it is weighed, without
/// a decision in between, so that what lies far away is fetched side by side.
fn list_reports(stage: &Stage, scratch: &mut Scratch) {
    let model = &stage.seeds.model;
    let frames = stage.frames;
    let Scratch {
        lemmas, slots, reports, ..
    } = scratch;
    let lemma = |&i: &u32| frames.lemma(stage.page, &stage.seeds.vocabulary, i as usize);
    lemmas.clear();
    lemmas.extend(frames.reports.iter().map(lemma));
    slots.resize(lemmas.len().max(slots.len()), [0; FIRST_SLOTS]);
    reports.clear();
    reports.resize(lemmas.len() + 1, Report::default());
    let reporting = frames.reports.iter().zip(&frames.report_frames).zip(&*lemmas);
    for (((&element, &frame), &lemma), (slots, report)) in reporting.zip(slots.iter_mut().zip(&mut *reports)) {
        let around = Around::of(frames, &frames.list[frame as usize], element as usize);
        around.list_first(lemma, slots);
        *report = Report {
            frame,
            element,
            lemma,
            units: 0,
            stands_out: around.stands_out(),
            tells_when: around.tells_when(),
        };
    }
    let mut count = 0;
    for at in 0..lemmas.len() {
        let mut report = reports[at];
        report.units = model.sum(&slots[at]);
        reports[count] = report;
        let asked = (report.units >= DOUBTFUL) | report.stands_out;
        count += usize::from(asked & !report.tells_when);
    }
    let mut kept = 0;
    for at in 0..count {
        let mut report = reports[at];
        let view = stage.view(report.frame as usize);
        report.units += view.weigh_further(report.element as usize, report.lemma, view.open_end(), model);
        // Most words are far from reporting.
        reports[kept] = report;
        kept += usize::from(report.stands_out | (report.units >= HOPELESS));
    }
    reports.truncate(kept);
}

/// "Moss: the town hall will not be sold", "The town hall will not be sold: Moss": a line of its own without a stop, where a colon
/// parts a name from what is said.
fn headline(stage: &Stage, view: &View, frame: usize) -> Option<Statement> {
    const LONGEST: usize = 24;
    let list = &stage.frames.list;
    let elsewhere = |other: Option<&super::frames::Frame>| other.is_none_or(|f| f.paragraph != view.frame.paragraph);
    let alone = elsewhere(list.get(frame + 1)) && frame.checked_sub(1).is_none_or(|before| elsewhere(list.get(before)));
    let elements = view.frame.elements.clone();
    let tag = |i: usize| view.tag(i as isize);
    if !alone || !(4..=LONGEST).contains(&elements.len()) {
        return None;
    }
    let last = elements.end - 1;
    let (source, content) = match () {
        () if tag(elements.start + 1) == Tag::Colon => (elements.start, elements.start + 2..elements.end),
        () if tag(last - 1) == Tag::Colon => (last, elements.start..last - 1),
        () => return None,
    };
    let candidate = view.names(source)?;
    let stopped = matches!(
        tag(last),
        Tag::Stop | Tag::Question | Tag::Passage | Tag::Colon | Tag::Semicolon
    );
    // "Leeds: fire in a mill": a clause says something, a list does not.
    let clause = view.reported_clause(&content) && !content.clone().any(|i| tag(i) == Tag::Colon);
    (!stopped && clause).then(|| Statement {
        frame,
        cue: Some(if source == last { last - 1 } else { source + 1 }),
        source: Some(candidate),
        content: Content {
            first: content,
            second: None,
        },
        cue_probability: 0.8,
        source_probability: 0.8,
        continues: None,
        rule: "speakers/headline",
    })
}

/// The cues of a frame with their ranks and probabilities, the first to be decided first.
fn rank_cues(view: &View, asked: &[Report], cues: &mut Vec<(u8, f32, usize)>) {
    let quotes = view.frame.passages != 0;
    // Where nothing is quoted, no cue stands beside a quotation.
    let beside = |i: usize| quotes && (view.attributes(i).is_some() || view.labels(i) || view.introduces(i).is_some());
    // First those that stand beside a quotation, then verbs of saying, finite ones before others: what they report is not to
    // be taken by another.
    let finite = |i: usize| REPORTING.hold(view.tag(i as isize));
    let rank = |i: usize| match view.labels(i) {
        true => 0,
        false => 2 * u8::from(!(quotes && view.beside_passage(i))) + 2 * u8::from(!view.says(i)) + u8::from(!finite(i)),
    };
    for &Report {
        element,
        units,
        stands_out,
        ..
    } in asked
    {
        let i = element as usize;
        let least = match () {
            () if !stands_out => 0.0,
            () if beside(i) => BESIDE,
            () if view.in_commas(i) || view.owned_claim(i).is_some() => IN_COMMAS,
            () => 0.0,
        };
        // It stood out, but not as a cue: it needs no exponential.
        if least == 0.0 && units < HOPELESS {
            continue;
        }
        let p = probability(score(units)).max(least);
        if p >= LEAST {
            cues.push((rank(i), p, i));
        }
    }
    cues.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    cues.truncate(MOST_CUES);
}

/// The statement of a cue beside the others of its frame, if it makes one.
fn statement(
    view: &View,
    &Cue {
        frame,
        element: cue,
        probability: p,
        attributes,
        ref begins,
    }: &Cue,
    others: &[Statement],
    sources: &Sources,
    index: usize,
    contents: &mut Contents,
) -> Option<Statement> {
    let holder = others.iter().find(|s| s.content.holds(cue));
    let outer = holder.and_then(|s| s.content.run_of(cue));
    if others.iter().any(|s| s.cue == Some(cue)) || (outer.is_some() && p < nested(view, cue)) {
        return None;
    }
    let within = outer.unwrap_or(view.frame.elements.clone());
    let (source, source_probability) = sources.choose(view, index, &within);
    let source = source.or_else(|| shared_source(view, cue, holder, others));
    if source.is_none() && view.asks_anyone(cue) {
        return None;
    }
    let content = choose_content(view, cue, source, attributes, contents, begins, others)?;
    let survey = contents.surveyed(begins.survey());
    let first = survey.inside(&content.first);
    let quoted = first.passage | content.second.as_ref().is_some_and(|run| survey.inside(run).passage);
    if p < view.wanted(cue, source, &content, quoted) {
        return None;
    }
    let mut statement = Statement {
        frame,
        cue: Some(cue),
        source,
        content,
        cue_probability: p,
        source_probability,
        continues: None,
        rule: "",
    };
    statement.rule = rule(view, cue, &statement, first.quoted);
    Some(statement)
}

/// The rules of statements by where their words stand: behind the cue, before it, or around the attribution; in marks or not; by
/// whether the source comes first.
const OF_PLACES: [[[&str; 2]; 2]; 3] = [
    [[""; 2], ["speakers/speaker-verb-quote"; 2]],
    [
        ["speakers/reported-before-attribution"; 2],
        ["speakers/quote-verb-speaker", "speakers/quote-speaker-verb"],
    ],
    [
        ["speakers/reported-around-attribution"; 2],
        ["speakers/quotation-around-attribution"; 2],
    ],
];

/// Those of words without marks behind the cue, by the tag that they begin with.
const OF_TAGS: [&str; TAGS.len()] = {
    let mut rules = ["speakers/reported-after-verb"; TAGS.len()];
    rules[Tag::That as usize] = "speakers/reported-that-clause";
    rules[Tag::To as usize] = "speakers/reported-infinitive";
    rules[Tag::Wh as usize] = "speakers/reported-question";
    rules[Tag::Subordinator as usize] = "speakers/reported-question";
    rules[Tag::Gerund as usize] = "speakers/reported-gerund";
    rules
};

/// The rule of a statement: how source, cue and content stand to each other, and what the content begins with. `quoted` says
/// whether its first run is nothing but marked words.
fn rule(view: &View, cue: usize, statement: &Statement, quoted: bool) -> &'static str {
    if view.is_colon(cue) {
        return view.rule_of_colon(cue);
    }
    if view.is_according(cue) {
        return "speakers/according-to";
    }
    let content = &statement.content;
    let before = content.first.start <= cue;
    let place = select_unpredictable(content.second.is_some(), 2, usize::from(before));
    let source_first = statement.source.is_some_and(|s| s.end <= cue);
    let rule = OF_PLACES[place][usize::from(quoted)][usize::from(source_first)];
    let behind = OF_TAGS[view.tag(content.first.start as isize) as usize];
    let behind = select_unpredictable(view.is_noun(cue), "speakers/reported-after-noun", behind);
    select_unpredictable(rule.is_empty(), behind, rule)
}

/// "Moss said the pier was safe, adding that …", "Moss spoke of the pier and vowed to …": a participle, or a verb behind "and",
/// that has no subject of its own shares the one of the statement that holds it, else of the one before it.
fn shared_source(view: &View, cue: usize, holder: Option<&Statement>, others: &[Statement]) -> Option<Candidate> {
    let tag = |back: isize| view.tag(cue as isize - back);
    let joined = tag(1) == Tag::Coordinator || tag(1) == Tag::Adverb && tag(2) == Tag::Coordinator;
    if tag(0) != Tag::Gerund && !joined {
        return None;
    }
    let earlier = || {
        others
            .iter()
            .rev()
            .find(|s| s.source.is_some() && s.cue.is_some_and(|c| c < cue))
    };
    if let Some(statement) = holder.or_else(earlier) {
        return statement.source;
    }
    // "Moss shared the news, writing “…”": nobody has said anything before it.
    let parted = |i: &usize| matches!(view.tag(*i as isize), Tag::Passage | Tag::Semicolon | Tag::Colon);
    let mut before = (view.frame.elements.start..cue).rev().take_while(|i| !parted(i));
    let verb = before.find(|&i| is_finite(view.tag(i as isize)))?;
    let subject = view.subject_before(verb)?;
    view.mention_at(subject as isize)
}

/// How sure a cue inside the words of another must be: one that opens a that-clause is unmistakable.
fn nested(view: &View, cue: usize) -> f32 {
    if view.tag(cue as isize + 1) == Tag::That {
        NESTED_THAT
    } else {
        NESTED
    }
}

impl Content {
    /// True where element `i` is among the reported words.
    pub fn holds(&self, i: usize) -> bool {
        self.runs().any(|run| run.contains(&i))
    }

    /// The run that holds element `i`.
    fn run_of(&self, i: usize) -> Option<Range<usize>> {
        self.runs().find(|run| run.contains(&i)).cloned()
    }

    /// Its one or two runs, in text order.
    pub fn runs(&self) -> impl Iterator<Item = &Range<usize>> {
        [Some(&self.first), self.second.as_ref()].into_iter().flatten()
    }

    fn meets(&self, other: &Content) -> bool {
        self.runs()
            .any(|a| other.runs().any(|b| a.start < b.end && b.start < a.end))
    }

    /// True where one run holds a whole statement: its words, its cue and its source.
    fn holds_statement(&self, content: &Content, cue: Option<usize>, source: Option<Candidate>) -> bool {
        self.runs().any(|run| {
            content.runs().all(|r| run.start <= r.start && r.end <= run.end)
                && cue.is_none_or(|c| run.contains(&c))
                && source.is_none_or(|s| run.start <= s.first && s.end <= run.end)
        })
    }
}

/// The likeliest content of a cue that meets no other statement, if there is one.
fn choose_content(
    view: &View,
    cue: usize,
    source: Option<Candidate>,
    attributed: Option<usize>,
    contents: &mut Contents,
    begins: &Begins,
    others: &[Statement],
) -> Option<Content> {
    // "said any chance of a pause, a delay or a cut would …": what is said is a clause, so it goes on to its verb.
    let says = view.says(cue);
    let whole = says && REPORTING.hold(view.tag(cue as isize));
    let quoted = |content: &Content| {
        content
            .runs()
            .cloned()
            .flatten()
            .all(|i| view.tag(i as isize) == Tag::Passage)
    };
    // “…,” she said when asked: the question does not report her quotation.
    let may_hold = |content: &Content, o: &Statement| says && (content.first.start > cue || !quoted(&o.content));
    let free = |content: &Content| {
        others.iter().all(|o| {
            let apart = !o.content.meets(content) && !o.cue.is_some_and(|c| content.holds(c)) && !o.content.holds(cue);
            apart
                || may_hold(content, o) && content.holds_statement(&o.content, o.cue, o.source)
                || o.content.holds_statement(content, Some(cue), source)
        })
    };
    let introduced = view.introduces(cue);
    let according = view.is_according(cue);
    let allowed = |content: &Content| {
        let passed_over = |passage: usize| match view.speaks(passage) {
            true => content.first.start != passage,
            false => !content.holds(passage),
        };
        let apart =
            |passage: usize| content.first.start != passage || view.hangs(passage) && content.first.end != passage + 1;
        // "According to two people who were there, …": what they say stands behind a comma.
        let start = content.first.start;
        let comma = |i: usize| view.tag(i as isize) == Tag::Comma;
        let describes = |s: Candidate| s.end <= start && view.is_relative(s.end) && !(s.end..start).any(comma);
        let relative = according && source.is_some_and(describes);
        !(relative || attributed.is_some_and(passed_over) || introduced.is_some_and(apart)) && free(content)
    };
    let unfinished = if whole { UNFINISHED } else { 0 };
    let content = view.likeliest_content(cue, source, unfinished, contents, begins, allowed);
    content.map(|content| view.without_lone_subject(content))
}
