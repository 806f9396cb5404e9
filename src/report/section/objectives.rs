//! Objectives: baseline, target, what was measured, where the trend leads, and whether that is enough.

use crate::analysis::objective::{Goal, Standing, share};
use crate::document::{Block, Bullet, Bullets, Chart, Column, Kind, Plot, Row, Table, Value};
use crate::model::Objective;
use crate::report::section::Section;
use crate::report::subject::{Subject, text};
use crate::report::wording::{capital, listed};
use crate::wording::counted;

pub(super) const SECTION: Section = Section {
    id: "objectives",
    title: "Objectives",
    about: "Every goal with baseline, target, latest value, the value that its trend leads to by the due date with its range, and whether it is on track.",
    compose,
};

/// What the projection rests on.
const DEFINITION: &str = "The trend is a straight line by least squares through everything measured up to the status date; \
    it needs three measurements. The range holds four of five new values if it goes on so (80% prediction interval, \
    NIST/SEMATECH e-Handbook of Statistical Methods); it is cut at zero, and at 100 for percentages. On track: the line \
    meets the target by the due date. At risk: it falls short. Reached: the latest value meets the target. Missed: the due \
    date has passed without that.";

/// Days of a month, for the speed of a trend.
const MONTH: f64 = 365.0 / 12.0;

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let goals = &subject.found.objectives;
    if goals.is_empty() {
        return Vec::new();
    }
    if goals.iter().all(|goal| goal.latest.is_none()) {
        let told = format!("{}; nothing is measured yet.", counted(goals.len(), "objective"));
        return vec![Block::Paragraph(told), Block::Table(table(subject))];
    }
    let mut blocks = vec![Block::Paragraph(told(subject))];
    blocks.extend(bullets(subject).map(Block::Chart));
    blocks.push(Block::Table(table(subject)));
    blocks.push(Block::Note(DEFINITION.to_owned()));
    blocks
}

/// Each objective with its findings.
fn pairs<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Objective, &'a Goal)> {
    subject.project.objectives.iter().zip(&subject.found.objectives)
}

/// How many stand how, and which are not as they should be.
fn told(subject: &Subject<'_>) -> String {
    let goals = &subject.found.objectives;
    let words = ["reached", "on track", "at risk", "missed", "not assessable"];
    let counts: Vec<String> = words
        .iter()
        .filter_map(|word| {
            let count = goals.iter().filter(|goal| goal.standing.word() == *word).count();
            (count > 0).then(|| format!("{count} {word}"))
        })
        .collect();
    let mut text = format!("Of {}: {}.", counted(goals.len(), "objective"), listed(&counts));
    let mut short: Vec<(&Objective, &Goal)> = pairs(subject)
        .filter(|(_, goal)| matches!(goal.standing, Standing::AtRisk | Standing::Missed))
        .collect();
    let all = short.len();
    if all > TOLD {
        short.sort_by_key(|(_, goal)| danger(goal));
        short.truncate(TOLD);
        text = format!("{text} The worst {TOLD} of the {all} at risk or missed:");
    }
    for (objective, goal) in short {
        text.push(' ');
        text.push_str(&falls_short(subject, objective, goal));
    }
    text
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
fn falls_short(subject: &Subject<'_>, objective: &Objective, goal: &Goal) -> String {
    let number = |value: f64| in_unit(subject, objective, value);
    let name = capital(&objective.name);
    let target = objective.target.map(number).unwrap_or_default();
    let due = objective.due.map(|due| subject.format.day(due)).unwrap_or_default();
    match (goal.standing, goal.projected, goal.latest) {
        (Standing::Missed, _, Some((_, value))) => {
            format!("{name} ({}) is missed: {} instead of {target} by {due}.", objective.id, number(value))
        }
        (_, Ok(projected), _) => {
            let hope = match goal.out_of_reach {
                Some(true) => "; even the favourable end of the range falls short",
                Some(false) => "; the target lies within the range",
                None => "",
            };
            format!(
                "{name} ({}) is at risk: the trend leads to {} instead of {target} by {due}{hope}.",
                objective.id,
                number(projected.value)
            )
        }
        _ => format!("{name} ({}) is {}.", objective.id, goal.standing.word()),
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
        Some(unit) if unit.starts_with('%') => format!("{number}{unit}"),
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
            Standing::NotAssessable(reason) => format!("not assessable: {reason}"),
            standing => standing.word().to_owned(),
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
            Value::Text(why),
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
            let due = objective.due.map(|due| format!(" by {}", subject.format.day(due)));
            let bullet = Bullet {
                label: objective.name.clone(),
                aim: format!(
                    "{} \u{2192} {}{}",
                    subject.format.number(objective.baseline?, decimals(objective, goal)),
                    words(objective.target?),
                    due.unwrap_or_default()
                ),
                now: goal.latest.and_then(|(_, value)| Some((at(value)?, words(value)))),
                projected: goal.projected.ok().and_then(|projection| {
                    let ends = (at(projection.low)?, at(projection.high)?);
                    let range = (ends.0.min(ends.1), ends.0.max(ends.1));
                    Some((at(projection.value)?, range, words(projection.value)))
                }),
                standing: goal.standing.word(),
            };
            Some((danger(goal), bullet))
        })
        .collect();
    let all = drawn.len();
    let mut title = "From baseline to target: where each objective is, and where its trend leads".to_owned();
    if all > BARS {
        drawn.sort_by_key(|(danger, _)| *danger);
        drawn.truncate(BARS);
        title = format!("{title}; {BARS} of {all}, the worst first");
    }
    let rows: Vec<Bullet> = drawn.into_iter().map(|(_, bullet)| bullet).collect();
    let told: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.label, row.standing)).collect();
    (!rows.is_empty()).then(|| Chart {
        id: "objective_bullets",
        title,
        alt: format!("{}.", told.join("; ")),
        plot: Plot::Bullets(Bullets { rows }),
    })
}
