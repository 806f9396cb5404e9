//! The points of a chart as its part stores them beside the cells it refers to, for programs that draw before they
//! open the sheet.
//!
//! The writer would look every cell up in its trees and keep it as a string. It knows one cell of each column, which
//! tells it names from numbers; the points are filled in here.

use super::super::formula::number;
use super::super::text;
use super::ledger::Ledger;
use crate::document::Value;

/// The end of a reference to cells, behind which their points are stored.
const REFERENCE_END: &str = "</c:f>";

/// A chart's part with the points of its series.
pub(in super::super) fn complete(part: &str, ledger: &Ledger) -> String {
    let mut whole = String::with_capacity(part.len() * 2);
    let mut rest = part;
    while let Some(at) = rest.find(REFERENCE_END) {
        let reference = rest[..at].rsplit_once("<c:f>").map_or("", |(_, reference)| reference);
        let (head, tail) = rest.split_at(at + REFERENCE_END.len());
        whole.push_str(head);
        rest = tail;
        let Some((names, from, to)) = stored(tail) else { continue };
        let Some(cells) = ledger.cells(reference) else { continue };
        whole.push_str(&tail[..from]);
        for (place, cell) in cells.iter().enumerate() {
            point(place, cell, names, &mut whole);
        }
        rest = &tail[to..];
    }
    whole.push_str(rest);
    whole
}

/// What is stored behind a reference: whether names, and from where to where the points.
fn stored(part: &str) -> Option<(bool, usize, usize)> {
    let (names, end) = if part.starts_with("<c:strCache>") {
        (true, "</c:strCache>")
    } else if part.starts_with("<c:numCache>") {
        (false, "</c:numCache>")
    } else {
        return None;
    };
    // Their number comes before them, and the only empty element.
    Some((names, part.find("/>")? + 2, part.find(end)?))
}

fn point(place: usize, cell: &Value, names: bool, part: &mut String) {
    if !names && *cell == Value::Empty {
        return;
    }
    part.push_str("<c:pt idx=\"");
    text::count(place as u64, part);
    part.push_str("\"><c:v>");
    match (number(cell), cell) {
        (Some(number), _) => text::number(number, part),
        (None, Value::Text(words)) if names => text::escape(&text::cell(words), part),
        // Where numbers are wanted, a program takes text for 0.
        _ if !names => part.push('0'),
        _ => {}
    }
    part.push_str("</c:v></c:pt>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_each_reference_are_those_of_its_column() {
        let mut ledger = Ledger::new("Chart data".to_owned());
        ledger.open("One");
        ledger.column("Task", vec![Value::Text("R & D".to_owned()), Value::Empty]);
        ledger.column("Days", vec![Value::Empty, Value::Days(2.5)]);
        let part = |names: &str, numbers: &str| {
            format!(
                "<c:cat><c:strRef><c:f>'Chart data'!$A$5:$A$6</c:f><c:strCache><c:ptCount val=\"2\"/>{names}\
                 </c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>'Chart data'!$B$5:$B$6</c:f><c:numCache>\
                 <c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/>{numbers}</c:numCache></c:numRef></c:val>"
            )
        };
        let written = part("<c:pt idx=\"0\"><c:v>R &amp; D</c:v></c:pt>", "");
        let names = "<c:pt idx=\"0\"><c:v>R &amp; D</c:v></c:pt><c:pt idx=\"1\"><c:v></c:v></c:pt>";
        assert_eq!(complete(&written, &ledger), part(names, "<c:pt idx=\"1\"><c:v>2.5</c:v></c:pt>"));
    }
}
