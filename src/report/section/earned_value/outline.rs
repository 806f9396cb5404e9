//! Which lines of a work breakdown structure are printed: whole levels, so that what is printed adds up.

use crate::analysis::Measures;
use crate::document::{Format, Row, Value};
use crate::report::value_table::Figures;

/// A line of the structure.
pub(super) struct Line {
    /// Its WBS code.
    pub(super) code: String,
    /// Its figures.
    pub(super) figures: Figures,
    /// As it is shown.
    pub(super) row: Row,
}

/// The rows of the lines, in print no more than `most`: as many levels as fit, but never above `top`. Lines
/// all on one level are headed by the beginnings of their codes, where these make groups. Where nothing of
/// the kind is to be had, all are printed.
pub(super) fn printed(
    lines: Vec<Line>,
    (most, top): (usize, u8),
    project: &Measures,
    format: &Format,
) -> Vec<Row> {
    let down_to = |level: u8| lines.iter().filter(|line| line.row.level <= level).count();
    let deepest = lines.iter().map(|line| line.row.level).max().unwrap_or(0);
    if let Some(last) = (top..=deepest).rev().find(|level| down_to(*level) <= most) {
        let cut = |line: Line| Row { workbook_only: line.row.level > last, ..line.row };
        return lines.into_iter().map(cut).collect();
    }
    match groups(&lines).filter(|groups| groups.len() <= most && deepest == 0) {
        Some(groups) => headed(lines, &groups, project, format),
        None => lines.into_iter().map(|line| line.row).collect(),
    }
}

/// The first part of each line's code and how many lines in a row have it: `1.1`, `1.2`, `2.1` are two of 1
/// and one of 2. None when a code has one part, or lines of a part are scattered.
fn groups(lines: &[Line]) -> Option<Vec<(String, usize)>> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    for line in lines {
        let (part, _) = line.code.split_once('.')?;
        match groups.iter().position(|(known, _)| known == part) {
            None => groups.push((part.to_owned(), 1)),
            Some(at) if at + 1 == groups.len() => groups[at].1 += 1,
            Some(_) => return None,
        }
    }
    Some(groups)
}

/// The lines, each group under its sum; the print has the sums.
fn headed(lines: Vec<Line>, groups: &[(String, usize)], project: &Measures, format: &Format) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.len() + groups.len());
    let mut lines = lines.into_iter();
    for (code, count) in groups {
        let group: Vec<Line> = lines.by_ref().take(*count).collect();
        let sum = group.iter().fold(Figures::default(), |sum, line| sum + line.figures);
        let name = format.say(phrase!("{code} ({n} {n|task|tasks})", code, n = *count));
        let mut cells = vec![Value::Text(name), Value::Text(code.clone())];
        cells.extend(sum.cells(project));
        rows.push(Row { summary: true, ..Row::new(cells) });
        rows.extend(group.into_iter().map(|line| Row { level: 1, workbook_only: true, ..line.row }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Money, Reason};

    /// Lines of an amount each: code, level, summary.
    fn lines(of: &[(&str, u8, bool)]) -> Vec<Line> {
        let line = |&(code, level, summary): &(&str, u8, bool)| Line {
            code: code.to_owned(),
            figures: Figures { bac: Money(Money::SCALE), ..Figures::default() },
            row: Row { level, summary, ..Row::new(vec![Value::Text(code.to_owned())]) },
        };
        of.iter().map(line).collect()
    }

    /// What is printed, by its first cell.
    fn texts(lines: Vec<Line>, most: usize, top: u8) -> Vec<String> {
        let rows = printed(lines, (most, top), &Measures::unknown(Reason::NoData), &Format::default());
        let shown = rows.into_iter().filter(|row| !row.workbook_only);
        shown
            .map(|row| if let Value::Text(text) = &row.cells[0] { text.clone() } else { String::new() })
            .collect()
    }

    #[test]
    fn as_many_whole_levels_are_printed_as_fit() {
        let tree = [("1", 0, true), ("1.1", 1, false), ("1.2", 1, false), ("2", 0, true), ("2.1", 1, false)];
        assert_eq!(texts(lines(&tree), 5, 0).len(), 5);
        assert_eq!(texts(lines(&tree), 4, 0), ["1", "2"]);
        // A single root says nothing; what is under it is printed, however much it is.
        assert_eq!(texts(lines(&tree), 4, 1).len(), 5);
    }

    #[test]
    fn a_flat_list_is_headed_by_the_beginnings_of_its_codes() {
        let flat = [("1.1", 0, false), ("1.2", 0, false), ("2.1", 0, false)];
        let rows = printed(lines(&flat), (2, 0), &Measures::unknown(Reason::NoData), &Format::default());
        let of = |row: &Row| (row.level, row.summary, row.workbook_only, row.cells[2].clone());
        assert_eq!(of(&rows[0]), (0, true, false, Value::Money(Money(2 * Money::SCALE))));
        assert_eq!((rows[1].level, rows[1].workbook_only), (1, true));
        assert_eq!(texts(lines(&flat), 2, 0), ["1 (2 tasks)", "2 (1 task)"]);
    }

    #[test]
    fn where_codes_make_no_groups_all_is_printed() {
        for flat in [["1.1", "2.1", "1.2"], ["1.1", "1.2", "x"]] {
            assert_eq!(texts(lines(&flat.map(|code| (code, 0, false))), 2, 0).len(), 3);
        }
        let empty: Vec<String> = Vec::new();
        assert_eq!(texts(Vec::new(), 2, 1), empty);
    }
}
