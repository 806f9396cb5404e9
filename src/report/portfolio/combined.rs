//! The projects together: what they cost in sum and when the last of them ends, with their uncertainty.

use crate::analysis::simulation::{Combined, View};
use crate::calendar::last_day;
use crate::document::{
    Block, Chart, Column, Format, Histogram, Kind, Over, Plot, Row, Section, Table, Value,
};
use crate::language::{Part, Phrase};
use crate::report::portfolio::some_of;
use crate::report::subject::{Subject, cell, finish_cell};

/// How it is computed.
const HOW: &str = word!(
    "In a trial every project ends once, with cost and finish together; the luck of any two is correlated \
    (one common factor). Finished projects count with what they cost. Past projects: the forecast on the project's page \
    1 with the range that its method had on finished projects. Simulation: the spread of the estimates and the open \
    risks, and nothing that is in neither."
);

/// The section; none where neither view has two projects.
pub(super) fn section(
    combined: Option<&Combined>,
    subjects: &[Subject<'_>],
    format: &Format,
) -> Option<Section> {
    let found = combined?;
    let (first, basis) = match (&found.history, &found.simulation) {
        (Some(view), _) => (view, Basis::History),
        (None, Some(view)) => (view, Basis::Simulation),
        (None, None) => return None,
    };
    let mut blocks = vec![Block::Paragraph(format.say(told(found, (first, basis), format)))];
    blocks.extend(left_out(first, subjects).map(|told| Block::Paragraph(format.say(told))));
    blocks.push(Block::Table(percentiles(found, format)));
    blocks.extend(cost_chart(first, format).map(Block::Chart));
    blocks.push(Block::Chart(finish_chart(first, format)));
    blocks.push(Block::Table(members(first, subjects, format)));
    blocks.push(Block::Note(format.say(phrase!(
        "{n} {n|trial|trials}, seed {seed}. {how}",
        n = found.iterations,
        seed = found.seed.to_string(),
        how = Part::Word(HOW)
    ))));
    Some(Section { id: "combined", title: format.word(word!("The projects together")), blocks })
}

/// What the figures told of rest on.
#[derive(Clone, Copy)]
enum Basis {
    History,
    Simulation,
}

/// Cost and finish of the whole, and why P80s are not added.
fn told(found: &Combined, (view, basis): (&View, Basis), format: &Format) -> Phrase {
    let day = |which: usize| last_day(view.dates[which]);
    let basis = match basis {
        Basis::History => phrase!("by the history of the forecasts, as on page 1 of their reports"),
        Basis::Simulation => phrase!("by their simulations"),
    };
    let finish = phrase!(
        "The last of {n} {n|project|projects} ends by {p50} (P50) and {p80} (P80)",
        n = view.members.len(),
        p50 = day(1),
        p80 = day(2)
    );
    let Some(cost) = &view.cost else {
        return phrase!(
            "{finish}, {basis}. Their costs are not added: they are in different currencies, or there are none.",
            finish,
            basis
        );
    };
    let spread = &cost.spread;
    phrase!(
        "{finish}; together they cost up to {p50} (P50) and {p80} (P80), {basis}. The luck of any two is correlated by {correlation}; had they nothing in common, P80 would be {independent}. The P80s of the projects add up to {sum}: more, because not all go wrong at once.",
        finish,
        p50 = format.amount(spread.p50()),
        p80 = format.amount(spread.p80()),
        basis,
        correlation = Part::number(found.correlation, 2),
        independent = format.amount(cost.independent_p80),
        sum = format.amount(cost.sum_of_p80)
    )
}

/// The projects that are not in it, and why.
fn left_out(view: &View, subjects: &[Subject<'_>]) -> Option<Phrase> {
    let names = view.left_out.iter().filter_map(|(index, why)| {
        let name = &subjects.get(*index)?.project.name;
        Some(phrase!("{project} ({why})", project = name, why).into())
    });
    let names: Vec<Part> = names.collect();
    (!names.is_empty()).then(|| phrase!("Not in these figures: {names}.", names = some_of(names)))
}

/// P10 to P95 by both views.
fn percentiles(found: &Combined, format: &Format) -> Table {
    let views = [&found.history, &found.simulation].map(Option::as_ref);
    let date = |view: Option<&View>, which: usize| {
        view.map_or(Value::Empty, |view| Value::Date(last_day(view.dates[which])))
    };
    let money = |view: Option<&View>, which: usize| {
        let cost = view.and_then(|view| view.cost.as_ref());
        cost.map_or(Value::Empty, |cost| Value::Estimate(cost.spread.percentiles[which]))
    };
    let rows = ["P10", "P50", "P80", "P90", "P95"].iter().enumerate().map(|(which, name)| {
        let figures = views.iter().flat_map(|view| [date(*view, which), money(*view, which)]);
        Row::new([Value::Text((*name).to_owned())].into_iter().chain(figures).collect())
    });
    Table {
        id: "combined_percentiles",
        caption: format.word(word!("The last finish and the cost of all, by two views")),
        columns: vec![
            Column::new("name", "Confidence", Kind::Text).weight(2),
            Column::new("finish", "Past projects: finish", Kind::Date),
            Column::new("cost", "Past projects: cost", Kind::Money),
            Column::new("simulated_finish", "Simulation: finish", Kind::Date),
            Column::new("simulated_cost", "Simulation: cost", Kind::Money),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// What all cost.
fn cost_chart(view: &View, format: &Format) -> Option<Chart> {
    let cost = &view.cost.as_ref().filter(|cost| cost.spread.classes.len() > 1)?.spread;
    let amount = |units: f64| format.amount(units);
    Some(Chart {
        id: "combined_cost",
        title: format.word(word!("Cost of all projects: share of the trials, and how many stay below")),
        alt: format.say(phrase!(
            "Distribution of the cost of all projects: P10 {p10}, P50 {p50}, P80 {p80}, P95 {p95}.",
            p10 = amount(cost.p10()),
            p50 = amount(cost.p50()),
            p80 = amount(cost.p80()),
            p95 = amount(cost.p95())
        )),
        plot: Plot::Histogram(Histogram {
            over: Over::Amounts(Kind::Money, format.currency.clone()),
            classes: cost.classes.clone(),
            marks: [("P50", cost.p50()), ("P80", cost.p80())]
                .map(|(name, at)| (at, format!("{name} {}", amount(at))))
                .into(),
        }),
    })
}

/// When the last ends.
fn finish_chart(view: &View, format: &Format) -> Chart {
    let day = |which: usize| format.day(last_day(view.dates[which]));
    Chart {
        id: "combined_finish",
        title: format
            .word(word!("Finish of the last project: share of the trials, and how many end by a day")),
        alt: format.say(phrase!(
            "Distribution of the last finish: P10 {p10}, P50 {p50}, P80 {p80}, P95 {p95}.",
            p10 = day(0),
            p50 = day(1),
            p80 = day(2),
            p95 = day(4)
        )),
        plot: Plot::Histogram(Histogram {
            over: Over::Dates(view.class_ends.iter().map(|end| last_day(*end)).collect()),
            classes: view.finish.classes.clone(),
            marks: [(1, "P50"), (2, "P80")]
                .map(|(which, name)| (view.finish.percentiles[which], format!("{name} {}", day(which))))
                .into(),
        }),
    }
}

/// Each project alone, and how often it is the last.
fn members(view: &View, subjects: &[Subject<'_>], format: &Format) -> Table {
    let rows = view.members.iter().filter_map(|member| {
        let subject = subjects.get(member.project)?;
        let recommended = &subject.found.recommended;
        Some(Row::new(vec![
            Value::Text(subject.project.name.clone()),
            cell(subject.found.measures.eac, Value::Estimate),
            recommended.eac_p80.map_or(Value::Empty, Value::Estimate),
            subject.finish_day().map_or(Value::Empty, Value::Date),
            finish_cell(recommended.finish_p80),
            Value::Percent(member.last),
        ]))
    });
    Table {
        id: "combined_projects",
        caption: format.word(word!("Each project alone, and in how many trials it is the last to end")),
        columns: vec![
            Column::new("name", "Project", Kind::Text).weight(4),
            Column::new("cost_p50", "EAC, P50", Kind::Money),
            Column::new("cost_p80", "EAC, P80", Kind::Money),
            Column::new("finish_p50", "Finish, P50", Kind::Date),
            Column::new("finish_p80", "Finish, P80", Kind::Date),
            Column::new("last", "Last in", Kind::Percent),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::simulation::Spread;
    use crate::report::example::day;

    #[test]
    fn amounts_of_different_currencies_are_not_told() {
        let view = View {
            members: vec![crate::analysis::simulation::Member { project: 0, last: 1.0 }; 2],
            left_out: Vec::new(),
            cost: None,
            dates: [crate::calendar::end_of_day(day(7, 16)); 5],
            finish: Spread::default(),
            class_ends: Vec::new(),
        };
        let found = Combined {
            iterations: 64,
            seed: 1,
            correlation: 0.3,
            history: None,
            simulation: Some(view.clone()),
        };
        let told = told(&found, (&view, Basis::Simulation), &Format::default()).to_string();
        assert!(told.starts_with("The last of 2 projects ends by 2026-07-16 (P50)"), "{told}");
        assert!(
            told.ends_with("Their costs are not added: they are in different currencies, or there are none.")
        );
        assert_eq!(left_out(&view, &[]), None);
    }
}
