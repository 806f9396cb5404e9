//! A schedule as stacked bars: nothing up to the start, then what is done, then what remains.

use chrono::{Days, NaiveDate};
use rust_xlsxwriter::{Chart, ChartAxisLabelPosition, ChartFormat, ChartType, Color};

use super::super::formula::serial;
use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::{axis, filled, font, legend, tick, weeks};
use crate::document::{Gantt, GanttRow, Value};

/// Rows a chart can show and still be read.
const MOST: usize = 120;

/// The height in pixels.
pub(super) fn height(gantt: &Gantt) -> u32 {
    u32::try_from(shown(gantt).len()).unwrap_or(0) * 24 + 150
}

/// The rows that are drawn: all, or the first of the deepest level that leaves few enough.
fn shown(gantt: &Gantt) -> Vec<&GanttRow> {
    let deepest = gantt.rows.iter().map(|row| row.level).max().unwrap_or(0);
    let down_to = |level: u8| gantt.rows.iter().filter(move |row| row.level <= level);
    let level = (0..=deepest).rev().find(|level| down_to(*level).count() <= MOST).unwrap_or(0);
    down_to(level).take(MOST).collect()
}

/// Draws the schedule; `None` when no row has dates. Every task has two bars: its work, and its baseline with the
/// deadline below.
pub(super) fn draw(gantt: &Gantt, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let rows = shown(gantt);
    let bars: Vec<Bar> = rows.iter().flat_map(|row| [Bar::work(row), Bar::plan(row)]).collect();
    bars.iter().find(|bar| bar.start.is_some())?;
    let mut chart = Chart::new(ChartType::BarStacked);
    ledger.open(title);
    let label = |row: &GanttRow| {
        let name = text::cut(&text::line(&format!("{} {}", row.code, row.label)), 48);
        Value::Text(format!("{}{name}", "\u{2003}".repeat(usize::from(row.level.min(6)))))
    };
    // Blank is not empty: a program that leaves out names that collide leaves out whole names.
    let blank = || Value::Text(" ".to_owned());
    let names = rows.iter().flat_map(|row| [label(row), blank()]).collect();
    let names = ledger.column(&style.language.word(word!("Task")), names);
    let starts = bars.iter().map(|bar| bar.start.map_or(Value::Empty, Value::Date)).collect();
    let starts = ledger.column(&style.language.word(word!("Start")), starts);
    chart
        .add_series()
        .set_name(" ")
        .set_categories(&ledger.range(names))
        .set_values(&ledger.range(starts))
        .set_gap(25)
        .set_format(ChartFormat::new().set_no_fill().set_no_border());
    let baseline = Color::RGB(0xC3_CAD3);
    let parts: [Part; 11] = [
        (word!("Done"), |bar| bar.done, Some(color(style.theme.green))),
        (word!("Remaining"), |bar| bar.remaining, Some(color(style.theme.accent))),
        (word!("Remaining, later than the baseline"), |bar| bar.late, Some(color(style.theme.amber))),
        (word!("Remaining, critical"), |bar| bar.critical, Some(color(style.theme.red))),
        (word!("Float"), |bar| bar.float, Some(Color::RGB(0xE6_EAEF))),
        (word!("Milestone"), |bar| bar.moment, Some(color(style.theme.ink))),
        (word!("Baseline"), |bar| bar.baseline, Some(baseline)),
        (" ", |bar| bar.to_deadline, None),
        (word!("Deadline"), |bar| bar.deadline, Some(Color::RGB(0x7A_3E9D))),
        (" ", |bar| bar.from_deadline, None),
        (word!("Baseline after the deadline"), |bar| bar.behind, Some(baseline)),
    ];
    // The names of the first series are those of the axis: with each they would be the larger part of the file.
    for (name, days, ink) in parts {
        if bars.iter().all(|bar| days(bar) <= 0.0) {
            continue;
        }
        let cells =
            bars.iter().map(|bar| if bar.start.is_some() { Value::Days(days(bar)) } else { Value::Empty });
        let name = style.language.word(name);
        let head = if ink.is_some() { name.clone() } else { style.language.word(word!("Between")) };
        let head = style.language.say(phrase!("{name} (days)", name = head));
        let cells = ledger.column(&head, cells.collect());
        let series = chart.add_series();
        series.set_name(&name).set_values(&ledger.range(cells)).set_overlap(100);
        let mut format = ChartFormat::new();
        match ink {
            Some(ink) => format.set_solid_fill(&filled(ink)),
            None => format.set_no_fill(),
        };
        series.set_format(format.set_no_border());
    }
    let span = serial(gantt.to) - serial(gantt.from);
    axis(chart.y_axis(), style, false)
        .set_reverse()
        .set_label_interval(1)
        .set_font(&font(style.theme.ink, 8));
    axis(chart.x_axis(), style, true)
        .set_label_position(ChartAxisLabelPosition::High)
        .set_num_format(tick(style))
        .set_min(serial(gantt.from))
        .set_max(serial(gantt.to) + 1.0)
        .set_major_unit(weeks(span, 6.0));
    // The stretch before the start is in it too, as a blank: programs disagree on which entry is the first.
    legend(&mut chart, style);
    Some(chart)
}

/// A part of the bars: its name, its days, its colour; none for what only keeps others apart.
type Part = (&'static str, fn(&Bar) -> f64, Option<Color>);

/// A bar in calendar days from its start.
#[derive(Debug, Default, PartialEq)]
struct Bar {
    start: Option<NaiveDate>,
    done: f64,
    remaining: f64,
    late: f64,
    critical: f64,
    float: f64,
    moment: f64,
    baseline: f64,
    /// From the end of the baseline to the deadline.
    to_deadline: f64,
    deadline: f64,
    /// From the deadline to the beginning of the baseline.
    from_deadline: f64,
    /// What of the baseline lies behind the deadline.
    behind: f64,
}

/// The days a milestone is drawn as.
const MOMENT: f64 = 3.0;
/// The days a deadline is drawn as, itself the last of them.
const MARK: u32 = 2;

impl Bar {
    fn work(row: &GanttRow) -> Self {
        let spans = row.actual.into_iter().chain(row.remaining);
        let start = spans.clone().map(|(from, _)| from).min();
        let finish = spans.map(|(_, to)| to).max();
        let (Some(start), Some(finish)) = (start, finish) else { return Self::default() };
        let mut bar = Self { start: Some(start), ..Self::default() };
        if row.milestone {
            bar.moment = MOMENT;
            return bar;
        }
        bar.done = row.actual.map_or(0.0, |(from, to)| days(from, to));
        let rest = (days(start, finish) - bar.done).max(0.0);
        *match (row.critical, row.late) {
            (Some(true), _) if !row.summary => &mut bar.critical,
            (_, true) => &mut bar.late,
            _ => &mut bar.remaining,
        } = rest;
        bar.float = row.float_to.map_or(0.0, |to| days(finish, to) - 1.0).max(0.0);
        bar
    }

    /// The baseline with the deadline in it, before it or behind it.
    fn plan(row: &GanttRow) -> Self {
        let bar = row.baseline.map_or_else(Self::default, |(from, to)| Self {
            start: Some(from),
            baseline: if row.milestone { MOMENT } else { days(from, to) },
            ..Self::default()
        });
        let mark = row.deadline.and_then(|day| day.checked_sub_days(Days::new(u64::from(MARK) - 1)));
        let Some(mark) = mark else { return bar };
        let width = f64::from(MARK);
        let Some(start) = bar.start else {
            return Self { start: Some(mark), deadline: width, ..Self::default() };
        };
        // Days from the beginning of the baseline: negative before it.
        let before = serial(mark) - serial(start);
        Self {
            start: Some(start.min(mark)),
            baseline: bar.baseline.min(before.max(0.0)),
            to_deadline: (before - bar.baseline).max(0.0),
            deadline: width,
            from_deadline: (-before - width).max(0.0),
            behind: (bar.baseline - (before + width).max(0.0)).max(0.0),
            ..Self::default()
        }
    }
}

/// Days from the first to the last, both counted.
fn days(from: NaiveDate, to: NaiveDate) -> f64 {
    (serial(to) - serial(from) + 1.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_what_is_done_and_what_remains() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let row = GanttRow {
            actual: Some((day(2), day(6))),
            remaining: Some((day(9), day(13))),
            baseline: Some((day(2), day(8))),
            late: true,
            ..GanttRow::default()
        };
        let bar = Bar::work(&row);
        let float = Bar::work(&GanttRow { float_to: Some(day(20)), ..row.clone() });
        assert_eq!((float.late, float.float), (7.0, 7.0));
        let critical = Bar::work(&GanttRow { critical: Some(true), ..row.clone() });
        assert_eq!((critical.late, critical.critical), (0.0, 7.0));
        // 2 to 13 March are twelve days, five of them done.
        assert_eq!((bar.start, bar.done, bar.remaining, bar.late), (Some(day(2)), 5.0, 0.0, 7.0));
        assert_eq!(Bar::plan(&row), Bar { start: Some(day(2)), baseline: 7.0, ..Bar::default() });
        assert_eq!(Bar::work(&GanttRow::default()), Bar::default());
    }

    #[test]
    fn a_deadline_is_marked_wherever_it_lies() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let bar = |deadline| {
            Bar::plan(&GanttRow {
                baseline: Some((day(9), day(13))),
                deadline: Some(day(deadline)),
                ..GanttRow::default()
            })
        };
        let marked = |start| Bar { start: Some(day(start)), deadline: 2.0, ..Bar::default() };
        // The mark is the deadline and the day before it.
        assert_eq!(bar(20), Bar { baseline: 5.0, to_deadline: 5.0, ..marked(9) });
        assert_eq!(bar(13), Bar { baseline: 3.0, ..marked(9) });
        assert_eq!(bar(11), Bar { baseline: 1.0, behind: 2.0, ..marked(9) });
        assert_eq!(bar(9), Bar { behind: 4.0, ..marked(8) });
        assert_eq!(bar(6), Bar { from_deadline: 2.0, behind: 5.0, ..marked(5) });
        let alone = GanttRow { deadline: Some(day(6)), ..GanttRow::default() };
        assert_eq!(Bar::plan(&alone), marked(5));
    }
}
