//! Text to records, by RFC 4180 and the ways people break it.
//!
//! Not the `csv` crate: it drops blank lines and closes an open quotation mark at the end of the file
//! without a word, and both change the rows that a reader is sent to.

use std::borrow::Cow;

/// One record with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct Record<'a> {
    /// Spreadsheet row: records and blank lines above it, plus 1.
    pub(in crate::source) row: u32,
    /// The fields, quotes resolved.
    pub(in crate::source) fields: Vec<Cow<'a, str>>,
    /// The field (from 0) whose quotation mark is not closed; the record then ends with its line.
    pub(in crate::source) unclosed: Option<usize>,
}

impl Record<'_> {
    /// Whether nothing is to be seen in it.
    pub(in crate::source) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

/// The records of a text.
pub(in crate::source) struct Records<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    row: u32,
    /// Fields of the record before: most have as many.
    width: usize,
}

/// How a field ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Separator,
    Line,
    Text,
}

impl<'a> Records<'a> {
    /// The records of a text whose first record is spreadsheet row `first_row`.
    pub(in crate::source) fn new(text: &'a str, separator: u8, first_row: u32) -> Self {
        Self { text, separator, at: 0, row: first_row, width: 0 }
    }

    /// The next field, plain or quoted. `None` when its quotation mark is not closed.
    fn field(&mut self) -> Option<(Cow<'a, str>, End)> {
        if self.text.as_bytes().get(self.at) == Some(&b'"') { self.quoted() } else { Some(self.plain()) }
    }

    /// Up to the separator or the end of the line; a quotation mark within is a letter like others.
    fn plain(&mut self) -> (Cow<'a, str>, End) {
        let rest = &self.text[self.at..];
        let stop = rest.bytes().position(|b| b == self.separator || b == b'\n' || b == b'\r');
        let field = &rest[..stop.unwrap_or(rest.len())];
        self.at += field.len();
        (field.into(), self.end())
    }

    /// Steps over what ends a field.
    fn end(&mut self) -> End {
        let rest = &self.text.as_bytes()[self.at..];
        let (end, length) = match rest {
            [] => (End::Text, 0),
            [b'\r', b'\n', ..] => (End::Line, 2),
            [b'\r' | b'\n', ..] => (End::Line, 1),
            _ => (End::Separator, 1),
        };
        self.at += length;
        end
    }

    fn quoted(&mut self) -> Option<(Cow<'a, str>, End)> {
        let start = self.at + 1;
        let mut value: Cow<'a, str> = "".into();
        let mut from = start;
        loop {
            let length = self.text[from..].bytes().position(|b| b == b'"')?;
            let piece = &self.text[from..from + length];
            if value.is_empty() {
                value = piece.into();
            } else {
                value.to_mut().push_str(piece);
            }
            let after = from + length + 1;
            if self.text.as_bytes().get(after) != Some(&b'"') {
                self.at = after;
                break;
            }
            value.to_mut().push('"');
            from = after + 1;
        }
        let (tail, end) = self.plain();
        if !tail.trim().is_empty() {
            // Text after the closing mark. Within a line it belongs to the field; over lines, the mark was
            // never closed and this one opens another field.
            if value.contains(['\n', '\r']) {
                return None;
            }
            value.to_mut().push_str(&tail);
        }
        Some((value, end))
    }

    /// The record's line as it stands, from `start`, its quotation marks taken as letters.
    fn line(&mut self, start: usize) -> Vec<Cow<'a, str>> {
        self.at = start;
        let mut fields = Vec::new();
        loop {
            let (field, end) = self.plain();
            fields.push(field);
            if end != End::Separator {
                return fields;
            }
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, row) = (self.at, self.row);
        self.row = self.row.saturating_add(1);
        let mut fields = Vec::with_capacity(self.width);
        loop {
            match self.field() {
                None => {
                    let unclosed = Some(fields.len());
                    return Some(Record { row, fields: self.line(start), unclosed });
                }
                Some((field, end)) => {
                    fields.push(field);
                    if end != End::Separator {
                        self.width = fields.len();
                        return Some(Record { row, fields, unclosed: None });
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<(u32, Vec<String>)> {
        Records::new(text, b',', 1)
            .map(|r| (r.row, r.fields.iter().map(|f| f.clone().into_owned()).collect()))
            .collect()
    }

    fn record(row: u32, fields: &[&str]) -> (u32, Vec<String>) {
        (row, fields.iter().map(|f| (*f).to_owned()).collect())
    }

    #[test]
    fn fields_are_split_as_rfc_4180_says() {
        assert_eq!(
            split("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n,\r\n"),
            [record(1, &["a", "b"]), record(2, &["x, \"y\"", "two\r\nlines"]), record(3, &["", ""])]
        );
    }

    #[test]
    fn rows_count_blank_lines_but_not_the_lines_within_a_cell() {
        assert_eq!(
            split("a\n\n\"b\nc\"\nd"),
            [record(1, &["a"]), record(2, &[""]), record(3, &["b\nc"]), record(4, &["d"])]
        );
    }

    #[test]
    fn a_mark_within_a_field_is_a_letter() {
        assert_eq!(split("5\" disk,\"a\"b,\"c\" \n"), [record(1, &["5\" disk", "ab", "c"])]);
    }

    #[test]
    fn an_unclosed_mark_costs_its_line_only() {
        let of = |text| {
            let all: Vec<_> =
                Records::new(text, b',', 1).map(|r| (r.row, r.unclosed, r.fields.len())).collect();
            all
        };
        assert_eq!(of("a,b\n1,\"x\n2,y\n"), [(1, None, 2), (2, Some(1), 2), (3, None, 2)]);
        // A later field with marks of its own does not close it.
        assert_eq!(of("\"x,b\n\"y\",c\nd,e"), [(1, Some(0), 2), (2, None, 2), (3, None, 2)]);
    }
}
