//! Page 1 in at most five sentences: what matters most of everything the report knows, the largest cause before
//! others, what is wanted last. Each carries its figure; none is written without data behind it. The author's own
//! words come first and are not counted.
//!
//! Every area offers a sentence ([`Topic`]); the topic says where it stands and how much it matters. A new area adds
//! a topic and its sentence, nothing else.

mod figures;
mod finished;
mod register;
mod wanted;

use crate::language::Phrase;
use crate::quantity::Money;
use crate::report::section;
use crate::report::subject::Subject;
use crate::report::two_views;

pub(super) use figures::gap;

/// As many sentences as a reader keeps in mind.
const MOST: usize = 5;

/// What a sentence is about, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    /// Where the project stands; of a finished one, what it cost.
    Position,
    /// That overall health changed since the last report, and by what.
    Turn,
    /// That cost or schedule did.
    Shift,
    /// What the work done cost; of a finished project, when it ended.
    Cost,
    /// The task that contributes most to what is unfavourable.
    Cause,
    /// A critical issue.
    Issue,
    /// Deliverables sent back.
    Deliverable,
    /// Cost and finish to be expected.
    Outlook,
    /// That the simulation is less certain than page 1.
    Uncertainty,
    /// Objectives missed or at risk.
    Goal,
    /// What waiting changes would add.
    Change,
    /// That the figures rest on doubtful data.
    Care,
    /// Decisions that are due.
    Due,
    /// Decisions that are overdue.
    Overdue,
    /// What the sponsor has to decide.
    Wanted,
}

impl Topic {
    /// How much it matters; where there is more to say than there is room for, the least goes. First where the
    /// project stands, where it will end and what is wanted of the reader; then why; then how far to believe it; then
    /// whether it got better or worse; then what stands in the way now, by how soon it costs something; last what only completes the picture.
    const fn weight(self) -> u8 {
        match self {
            Self::Position => 100,
            Self::Outlook => 95,
            Self::Wanted => 90,
            Self::Cause => 85,
            Self::Care => 80,
            Self::Turn => 78,
            Self::Issue => 75,
            Self::Shift => 72,
            Self::Overdue => 70,
            Self::Deliverable => 65,
            Self::Uncertainty => 60,
            Self::Cost => 55,
            Self::Goal => 50,
            Self::Change => 45,
            Self::Due => 40,
        }
    }
}

/// Composes the narrative of page 1.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<String> {
    let own = subject.project.charter.narrative.iter().map(|words| words.trim().to_owned());
    let said = chosen(candidates(subject)).map(|sentence| subject.say(sentence));
    own.filter(|words| !words.is_empty()).chain(said).collect()
}

/// What could be said of the project.
fn candidates(subject: &Subject<'_>) -> Vec<(Topic, Option<Phrase>)> {
    let measures = &subject.found.measures;
    let mut candidates = if measures.bac <= Money::ZERO {
        vec![(Topic::Position, Some(figures::without_budget(subject)))]
    } else if !subject.has_begun() {
        vec![
            (Topic::Position, Some(figures::not_begun(subject))),
            (Topic::Outlook, section::business_case::in_brief(subject)),
        ]
    } else if subject.finished().is_some() && subject.all_earned() {
        finished::sentences(subject)
    } else if subject.all_earned() {
        vec![
            (Topic::Position, Some(figures::outcome(subject))),
            (Topic::Cost, figures::end(subject)),
            (Topic::Cause, figures::cause(subject)),
        ]
    } else {
        vec![
            (Topic::Position, Some(figures::position(subject))),
            (Topic::Turn, section::since::turned(subject)),
            (Topic::Shift, section::since::shifted(subject)),
            (Topic::Cost, figures::cost(subject)),
            (Topic::Cause, figures::cause(subject)),
            (Topic::Outlook, figures::outlook(subject)),
            (Topic::Uncertainty, two_views::larger(subject)),
            (Topic::Wanted, wanted::decision(subject)),
        ]
    };
    candidates.extend([
        (Topic::Issue, register::issue(subject)),
        (Topic::Deliverable, register::rejected(subject)),
        (Topic::Goal, register::goals(subject)),
        // What is finished is changed no more.
        (Topic::Change, register::waiting(subject).filter(|_| !subject.all_earned())),
        (Topic::Care, figures::care(subject)),
        (Topic::Due, register::due(subject)),
        (Topic::Overdue, register::overdue(subject)),
    ]);
    candidates
}

/// The sentences that matter most, in the order of reading.
fn chosen(candidates: Vec<(Topic, Option<Phrase>)>) -> impl Iterator<Item = Phrase> {
    let mut said: Vec<(Topic, Phrase)> =
        candidates.into_iter().filter_map(|(topic, sentence)| Some((topic, sentence?))).collect();
    said.sort_by_key(|(topic, _)| std::cmp::Reverse(topic.weight()));
    said.truncate(MOST);
    said.sort_by_key(|(topic, _)| *topic);
    said.into_iter().map(|(_, sentence)| sentence)
}

#[cfg(test)]
mod tests;
