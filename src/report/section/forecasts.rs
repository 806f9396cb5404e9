//! Cost and finish forecasts by method side by side, the recommended one and why, and how far to trust them.

mod throughput;
mod views;

use crate::analysis::forecast::reference_class::IT;
use crate::analysis::metric::in_print;
use crate::calendar::last_day;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::{Subject, cell};
use crate::report::two_views;

pub(super) const SECTION: Section = Section {
    id: "forecasts",
    title: "Forecasts",
    about: "Cost and finish by every method side by side, the recommended one and why.",
    compose,
};

/// How far an estimate at completion can be trusted.
const COST_CAVEAT: &str = word!(
    "How far to trust it: estimates at completion settle within 10% of the final cost only \
    at about 70% complete (27 development efforts, Defense Acquisition Research Journal, spring 2025; earlier \
    studies: 50-55%). The estimate by CPI is a reasonable lower bound for most of a project's life. On 31 tracked \
    projects (Batselier and Vanhoucke) the mean error was 7.2% with the rest at budget, 9.2% by CPI and 19% by SPI."
);

/// The outside view.
fn outside() -> Phrase {
    phrase!(
        "The outside view: of {projects}, cost overran by {mean} on average; one in six by {tail}, and took {longer} \
         longer. What this project says of itself does not rule out that it is one of them.",
        projects = Part::Word(IT.name),
        mean = Part::share(IT.mean_cost),
        tail = Part::share(IT.tail_cost),
        longer = Part::share(IT.tail_duration)
    )
}

/// How far a finish forecast can be trusted.
const FINISH_CAVEAT: &str = word!(
    "How far to trust it: on the same 31 projects the mean error, as a share of the real \
    duration, was 10.2% by earned schedule with the rest as planned, 12.3% by planned value with the rest as \
    planned, 17.2% by earned schedule with SPI(t) and 24.2% by planned value with SPI."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = subject.found;
    // Nothing is forecast of what is over: every method says what came.
    let over = subject.finished().is_some();
    if over || (found.cost_forecasts.is_empty() && found.finish_forecasts.is_empty()) {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if !found.recommended.why.is_empty() {
        blocks.push(Block::Paragraph(subject.say(&found.recommended.why)));
    }
    blocks.extend(p80(subject).map(Block::Paragraph));
    if let Some(views) = views::table(subject) {
        let two = views.rows.len() > 1;
        blocks.push(Block::Table(views));
        if two {
            blocks.extend(two_views::apart(subject).map(Block::Paragraph));
            blocks.push(Block::Paragraph(subject.word(two_views::WHICH)));
        }
    }
    if !found.cost_forecasts.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("Cost at completion"))));
        blocks.push(Block::Table(cost(subject)));
        if found.measures.bac > found.measures.ev {
            blocks.push(Block::Note(subject.word(COST_CAVEAT)));
            blocks.push(Block::Note(subject.say(outside())));
        }
    }
    if !found.finish_forecasts.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("Finish"))));
        blocks.push(Block::Table(finish(subject)));
        if found.measures.bac > found.measures.ev {
            blocks.push(Block::Note(subject.word(FINISH_CAVEAT)));
        }
        blocks.extend(throughput::blocks(subject));
    }
    blocks
}

/// What four of five projects keep, beside the even chance of the recommended forecasts.
fn p80(subject: &Subject<'_>) -> Option<String> {
    let (found, recommended) = (subject.found, &subject.found.recommended);
    if found.measures.ev >= found.measures.bac {
        return None;
    }
    let cost = recommended.eac_p80.map(|eac| subject.format.amount(eac));
    let four = match (cost, recommended.finish_p80.map(last_day)) {
        (Some(cost), Some(finish)) => {
            phrase!("four cost at most {cost} and are finished by {finish}", cost, finish)
        }
        (Some(cost), None) => phrase!("four cost at most {cost}", cost),
        (None, Some(finish)) => phrase!("four are finished by {finish}", finish),
        (None, None) => return None,
    };
    Some(subject.say(match one_of_five(subject) {
        Some(one) => {
            phrase!("P80: of five projects that stand where this one stands, {four}; {one} (P20).", four, one)
        }
        None => phrase!("P80: of five projects that stand where this one stands, {four}.", four),
    }))
}

/// What the luckiest of five keeps: P20.
fn one_of_five(subject: &Subject<'_>) -> Option<Phrase> {
    let recommended = &subject.found.recommended;
    let cost = recommended.eac_p20.map(|eac| subject.format.amount(eac));
    Some(match (cost, recommended.finish_p20.map(last_day)) {
        (Some(cost), Some(finish)) => {
            phrase!("one costs at most {cost} and is finished by {finish}", cost, finish)
        }
        (Some(cost), None) => phrase!("one costs at most {cost}", cost),
        (None, Some(finish)) => phrase!("one is finished by {finish}", finish),
        (None, None) => return None,
    })
}

/// The mark of the recommended method.
fn recommended(subject: &Subject<'_>, yes: bool) -> Value {
    if yes { subject.cell(word!("recommended")) } else { Value::Empty }
}

fn cost(subject: &Subject<'_>) -> Table {
    let bac = subject.found.measures.bac.units();
    let rows = subject.found.cost_forecasts.iter().map(|forecast| {
        let over = forecast.eac.map(|eac| eac - bac);
        Row::new(vec![
            subject.cell(forecast.name),
            recommended(subject, forecast.eac.is_ok() && forecast.method == subject.found.recommended.cost),
            cell(forecast.eac, Value::Estimate),
            cell(over, Value::Estimate),
            cell(
                over.and_then(|over| crate::quantity::ratio(over, bac, crate::quantity::Reason::NoBaseline)),
                Value::Percent,
            ),
            Value::Text(in_print(&subject.word(forecast.formula))),
            forecast.eac.err().map_or(Value::Empty, |reason| subject.cell(reason.text())),
        ])
    });
    let caption = match subject.found.recommended.eac_range {
        Some((low, high)) if bac > 0.0 => subject.say(phrase!(
            "The defensible estimates lie between {low} and {high} ({low_share} and {high_share} of the budget)",
            low = subject.format.amount(low),
            high = subject.format.amount(high),
            low_share = Part::share(low / bac),
            high_share = Part::share(high / bac)
        )),
        _ => String::new(),
    };
    Table {
        id: "cost_forecasts",
        caption,
        columns: vec![
            Column::new("name", "If the rest goes ...", Kind::Text).weight(4),
            Column::new("recommended", "Choice", Kind::Text).weight(2),
            Column::new("eac", "EAC", Kind::Money),
            Column::new("over", "Over budget", Kind::Money),
            Column::new("over_share", "Over budget, share", Kind::Percent),
            Column::new("formula", "Formula", Kind::Text).weight(4),
            Column::new("reason", "Why there is none", Kind::Text).weight(2).workbook_only(),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

fn finish(subject: &Subject<'_>) -> Table {
    let baseline = subject.baseline_span().map(|(_, finish)| finish);
    let rows = subject.found.finish_forecasts.iter().map(|forecast| {
        let day = forecast.finish.map(last_day);
        let late = day.ok().zip(baseline).and_then(|(day, baseline)| subject.working_days(baseline, day));
        Row::new(vec![
            subject.cell(forecast.name),
            recommended(
                subject,
                forecast.finish.is_ok() && forecast.method == subject.found.recommended.finish,
            ),
            day.map_or_else(Value::Undefined, Value::Date),
            late.map_or(Value::Empty, Value::Days),
            Value::Text(in_print(&subject.word(forecast.formula))),
            forecast.finish.err().map_or(Value::Empty, |reason| subject.cell(reason.text())),
        ])
    });
    Table {
        id: "finish_forecasts",
        caption: baseline
            .map(|day| subject.say(phrase!("The baseline finishes on {day}", day)))
            .unwrap_or_default(),
        columns: vec![
            Column::new("name", "Method", Kind::Text).weight(4),
            Column::new("recommended", "Choice", Kind::Text).weight(2),
            Column::new("finish", "Finish", Kind::Date),
            Column::new("late", "Working days late", Kind::Days),
            Column::new("formula", "Formula", Kind::Text).weight(4),
            Column::new("reason", "Why there is none", Kind::Text).weight(2).workbook_only(),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}
