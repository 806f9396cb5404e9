//! Templates: which sections, in which order, under which titles, with which formats and colours.
//! A TOML file; the built-in ones are embedded, a user's own is read from disk.

mod theme;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use strsim::osa_distance;

use crate::document::Theme;
use crate::error::Error;
use crate::report::section::SECTIONS;
use theme::RawTheme;

/// The templates that come with the program: name and text.
const BUILT_IN: [(&str, &str); 6] = [
    ("initiation", include_str!("../../templates/initiation.toml")),
    ("status", include_str!("../../templates/status.toml")),
    ("exception", include_str!("../../templates/exception.toml")),
    ("executive", include_str!("../../templates/executive.toml")),
    ("stage-end", include_str!("../../templates/stage-end.toml")),
    ("closure", include_str!("../../templates/closure.toml")),
];

/// A resolved template: everything in it exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Part of the file names: `status`.
    pub name: String,
    /// What the reader sees: `Status report`.
    pub title: String,
    /// The sections behind page 1, in order.
    pub sections: Vec<Chapter>,
    /// How much is shown.
    pub limits: Limits,
    /// How quantities are written.
    pub formats: Formats,
    /// Colours, page, logo.
    pub theme: Theme,
    /// `Confidential`, on every page.
    pub marking: Option<String>,
}

/// A section as a template names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// An id of [`SECTIONS`].
    pub id: &'static str,
    /// The template's own title, if it gives one.
    pub title: Option<String>,
}

/// How much is shown: the `[limits]` table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Variances that are explained, the largest first.
    pub variances: usize,
    /// Milestones on page 1.
    pub milestones: usize,
    /// Levels of the work breakdown structure in the report; the task list of the workbook has all.
    pub wbs_levels: u8,
    /// Rows of the work breakdown structure in the PDF: of a longer one the upper levels, each whole, so
    /// that the rows add up to the total.
    pub wbs_rows: usize,
    /// Rows of any other list in the PDF: a longer one shows those that matter; the workbook has all.
    pub rows: usize,
    /// Offenders of a schedule check that the PDF names where there are more than `rows`.
    pub offenders: usize,
    /// Periods in the PDF: those up to the status date and the next three.
    pub periods: usize,
    /// Diagnostics in the PDF; the workbook has all.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            variances: 8,
            milestones: 6,
            wbs_levels: 2,
            wbs_rows: 120,
            rows: 30,
            offenders: 4,
            periods: 15,
            diagnostics: 20,
        }
    }
}

/// How quantities are written where it is not as the language does: the `[formats]` table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Formats {
    /// Between groups of three digits.
    pub thousands: Option<char>,
    /// Before the decimals.
    pub decimal: Option<char>,
    /// Decimals of money; by the size of the budget when not given.
    pub money_decimals: Option<usize>,
    /// strftime pattern of a date.
    pub date: Option<String>,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    title: String,
    sections: Vec<RawChapter>,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    formats: Formats,
    #[serde(default)]
    theme: RawTheme,
    logo: Option<PathBuf>,
    marking: Option<String>,
}

/// `"costs"` or `{ id = "costs", title = "What it cost" }`.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawChapter {
    Id(String),
    Titled(Titled),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titled {
    id: String,
    title: String,
}

impl Default for Template {
    /// The status report.
    fn default() -> Self {
        Self::built_in("status").unwrap_or_else(Self::bare)
    }
}

impl Template {
    /// Names and titles of the built-in templates.
    #[must_use]
    pub fn list() -> Vec<(&'static str, String)> {
        BUILT_IN.iter().filter_map(|(name, _)| Some((*name, Self::built_in(name)?.title))).collect()
    }

    /// A template that comes with the program; `None` when there is none of that name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(text, Path::new(name)).ok()
    }

    /// The text of a built-in template, to start one's own from.
    #[must_use]
    pub fn source(name: &str) -> Option<&'static str> {
        BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// A built-in template by its name, else a file; a relative path starts from `beside`.
    ///
    /// # Errors
    /// When there is neither, or the file says something that cannot be.
    pub fn find(name: &str, beside: &Path) -> Result<Self, Error> {
        if let Some(template) = Self::built_in(name) {
            return Ok(template);
        }
        let path = beside.join(name);
        let looks_like_a_file = path.extension().is_some() || name.contains(['/', '\\']) || path.exists();
        if looks_like_a_file {
            return Self::load(&path);
        }
        let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let message = format!("no such template; built in are {}, anything else is a file", known.join(", "));
        Err(Error::Settings { path: PathBuf::from(name), message })
    }

    /// A template from a file; its logo is read from beside it.
    ///
    /// # Errors
    /// When a file cannot be read or says something that cannot be: with the line and what is known instead.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        Self::parse(&text, path)
    }

    /// A template from its text; `path` is where a relative logo is looked for and what errors name.
    ///
    /// # Errors
    /// As [`Template::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let wrong = |message: String| Error::Settings { path: path.to_owned(), message };
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(text, span.start));
            wrong(format!("line {line}: {}", error.message().trim_end()))
        })?;
        let name_is_safe = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        if !name_is_safe(&raw.name) {
            return Err(wrong(format!(
                "line {}: the name '{}' becomes part of file names: give letters, digits, '-' and '_' only",
                line_of(text, &raw.name),
                raw.name
            )));
        }
        let mut sections: Vec<Chapter> = Vec::with_capacity(raw.sections.len());
        for chapter in raw.sections {
            let (id, title) = match chapter {
                RawChapter::Id(id) => (id, None),
                RawChapter::Titled(Titled { id, title }) => (id, Some(title)),
            };
            let line = line_of(text, &id);
            let Some(section) = SECTIONS.iter().find(|section| section.id == id) else {
                return Err(wrong(format!("line {line}: {}", unknown_section(&id))));
            };
            if sections.iter().any(|chapter| chapter.id == section.id) {
                return Err(wrong(format!("line {line}: section '{id}' is named twice")));
            }
            sections.push(Chapter { id: section.id, title });
        }
        if let Some(date) = &raw.formats.date {
            check_date_pattern(date)
                .map_err(|message| wrong(format!("line {}: {message}", line_of(text, date))))?;
        }
        let mut theme = theme::base();
        raw.theme
            .lay_over(&mut theme)
            .map_err(|(value, message)| wrong(format!("line {}: {message}", line_of(text, &value))))?;
        if let Some(logo) = raw.logo {
            let logo = path.parent().unwrap_or(Path::new("")).join(logo);
            theme.logo = Some(std::fs::read(&logo).map_err(Error::io("read", logo))?);
        }
        Ok(Self {
            name: raw.name,
            title: raw.title,
            sections,
            limits: raw.limits,
            formats: raw.formats,
            theme,
            marking: raw.marking.filter(|marking| !marking.trim().is_empty()),
        })
    }

    /// Whether it names a section.
    #[must_use]
    pub fn shows(&self, section: &str) -> bool {
        self.sections.iter().any(|chapter| chapter.id == section)
    }

    /// Page 1 alone.
    fn bare() -> Self {
        Self {
            name: "status".to_owned(),
            title: "Status report".to_owned(),
            sections: Vec::new(),
            limits: Limits::default(),
            formats: Formats::default(),
            theme: theme::base(),
            marking: None,
        }
    }
}

/// What is wrong with an unknown section id, and which known ones come nearest.
fn unknown_section(id: &str) -> String {
    let mut known: Vec<(usize, &str)> =
        SECTIONS.iter().map(|section| (osa_distance(id, section.id), section.id)).collect();
    known.sort_unstable();
    let nearest: Vec<&str> =
        known.iter().filter(|(away, known)| *away <= known.len() / 2).map(|(_, id)| *id).take(2).collect();
    if nearest.is_empty() {
        let all: Vec<&str> = SECTIONS.iter().map(|section| section.id).collect();
        format!("no section is called '{id}'; there are {}", all.join(", "))
    } else {
        format!("no section is called '{id}'; did you mean {}?", nearest.join(" or "))
    }
}

/// Whether chrono can write a date by this pattern.
fn check_date_pattern(pattern: &str) -> Result<(), String> {
    use chrono::format::{Item, StrftimeItems};
    let day = chrono::NaiveDate::default();
    let mut text = String::new();
    let bad = StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error))
        || std::fmt::Write::write_fmt(&mut text, format_args!("{}", day.format(pattern))).is_err();
    if bad { Err(format!("'{pattern}' is no date pattern; try \"%Y-%m-%d\"")) } else { Ok(()) }
}

/// The line a byte lies on, counted from 1.
fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

/// The line a quoted value stands on.
fn line_of(text: &str, value: &str) -> usize {
    let quoted = [format!("\"{value}\""), format!("'{value}'")];
    let at = quoted.iter().find_map(|quoted| text.find(quoted.as_str()));
    at.map_or(1, |at| line_at(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{PageSize, Rgb};

    fn refused(text: &str) -> String {
        Template::parse(text, Path::new("mine.toml")).unwrap_err().to_string()
    }

    #[test]
    fn every_built_in_template_parses_under_its_own_name() {
        for (name, text) in BUILT_IN {
            let template = Template::parse(text, Path::new(name)).unwrap();
            assert_eq!(template.name, name);
            assert!(!template.title.is_empty());
        }
        assert_eq!(Template::list().len(), BUILT_IN.len());
        assert!(!Template::default().sections.is_empty());
        assert!(Template::built_in("executive").unwrap().sections.is_empty());
    }

    #[test]
    fn a_users_own_template_overrides_single_keys() {
        let text = r##"
            name = "mine"
            title = "Our report"
            sections = ["costs", { id = "gantt", title = "When" }]
            marking = "Internal"
            [limits]
            rows = 30
            [formats]
            thousands = " "
            money_decimals = 2
            [theme]
            accent = "#ff8000"
            page = "letter"
        "##;
        let template = Template::parse(text, Path::new("mine.toml")).unwrap();
        assert_eq!(template.sections[1], Chapter { id: "gantt", title: Some("When".to_owned()) });
        assert_eq!(template.theme.accent, Rgb(255, 128, 0));
        assert_eq!(template.theme.red, theme::base().red);
        assert_eq!(template.theme.page, PageSize::Letter);
        assert_eq!((template.limits.rows, template.limits.variances), (30, Limits::default().variances));
        assert_eq!(template.marking.as_deref(), Some("Internal"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let head = "name = \"x\"\ntitle = \"X\"\n";
        assert_eq!(
            refused(&format!("{head}sections = [\"cost\"]")),
            "mine.toml: line 3: no section is called 'cost'; did you mean costs?"
        );
        assert!(refused(&format!("{head}sections = [\"zzzzzzzzzz\"]")).contains("there are exception, "));
        assert!(refused(&format!("{head}sections = []\ncolour = 1")).starts_with("mine.toml: line 4: "));
        assert_eq!(
            refused(&format!("{head}sections = []\n[theme]\nred = \"rot\"")),
            "mine.toml: line 5: 'rot' is no colour; write it as \"#1F4E79\""
        );
        assert!(refused(&format!("{head}sections = [\"costs\", \"costs\"]")).contains("named twice"));
        assert!(refused("name = \"a/b\"\ntitle = \"X\"\nsections = []").contains("file names"));
        assert!(refused(&format!("{head}sections = []\n[formats]\ndate = \"%Q\"")).contains("line 5"));
    }

    #[test]
    fn a_template_that_is_not_there_names_the_built_in_ones() {
        let error = Template::find("statsu", Path::new("")).unwrap_err().to_string();
        assert_eq!(
            error,
            "statsu: no such template; built in are initiation, status, exception, executive, stage-end, closure, anything else is a file"
        );
    }
}
