//! How wide the columns are: figures take what they need, texts share the rest.

use crate::document::{Column, Kind, Row, Table, Value};
use crate::quantity::Reason;

use super::super::canvas::Canvas;
use super::super::style::Style;
use super::super::typeset::{Face, Measured};
use super::{INDENT, MARK, MOST_LINES, PAD, SMALL_MARK, natural, scaled};

/// Scale of the font and distance of the columns: a wide table goes through these steps before its
/// texts get narrow.
const STEPS: [(f32, f32); 6] = [(1.0, 12.0), (1.0, 9.0), (0.96, 7.0), (0.92, 7.0), (0.88, 7.0), (0.82, 6.0)];

/// A text column this wide is easy to read; the font shrinks before it gets narrower.
const EASY: f32 = 92.0;

/// Steps of at least this scale are gone through for the sake of texts this wide: fewer lines wrap.
const WIDE: (f32, f32) = (0.92, 128.0);

/// Texts no wider than this are codes and names of people: they do not wrap.
const SHORT: f32 = 46.0;

/// The columns of a table as they are printed.
pub(super) struct Columns {
    /// Those the page shows.
    pub(super) placed: Vec<Placed>,
    /// From the left edge of the first to the right edge of the last.
    pub(super) width: f32,
    /// How cells are set.
    pub(super) cell: Style,
    /// How heads are set.
    pub(super) head: Style,
    /// What the font, indents and marks shrink by.
    pub(super) scale: f32,
    /// Lines a text may take.
    pub(super) lines: usize,
    /// Above and below the lines of a row.
    pub(super) pad: f32,
    /// Why values are undefined, in the order of the rows.
    pub(super) reasons: Vec<Reason>,
}

/// A column in its place.
pub(super) struct Placed {
    /// Index into the table's columns.
    pub(super) index: usize,
    /// Its left edge, from the table's.
    pub(super) x: f32,
    /// Its width.
    pub(super) width: f32,
    /// Whether its cells end at the right edge.
    pub(super) right: bool,
}

impl Columns {
    /// The letter a reason is noted under; none when all values are undefined for one reason.
    pub(super) fn letter(&self, reason: Reason) -> Option<char> {
        if self.reasons.len() < 2 {
            return None;
        }
        let at = self.reasons.iter().position(|known| *known == reason)?;
        ('a'..='z').nth(at)
    }
}

/// A row with its cells measured, once for all that needs to know.
pub(super) struct Shown<'a> {
    /// The row.
    pub(super) row: &'a Row,
    /// By column; none for those the page does not show.
    pub(super) cells: Vec<Option<Measured<'a>>>,
    /// What it is set in.
    pub(super) face: Face,
}

impl<'a> Shown<'a> {
    /// Measures a row.
    pub(super) fn of(canvas: &mut Canvas<'_>, table: &Table, row: &'a Row, total: bool) -> Self {
        let face = if row.summary || total { Face::BOLD_FIGURES } else { Face::FIGURES };
        let measured = |(column, value): (&Column, &'a Value)| {
            let text = || canvas.format().shown(value);
            (!column.workbook_only).then(text).map(|text| canvas.setter.measured(text, face))
        };
        Self { row, cells: table.columns.iter().zip(&row.cells).map(measured).collect(), face }
    }
}

/// What a column asks for at the natural size.
struct Demand {
    index: usize,
    text: bool,
    /// The widest cell on one line.
    natural: f32,
    /// Below this it is hard to read.
    least: f32,
    weight: f32,
}

/// Gives the columns their widths within `available`.
pub(super) fn widths(canvas: &mut Canvas<'_>, table: &Table, rows: &[Shown<'_>], available: f32) -> Columns {
    let mut reasons = Vec::new();
    for value in rows.iter().flat_map(|shown| &shown.row.cells) {
        if let Value::Undefined(reason) = value
            && !reasons.contains(reason)
        {
            reasons.push(*reason);
        }
    }
    let shown = table.columns.iter().enumerate().filter(|(_, column)| !column.workbook_only);
    let demands: Vec<Demand> =
        shown.map(|(index, column)| demand(canvas, table, rows, index, column)).collect();
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let gaps = demands.len().saturating_sub(1) as f32;
    let wide = STEPS.iter().filter(|(scale, _)| *scale >= WIDE.0).map(|step| (*step, WIDE.1));
    let (mut chosen, mut scale, mut gutter) = (Vec::new(), 1.0, 0.0);
    for (step, least) in wide.chain(STEPS.iter().map(|step| (*step, EASY))) {
        (scale, gutter) = step;
        let fits;
        (chosen, fits) = share(&demands, available - gutter * gaps, scale);
        let easy =
            |(demand, width): (&Demand, &f32)| !demand.text || *width >= demand.natural.min(least) * scale;
        if fits && demands.iter().zip(&chosen).all(easy) {
            break;
        }
    }
    let mut x = 0.0;
    let placed: Vec<Placed> = demands
        .iter()
        .zip(&chosen)
        .map(|(demand, width)| {
            let place = Placed {
                index: demand.index,
                x,
                width: *width,
                right: right(table.columns[demand.index].kind),
            };
            x += width + gutter;
            place
        })
        .collect();
    let width = (x - gutter).max(0.0);
    let (cell, head) = natural();
    Columns {
        placed,
        width,
        cell: scaled(cell, scale),
        head: scaled(head, scale),
        scale,
        pad: PAD,
        lines: MOST_LINES,
        reasons,
    }
}

fn right(kind: Kind) -> bool {
    !matches!(kind, Kind::Text | Kind::Date | Kind::Health)
}

fn demand(
    canvas: &mut Canvas<'_>,
    table: &Table,
    rows: &[Shown<'_>],
    index: usize,
    column: &Column,
) -> Demand {
    let (cell, head) = natural();
    let text = column.kind == Kind::Text;
    let first_text =
        text && table.columns.iter().position(|c| c.kind == Kind::Text && !c.workbook_only) == Some(index);
    let mut natural = 0.0_f32;
    let mut word = 0.0_f32;
    for Shown { row, cells, face } in rows {
        let (Some(value), Some(Some(cell_text))) = (row.cells.get(index), cells.get(index)) else { continue };
        let extra = match value {
            Value::Health(_) => MARK,
            _ if column.thresholds.is_some() => SMALL_MARK,
            _ if first_text => f32::from(row.level.min(10)) * INDENT,
            _ => 0.0,
        };
        let width = cell_text.line.at(cell.size) + extra;
        natural = natural.max(width);
        if text && width > 60.0 {
            let longest = cell_text.text.split_whitespace().max_by_key(|word| word.len()).unwrap_or_default();
            word = word.max(canvas.setter.width(longest, *face, cell.size) + extra);
        } else {
            word = word.max(width);
        }
    }
    let title = column
        .head
        .split_whitespace()
        .flat_map(|word| word.split_inclusive(SOFT_HYPHEN))
        .map(|part| canvas.setter.width(&part.replace(SOFT_HYPHEN, "-"), head.face, head.size))
        .fold(0.0, f32::max);
    let whole = canvas.setter.width(&column.head, head.face, head.size);
    // A head may take two lines over figures, but does not squeeze into a narrow column.
    let heading = title.max((whole * 0.55).min(64.0));
    let natural = natural.max(if text { whole.min(120.0).max(heading) } else { heading });
    let text = text && natural > SHORT;
    let least = if text { word.min(78.0).max(title.min(78.0)) } else { natural };
    Demand {
        index,
        text,
        natural: natural + 0.5,
        least: least.min(natural) + 0.5,
        weight: f32::from(column.weight.max(1)),
    }
}

/// Where a long word of a head may be divided; nothing is seen of it elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// A head whose words are divided where they are too wide for their column, by a hyphen that is seen.
pub(super) fn divided(head: &str, mut fits: impl FnMut(&str) -> bool) -> String {
    let words = head.split(' ').map(|word| {
        let mut parts: Vec<&str> = word.split(SOFT_HYPHEN).collect();
        let mut divided = String::new();
        while parts.len() > 1 && !fits(&parts.concat()) {
            let most =
                (1..parts.len()).rev().find(|count| fits(&(parts[..*count].concat() + "-"))).unwrap_or(1);
            divided += &parts.drain(..most).collect::<String>();
            divided.push('-');
        }
        divided + &parts.concat()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The widths at a scale, and whether every column can be read in them.
fn share(demands: &[Demand], available: f32, scale: f32) -> (Vec<f32>, bool) {
    let wanted: Vec<f32> = demands.iter().map(|demand| demand.natural * scale).collect();
    let total: f32 = wanted.iter().sum();
    if total <= available {
        return (spread(demands, wanted, available - total), true);
    }
    let fixed: f32 = demands.iter().zip(&wanted).filter(|(d, _)| !d.text).map(|(_, w)| w).sum();
    let least: f32 = demands.iter().filter(|d| d.text).map(|d| d.least * scale).sum();
    if fixed + least > available {
        // Nothing to share: all shrink alike, figures less than texts.
        let texts: f32 = demands.iter().filter(|d| d.text).map(|d| (d.least * scale).min(34.0)).sum();
        let squeeze = ((available - texts) / fixed.max(1.0)).min(1.0);
        let spare = (available - texts - fixed * squeeze).max(0.0);
        let weights: f32 = demands.iter().filter(|d| d.text).map(|d| d.weight).sum();
        let width = |(demand, wanted): (&Demand, &f32)| {
            if demand.text {
                (demand.least * scale).min(34.0) + spare * demand.weight / weights
            } else {
                wanted * squeeze
            }
        };
        return (demands.iter().zip(&wanted).map(width).collect(), false);
    }
    // Texts that need less than their share take what they need; the others share what is left.
    let mut widths = wanted.clone();
    let mut open: Vec<usize> = (0..demands.len()).filter(|i| demands[*i].text).collect();
    let mut rest = available - fixed;
    loop {
        let weights: f32 = open.iter().map(|i| demands[*i].weight).sum();
        let per = rest / weights.max(1.0);
        let settled: Vec<usize> = open
            .iter()
            .copied()
            .filter(|i| {
                let share = per * demands[*i].weight;
                wanted[*i] <= share || demands[*i].least * scale >= share
            })
            .collect();
        if settled.is_empty() {
            for i in open {
                widths[i] = per * demands[i].weight;
            }
            return (widths, true);
        }
        for i in settled {
            let share = per * demands[i].weight;
            widths[i] = if wanted[i] <= share { wanted[i] } else { demands[i].least * scale };
            rest -= widths[i];
            open.retain(|other| *other != i);
        }
    }
}

/// Gives room that is left over to the columns, but not so much that the eye loses the row.
fn spread(demands: &[Demand], mut widths: Vec<f32>, room: f32) -> Vec<f32> {
    let limit = |width: f32, text: bool| if text { width.mul_add(0.5, 40.0) } else { 22.0 };
    let most: f32 = demands.iter().zip(&widths).map(|(d, w)| limit(*w, d.text)).sum();
    let share = (room / most.max(1.0)).min(1.0);
    for (demand, width) in demands.iter().zip(&mut widths) {
        *width += limit(*width, demand.text) * share;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(text: bool, natural: f32, least: f32) -> Demand {
        Demand { index: 0, text, natural, least, weight: 1.0 }
    }

    #[test]
    fn figures_take_what_they_need_and_texts_share_the_rest() {
        let demands = [demand(true, 400.0, 60.0), demand(false, 50.0, 50.0), demand(true, 30.0, 30.0)];
        let (widths, fits) = share(&demands, 300.0, 1.0);
        assert!(fits);
        assert_eq!(widths, [220.0, 50.0, 30.0]);
    }

    #[test]
    fn a_long_word_of_a_head_is_divided_where_it_may_be_and_must() {
        let of = |letters: usize| {
            divided("Rest\u{ad}wahr\u{ad}schein\u{ad}lichkeit, Tage", |text| text.chars().count() <= letters)
        };
        assert_eq!(of(30), "Restwahrscheinlichkeit, Tage");
        assert_eq!(of(16), "Restwahrschein-lichkeit, Tage");
        assert_eq!(of(9), "Restwahr-schein-lichkeit, Tage");
        // What fits nowhere is divided as far as it can be.
        assert_eq!(of(2), "Rest-wahr-schein-lichkeit, Tage");
        assert_eq!(divided("Owner", |_| false), "Owner");
    }

    #[test]
    fn widths_never_exceed_the_page() {
        let demands: Vec<_> = (0..30).map(|i| demand(i % 3 == 0, 90.0, 60.0)).collect();
        let (widths, fits) = share(&demands, 500.0, 0.8);
        assert!(!fits);
        assert!(widths.iter().sum::<f32>() <= 500.5, "{widths:?}");
        assert!(widths.iter().all(|width| *width > 0.0));
    }
}
