//! Quality: what is handed over and accepted, defects found and closed, how far testing has come, what doing
//! things again took.

mod charts;
mod tables;

use crate::analysis::metric::{CLEARING, DEFECT_RATE};
use crate::analysis::quality::{Clearing, DefectFindings, REWORK_RULE, Stand, Trend};
use crate::document::Block;
use crate::language::{Part, Phrase};
use crate::model::Severity;
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::defined;

pub(super) const SECTION: Section = Section {
    id: "quality",
    title: "Quality",
    about: "Acceptance of deliverables against their criteria, defects found, closed and open over time with their projected clearing, test progress and pass rate, defects per deliverable and per 1,000 hours, rework.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.quality;
    if found.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    let told: Vec<Phrase> = [accepted(subject), defects(subject), tests(subject), rework(subject)]
        .into_iter()
        .flatten()
        .collect();
    blocks.push(Block::Paragraph(subject.say_all(&told)));
    blocks.extend(tables::deliverables(subject).map(Block::Table));
    if let Some(defects) = &found.defects {
        blocks.extend(charts::defects(subject, defects).map(Block::Chart));
        blocks.extend(charts::tests(subject).map(Block::Chart));
        blocks.push(Block::Paragraph(subject.say_all(&cleared(defects))));
        blocks.push(Block::Note(subject.say_all(&clearing_rule(defects))));
        blocks.push(Block::Table(tables::open(subject, defects)));
        blocks.push(Block::Table(tables::weeks(subject, defects)));
    } else {
        blocks.extend(charts::tests(subject).map(Block::Chart));
    }
    blocks.extend(tables::tests(subject).map(Block::Table));
    blocks.extend(missing(subject).map(|missing| Block::Note(subject.say(missing))));
    blocks
}

/// `5 of 9 deliverables are accepted; 1 waits for an answer and 2 are overdue.`
fn accepted(subject: &Subject<'_>) -> Option<Phrase> {
    let made = &subject.found.quality.deliverables;
    let count = |stand| made.iter().filter(|made| made.stand == stand).count();
    let again = made.iter().filter(|made| made.stand == Stand::Overdue && made.rejected).count();
    let overdue = match (count(Stand::Overdue), again) {
        (n, 0) => (n, phrase!("{n} {n|is|are} overdue", n)),
        (n, again) => (n, phrase!("{n} {n|is|are} overdue ({again} of them sent back)", n, again)),
    };
    let (rejected, submitted, planned) =
        (count(Stand::Rejected), count(Stand::Submitted), count(Stand::Planned));
    let others: Vec<Part> = [
        overdue,
        (rejected, phrase!("{n} {n|was|were} sent back", n = rejected)),
        (submitted, phrase!("{n} {n|waits|wait} for an answer", n = submitted)),
        (planned, phrase!("{n} {n|is|are} still to be handed over", n = planned)),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(_, phrase)| phrase.into())
    .collect();
    let all = made.len();
    let accepted = phrase!(
        "{n} of {all} {all|deliverable is|deliverables are} accepted",
        n = count(Stand::Accepted),
        all
    );
    (all > 0).then(|| {
        if others.is_empty() {
            phrase!("{accepted}.", accepted)
        } else {
            phrase!("{accepted}; {others}.", accepted, others)
        }
    })
}

/// `38 defects were found and 23 closed; 15 are open, of them 2 critical and 7 high.`
fn defects(subject: &Subject<'_>) -> Option<Phrase> {
    let defects = subject.found.quality.defects.as_ref()?;
    let open = |severity| Some(defects.open.of(Some(severity))).filter(|n| *n > 0);
    let critical = open(Severity::Critical).map(|n| phrase!("defect::{n} critical", n));
    let high = open(Severity::High).map(|n| phrase!("defect::{n} high", n));
    let severe: Vec<Part> = critical.into_iter().chain(high).map(Part::from).collect();
    let n = defects.open.total();
    let open = match (n, severe.is_empty()) {
        (0, _) => phrase!("{n} {n|is|are} open", n),
        (_, true) => phrase!("{n} {n|is|are} open, none critical or high", n),
        (_, false) => phrase!("{n} {n|is|are} open, of them {severe}", n, severe),
    };
    let (found, closed) = (defects.found.total(), defects.closed.total());
    let state = phrase!(
        "{found} {found|defect was|defects were} found and {closed} closed; {open}",
        found,
        closed,
        open
    );
    Some(match subject.project.charter.tolerance_quality {
        Some(n) => phrase!("{state} (the charter tolerates {n} critical and high {n|one|ones}).", state, n),
        None => phrase!("{state}.", state),
    })
}

/// `By 31 Mar 2026 251 of 330 planned tests are executed (76%), 229 of them passed (91%).`
fn tests(subject: &Subject<'_>) -> Option<Phrase> {
    let last = subject.found.quality.tests.last()?;
    let executed = match (last.executed, last.planned, last.progress()) {
        (Some(n), Some(planned), Ok(share)) => phrase!(
            "{n} of {planned} planned {planned|test|tests} are executed ({share})",
            n,
            planned,
            share = Part::share(share)
        ),
        (Some(n), ..) => phrase!("{n} {n|test is|tests are} executed", n),
        _ => return None,
    };
    let day = last.date;
    Some(match (last.passed, last.pass_rate()) {
        (Some(passed), Ok(rate)) => phrase!(
            "By {day} {executed}, {passed} of them passed ({share}).",
            day,
            executed,
            passed,
            share = Part::share(rate)
        ),
        _ => phrase!("By {day} {executed}.", day, executed),
    })
}

fn rework(subject: &Subject<'_>) -> Option<Phrase> {
    let rework = &subject.found.quality.rework;
    let (hours, cost) = (rework.hours, subject.format.amount(Money::units(rework.cost)));
    let rule = Part::Word(REWORK_RULE);
    rework.is_booked().then(|| match rework.share {
        Ok(share) => phrase!(
            "Rework took {hours} and {cost}, {share} of all hours booked. {rule}",
            hours,
            cost,
            share = Part::share(share),
            rule
        ),
        Err(_) => phrase!("Rework took {hours} and {cost}. {rule}", hours, cost, rule),
    })
}

/// Where arrivals go, and when the open ones are cleared.
fn cleared(defects: &DefectFindings) -> Vec<Phrase> {
    let flow = &defects.flow;
    let weeks = flow.weeks;
    let mut sentences = vec![phrase!(
        "In the last {weeks} {weeks|week|weeks}, {arrived} {arrived|defect|defects} arrived and {closed} {closed|was|were} closed.",
        weeks,
        arrived = flow.arrivals,
        closed = flow.closures
    )];
    if let Some((before, trend)) = flow.before {
        let goes = match trend {
            Trend::Rising => phrase!("arrivals are rising"),
            Trend::Falling => phrase!("arrivals are falling"),
            Trend::Level => phrase!("no difference that chance does not make"),
        };
        sentences.push(phrase!(
            "In the {weeks} {weeks|week|weeks} before, {before} arrived: {goes}.",
            weeks,
            before,
            goes
        ));
    }
    sentences.push(match flow.clearing {
        Clearing::Cleared => phrase!("None is open."),
        Clearing::Never if flow.arrivals > flow.closures => {
            phrase!("The open defects are not clearing: more arrive than are closed.")
        }
        Clearing::Never if flow.arrivals == flow.closures => {
            phrase!("The open defects are not clearing: as many arrive as are closed.")
        }
        Clearing::Never => phrase!("At that pace clearing the open defects takes more than ten years."),
        Clearing::By { day, early, late } => {
            let rate = Part::number(flow.rate(), 1);
            match late {
                Some(late) => phrase!(
                    "At {rate} closed a week more than arrive, none is open by {day}; in four of five cases between {early} and {late}.",
                    rate,
                    day,
                    early,
                    late
                ),
                None => phrase!(
                    "At {rate} closed a week more than arrive, none is open by {day}; the range of four of five cases begins on {early} and has no end that can be named.",
                    rate,
                    day,
                    early
                ),
            }
        }
    });
    sentences
}

/// The formula of the projection and what it cannot know.
fn clearing_rule(defects: &DefectFindings) -> Vec<Phrase> {
    let weeks = defects.flow.weeks;
    let rule = phrase!(
        "Counted over the last {weeks} {weeks|week|weeks}. The range takes both counts as independent events (Poisson, 80%). It goes on as it was: a test phase that begins, a \
         release or other people change it.",
        weeks
    );
    let undated = match defects.undated {
        0 => None,
        1 => Some(phrase!(
            "One defect is closed without a day: it counts as closed on the day it was found, and not in the pace."
        )),
        n => Some(phrase!(
            "{n} defects are closed without a day: they count as closed on the day they were found, and not in the pace.",
            n
        )),
    };
    defined(&[&DEFECT_RATE, &CLEARING]).into_iter().chain([rule]).chain(undated).collect()
}

/// What of this section the data cannot say.
fn missing(subject: &Subject<'_>) -> Option<Phrase> {
    let (project, found) = (subject.project, &subject.found.quality);
    let parts: Vec<Part> = [
        (project.deliverables.is_empty(), word!("acceptance (no table `deliverables`)")),
        (project.defects.is_empty(), word!("defects (no table `defects`)")),
        (found.tests.is_empty(), word!("test progress (no counts in a table `tests`)")),
    ]
    .into_iter()
    .filter(|(missing, _)| *missing)
    .map(|(_, what)| Part::Word(what))
    .collect();
    (!parts.is_empty()).then(|| phrase!("Not assessable: {parts}.", parts))
}
