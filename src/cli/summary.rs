//! What a person reads on the terminal after a run: a block a project, or a line each when there are many,
//! then the files and how many problems there were.

use std::path::Path;

use crate::analysis::ProjectFindings;
use crate::analysis::metric::metric;
use crate::calendar::last_day;
use crate::cli::columns::{aligned, cut};
use crate::diagnostic::Severity;
use crate::document::{Format, Value};
use crate::model::Project;
use crate::pipeline::{Analyzed, Outcome};
use crate::quantity::Health;
use crate::wording::counted;

/// More projects than these get a line each.
const BLOCKS: usize = 3;
/// More files than these are not named one by one.
const FILES: usize = 12;
/// A project's name in a line takes at most so many columns.
const NAME: usize = 44;
/// What is not defined.
const DASH: &str = "\u{2013}";

/// The lines.
pub(super) fn summary(outcome: &Outcome) -> String {
    let analyzed = &outcome.analyzed;
    let projects = || analyzed.portfolio.projects.iter().zip(&analyzed.findings.projects);
    let mut lines = Vec::new();
    if projects().count() > BLOCKS {
        lines.extend(table(projects()));
    } else {
        lines.extend(projects().flat_map(|(project, found)| block(project, found)));
    }
    lines.extend(files(outcome));
    lines.push(counts(outcome));
    lines.join("\n")
}

/// A line a project under heads.
fn table<'a>(projects: impl Iterator<Item = (&'a Project, &'a ProjectFindings)>) -> Vec<String> {
    let heads = ["Project", "Health", "SPI(t)", "CPI", "EAC", "BAC", "Finish", "Trust"];
    let mut lines = vec![heads.map(str::to_owned)];
    lines.extend(projects.map(|(project, found)| {
        let figures = Figures::of(project, found);
        [
            cut(&project.name, NAME),
            figures.health,
            figures.spi_t,
            figures.cpi,
            figures.eac,
            figures.bac,
            figures.finish,
            found.trust.grade.to_string(),
        ]
    }));
    aligned(&lines, [false, false, true, true, true, true, true, false])
}

/// A project with what fired and what is not trusted.
fn block(project: &Project, found: &ProjectFindings) -> Vec<String> {
    let Figures { health, spi_t, cpi, eac, bac, finish, format } = Figures::of(project, found);
    let mut lines = vec![format!("{}  {}  {health}", project.name, format.day(found.status_date.day()))];
    if let Some(from) = &found.status_date_from {
        lines.push(format!("  status date: none given; taken from {from}"));
    }
    let budget =
        if found.measures.bac.is_zero() { "no budget".to_owned() } else { format!("EAC {eac} of {bac}") };
    lines
        .push(format!("  SPI(t) {spi_t}  CPI {cpi}  {budget}  finish {finish}  trust {}", found.trust.grade));
    for health in found.health.iter().skip(1).filter(|health| health.rating > Some(Health::Green)) {
        lines.push(format!("  {}: {}", health.dimension, format.dates_in(&health.rule)));
    }
    for reason in &found.trust.reasons {
        lines.push(format!("  trust: {}", format.dates_in(reason)));
    }
    lines
}

/// The key figures of a project as they are shown.
struct Figures {
    health: String,
    spi_t: String,
    cpi: String,
    eac: String,
    bac: String,
    finish: String,
    format: Format,
}

impl Figures {
    fn of(project: &Project, found: &ProjectFindings) -> Self {
        let format = Format { currency: project.currency.clone().unwrap_or_default(), ..Format::default() };
        let overall = found.health.first().and_then(|health| health.rating);
        let index = |id| {
            let value = metric(id).and_then(|metric| (metric.value)(&found.measures).ok());
            value.map_or_else(|| DASH.to_owned(), |value| format.show(&Value::Index(value)))
        };
        let recommended = |method: &str| method == found.recommended.finish;
        let finish = found.finish_forecasts.iter().find(|forecast| recommended(forecast.method));
        let finish = finish.and_then(|forecast| forecast.finish.ok());
        Self {
            health: overall.map_or_else(|| "not rated".to_owned(), |health| health.word().to_uppercase()),
            spi_t: index("spi_t"),
            cpi: index("cpi"),
            eac: found.measures.eac.map_or_else(|_| DASH.to_owned(), |eac| format.amount(eac)),
            bac: format.amount(found.measures.bac.units()),
            finish: finish.map_or_else(|| DASH.to_owned(), |finish| format.day(last_day(finish))),
            format,
        }
    }
}

/// Where the files are; of many only the portfolio's by name.
fn files(outcome: &Outcome) -> Vec<String> {
    let files = &outcome.files;
    let shown = |path: &Path| format!("  {}", path.display());
    if files.len() <= FILES {
        return files.iter().map(|path| shown(path)).collect();
    }
    let is_portfolio =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("portfolio-"));
    let mut lines: Vec<String> =
        files.iter().filter(|path| is_portfolio(path)).map(|path| shown(path)).collect();
    let folder = files.first().and_then(|path| path.parent()).unwrap_or(Path::new("."));
    lines.push(format!(
        "  and {} of the projects in {}",
        counted(files.len() - lines.len(), "file"),
        folder.display()
    ));
    lines
}

/// `3 errors, 5 warnings in 4 files; 11 of 12 projects reported`.
fn counts(outcome: &Outcome) -> String {
    let analyzed = &outcome.analyzed;
    let all = analyzed.portfolio.projects.len() + analyzed.set_aside;
    let told = if outcome.refused {
        "refused because of --strict, nothing was written".to_owned()
    } else if analyzed.set_aside == 0 {
        format!("{} reported", counted(all, "project"))
    } else {
        format!("{} of {} reported", analyzed.portfolio.projects.len(), counted(all, "project"))
    };
    format!("{}; {told}", problems(analyzed))
}

/// `3 errors, 5 warnings in 4 files`.
pub(super) fn problems<F>(analyzed: &Analyzed<F>) -> String {
    let count = |severity: Severity| match analyzed.problems.count(severity) {
        0 => None,
        count => Some(counted(count, severity.word())),
    };
    let counts: Vec<String> = [Severity::Error, Severity::Warning].into_iter().filter_map(count).collect();
    let counts = if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") };
    format!("{counts} in {}", counted(analyzed.inputs.len(), "file"))
}
