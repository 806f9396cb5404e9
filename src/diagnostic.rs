//! What is wrong with the data, as values: code, severity, place, message, help.
//!
//! Nothing here stops a run. Every room adds to one [`Diagnostics`]; it is sorted at the end, shown
//! capped on the terminal, complete in `problems.csv` and in the report's *Data quality* section.

pub mod code;

pub use code::{CODES, Code};

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::language::{Format, Phrase};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was rejected: a cell, a row, a task or a project.
    Error,
    /// Something is doubtful but was used.
    Warning,
    /// Something was guessed or chosen.
    Note,
}

impl Severity {
    /// The word shown before the code.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => word!("error"),
            Self::Warning => word!("warning"),
            Self::Note => word!("note"),
        }
    }
}

/// Where: counted as a spreadsheet shows it (the first row is 1, the first column is 1).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as the user named it, with `/` between folders.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The row.
    pub row: Option<u32>,
    /// The column.
    pub column: Option<u32>,
    /// The header of the column.
    pub header: Option<Arc<str>>,
}

impl Location {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The column in letters: 1 is `A`, 27 is `AA`.
    #[must_use]
    pub fn column_letters(column: u32) -> String {
        let (mut letters, mut rest) = (Vec::new(), column);
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for Location {
    /// `tasks.csv:14:6 (baseline_finish)` or `plan.xlsx#Costs:212:4 (D212, amount)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "#{sheet}")?;
        }
        if let Some(row) = self.row {
            write!(f, ":{row}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        let cell = match (&self.sheet, self.row, self.column) {
            (Some(_), Some(row), Some(column)) => Some(format!("{}{row}", Self::column_letters(column))),
            _ => None,
        };
        match (cell, &self.header) {
            (Some(cell), Some(header)) => write!(f, " ({cell}, {header})"),
            (Some(cell), None) => write!(f, " ({cell})"),
            (None, Some(header)) => write!(f, " ({header})"),
            (None, None) => Ok(()),
        }
    }
}

/// One thing that is wrong, doubtful or guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its entry in the catalogue.
    pub code: &'static Code,
    /// Where; the first place is the one it is sorted by.
    pub at: Vec<Location>,
    /// The project it touches, where known.
    pub project: Option<String>,
    /// What is wrong, with the offending value.
    pub message: Phrase,
    /// The row's own words, to recognise it by.
    pub context: Option<String>,
    /// What to do.
    pub help: Option<Phrase>,
}

impl Diagnostic {
    /// A diagnostic at one place.
    #[must_use]
    pub fn new(code: &'static Code, at: Location, message: impl Into<Phrase>) -> Self {
        Self { code, at: vec![at], project: None, message: message.into(), context: None, help: None }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Phrase>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the row's own words.
    #[must_use]
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// With the project it touches.
    #[must_use]
    pub fn project(mut self, project: impl Into<String>) -> Self {
        self.project = Some(project.into());
        self
    }

    /// With a further place.
    #[must_use]
    pub fn also(mut self, at: Location) -> Self {
        self.at.push(at);
        self
    }

    /// Error, warning or note.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity
    }

    /// The block shown on a terminal:
    /// ```text
    /// error[E203]: baseline finish lies before baseline start
    ///   --> tasks.csv:14:6 (baseline_finish)
    ///    |  WP-031  baseline_start 2026-05-04  baseline_finish 2026-04-30
    ///    = help: give a finish on or after 2026-05-04, or leave both empty for a planning package
    /// ```
    #[must_use]
    pub fn say(&self, format: &Format) -> String {
        let (severity, message) = (format.word(self.severity().word()), format.say(&self.message));
        let mut lines = vec![format!("{severity}[{}]: {message}", self.code.id)];
        lines.extend(self.at.iter().map(|place| format!("  --> {place}")));
        lines.extend(self.context.iter().map(|context| format!("   |  {context}")));
        let help = self.help.iter().map(|help| format.say(phrase!("help: {help}", help)));
        lines.extend(help.map(|help| format!("   = {help}")));
        lines.join("\n")
    }
}

/// In English.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Format::english()))
    }
}

/// All diagnostics of a run, in the order of the input once [`Diagnostics::sort`] was called.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds those of another collection.
    pub fn extend(&mut self, other: Self) {
        self.items.extend(other.items);
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Diagnostic] {
        &self.items
    }

    /// How many of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.items.iter().filter(|d| d.severity() == severity).count()
    }

    /// Those that touch a project, and those that touch no project in particular.
    pub fn of_project<'a>(&'a self, project: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
        self.items.iter().filter(move |d| d.project.as_deref().is_none_or(|id| id == project))
    }

    /// All of them as CSV, a line each, with a head: what `problems.csv` holds. Message and help are in the language
    /// of the format, everything else is for machines and the same in all languages.
    #[must_use]
    pub fn to_csv(&self, format: &Format) -> String {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // Writing to memory cannot fail.
        let _ = csv.write_record([
            "severity", "code", "file", "sheet", "row", "column", "header", "project", "message", "context",
            "help",
        ]);
        for problem in &self.items {
            let at = problem.at.first().cloned().unwrap_or_default();
            let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
            let fields = [
                problem.severity().word(),
                problem.code.id,
                &at.file,
                at.sheet.as_deref().unwrap_or_default(),
                &number(at.row),
                &number(at.column),
                at.header.as_deref().unwrap_or_default(),
                problem.project.as_deref().unwrap_or_default(),
                &format.say(&problem.message),
                problem.context.as_deref().unwrap_or_default(),
                &problem.help.as_ref().map(|help| format.say(help)).unwrap_or_default(),
            ];
            let _ = csv.write_record(fields.map(guarded).iter().map(AsRef::as_ref));
        }
        String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    /// Sorts by file, sheet, row, column, code and message, and drops exact repeats.
    pub fn sort(&mut self) {
        self.items.sort_by(|a, b| {
            let places = (&a.at, a.code.id).cmp(&(&b.at, b.code.id));
            places.then_with(|| a.message.to_string().cmp(&b.message.to_string()))
        });
        self.items.dedup();
    }
}

/// A text that a spreadsheet would take for a formula, set off with an apostrophe: the messages repeat what
/// stood in the data.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_a_spreadsheet_shows_it() {
        let csv = Location {
            row: Some(14),
            column: Some(6),
            header: Some("baseline_finish".into()),
            ..Location::file("tasks.csv")
        };
        assert_eq!(csv.to_string(), "tasks.csv:14:6 (baseline_finish)");
        let sheet = Location {
            sheet: Some("Costs".into()),
            row: Some(212),
            column: Some(4),
            header: Some("amount".into()),
            ..Location::file("plan.xlsx")
        };
        assert_eq!(sheet.to_string(), "plan.xlsx#Costs:212:4 (D212, amount)");
        assert_eq!(Location::column_letters(702), "ZZ");
        assert_eq!(Location::column_letters(703), "AAA");
    }

    #[test]
    fn a_formula_in_the_data_stays_text_in_the_list_of_problems() {
        let mut problems = Diagnostics::default();
        let at = Location::file("plan.csv");
        problems.push(Diagnostic::new(&code::NOT_A_NUMBER, at, "=1+1").context("a \"b\", c"));
        let text = problems.to_csv(Format::english());
        let line = text.split("\r\n").nth(1).unwrap_or_default();
        assert_eq!(line, "error,E101,plan.csv,,,,,,'=1+1,\"a \"\"b\"\", c\",");
    }

    #[test]
    fn the_catalogue_is_sorted_unique_and_honest_about_severity() {
        for code in CODES {
            let letter = match code.severity {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(code.id.starts_with(letter), "{}", code.id);
            assert_eq!(code.id.len(), 4, "{}", code.id);
            assert!(code.about.ends_with('.'), "{}", code.id);
        }
        let ids: std::collections::BTreeSet<_> = CODES.iter().map(|code| code.id).collect();
        assert_eq!(ids.len(), CODES.len());
    }
}
