//! How the estimates of the finished tasks came out: hours and cost, by phase and part, by role and person, task by task.

use crate::analysis::closure::estimate::{Accuracy, Estimates, Part};
use crate::analysis::metric::{MMRE, MRE, PRED};
use crate::document::{Bars, Block, Chart, Column, Kind, Plot, Role, Row, Table, Value};
use crate::language::{Part as Place, Phrase};
use crate::report::section::{Section, print};
use crate::report::subject::Subject;
use crate::report::wording::{defined, index};

pub(super) const SECTION: Section = Section {
    id: "estimates",
    title: "Estimates",
    about: "Booked hours and cost of the finished tasks against their baseline: ratio, median, spread and worst, by phase and by role.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.closure.estimates;
    let Some(all) = found.all.hours.or(found.all.cost) else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(told(subject, found, &all))];
    blocks.extend(chart(subject, found).map(Block::Chart));
    let phases = word!("By phase and part of the work");
    blocks.extend(parts(subject, "estimates_by_phase", phases, &found.parts).map(Block::Table));
    let roles = word!(
        "By role and person assigned; several on a task share it equally, one without people is its owner's"
    );
    blocks.extend(parts(subject, "estimates_by_role", roles, &found.roles).map(Block::Table));
    blocks.push(Block::Table(tasks(subject, found)));
    blocks.push(Block::Note(subject.say_all(&definitions())));
    blocks
}

/// How the figures are reckoned, and how far they carry.
fn definitions() -> Vec<Phrase> {
    let ratio = phrase!(
        "Ratio is actual over estimated: 1.30 is 30% more than estimated. Half of the tasks lie between the quartiles."
    );
    let carries = phrase!(
        "MMRE forgives what was estimated too low (Foss, Stensrud, Kitchenham and Myrtveit, IEEE TSE 29(11), 2003): the \
         median has a direction. Level of effort is in it, tasks without a baseline or a booking are not."
    );
    let metrics = defined(&[&MRE, &MMRE, &PRED]);
    [ratio].into_iter().chain(metrics).chain([carries]).collect()
}

/// All of them, the best and the worst part.
fn told(subject: &Subject<'_>, found: &Estimates, all: &Accuracy) -> String {
    let n = all.count;
    let whole = match found.all.hours {
        Some(_) => phrase!(
            "{n} {n|finished task|finished tasks} took {actual} hours where {estimated} hours were estimated: {share} of the \
             estimate.",
            n,
            actual = Place::number(all.actual, 0),
            estimated = Place::number(all.estimated, 0),
            share = Place::share(all.ratio())
        ),
        None => phrase!(
            "{n} {n|finished task|finished tasks} cost {actual} where {estimated} were estimated: {share} of the estimate.",
            n,
            actual = subject.format.amount(all.actual),
            estimated = subject.format.amount(all.estimated),
            share = Place::share(all.ratio())
        ),
    };
    let spread = phrase!(
        "The median task came to {median} of its own, half of them to between {lower} and {upper}; {near} came within a \
         quarter.",
        median = Place::share(all.median),
        lower = Place::share(all.quartiles.0),
        upper = Place::share(all.quartiles.1),
        near = Place::share(all.pred_25())
    );
    let sentences = [Some(whole), Some(spread), extremes(subject, found)];
    subject.say_all(&sentences.into_iter().flatten().collect::<Vec<_>>())
}

/// The part that was furthest off and the one that came closest.
fn extremes(subject: &Subject<'_>, found: &Estimates) -> Option<Phrase> {
    let named = |part: &Part| Some((label(subject, part), (part.accuracy.hours.or(part.accuracy.cost))?));
    let leaves: Vec<(String, Accuracy)> = leaves(&found.parts).filter_map(named).collect();
    let far = |accuracy: &Accuracy| accuracy.ratio().ln().abs();
    let worst = leaves.iter().reduce(|worst, next| if far(&next.1) > far(&worst.1) { next } else { worst });
    let best = leaves.iter().reduce(|best, next| if far(&next.1) < far(&best.1) { next } else { best });
    let ((worst, off), (best, close)) = worst.zip(best).filter(|(worst, best)| worst.0 != best.0)?;
    Some(phrase!(
        "Furthest off was {worst} at {off}, closest {best} at {close}.",
        worst,
        off = Place::share(off.ratio()),
        best,
        close = Place::share(close.ratio())
    ))
}

/// A part as a reader knows it.
fn label(subject: &Subject<'_>, part: &Part) -> String {
    match part.summary {
        Some(summary) => subject.task_label(summary),
        None if part.name.is_empty() => subject.word(word!("Without a name")),
        None => part.name.clone(),
    }
}

/// Estimated beside actual by part.
fn chart(subject: &Subject<'_>, found: &Estimates) -> Option<Chart> {
    let shown: Vec<(String, Accuracy)> =
        leaves(&found.parts).filter_map(|part| Some((label(subject, part), part.accuracy.hours?))).collect();
    if shown.len() < 2 {
        return None;
    }
    let all = found.all.hours?;
    Some(Chart {
        id: "estimates",
        title: subject.word(word!("Hours estimated and booked, by part of the work")),
        alt: subject.say(phrase!(
            "Bars. Over all finished tasks {booked} hours were booked where {estimated} were estimated; by part: {parts}.",
            booked = Place::number(all.actual, 0),
            estimated = Place::number(all.estimated, 0),
            parts = shown
                .iter()
                .map(|(name, accuracy)| subject
                    .say(phrase!("{name} {share}", name, share = Place::share(accuracy.ratio()))))
                .collect::<Vec<_>>()
                .join(", ")
        )),
        plot: Plot::Bars(Bars {
            kind: Kind::Hours,
            unit: subject.word(word!("hours")),
            categories: shown
                .iter()
                .map(|(name, accuracy)| subject.say(phrase!("{name} ({ratio})", name, ratio = index(accuracy.ratio()))))
                .collect(),
            series: vec![
                (subject.word(word!("Estimated")), Role::Planned, shown.iter().map(|(_, a)| a.estimated).collect()),
                (subject.word(word!("Booked")), Role::Actual, shown.iter().map(|(_, a)| a.actual).collect()),
            ],
            stacked: false,
        }),
    })
}

/// A group a row: hours with their spread, cost.
fn parts(subject: &Subject<'_>, id: &'static str, caption: &str, parts: &[Part]) -> Option<Table> {
    let has = |get: fn(&Part) -> bool| parts.iter().any(get);
    let (hours, cost) = (has(|part| part.accuracy.hours.is_some()), has(|part| part.accuracy.cost.is_some()));
    let rows = parts.iter().enumerate().map(|(at, part)| {
        let mut cells = vec![Value::Text(label(subject, part))];
        let own = part.accuracy.hours.or(part.accuracy.cost);
        let of = |get: fn(&Accuracy) -> Value| own.as_ref().map_or(Value::Empty, get);
        cells.push(of(|accuracy| Value::Count(accuracy.count as u64)));
        if hours {
            let hours = part.accuracy.hours;
            cells.push(hours.map_or(Value::Empty, |a| Value::Number(a.estimated, 0)));
            cells.push(hours.map_or(Value::Empty, |a| Value::Number(a.actual, 0)));
            cells.push(hours.map_or(Value::Empty, |a| Value::Index(a.ratio())));
        }
        cells.extend([
            of(|accuracy| Value::Index(accuracy.median)),
            of(|accuracy| Value::Index(accuracy.quartiles.0)),
            of(|accuracy| Value::Index(accuracy.quartiles.1)),
            of(|accuracy| Value::Percent(accuracy.mmre())),
            of(|accuracy| Value::Percent(accuracy.pred_25())),
            own.map_or(Value::Empty, |a| {
                Value::Text(subject.say(phrase!(
                    "{task} ({ratio})",
                    task = subject.task_code(a.worst),
                    ratio = index(a.worst_ratio)
                )))
            }),
        ]);
        if cost {
            let cost = part.accuracy.cost;
            cells.push(cost.map_or(Value::Empty, |a| Value::Index(a.ratio())));
        }
        Row { level: part.level, summary: !is_leaf(parts, at), ..Row::new(cells) }
    });
    let rows: Vec<Row> = rows.collect();
    let mut columns =
        vec![Column::new("name", "Work", Kind::Text).weight(5), Column::new("tasks", "Tasks", Kind::Count)];
    if hours {
        columns.push(Column::new("estimated", "Hours est.", Kind::Number(0)).symbol("EST"));
        columns.push(Column::new("actual", "Hours booked", Kind::Number(0)).symbol("ACT"));
        columns.push(Column::new("ratio", "Ratio", Kind::Index).formula("ACT / EST"));
    }
    columns.extend([
        Column::new("median", "Median", Kind::Index),
        Column::new("lower", "Lower quartile", Kind::Index),
        Column::new("upper", "Upper quartile", Kind::Index),
        Column::new("mmre", "MMRE", Kind::Percent),
        Column::new("pred", "PRED(25)", Kind::Percent),
        Column::new("worst", "Worst", Kind::Text).weight(3),
    ]);
    if cost {
        columns.push(Column::new("cost_ratio", "Cost ratio", Kind::Index));
    }
    (!rows.is_empty()).then(|| Table {
        id,
        caption: subject.word(caption),
        columns,
        rows,
        totals: None,
        print_rows: None,
    })
}

/// The parts themselves, not the phases over them.
fn leaves(parts: &[Part]) -> impl Iterator<Item = &Part> {
    parts.iter().enumerate().filter(|(at, _)| is_leaf(parts, *at)).map(|(_, part)| part)
}

/// Whether no others stand below a group.
fn is_leaf(parts: &[Part], at: usize) -> bool {
    parts.get(at + 1).is_none_or(|next| next.level <= parts[at].level)
}

/// Every finished task; on paper those that missed by most.
fn tasks(subject: &Subject<'_>, found: &Estimates) -> Table {
    let rows = found.tasks.iter().map(|estimate| {
        let ratio = |pair: Option<(f64, f64)>| pair.map_or(Value::Empty, |(e, a)| Value::Index(a / e));
        let hours = estimate.hours.map(|(e, a)| (e.hours(), a.hours()));
        let cost = estimate.cost.map(|(e, a)| (e.units(), a.units()));
        Row::new(vec![
            Value::Text(subject.task_label(estimate.task)),
            estimate.hours.map_or(Value::Empty, |(estimated, _)| Value::Hours(estimated)),
            estimate.hours.map_or(Value::Empty, |(_, booked)| Value::Hours(booked)),
            ratio(hours),
            estimate.cost.map_or(Value::Empty, |(estimated, _)| Value::Money(estimated)),
            estimate.cost.map_or(Value::Empty, |(_, actual)| Value::Money(actual)),
            ratio(cost),
        ])
    });
    let mut rows: Vec<Row> = rows.collect();
    let missed = |row: usize| {
        let estimate = &found.tasks[row];
        let cost = estimate.cost.map(|(estimated, actual)| (actual - estimated).units().abs());
        cost.or_else(|| estimate.hours.map(|(estimated, booked)| (booked - estimated).hours().abs()))
    };
    let shortened = print::heaviest(&mut rows, subject.limits.rows.min(MOST), missed);
    Table {
        id: "estimates",
        caption: if shortened {
            subject.word(word!("Finished tasks, those that missed their estimate by most"))
        } else {
            subject.word(word!("Finished tasks"))
        },
        columns: vec![
            Column::new("name", "Work", Kind::Text).weight(5),
            Column::new("estimated", "Hours est.", Kind::Hours).symbol("EST"),
            Column::new("booked", "Hours booked", Kind::Hours).symbol("ACT"),
            Column::new("ratio", "Ratio", Kind::Index).formula("ACT / EST"),
            Column::new("bac", "Cost est.", Kind::Money).symbol("BAC"),
            Column::new("ac", "Cost", Kind::Money).symbol("AC"),
            Column::new("cost_ratio", "Ratio", Kind::Index).formula("AC / BAC"),
        ],
        rows,
        totals: None,
        print_rows: None,
    }
}

/// Tasks on paper: what was off by most is what one learns from.
const MOST: usize = 12;
