//! Results in, documents out: one section a file, composed by a template.
//!
//! What a section says is decided here, once; how it looks on a page or a worksheet is the render
//! room's work. Sections without data are left out.

pub mod section;
pub mod template;

#[cfg(test)]
mod example;
mod front;
mod machine;
mod measures;
mod narrative;
mod portfolio;
mod subject;
mod two_views;
mod value_table;
mod wording;

use chrono::NaiveDate;

use crate::analysis::{Findings, Thresholds};
use crate::diagnostic::Diagnostics;
use crate::document::{self, Block, Document, Front};
use crate::language::Language;
use crate::model::Portfolio;
use section::SECTIONS;
use subject::Subject;
use template::Template;

/// What the report room is told: the resolved template and what the settings lay over it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which sections, titles, formats and colours.
    pub template: Template,
    /// The marking on every page; overrides the template's.
    pub marking: Option<String>,
    /// PNG or JPEG bytes of a logo; overrides the template's.
    pub logo: Option<Vec<u8>>,
    /// The thresholds of the analysis, drawn into charts and named in notes.
    pub thresholds: Thresholds,
    /// The language of the report.
    pub language: &'static Language,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            template: Template::default(),
            marking: None,
            logo: None,
            thresholds: Thresholds::default(),
            language: Language::english(),
        }
    }
}

/// Composes one document a project in their order, and one for the portfolio when there are several.
#[must_use]
pub fn compose(
    portfolio: &Portfolio,
    findings: &Findings,
    problems: &Diagnostics,
    settings: &Settings,
) -> Vec<Document> {
    let documents = Documents::of(portfolio, findings, problems, settings);
    (0..documents.stems.len()).map(|place| documents.compose(place)).collect()
}

/// The documents of a run, composed one at a time: all of them take more room than what they are made from.
#[derive(Clone, Debug)]
pub struct Documents<'a> {
    portfolio: &'a Portfolio,
    findings: &'a Findings,
    problems: &'a Diagnostics,
    settings: &'a Settings,
    stems: Vec<String>,
}

impl<'a> Documents<'a> {
    /// Those that [`compose`] composes.
    #[must_use]
    pub fn of(
        portfolio: &'a Portfolio,
        findings: &'a Findings,
        problems: &'a Diagnostics,
        settings: &'a Settings,
    ) -> Self {
        let stems = stems(portfolio, findings, settings);
        Self { portfolio, findings, problems, settings, stems }
    }

    /// What their files are to be called: [`stems`].
    #[must_use]
    pub fn stems(&self) -> &[String] {
        &self.stems
    }

    /// Composes the document at this place of [`Documents::stems`].
    #[must_use]
    pub fn compose(&self, place: usize) -> Document {
        let Self { portfolio, findings, problems, settings, .. } = *self;
        let project = portfolio.projects.get(place).zip(findings.projects.get(place));
        let document = match project {
            Some((project, found)) => {
                of_project(&Subject::new(portfolio, project, found, problems, settings), settings)
            }
            None => portfolio::compose(portfolio, findings, problems, settings),
        };
        Document { stem: self.stems.get(place).cloned().unwrap_or_default(), ..document }
    }
}

/// What the files of a run are to be called, without their endings: those of the projects, and after several the
/// portfolio's own. Two may be called the same.
#[must_use]
pub fn stems(portfolio: &Portfolio, findings: &Findings, settings: &Settings) -> Vec<String> {
    let stem =
        |name: &str, day: NaiveDate| format!("{name}-{}-{}", settings.template.name, day.format("%Y-%m-%d"));
    let days = findings.projects.iter().map(|found| found.status_date.day());
    let projects = portfolio.projects.iter().zip(days.clone());
    let mut stems: Vec<String> = projects.map(|(project, day)| stem(&file_safe(&project.id), day)).collect();
    if stems.len() > 1 {
        stems.push(stem("portfolio", days.max().unwrap_or_default()));
    }
    stems
}

/// The report of one project.
fn of_project(subject: &Subject<'_>, settings: &Settings) -> Document {
    let front = front::compose(subject);
    let mut sections: Vec<document::Section> = settings
        .template
        .sections
        .iter()
        .filter_map(|chapter| {
            let section = SECTIONS.iter().find(|section| section.id == chapter.id)?;
            let blocks = (section.compose)(subject);
            let title = subject.word(chapter.title.as_deref().unwrap_or(section.title));
            (!blocks.is_empty()).then_some(document::Section { id: section.id, title, blocks })
        })
        .collect();
    section::glossary::print_what_is_used(subject, &front, &mut sections);
    let machine = machine::of_project(subject, &front);
    Document {
        title: subject.project.name.clone(),
        subtitle: subject.word(&settings.template.title),
        status_date: subject.found.status_date.day(),
        author: subject.project.charter.manager.clone(),
        measures: measures::of_project(subject, &sections),
        machine,
        ..envelope(settings, subject.format.clone(), front, sections)
    }
}

/// What every document has in common: language, marking, theme.
fn envelope(
    settings: &Settings,
    format: document::Format,
    mut front: Front,
    mut sections: Vec<document::Section>,
) -> Document {
    let blocks = sections.iter_mut().flat_map(|section| &mut section.blocks);
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for column in tables.chain(&mut front.milestones).flat_map(|table| &mut table.columns) {
        column.head = format.word(&column.head);
    }
    let mut theme = settings.template.theme.clone();
    theme.logo = settings.logo.clone().or(theme.logo);
    Document {
        stem: String::new(),
        title: String::new(),
        subtitle: String::new(),
        status_date: chrono::NaiveDate::default(),
        author: None,
        language: &settings.language.code,
        marking: settings.marking.clone().or_else(|| settings.template.marking.clone()),
        theme,
        format,
        front,
        sections,
        measures: Vec::new(),
        machine: document::Machine::default(),
    }
}

/// An id as part of a file name: what is neither letter nor digit becomes `-`. Ids that differ may meet in it.
#[must_use]
pub fn file_safe(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '.') => name.push(c),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "project".to_owned() } else { name.to_owned() }
}

/// The tables among blocks.
fn tables(blocks: &[Block]) -> impl Iterator<Item = &document::Table> {
    blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
