//! Results in, documents out: one section a file, composed by a template.

use crate::analysis::Findings;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::model::Portfolio;

/// What the report room is told: the resolved template and what the settings add to it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The marking on every page; overrides the template's.
    pub marking: Option<String>,
}

/// Composes one document a project.
#[must_use]
pub fn compose(
    portfolio: &Portfolio,
    findings: &Findings,
    problems: &Diagnostics,
    settings: &Settings,
) -> Vec<Document> {
    let _ = (portfolio, findings, problems, settings);
    Vec::new()
}
