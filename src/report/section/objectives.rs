//! Objectives: baseline, target, what was measured, where the trend leads, and whether that is enough.

use crate::analysis::objective::{Goal, Standing, share};
use crate::document::{Block, Bullet, Bullets, Chart, Column, Kind, Plot, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::model::Objective;
use crate::report::section::Section;
use crate::report::subject::{Subject, text};
use crate::report::wording::capital;

pub(super) const SECTION: Section = Section {
    id: "objectives",
    title: "Objectives",
    about: "Every goal with baseline, target, latest value, the value that its trend leads to by the due date with its range, and whether it is on track.",
    compose,
};

/// What the projection rests on.
const DEFINITION: &str = word!(
    "The trend is a straight line by least squares through everything measured up to the status date; \
    it needs three measurements. The range holds four of five new values if it goes on so (80% prediction interval, \
    NIST/SEMATECH e-Handbook of Statistical Methods); it is cut at zero, and at 100 for percentages. On track: the line \
    meets the target by the due date. At risk: it falls short. Reached: the latest value meets the target. Missed: the due \
    date has passed without that."
);

/// Days of a month, for the speed of a trend.
const MONTH: f64 = 365.0 / 12.0;

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let goals = &subject.found.objectives;
    if goals.is_empty() {
        return Vec::new();
    }
    if goals.iter().all(|goal| goal.latest.is_none()) {
        let told = phrase!("{n} {n|objective|objectives}; nothing is measured yet.", n = goals.len());
        return vec![Block::Paragraph(subject.say(told)), Block::Table(table(subject))];
    }
    let mut blocks = vec![Block::Paragraph(told(subject))];
    blocks.extend(bullets(subject).map(Block::Chart));
    blocks.push(Block::Table(table(subject)));
    blocks.push(Block::Note(subject.word(DEFINITION)));
    blocks
}

/// Each objective with its findings.
fn pairs<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Objective, &'a Goal)> {
    subject.project.objectives.iter().zip(&subject.found.objectives)
}

/// How many stand how, and which are not as they should be.
fn told(subject: &Subject<'_>) -> String {
    let goals = &subject.found.objectives;
    let so_many = |stands: fn(Standing) -> bool| goals.iter().filter(|goal| stands(goal.standing)).count();
    let counts = [
        (so_many(|s| s == Standing::Reached), (|n| phrase!("{n} reached", n)) as fn(usize) -> Phrase),
        (so_many(|s| s == Standing::OnTrack), |n| phrase!("{n} on track", n)),
        (so_many(|s| s == Standing::AtRisk), |n| phrase!("{n} at risk", n)),
        (so_many(|s| s == Standing::Missed), |n| phrase!("{n} missed", n)),
        (so_many(|s| matches!(s, Standing::NotAssessable(_))), |n| phrase!("{n} not assessable", n)),
    ];
    let counts = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, say)| say(n).into());
    let counts: Vec<Part> = counts.collect();
    let mut sentences = vec![phrase!("Of {n} {n|objective|objectives}: {counts}.", n = goals.len(), counts)];
    let mut short: Vec<(&Objective, &Goal)> = pairs(subject)
        .filter(|(_, goal)| matches!(goal.standing, Standing::AtRisk | Standing::Missed))
        .collect();
    let all = short.len();
    if all > TOLD {
        short.sort_by_key(|(_, goal)| danger(goal));
        short.truncate(TOLD);
        sentences.push(phrase!("The worst {n} of the {all} at risk or missed:", n = TOLD, all));
    }
    sentences.extend(short.into_iter().map(|(objective, goal)| falls_short(subject, objective, goal)));
    subject.say_all(&sentences)
}

/// More objectives that fall short than this are told of by the worst of them.
const TOLD: usize = 3;

/// More objectives than this are a table: the chart shows those in most danger.
const BARS: usize = 12;

/// How an objective stands, the worst first: missed, out of reach, at risk, not assessable, and the others.
fn danger(goal: &Goal) -> u8 {
    match (goal.standing, goal.out_of_reach) {
        (Standing::Missed, _) => 0,
        (Standing::AtRisk, Some(true)) => 1,
        (Standing::AtRisk, _) => 2,
        (Standing::NotAssessable(_), _) => 3,
        _ => 4,
    }
}

/// `Visitors (OBJ-5): at risk; 640 of 1,000 visitors a day by 30 Jun 2026 as the trend goes.`
fn falls_short(subject: &Subject<'_>, objective: &Objective, goal: &Goal) -> Phrase {
    let number = |value: f64| in_unit(subject, objective, value);
    let (name, id) = (capital(&objective.name), &objective.id);
    let target = objective.target.map(number).unwrap_or_default();
    let due = objective.due.map(|due| subject.format.day(due)).unwrap_or_default();
    match (goal.standing, goal.projected, goal.latest) {
        (Standing::Missed, _, Some((_, value))) => phrase!(
            "{name} ({id}) is missed: {value} instead of {target} by {due}.",
            name,
            id,
            value = number(value),
            target,
            due
        ),
        (_, Ok(projected), _) => {
            let value = number(projected.value);
            let trend =
                phrase!("the trend leads to {value} instead of {target} by {due}", value, target, due);
            let trend = match goal.out_of_reach {
                Some(true) => {
                    phrase!("{trend}; even the favourable end of the range falls short", trend)
                }
                Some(false) => phrase!("{trend}; the target lies within the range", trend),
                None => trend,
            };
            phrase!("{name} ({id}) is at risk: {trend}.", name, id, trend)
        }
        (Standing::Missed, ..) => phrase!("{name} ({id}) is missed.", name, id),
        _ => phrase!("{name} ({id}) is at risk.", name, id),
    }
}

/// Decimals that show what was written: those of the stated values and measurements, two at most.
fn decimals(objective: &Objective, goal: &Goal) -> usize {
    let stated = objective.baseline.into_iter().chain(objective.target);
    let known = stated.chain(goal.latest.map(|(_, value)| value));
    let needed = |value: f64| {
        (0..2).find(|places| {
            let scaled = value * 10_f64.powi(*places);
            (scaled - scaled.round()).abs() < 1e-6
        })
    };
    known
        .map(|value| needed(value).unwrap_or(2))
        .max()
        .and_then(|places| usize::try_from(places).ok())
        .unwrap_or(0)
}

/// `55%`, `1,000 visitors a day`.
fn in_unit(subject: &Subject<'_>, objective: &Objective, value: f64) -> String {
    let goal =
        subject.found.objectives.iter().zip(&subject.project.objectives).find(|(_, o)| o.id == objective.id);
    let number = subject.format.number(value, goal.map_or(0, |(goal, objective)| decimals(objective, goal)));
    match objective.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()) {
        Some(unit) if unit.starts_with('%') => {
            let percent = &subject.format.language.formats.percent;
            format!("{}{}", percent.replace("{n}", &number), &unit[1..])
        }
        Some(unit) => format!("{number} {unit}"),
        None => number,
    }
}

/// Every objective in figures.
fn table(subject: &Subject<'_>) -> Table {
    let rows = pairs(subject).map(|(objective, goal)| {
        let places = decimals(objective, goal);
        let number = |value: f64| Value::Number(value, places);
        let maybe = |value: Option<f64>| value.map_or(Value::Empty, number);
        let projected = |of: fn(&crate::analysis::objective::Projection) -> f64| match &goal.projected {
            Ok(projection) => number(of(projection)),
            Err(reason) => Value::Undefined(*reason),
        };
        let why = match goal.standing {
            Standing::NotAssessable(reason) => phrase!("not assessable: {reason}", reason),
            standing => standing.word().into(),
        };
        Row::new(vec![
            Value::Text(objective.id.clone()),
            Value::Text(objective.name.clone()),
            text(objective.unit.as_deref()),
            maybe(objective.baseline),
            maybe(objective.target),
            objective.due.map_or(Value::Empty, Value::Date),
            maybe(goal.latest.map(|(_, value)| value)),
            goal.latest.map_or(Value::Empty, |(day, _)| Value::Date(day)),
            Value::Count(goal.measurements as u64),
            goal.achieved.map_or(Value::Empty, Value::Percent),
            goal.trend.map_or_else(Value::Undefined, |trend| Value::Number(trend.per_day * MONTH, 2)),
            projected(|projection| projection.value),
            projected(|projection| projection.low),
            projected(|projection| projection.high),
            Value::Text(subject.say(why)),
            text(objective.owner.as_deref()),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    let measured = subject.found.objectives.iter().any(|goal| goal.latest.is_some());
    // Before anything is measured the print says what is wanted, by when and of whom.
    let early = |column: Column| if measured { column.workbook_only() } else { column };
    let late = |column: Column| if measured { column } else { column.workbook_only() };
    Table {
        id: "objectives",
        caption: String::new(),
        columns: vec![
            Column::new("id", "Goal", Kind::Text),
            Column::new("name", "What is to change", Kind::Text).weight(4),
            Column::new("unit", "Unit", Kind::Text).weight(2),
            Column::new("baseline", "Baseline", Kind::Number(1)),
            Column::new("target", "Target", Kind::Number(1)),
            Column::new("due", "Due", Kind::Date),
            late(Column::new("latest", "Latest", Kind::Number(1))),
            Column::new("measured", "Measured on", Kind::Date).workbook_only(),
            Column::new("measurements", "Measure\u{ad}ments", Kind::Count).workbook_only(),
            late(Column::new("achieved", "Of the way", Kind::Percent)),
            Column::new("trend", "Trend a month", Kind::Number(2)).workbook_only(),
            late(Column::new("projected", "At the due date", Kind::Number(1))),
            late(Column::new("low", "Range from", Kind::Number(1))),
            late(Column::new("high", "to", Kind::Number(1))),
            late(Column::new("standing", "Standing", Kind::Text).weight(2)),
            early(Column::new("owner", "Owner", Kind::Text).weight(2)),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

/// All of them on one scale, from the baseline of each to its target; `None` where none has both.
fn bullets(subject: &Subject<'_>) -> Option<Chart> {
    let mut drawn: Vec<(u8, Bullet)> = pairs(subject)
        .filter_map(|(objective, goal)| {
            let words = |value: f64| in_unit(subject, objective, value);
            let at = |value: f64| share(objective, value).ok();
            at(objective.target?)?;
            let baseline = Part::number(objective.baseline?, decimals(objective, goal));
            let target = words(objective.target?);
            let aim = match objective.due {
                Some(due) => phrase!("{baseline} \u{2192} {target} by {due}", baseline, target, due),
                None => phrase!("{baseline} \u{2192} {target}", baseline, target),
            };
            let bullet = Bullet {
                label: objective.name.clone(),
                aim: subject.say(aim),
                now: goal.latest.and_then(|(_, value)| Some((at(value)?, words(value)))),
                projected: goal.projected.ok().and_then(|projection| {
                    let ends = (at(projection.low)?, at(projection.high)?);
                    let range = (ends.0.min(ends.1), ends.0.max(ends.1));
                    Some((at(projection.value)?, range, words(projection.value)))
                }),
                standing: subject.word(goal.standing.word()),
            };
            Some((danger(goal), bullet))
        })
        .collect();
    let all = drawn.len();
    let mut title = phrase!("From baseline to target: where each objective is, and where its trend leads");
    if all > BARS {
        drawn.sort_by_key(|(danger, _)| *danger);
        drawn.truncate(BARS);
        title = phrase!("{title}; {n} of {all}, the worst first", title, n = BARS, all);
    }
    let rows: Vec<Bullet> = drawn.into_iter().map(|(_, bullet)| bullet).collect();
    let told: Vec<String> = rows
        .iter()
        .map(|row| subject.say(phrase!("{goal}: {standing}", goal = &*row.label, standing = &*row.standing)))
        .collect();
    (!rows.is_empty()).then(|| Chart {
        id: "objective_bullets",
        title: subject.say(title),
        alt: format!("{}.", subject.format.clauses(&told)),
        plot: Plot::Bullets(Bullets { rows }),
    })
}
