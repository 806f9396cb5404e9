//! Which row of a sheet is its header, by looks alone.

use std::sync::Arc;

use super::{Cell, RowCells};

/// How many rows with content are looked at.
pub(super) const SEARCH: usize = 20;

/// What parts the name of a group from that of a column in a header over two rows: a blank to the eye, which no tool
/// writes, so that a column may still be known by its own name where the group's says nothing.
pub const GROUP_END: char = '\u{2002}';

/// The header of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    /// Spreadsheet row: the lower one, where the header has two levels.
    pub(super) row: u32,
    /// The cells up to the last that is named.
    pub(super) cells: Vec<Cell>,
}

impl Header {
    /// This row as the header.
    pub(super) fn of(row: &RowCells) -> Self {
        let named = row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        Self { row: row.row, cells: row.cells[..named].to_vec() }
    }
}

/// The header among these rows (in order, none blank); `None` when there are no rows.
pub(super) fn find(rows: &[RowCells]) -> Option<Header> {
    let rows = &rows[..rows.len().min(SEARCH)];
    let at = most_alike(rows)?;
    let with_next = rows.get(at + 1).and_then(|below| two_levels(&rows[at], below));
    let with_last = || at.checked_sub(1).and_then(|above| two_levels(&rows[above], &rows[at]));
    Some(with_next.or_else(with_last).unwrap_or_else(|| Header::of(&rows[at])))
}

/// The row most like a header: the first that is nearly as wide as the widest and made of different
/// words, else the one with the most words.
fn most_alike(rows: &[RowCells]) -> Option<usize> {
    let filled = |row: &RowCells| row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let words = |row: &RowCells| row.cells.iter().filter(|cell| word(cell).is_some()).count();
    let widest = rows.iter().map(filled).max()?;
    let like_a_header = |row: &RowCells| {
        let mut different: Vec<&str> = row.cells.iter().filter_map(word).collect();
        different.sort_unstable();
        different.dedup();
        let words = words(row);
        words * 10 >= widest * 6 && words * 2 >= filled(row) && different.len() * 2 >= words
    };
    let most = rows.iter().map(words).max()?;
    rows.iter().position(like_a_header).or_else(|| rows.iter().position(|row| words(row) == most))
}

/// A header over two rows, of merged cells: `ID | Baseline | | Owner` over ` | Start | Finish | `
/// becomes `ID | Baseline Start | Baseline Finish | Owner`. Where the lower row is complete, only names
/// that it has more than once are told apart by their group. `None` when the rows do not look like that.
fn two_levels(above: &RowCells, below: &RowCells) -> Option<Header> {
    let all_words = |row: &RowCells| row.cells.iter().all(|cell| cell.is_blank() || word(cell).is_some());
    if above.row + 1 != below.row || !all_words(above) || !all_words(below) {
        return None;
    }
    let up = |c: usize| above.cells.get(c).and_then(word);
    let down = |c: usize| below.cells.get(c).and_then(word);
    let columns = above.cells.len().max(below.cells.len());
    let is_repeated = |name: &str| (0..columns).filter(|c| down(*c) == Some(name)).count() > 1;
    let hangs_over = (0..columns).any(|c| up(c).is_some() && down(c).is_none());
    let (mut group, mut groups, mut grouped) = (None, 0, 0);
    let mut cells = Vec::with_capacity(columns);
    for c in 0..columns {
        if let Some(name) = up(c) {
            groups += 1;
            group = (up(c + 1).is_none() && down(c).is_some()).then_some(name);
        }
        cells.push(match (up(c), down(c), group) {
            (_, Some(name), Some(group)) if hangs_over || is_repeated(name) => {
                grouped += usize::from(up(c).is_none());
                Cell::Text(format!("{group}{GROUP_END}{name}").into())
            }
            (Some(name), None, _) | (_, Some(name), _) => Cell::Text(name.into()),
            // A margin, or a column without a name.
            (None, None, _) => {
                group = None;
                Cell::Empty
            }
        });
    }
    (grouped > 0 && (hangs_over || groups > 1)).then_some(Header { row: below.row, cells })
}

/// The cell's text when it could be the name of a column: it has a letter and does not begin like a number.
fn word(cell: &Cell) -> Option<&str> {
    let Cell::Text(text) = cell else { return None };
    let text = text.trim();
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    (!numeric && text.contains(char::is_alphabetic)).then_some(text)
}

/// A text cell; nothing to see in it is [`Cell::Empty`].
pub(super) fn text(text: &str) -> Cell {
    if is_blank(text) { Cell::Empty } else { Cell::Text(Arc::from(text)) }
}

/// Whether there is nothing to see in a text. Asked of every cell, and most begin with what is seen.
pub(super) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(table: &str) -> (u32, String) {
        let rows: Vec<RowCells> = table
            .lines()
            .zip(1..)
            .map(|(line, row)| RowCells { row, cells: line.split('|').map(|f| text(f.trim())).collect() })
            .filter(|row| !row.cells.iter().all(Cell::is_blank))
            .collect();
        let found = find(&rows).unwrap();
        let cells: Vec<String> = found.cells.iter().map(ToString::to_string).collect();
        (found.row, cells.join("|").replace(GROUP_END, " "))
    }

    #[test]
    fn the_header_is_the_first_wide_row_of_words() {
        assert_eq!(header("id|name|cost\nA1|Design|500"), (1, "id|name|cost".into()));
        // Title, address and spacer rows above it, as many exports have.
        let report = "Time report\nhttps://example.org\n\nDate|Person|Hours|Note\n2026-03-02|Ann|7.5|x";
        assert_eq!(header(report), (4, "Date|Person|Hours|Note".into()));
        // A block of keys and values above the table.
        assert_eq!(header("Project|Atlas\nDate|2026-03-31\nID|Task|Start|Cost\n1|a|2026-01-05|3").0, 3);
        // Repeated columns (Labels, Comment) are usual.
        assert_eq!(header("Summary|Labels|Labels|Labels\nFix|a|b|c").0, 1);
    }

    #[test]
    fn two_header_rows_of_merged_cells_are_one() {
        assert_eq!(
            header("ID|Baseline||Owner\n|Start|Finish|\nA|2026-01-05|2026-01-09|Ann"),
            (2, "ID|Baseline Start|Baseline Finish|Owner".into())
        );
        assert_eq!(
            header("Plan||Actual|\nStart|Finish|Start|Finish\n2026-01-05|2026-01-09||"),
            (2, "Plan Start|Plan Finish|Actual Start|Actual Finish".into())
        );
        // Two complete rows are no levels: a Primavera export has names of its database over labels.
        assert_eq!(header("task_code|task_name\nActivity ID|Activity Name\nA1|Dig").0, 1);
        // A title over a table is no group.
        assert_eq!(header("Tasks||\nID|Name|Owner\nA|b|c"), (2, "ID|Name|Owner".into()));
    }
}
