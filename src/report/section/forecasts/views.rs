//! The two views of how far the project may be off, side by side.

use crate::analysis::simulation::Spread;
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::subject::{Subject, finish_cell};

/// What the history of the method says of its error.
const HISTORY: &str = word!(
    "The recommended forecast, and how far its method was off on finished projects: all that befell them"
);
/// What the simulation says.
const SIMULATION: &str =
    word!("The spread of the estimates and the open risks, through the network: nothing that is in neither");

/// The table; none for a finished project.
pub(super) fn table(subject: &Subject<'_>) -> Option<Table> {
    let (found, recommended) = (subject.found, &subject.found.recommended);
    if subject.all_earned() || (recommended.eac_p80.is_none() && recommended.finish_p80.is_none()) {
        return None;
    }
    let money = |units: Option<f64>| units.map_or(Value::Empty, Value::Estimate);
    let mut rows = vec![Row::new(vec![
        subject.cell(word!("Past projects (page 1)")),
        money(found.measures.eac.ok()),
        money(recommended.eac_p80),
        subject.finish_day().map_or(Value::Empty, Value::Date),
        finish_cell(recommended.finish_p80),
        subject.cell(HISTORY),
    ])];
    if let Ok(simulation) = &found.simulation {
        let cost = simulation.cost.as_ref();
        let day = |which: usize| Value::Date(last_day(simulation.dates[which]));
        rows.push(Row::new(vec![
            subject.cell(word!("Simulation")),
            money(cost.map(Spread::p50)),
            money(cost.map(Spread::p80)),
            day(1),
            day(2),
            subject.cell(SIMULATION),
        ]));
    }
    Some(Table {
        id: "forecast_ranges",
        caption: subject.word(word!("How sure that is, by two views")),
        columns: vec![
            Column::new("view", "View", Kind::Text).weight(2),
            Column::new("cost_p50", "EAC, P50", Kind::Money),
            Column::new("cost_p80", "EAC, P80", Kind::Money),
            Column::new("finish_p50", "Finish, P50", Kind::Date),
            Column::new("finish_p80", "Finish, P80", Kind::Date),
            Column::new("meaning", "What it holds", Kind::Text).weight(4),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}
