//! A document as plain text: what it says, without how it looks. For reading a report where no PDF
//! can be shown, and for tests that compare whole reports.

use std::fmt::Write;

use super::{
    Block, Chart, Column, Document, Format, Gantt, HeatCell, HeatMap, ItemList, KeyFigure, Live, Plot, Row,
    Table, Value,
};

impl Document {
    /// The whole document in reading order. The same document gives the same text.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_outline(&mut text);
        text
    }

    fn write_outline(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{} / {} [{}]", self.title, self.subtitle, self.stem)?;
        if let Some(marking) = &self.marking {
            writeln!(out, "marking: {marking}")?;
        }
        for (label, value) in &self.front.head {
            writeln!(out, "{label}: {value}")?;
        }
        for mark in &self.front.health {
            let word = mark.health.map_or("not assessable", crate::quantity::Health::word);
            writeln!(out, "health {}: {word} - {}", mark.dimension, mark.rule)?;
        }
        for sentence in &self.front.narrative {
            writeln!(out, "\n{sentence}")?;
        }
        writeln!(out)?;
        figures(out, &self.format, &self.front.figures)?;
        if let Some(plot) = &self.front.chart {
            chart(out, &self.format, plot)?;
        }
        if let Some(milestones) = &self.front.milestones {
            table(out, &self.format, milestones)?;
        }
        for items in &self.front.lists {
            list(out, items)?;
        }
        for section in &self.sections {
            writeln!(out, "\n# {} [{}]", section.title, section.id)?;
            for block in &section.blocks {
                match block {
                    Block::Heading(text) => writeln!(out, "\n## {text}")?,
                    Block::Paragraph(text) => writeln!(out, "\n{text}")?,
                    Block::Note(text) => writeln!(out, "\n({text})")?,
                    Block::Figures(tiles) => figures(out, &self.format, tiles)?,
                    Block::Table(content) => table(out, &self.format, content)?,
                    Block::Chart(plot) => chart(out, &self.format, plot)?,
                    Block::List(items) => list(out, items)?,
                }
            }
        }
        writeln!(out, "\n# Measures")?;
        for measure in &self.measures {
            let live = match measure.live {
                Live::Stored => "stored".to_owned(),
                Live::Total { table, column } => format!("total of {table}.{column}"),
                Live::Formula(formula) => format!("= {formula}"),
            };
            writeln!(out, "{}: {} ({live})", measure.symbol, self.format.show(&measure.value))?;
        }
        Ok(())
    }
}

fn figures(out: &mut String, format: &Format, tiles: &[KeyFigure]) -> std::fmt::Result {
    for tile in tiles {
        let health = tile.health.map(|health| format!(" [{}]", health.word())).unwrap_or_default();
        writeln!(out, "* {}: {}{health} - {}", tile.label, format.show(&tile.value), tile.detail)?;
    }
    Ok(())
}

fn list(out: &mut String, items: &ItemList) -> std::fmt::Result {
    writeln!(out, "\n{}:", items.title)?;
    for item in &items.items {
        let detail = if item.detail.is_empty() { String::new() } else { format!(" - {}", item.detail) };
        writeln!(out, "- {}{detail}", item.text)?;
    }
    if items.items.is_empty() {
        writeln!(out, "{}", items.empty)?;
    }
    Ok(())
}

/// Columns and rows that the print leaves out stand in brackets.
fn table(out: &mut String, format: &Format, table: &Table) -> std::fmt::Result {
    writeln!(out, "\ntable {}: {}", table.id, table.caption)?;
    let head = |column: &Column| {
        if column.workbook_only { format!("[{}]", column.head) } else { column.head.clone() }
    };
    let heads: Vec<String> = table.columns.iter().map(head).collect();
    writeln!(out, "  {}", heads.join(" | "))?;
    let line = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| shown(format, cell)).collect();
        format!("{}{}", "  ".repeat(usize::from(row.level)), cells.join(" | "))
    };
    let mut printed = table.printed().peekable();
    for row in &table.rows {
        let mark = if row.summary { "+" } else { "-" };
        if printed.next_if(|next| std::ptr::eq(*next, row)).is_some() {
            writeln!(out, "{mark} {}", line(row))?;
        } else {
            writeln!(out, "{mark} [{}]", line(row))?;
        }
    }
    if let Some(totals) = &table.totals {
        writeln!(out, "= {}", line(totals))?;
    }
    Ok(())
}

/// A cell as shown, with the reason of an undefined one.
fn shown(format: &Format, cell: &Value) -> String {
    match cell {
        Value::Undefined(reason) => format!("{} {reason}", format.show(cell)),
        _ => format.show(cell),
    }
}

fn chart(out: &mut String, format: &Format, chart: &Chart) -> std::fmt::Result {
    writeln!(out, "\nchart {}: {}\n  {}", chart.id, chart.title, chart.alt)?;
    match &chart.plot {
        Plot::Lines(lines) => {
            for series in &lines.series {
                let points: Vec<String> =
                    series.points.iter().map(|(day, value)| format!("{day} {value:.4}")).collect();
                writeln!(out, "  {} ({:?}): {}", series.name, series.role, points.join(", "))?;
            }
            for (day, label) in &lines.marks {
                writeln!(out, "  at {day}: {label}")?;
            }
            for (level, label) in &lines.levels {
                writeln!(out, "  level {level}: {label}")?;
            }
            if let Some(cone) = &lines.cone {
                let ((from, at), (early, low), (late, high)) = (cone.from, cone.low, cone.high);
                writeln!(
                    out,
                    "  cone {from} {at:.4} to {early} {low:.4} .. {late} {high:.4}: {}",
                    cone.label
                )?;
            }
        }
        Plot::Bars(bars) => {
            for (name, role, values) in &bars.series {
                let values: Vec<String> = bars
                    .categories
                    .iter()
                    .zip(values)
                    .map(|(category, value)| format!("{category} {value:.4}"))
                    .collect();
                writeln!(out, "  {name} ({role:?}): {}", values.join(", "))?;
            }
        }
        Plot::Gantt(gantt) => schedule(out, format, gantt)?,
        Plot::BullsEye(eye) => {
            for (label, spi_t, cpi) in &eye.trail {
                writeln!(out, "  {label}: SPI(t) {spi_t:.4}, CPI {cpi:.4}")?;
            }
        }
        Plot::Matrix(matrix) => {
            for item in &matrix.items {
                let to = item.to.map(|(p, i)| format!(" -> {p} x {i}")).unwrap_or_default();
                let gain = if item.gain { " (opportunity)" } else { "" };
                writeln!(out, "  {}{gain}: {} x {}{to}", item.label, item.at.0, item.at.1)?;
            }
        }
        Plot::HeatMap(map) => heat_map(out, map)?,
        Plot::Histogram(histogram) => {
            for (from, to, share) in &histogram.classes {
                writeln!(out, "  {from:.2} to {to:.2}: {share:.4}")?;
            }
            for (at, label) in &histogram.marks {
                writeln!(out, "  at {at:.2}: {label}")?;
            }
        }
        Plot::Waterfall(waterfall) => {
            for (step, (from, to)) in waterfall.steps.iter().zip(waterfall.spans()) {
                writeln!(out, "  {} ({:?}): {from:.2} to {to:.2}", step.label, step.part)?;
            }
        }
        Plot::Quadrants(quadrants) => {
            for (name, (across, up)) in &quadrants.items {
                writeln!(out, "  {name}: {} {across}, {} {up}", quadrants.across, quadrants.up)?;
            }
        }
        Plot::Bullets(bullets) => {
            for row in &bullets.rows {
                let now = row.now.as_ref().map(|(share, words)| format!(", now {words} ({share:.4})"));
                let projected = row.projected.as_ref().map(|(share, (low, high), words)| {
                    format!(", projected {words} ({share:.4}, {low:.4} to {high:.4})")
                });
                let (now, projected) = (now.unwrap_or_default(), projected.unwrap_or_default());
                writeln!(out, "  {} ({}): {}{now}{projected}", row.label, row.aim, row.standing)?;
            }
        }
        Plot::Scatter(scatter) => {
            writeln!(out, "  {} trials", scatter.points.len())?;
            for (day, cost) in &scatter.frontier {
                writeln!(out, "  {}: {day} {cost:.2}", scatter.frontier_label)?;
            }
            for (day, cost, label) in &scatter.marks {
                writeln!(out, "  {day} {cost:.2}: {label}")?;
            }
        }
    }
    Ok(())
}

/// The rows of a schedule.
fn schedule(out: &mut String, format: &Format, gantt: &Gantt) -> std::fmt::Result {
    writeln!(out, "  {} to {}, status {}", gantt.from, gantt.to, gantt.status)?;
    let span = |span: Option<_>| match span {
        Some((from, to)) if from == to => format!("{from}"),
        Some((from, to)) => format!("{from}..{to}"),
        None => "-".to_owned(),
    };
    for row in &gantt.rows {
        let mark = match (row.summary, row.milestone) {
            (true, _) => "+",
            (_, true) => "<>",
            _ => "-",
        };
        writeln!(
            out,
            "  {}{mark} {} {}: baseline {}, actual {}, remaining {}, done {}{}",
            "  ".repeat(usize::from(row.level)),
            row.code,
            row.label,
            span(row.baseline),
            span(row.actual),
            span(row.remaining),
            format.show(&Value::Percent(row.done)),
            if row.late { ", late" } else { "" }
        )?;
    }
    Ok(())
}

/// The shares of a heat map, row by row.
fn heat_map(out: &mut String, map: &HeatMap) -> std::fmt::Result {
    let weeks: Vec<String> = map.weeks.iter().map(ToString::to_string).collect();
    writeln!(out, "  weeks of {}; status {}", weeks.join(", "), map.status)?;
    for row in &map.rows {
        let cells = row.cells.iter().map(|cell| match cell {
            HeatCell::Nothing => "-".to_owned(),
            HeatCell::Share(share) => format!("{:.0}%", share * 100.0),
            HeatCell::Hours(hours) => format!("{hours:.0} h"),
        });
        writeln!(out, "  {}: {}", row.label, cells.collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}
