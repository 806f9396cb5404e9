//! What changed since the last report: key figures, health, what was finished, what slipped, whether the forecasts of
//! then held, how the risks moved.

mod tables;

use crate::analysis::since::{Amount, Figure, Kind, Moved, Since, Turn};
use crate::document::{Block, Value};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{index, is_nothing, working_days};

pub(super) const SECTION: Section = Section {
    id: "since",
    title: "Since the last report",
    about: "Key figures, health, milestones and risks then and now, what was finished, and what was forecast to finish and did not; with --previous.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Some(since) = &subject.found.since else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(subject.say_all(&told(subject, since)))];
    if let Some(other) = &since.other_currency {
        blocks.push(Block::Note(subject.say(phrase!(
            "The last report counts in {currency}: its amounts are not compared.",
            currency = other.as_str()
        ))));
    }
    blocks.push(Block::Table(tables::figures(subject, since)));
    blocks.extend(tables::health(subject, since).map(Block::Table));
    blocks.extend(tables::milestones(subject, since).map(Block::Table));
    blocks.extend(tables::missed(subject).map(Block::Table));
    blocks.extend(tables::finished(subject, since).map(Block::Table));
    blocks.extend(tables::risks(subject, since).map(Block::Table));
    blocks
}

/// With which report, and what matters most.
fn told(subject: &Subject<'_>, since: &Since) -> Vec<Phrase> {
    // The name is enough to find it again; the whole path is in the JSON and the manifest.
    let file = since.file.rsplit('/').next().unwrap_or_default();
    let mut sentences =
        vec![phrase!("Compared with the report of {day} ({file}).", day = since.status.day(), file)];
    if let Some(overall) = since.health.first()
        && let (Some(then), Some(now)) = (overall.then, overall.now)
    {
        let (then, now) = (Part::Word(then.word()), Part::Word(now.word()));
        sentences.push(match overall.turn() {
            Some(_) => phrase!("Overall health went from {then} to {now}.", then, now),
            None => phrase!("Overall health is {now}, as it was.", now),
        });
    }
    let slipped = since.milestones.iter().filter(|moved| moved.slipped()).count();
    let finished = match since.finished.len() {
        0 => phrase!("Nothing was finished since"),
        n => phrase!("{n} {n|task was|tasks were} finished since", n),
    };
    sentences.push(match slipped {
        _ if since.milestones.is_empty() => phrase!("{finished}.", finished),
        0 => phrase!("{finished}; no milestone slipped.", finished),
        n => phrase!("{finished}; {n} {n|milestone|milestones} slipped.", finished, n),
    });
    sentences.push(execution(subject));
    sentences
}

/// Of what was forecast to finish, how much did.
fn execution(subject: &Subject<'_>) -> Phrase {
    let found = match &subject.found.execution {
        Ok(found) => found,
        Err(reason) => {
            return phrase!(
                "Whether its forecasts held is not assessable, because {reason}.",
                reason = *reason
            );
        }
    };
    let (due, met, dropped) = (found.due(), found.met.len(), found.dropped.len());
    let Ok(cei) = subject.metric("cei") else {
        return match dropped {
            0 => phrase!("It forecast no task to finish by now."),
            1 => phrase!("The one task that it forecast to finish by now was taken out of the plan."),
            n => phrase!("All {n} tasks that it forecast to finish by now were taken out of the plan.", n),
        };
    };
    let cei = index(cei);
    let held = phrase!(
        "Of {due} {due|task|tasks} that it forecast to finish by now {met} did (CEI {cei})",
        due,
        met,
        cei
    );
    match dropped {
        0 => phrase!("{held}.", held),
        n => phrase!("{held}; {n} more {n|was|were} taken out of the plan.", held, n),
    }
}

/// That overall health got better or worse since the last report, and the figures that went the same way.
pub(in crate::report) fn turned(subject: &Subject<'_>) -> Option<Phrase> {
    let since = subject.found.since.as_ref()?;
    let (turn, then, now) = turn(since, "Overall")?;
    let day = since.status.day();
    let why: Vec<Part> =
        [cost(subject, since, turn), finish(since, turn)].into_iter().flatten().map(Part::from).collect();
    Some(if why.is_empty() {
        phrase!("Since the report of {day} overall health went from {then} to {now}.", day, then, now)
    } else {
        phrase!(
            "Since the report of {day} overall health went from {then} to {now}: {why}.",
            day,
            then,
            now,
            why
        )
    })
}

/// Where overall health stayed: that cost or schedule got better or worse, and by what.
pub(in crate::report) fn shifted(subject: &Subject<'_>) -> Option<Phrase> {
    let since = subject.found.since.as_ref().filter(|since| turn(since, "Overall").is_none())?;
    let day = since.status.day();
    let of_cost = turn(since, "Cost").and_then(|(turn, then, now)| {
        let why = cost(subject, since, turn).or_else(|| sunk(since, "cpi", "CPI", turn))?;
        let said =
            phrase!("Since the report of {day} cost went from {then} to {now}: {why}.", day, then, now, why);
        Some((turn, said))
    });
    let of_schedule = turn(since, "Schedule").and_then(|(turn, then, now)| {
        let why = finish(since, turn).or_else(|| sunk(since, "spi_t", "SPI(t)", turn))?;
        let said = phrase!(
            "Since the report of {day} schedule went from {then} to {now}: {why}.",
            day,
            then,
            now,
            why
        );
        Some((turn, said))
    });
    // The worse news first: of two that are alike, the schedule.
    let news = [of_schedule, of_cost].into_iter().flatten();
    news.min_by_key(|(turn, _)| *turn == Turn::Better).map(|(_, said)| said)
}

/// Which way a dimension turned, and its ratings.
fn turn(since: &Since, dimension: &str) -> Option<(Turn, Part, Part)> {
    let rated = since.health.iter().find(|rated| rated.dimension == dimension)?;
    Some((rated.turn()?, Part::Word(rated.then?.word()), Part::Word(rated.now?.word())))
}

/// A key figure where it changed the way that health turned; `rises` says whether its rise is for the worse.
fn gone(since: &Since, id: &str, turn: Turn, rises: bool) -> Option<(f64, Figure)> {
    let figure = since.figures.iter().find(|figure| figure.id == id)?;
    let change = figure.change?;
    ((change > 0.0) == ((turn == Turn::Worse) == rises)).then_some((change, *figure))
}

/// By how much the forecast cost changed.
fn cost(subject: &Subject<'_>, since: &Since, turn: Turn) -> Option<Phrase> {
    let (change, _) = gone(since, "eac", turn, true).filter(|(change, _)| change.abs() >= 0.5)?;
    let amount = subject.format.amount(change.abs());
    Some(if change > 0.0 {
        phrase!("the forecast cost rose by {amount}", amount)
    } else {
        phrase!("the forecast cost fell by {amount}", amount)
    })
}

/// By how much the forecast finish moved.
fn finish(since: &Since, turn: Turn) -> Option<Phrase> {
    let (change, _) = gone(since, "finish", turn, true).filter(|(change, _)| !is_nothing(*change))?;
    let days = working_days(change);
    Some(if change > 0.0 {
        phrase!("the forecast finish moved {days} later", days)
    } else {
        phrase!("the forecast finish moved {days} earlier", days)
    })
}

/// From where to where an index went.
fn sunk(since: &Since, id: &str, name: &'static str, turn: Turn) -> Option<Phrase> {
    let (change, figure) = gone(since, id, turn, false).filter(|(change, _)| change.abs() >= 0.005)?;
    let (Amount::Number(then), Amount::Number(now)) = (figure.then?, figure.now?) else { return None };
    let (then, now) = (index(then), index(now));
    Some(if change < 0.0 {
        phrase!("{name} fell from {then} to {now}", name, then, now)
    } else {
        phrase!("{name} rose from {then} to {now}", name, then, now)
    })
}

/// How the risks moved, in a sentence; `None` without a last report that had a register.
pub(super) fn risks(subject: &Subject<'_>) -> Option<Phrase> {
    let since = subject.found.since.as_ref()?;
    let risks = since.risks.as_ref()?;
    let named = |moved: Moved| -> Vec<Part> {
        risks.iter().filter(|risk| risk.moved == moved).map(|risk| Part::from(&risk.id)).collect()
    };
    let said = |moved: Moved| {
        let ids = named(moved);
        (!ids.is_empty()).then(|| match moved {
            Moved::Occurred => phrase!("{ids} occurred", ids),
            Moved::New => phrase!("new: {ids}", ids),
            Moved::Reopened => phrase!("open again: {ids}", ids),
            Moved::Risen => phrase!("weightier: {ids}", ids),
            Moved::Fallen => phrase!("lighter: {ids}", ids),
            Moved::Closed => phrase!("closed: {ids}", ids),
            Moved::Removed => phrase!("no longer in the register: {ids}", ids),
        })
    };
    let day = since.status.day();
    let parts = Phrase::clauses(Moved::ALL.into_iter().filter_map(said));
    Some(if parts.is_empty() {
        phrase!("No risk moved since the report of {day}.", day)
    } else {
        phrase!("Since the report of {day}: {movements}.", day, movements = parts)
    })
}

/// A key figure at one of both dates, as text: the units of a table's rows differ.
fn amount(subject: &Subject<'_>, figure: &Figure, amount: Option<Amount>) -> Value {
    let format = &subject.format;
    Value::Text(match (amount, figure.kind) {
        (None, _) => return Value::Empty,
        (Some(Amount::Day(moment)), _) => format.day(crate::calendar::last_day(moment)),
        (Some(Amount::Number(number)), Kind::Money) => format.number(number, format.money_decimals),
        (Some(Amount::Number(number)), Kind::Index) => format.number(number, 2),
        (Some(Amount::Number(number)), Kind::Percent) => {
            subject.say(phrase!("{result}", result = Part::percent(number, 1)))
        }
        (Some(Amount::Number(number)), Kind::Count | Kind::Day) => format.number(number, 0),
    })
}

/// By how much a figure changed, with its sign.
fn change(subject: &Subject<'_>, figure: &Figure) -> Value {
    let Some(change) = figure.change else { return Value::Empty };
    let format = &subject.format;
    let signed = |change: f64, decimals: usize| {
        let text = format.number(change, decimals);
        let is_zero = !text.contains(|digit| ('1'..='9').contains(&digit));
        (!is_zero).then(|| if change > 0.0 { format!("+{text}") } else { text })
    };
    let text = match figure.kind {
        Kind::Money => signed(change, format.money_decimals),
        Kind::Index => signed(change, 2),
        Kind::Count => signed(change, 0),
        Kind::Percent => signed(change * 100.0, 1).map(|n| subject.say(phrase!("{n} points", n))),
        Kind::Day => (!is_nothing(change)).then(|| {
            let days = working_days(change);
            subject.say(if change > 0.0 {
                phrase!("{days} later", days)
            } else {
                phrase!("{days} earlier", days)
            })
        }),
    };
    text.map_or_else(|| subject.cell(word!("change::none")), Value::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::measures::ExecutionMeasures;
    use crate::analysis::since::Execution;
    use crate::calendar::StatusDate;
    use crate::diagnostic::Diagnostics;
    use crate::model::Portfolio;
    use crate::report::Settings;
    use crate::report::example::{self, day};

    #[test]
    fn forecasts_of_what_left_the_plan_are_neither_held_nor_none() {
        let project = example::project();
        let (portfolio, problems, settings) =
            (Portfolio::default(), Diagnostics::default(), Settings::default());
        let said = |met: &[usize], dropped: &[&str]| {
            let mut found = example::found();
            found.execution = Ok(Execution {
                since: StatusDate::end_of(day(2, 28)),
                met: met.to_vec(),
                missed: Vec::new(),
                dropped: dropped.iter().map(|id| (*id).to_owned()).collect(),
            });
            found.measures.execution = ExecutionMeasures::of(&found.execution);
            execution(&Subject::new(&portfolio, &project, &found, &problems, &settings)).to_string()
        };
        assert_eq!(said(&[], &[]), "It forecast no task to finish by now.");
        assert_eq!(
            said(&[], &["X"]),
            "The one task that it forecast to finish by now was taken out of the plan."
        );
        assert_eq!(
            said(&[], &["X", "Y"]),
            "All 2 tasks that it forecast to finish by now were taken out of the plan."
        );
        assert_eq!(
            said(&[1], &["X"]),
            "Of 1 task that it forecast to finish by now 1 did (CEI 1.00); 1 more was taken out of the plan."
        );
    }
}
