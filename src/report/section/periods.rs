//! Period by period: cumulative figures, indices, the trail towards or away from the plan.

use crate::analysis::PeriodValue;
use crate::calendar::last_day;
use crate::document::{Block, BullsEye, Chart, Column, Kind, Lines, Plot, Role, Row, Series, Table, Value};
use crate::report::section::{Section, print};
use crate::report::subject::Subject;
use crate::report::wording::{index, period, short_period};

pub(super) const SECTION: Section = Section {
    id: "periods",
    title: "Indices over time",
    about: "Cumulative figures and indices period by period, and the trail of CPI against SPI(t).",
    compose,
};

/// Periods after the status date that the print shows of a long plan.
const AHEAD: usize = 3;

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let series = &subject.found.series;
    let past: Vec<&PeriodValue> = series.iter().filter(|value| value.ev.is_some()).collect();
    if series.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    blocks.extend(lines(subject, &past).map(Block::Chart));
    blocks.extend(bulls_eye(subject, &past).map(Block::Chart));
    blocks.push(Block::Table(table(subject)));
    blocks
}

/// SPI(t), SPI and CPI over time with the thresholds.
fn lines(subject: &Subject<'_>, past: &[&PeriodValue]) -> Option<Chart> {
    let of = |name: &str, role: Role, get: fn(&PeriodValue) -> Option<f64>| Series {
        name: name.to_owned(),
        role,
        points: past.iter().filter_map(|value| Some((last_day(value.at), get(value)?))).collect(),
    };
    let series: Vec<Series> = [
        of("CPI", Role::Actual, |value| value.cpi),
        of("SPI(t)", Role::Earned, |value| value.spi_t),
        of("SPI", Role::Other, |value| value.spi),
    ]
    .into_iter()
    .filter(|series| !series.points.is_empty())
    .collect();
    // One point is no course.
    if series.iter().all(|series| series.points.len() < 2) {
        return None;
    }
    let latest: Vec<String> = series
        .iter()
        .filter_map(|series| {
            let value = index(series.points.last()?.1);
            Some(subject.say(phrase!("{name} {value}", name = &series.name, value)))
        })
        .collect();
    let thresholds = subject.thresholds;
    Some(Chart {
        id: "indices",
        title: subject.word(word!("Indices over time; 1.00 is as planned")),
        alt: subject.say(phrase!(
            "Cost and schedule indices over time. The latest: {latest}.",
            latest = latest.join(", ")
        )),
        plot: Plot::Lines(Lines {
            kind: Kind::Index,
            unit: String::new(),
            series,
            marks: Vec::new(),
            levels: vec![
                (1.0, subject.word(word!("as planned"))),
                (thresholds.index_amber, subject.word(word!("amber below"))),
                (thresholds.index_red, subject.word(word!("red below"))),
            ],
            cone: None,
            from_zero: false,
        }),
    })
}

/// CPI against SPI(t).
fn bulls_eye(subject: &Subject<'_>, past: &[&PeriodValue]) -> Option<Chart> {
    let trail: Vec<(String, f64, f64)> = past
        .iter()
        .filter_map(|value| Some((short_period(value.period, &subject.format), value.spi_t?, value.cpi?)))
        .collect();
    let (first, last) = (trail.first()?.clone(), trail.last()?.clone());
    Some(Chart {
        id: "bulls_eye",
        title: subject.word(word!("Cost against schedule efficiency")),
        alt: subject.say(phrase!(
            "CPI against SPI(t) from {first} (SPI(t) {first_spi}, CPI {first_cpi}) to {last} (SPI(t) {last_spi}, CPI \
             {last_cpi}).",
            first = first.0,
            first_spi = index(first.1),
            first_cpi = index(first.2),
            last = last.0,
            last_spi = index(last.1),
            last_cpi = index(last.2)
        )),
        plot: Plot::BullsEye(BullsEye {
            trail,
            thresholds: (subject.thresholds.index_amber, subject.thresholds.index_red),
        }),
    })
}

fn table(subject: &Subject<'_>) -> Table {
    let money = |amount: Option<_>| amount.map_or(Value::Empty, Value::Money);
    let ratio = |ratio: Option<f64>| ratio.map_or(Value::Empty, Value::Index);
    let series = &subject.found.series;
    let rows = series.iter().map(|value| {
        let sv = value.ev.map(|ev| ev - value.pv);
        let cv = value.ev.zip(value.ac).map(|(ev, ac)| ev - ac);
        Row::new(vec![
            Value::Text(period(value.period, &subject.format)),
            Value::Date(last_day(value.at)),
            Value::Money(value.pv),
            money(value.ev),
            money(value.ac),
            money(sv),
            money(cv),
            ratio(value.spi),
            ratio(value.spi_t),
            ratio(value.cpi),
            value.hours.map_or(Value::Empty, Value::Hours),
        ])
    });
    let mut rows: Vec<Row> = rows.collect();
    let past = series.iter().rposition(|value| value.ev.is_some()).unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "periods of a project")]
    let weight = |row: usize| (row <= past + AHEAD).then_some(row as f64);
    print::heaviest(&mut rows, subject.limits.periods, weight);
    Table {
        id: "periods",
        caption: subject.word(word!("Cumulative figures at the end of each period")),
        columns: vec![
            Column::new("period", "Period", Kind::Text).weight(3),
            Column::new("at", "To", Kind::Date).workbook_only(),
            Column::new("pv", "PV", Kind::Money).symbol("PV"),
            Column::new("ev", "EV", Kind::Money).symbol("EV"),
            Column::new("ac", "AC", Kind::Money).symbol("AC"),
            Column::new("sv", "SV", Kind::Money).symbol("SV"),
            Column::new("cv", "CV", Kind::Money).symbol("CV"),
            Column::new("spi", "SPI", Kind::Index).symbol("SPI"),
            Column::new("spi_t", "SPI(t)", Kind::Index),
            Column::new("cpi", "CPI", Kind::Index).symbol("CPI"),
            Column::new("hours", "Hours booked", Kind::Hours),
        ],
        rows,
        totals: None,
        print_rows: None,
    }
}
