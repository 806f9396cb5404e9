//! A schedule as stacked bars: nothing up to the start, then what is done, then what remains.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartSolidFill, ChartType, Color,
};

use super::super::formula::serial;
use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::{TICK, axis, font, weeks};
use crate::document::{Gantt, GanttRow, Value};

/// Rows a chart can show and still be read.
const MOST: usize = 45;

/// The height in pixels.
pub(super) fn height(gantt: &Gantt) -> u32 {
    u32::try_from(shown(gantt).len()).unwrap_or(0) * 22 + 170
}

/// The rows that are drawn: all, or the first of the deepest level that leaves few enough.
fn shown(gantt: &Gantt) -> Vec<&GanttRow> {
    let deepest = gantt.rows.iter().map(|row| row.level).max().unwrap_or(0);
    let down_to = |level: u8| gantt.rows.iter().filter(move |row| row.level <= level);
    let level = (0..=deepest).rev().find(|level| down_to(*level).count() <= MOST).unwrap_or(0);
    down_to(level).take(MOST).collect()
}

/// Draws the schedule; `None` when no row has dates.
pub(super) fn draw(gantt: &Gantt, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let rows = shown(gantt);
    let spans: Vec<Span> = rows.iter().map(|row| Span::of(row)).collect();
    spans.iter().find(|span| span.start.is_some())?;
    let mut chart = Chart::new(ChartType::BarStacked);
    ledger.open(title);
    let label = |row: &GanttRow| {
        let name = text::cut(&text::line(&format!("{} {}", row.code, row.label)), 48);
        Value::Text(format!("{}{name}", "\u{2003}".repeat(usize::from(row.level.min(6)))))
    };
    let names = ledger.column("Task", rows.iter().map(|row| label(row)).collect());
    let day = |day: Option<NaiveDate>| day.map_or(Value::Empty, Value::Date);
    ledger.column("Baseline finish", rows.iter().map(|row| day(row.baseline.map(|b| b.1))).collect());
    let start = ledger.column("Start", spans.iter().map(|span| day(span.start)).collect());
    chart
        .add_series()
        .set_name(" ")
        .set_categories(&ledger.range(names))
        .set_values(&ledger.range(start))
        .set_gap(35)
        .set_format(ChartFormat::new().set_no_fill().set_no_border());
    let parts: [(&str, fn(&Span) -> f64, Color); 4] = [
        ("Done", |span| span.done, color(style.theme.green)),
        ("Remaining", |span| if span.late { 0.0 } else { span.remaining }, color(style.theme.accent)),
        (
            "Remaining, later than the baseline",
            |span| if span.late { span.remaining } else { 0.0 },
            color(style.theme.red),
        ),
        ("Milestone", |span| span.moment, color(style.theme.ink)),
    ];
    for (name, days, ink) in parts {
        if spans.iter().all(|span| days(span) <= 0.0) {
            continue;
        }
        let cells = spans.iter().map(|span| Value::Days(days(span))).collect();
        let cells = ledger.column(&format!("{name} (days)"), cells);
        let mut fill = ChartSolidFill::new();
        fill.set_color(ink);
        let series = chart.add_series();
        series.set_name(name).set_categories(&ledger.range(names)).set_values(&ledger.range(cells));
        series.set_format(ChartFormat::new().set_solid_fill(&fill).set_no_border()).set_overlap(100);
    }
    let span = serial(gantt.to) - serial(gantt.from);
    axis(chart.y_axis(), style, false).set_reverse().set_label_interval(1);
    axis(chart.x_axis(), style, true)
        .set_label_position(ChartAxisLabelPosition::High)
        .set_num_format(TICK)
        .set_min(serial(gantt.from))
        .set_max(serial(gantt.to) + 1.0)
        .set_major_unit(weeks(span, 6.0));
    // The first series is the empty stretch before the start.
    chart
        .legend()
        .set_position(ChartLegendPosition::Top)
        .set_font(&font(style.theme.ink, 9))
        .delete_entries(&[0]);
    Some(chart)
}

/// A row in calendar days.
struct Span {
    start: Option<NaiveDate>,
    done: f64,
    remaining: f64,
    moment: f64,
    late: bool,
}

impl Span {
    fn of(row: &GanttRow) -> Self {
        let days = |from: NaiveDate, to: NaiveDate| (serial(to) - serial(from) + 1.0).max(0.0);
        let span = row.actual.into_iter().chain(row.remaining);
        let start = span.clone().map(|(from, _)| from).min().or(row.baseline.map(|(from, _)| from));
        let finish = span.map(|(_, to)| to).max().or(row.baseline.map(|(_, to)| to));
        let mut it = Self { start, done: 0.0, remaining: 0.0, moment: 0.0, late: row.late };
        let (Some(start), Some(finish)) = (start, finish) else { return it };
        if row.milestone {
            it.moment = 3.0;
            return it;
        }
        it.done = row.actual.map_or(0.0, |(from, to)| days(from, to));
        it.remaining = days(start, finish) - it.done;
        it
    }
}
