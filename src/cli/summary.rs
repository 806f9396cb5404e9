//! What a person reads on the terminal after a run: a block a project, or a line each when there are many,
//! then the files and how many problems there were.

use std::path::{Path, PathBuf};

use crate::analysis::metric::metric;
use crate::analysis::{FinishForecast, ProjectFindings};
use crate::calendar::last_day;
use crate::cli::columns::{aligned, cut};
use crate::diagnostic::Severity;
use crate::document::{Format, Value};
use crate::language::{Language, Phrase};
use crate::model::Project;
use crate::pipeline::{Analyzed, Outcome};
use crate::quantity::Health;

/// More projects than these get a line each.
const BLOCKS: usize = 3;
/// More files than these are not named one by one.
const FILES: usize = 12;
/// A project's name in a line takes at most so many columns.
const NAME: usize = 44;
/// What is not defined.
const DASH: &str = "\u{2013}";

/// The lines.
pub(super) fn summary(outcome: &Outcome, language: &'static Language) -> String {
    let format = Format::of(language);
    let analyzed = &outcome.analyzed;
    let projects = || analyzed.portfolio.projects.iter().zip(&analyzed.findings.projects);
    let mut lines = Vec::new();
    if projects().count() > BLOCKS {
        lines.extend(table(projects(), &format));
    } else {
        lines.extend(projects().flat_map(|(project, found)| block(project, found, &format)));
    }
    lines.extend(files(outcome, &format));
    lines.push(format.say(counts(outcome)));
    lines.join("\n")
}

/// A line a project under heads.
fn table<'a>(
    projects: impl Iterator<Item = (&'a Project, &'a ProjectFindings)>,
    format: &Format,
) -> Vec<String> {
    let [project, health, finish, trust] =
        [word!("Project"), word!("Health"), word!("Finish"), word!("Trust")].map(|head| format.word(head));
    let [spi_t, cpi, eac, bac] = ["SPI(t)", "CPI", "EAC", "BAC"].map(str::to_owned);
    let mut lines = vec![[project, health, spi_t, cpi, eac, bac, finish, trust]];
    lines.extend(projects.map(|(project, found)| {
        let figures = Figures::of(project, found, format);
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
fn block(project: &Project, found: &ProjectFindings, format: &Format) -> Vec<String> {
    let Figures { health, spi_t, cpi, eac, bac, finish } = Figures::of(project, found, format);
    let mut lines = vec![format!("{}  {}  {health}", project.name, format.day(found.status_date.day()))];
    if let Some(from) = &found.status_date_from {
        let says = phrase!("status date: none given; taken from {source}", source = from);
        lines.push(format!("  {}", format.say(says)));
    }
    let budget: Phrase = if found.measures.bac.is_zero() {
        word!("no budget").into()
    } else {
        phrase!("EAC {eac} of {bac}", eac, bac)
    };
    let figures = phrase!(
        "SPI(t) {spi_t}  CPI {cpi}  {budget}  finish {finish}  trust {grade}",
        spi_t,
        cpi,
        budget,
        finish,
        grade = found.trust.grade
    );
    lines.push(format!("  {}", format.say(figures)));
    for health in found.health.iter().skip(1).filter(|health| health.rating > Some(Health::Green)) {
        lines.push(format!("  {}: {}", format.word(health.dimension), format.say(&health.rule)));
    }
    for reason in &found.trust.reasons {
        let says = phrase!("trust: {reason}", reason);
        lines.push(format!("  {}", format.say(says)));
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
}

impl Figures {
    fn of(project: &Project, found: &ProjectFindings, format: &Format) -> Self {
        let format = Format { currency: project.currency.clone().unwrap_or_default(), ..format.clone() };
        let overall = found.health.first().and_then(|health| health.rating);
        let index = |id| {
            let value = metric(id).and_then(|metric| (metric.value)(&found.measures).ok());
            value.map_or_else(|| DASH.to_owned(), |value| format.show(&Value::Index(value)))
        };
        let finish = FinishForecast::of(&found.finish_forecasts, found.recommended.finish);
        let finish = finish.and_then(|forecast| forecast.finish.ok());
        Self {
            health: overall.map_or_else(
                || format.word(word!("not rated")),
                |health| format.word(health.word()).to_uppercase(),
            ),
            spi_t: index("spi_t"),
            cpi: index("cpi"),
            eac: found.measures.eac.map_or_else(|_| DASH.to_owned(), |eac| format.amount(eac)),
            bac: format.amount(found.measures.bac.units()),
            finish: finish.map_or_else(|| DASH.to_owned(), |finish| format.day(last_day(finish))),
        }
    }
}

/// Where the files are; of many only the portfolio's by name.
fn files(outcome: &Outcome, format: &Format) -> Vec<String> {
    let files = &outcome.files;
    let shown = |path: &Path| format!("  {}", path.display());
    if files.len() <= FILES {
        return files.iter().map(|path| shown(path)).collect();
    }
    let of_portfolio = |path: &&PathBuf| {
        path.file_stem()
            .is_some_and(|stem| outcome.portfolio.as_ref().is_some_and(|name| stem == name.as_str()))
    };
    let mut lines: Vec<String> = files.iter().filter(of_portfolio).map(|path| shown(path)).collect();
    let folder = files.first().and_then(|path| path.parent()).unwrap_or(Path::new("."));
    let says = phrase!(
        "and {n} {n|file|files} of the projects in {folder}",
        n = files.len() - lines.len(),
        folder = folder.display().to_string()
    );
    lines.push(format!("  {}", format.say(says)));
    lines
}

/// `3 errors, 5 warnings in 4 files; 11 of 12 projects reported`.
fn counts(outcome: &Outcome) -> Phrase {
    let analyzed = &outcome.analyzed;
    let all = analyzed.portfolio.projects.len() + analyzed.set_aside;
    let told: Phrase = if outcome.refused {
        word!("refused because of --strict, nothing was written").into()
    } else if analyzed.set_aside == 0 {
        phrase!("{n} {n|project|projects} reported", n = all)
    } else {
        phrase!(
            "{reported} of {n} {n|project|projects} reported",
            reported = analyzed.portfolio.projects.len(),
            n = all
        )
    };
    phrase!("{problems}; {told}", problems = problems(analyzed), told)
}

/// `3 errors, 5 warnings in 4 files`.
pub(super) fn problems<F>(analyzed: &Analyzed<F>) -> Phrase {
    let count = |severity| analyzed.problems.count(severity);
    let errors = phrase!("{n} {n|error|errors}", n = count(Severity::Error));
    let warnings = phrase!("{n} {n|warning|warnings}", n = count(Severity::Warning));
    let problems = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => word!("no problems").into(),
        (0, _) => warnings,
        (_, 0) => errors,
        (..) => phrase!("{errors}, {warnings}", errors, warnings),
    };
    phrase!("{problems} in {n} {n|file|files}", problems, n = analyzed.inputs.len())
}
