//! The flow, a line a stage, and what came of it.

mod plausible;
pub mod previous;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::analysis::crosscheck::Contradiction;
use crate::analysis::network::Conflict;
use crate::analysis::score::Score;
use crate::analysis::soundness::{Soundness, soundness};
use crate::analysis::{self, Findings};
use crate::assembly;
use crate::config::Settings;
use crate::delivery::{self, Delivery};
use crate::diagnostic::{CODES, Diagnostic, Diagnostics, Location, Severity, code};
use crate::document::Document;
use crate::error::Error;
use crate::intake;
use crate::language::{Format, Part};
use crate::model::Portfolio;
use crate::quantity::Health;
use crate::render;
use crate::report::{self, Documents};
use crate::source::{self, Sources};

/// Delivered, nothing wrong.
pub const DELIVERED: u8 = 0;
/// The world failed: I/O, a broken template, our own bug.
pub const FAILED: u8 = 1;
/// The command line says something that cannot be.
pub const USAGE: u8 = 2;
/// Input was rejected, wholly or in part.
pub const REJECTED: u8 = 3;
/// Delivered, but a gate tripped.
pub const GATE: u8 = 4;

/// The name of the complete list of diagnostics in the output folder.
pub const PROBLEMS_FILE: &str = "problems.csv";

/// A stage of the flow; its name is shown while it works and with its time under `-v`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to text tables.
    Read,
    /// Text to typed tables.
    Check,
    /// Tables to linked projects.
    Assemble,
    /// Projects to results.
    Analyze,
    /// Results to documents, and each of these to bytes beside their places.
    Render,
    /// Files to their places.
    Deliver,
}

impl Stage {
    /// The verb.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Check => "check",
            Self::Assemble => "assemble",
            Self::Analyze => "analyze",
            Self::Render => "render",
            Self::Deliver => "deliver",
        }
    }
}

/// Who wants to know how far the work is: called when a stage begins.
pub type Watcher<'a> = &'a mut dyn FnMut(Stage);

/// Everything up to the results: what `explain` needs and `report` begins with; for `check`, its own findings.
#[derive(Debug)]
pub struct Analyzed<F = Findings> {
    /// The linked projects.
    pub portfolio: Portfolio,
    /// Their results.
    pub findings: F,
    /// What is wrong, sorted.
    pub problems: Diagnostics,
    /// Every file read with the hash of its bytes; the hash is empty when nothing is to be delivered.
    pub inputs: Hashes,
    /// How many projects cannot be reported; `problems` says why.
    pub set_aside: usize,
}

/// Files as named with the SHA-256 of their bytes.
type Hashes = Vec<(Arc<str>, String)>;

/// Reads inputs, with or without their hashes.
type Read = fn(&[PathBuf], &mut Diagnostics) -> Result<Sources, Error>;

impl Analyzed {
    /// What the delivered files were made from.
    fn provenance(&self) -> delivery::Provenance {
        let day = |findings: &analysis::ProjectFindings| findings.status_date.day().to_string();
        let projects = self.portfolio.projects.iter().zip(&self.findings.projects);
        delivery::Provenance {
            status_dates: projects.map(|(project, findings)| (project.id.clone(), day(findings))).collect(),
            inputs: self.inputs.clone(),
        }
    }
}

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The results it rests on.
    pub analyzed: Analyzed,
    /// The files written, in order.
    pub files: Vec<PathBuf>,
    /// What the portfolio's own files are called, without their endings; none after a single project.
    pub portfolio: Option<String>,
    /// Stages and how long each took.
    pub times: Vec<(Stage, Duration)>,
    /// Whether the run was refused because of `--strict`.
    pub refused: bool,
}

impl Outcome {
    /// The exit code: rejected input before a tripped gate, because a rating over incomplete data
    /// is the smaller news.
    #[must_use]
    pub fn exit_code(&self, gate: Option<Health>) -> u8 {
        let worst = self.analyzed.findings.projects.iter().filter_map(|p| p.health.first()?.rating).max();
        if self.refused || self.analyzed.problems.count(Severity::Error) > 0 {
            REJECTED
        } else if gate.is_some_and(|gate| worst.is_some_and(|worst| worst >= gate)) {
            GATE
        } else {
            DELIVERED
        }
    }
}

/// Reads, checks, assembles and analyzes.
///
/// # Errors
/// When the world fails; an input that cannot be read is one of the problems.
pub fn analyze(settings: &Settings, watch: Watcher<'_>) -> Result<Analyzed, Error> {
    analyze_read(settings, source::read_unhashed, watch)
}

/// Reads, checks and assembles, and judges the data alone: what `check` shows.
///
/// # Errors
/// When the world fails; an input that cannot be read is one of the problems.
pub fn check(settings: &Settings, watch: Watcher<'_>) -> Result<Analyzed<Vec<Soundness>>, Error> {
    let mut found = up_to_analysis(settings, source::read_unhashed, soundness, watch)?;
    let days =
        found.findings.iter().map(|found| (found.status_date, settings.analysis.status_date.is_none()));
    plausible::status_dates(&found.portfolio, days, &mut found.problems);
    let contradictions = found.findings.iter().map(|found| &found.contradictions[..]);
    name_contradictions(&found.portfolio, contradictions, &mut found.problems);
    name_impossible(&found.portfolio, found.findings.iter().map(|p| &p.conflicts[..]), &mut found.problems);
    Ok(found)
}

fn analyze_read(settings: &Settings, read: Read, watch: Watcher<'_>) -> Result<Analyzed, Error> {
    let mut found = up_to_analysis(settings, read, analysis::analyze, watch)?;
    let contradictions = found.findings.projects.iter().map(|found| &found.contradictions[..]);
    name_contradictions(&found.portfolio, contradictions, &mut found.problems);
    let stems = report::stems(&found.portfolio, &found.findings, &settings.report);
    plausible::file_names(&found.portfolio, &stems, &mut found.problems);
    let days =
        found.findings.projects.iter().map(|found| (found.status_date, found.status_date_from.is_some()));
    plausible::status_dates(&found.portfolio, days, &mut found.problems);
    let networks = found.findings.projects.iter().map(|found| found.network.as_ref());
    let conflicts = networks.map(|network| network.map_or(&[][..], |network| &network.conflicts));
    name_impossible(&found.portfolio, conflicts, &mut found.problems);
    Ok(found)
}

/// Reads, checks and assembles, and analyzes as far as is wanted.
fn up_to_analysis<F>(
    settings: &Settings,
    read: Read,
    analyze: fn(&Portfolio, &analysis::Settings) -> F,
    watch: Watcher<'_>,
) -> Result<Analyzed<F>, Error> {
    let mut problems = Diagnostics::default();
    let (mut portfolio, mut inputs) = assemble(settings, read, &mut problems, watch)?;
    let set_aside = match settings.analysis.status_date {
        Some(_) => 0,
        None => set_aside_undated(&mut portfolio, &mut problems),
    };
    if let Some(path) = &settings.previous {
        let days: Vec<_> =
            analysis::status::axes(&portfolio, &settings.analysis).iter().map(|axis| axis.status).collect();
        let place = previous::Place { path, is_output: *path == settings.out };
        inputs.extend(previous::attach(&mut portfolio, place, &days, &mut problems));
    }
    watch(Stage::Analyze);
    let findings = analyze(&portfolio, &settings.analysis);
    Ok(Analyzed { portfolio, findings, problems, inputs, set_aside })
}

/// Names the tasks whose constraints the network found impossible, as only the schedule shows, and puts the
/// problems in order. `conflicts` has those of each project.
fn name_impossible<'a>(
    portfolio: &Portfolio,
    conflicts: impl Iterator<Item = &'a [Conflict]>,
    problems: &mut Diagnostics,
) {
    for (project, conflicts) in portfolio.projects.iter().zip(conflicts) {
        for conflict in conflicts {
            let task = &project.tasks[conflict.task];
            let message = phrase!(
                "'{task}' has the constraint '{constraint} {day}', but {earliest} is the earliest possible",
                task = &*task.id,
                constraint = Part::Word(conflict.kind.name()),
                day = conflict.day(),
                earliest = conflict.earliest()
            );
            problems.push(
                Diagnostic::new(&code::IMPOSSIBLE_CONSTRAINT, task.origin.clone().into(), message)
                    .context(format!("{}  {}", task.id, task.name))
                    .project(&project.id)
                    .help(word!(
                        "the constraint is honoured and the tasks before it have negative float; move it, or shorten what leads to it"
                    )),
            );
        }
    }
    problems.sort();
}

/// Names what analysis found to contradict itself.
fn name_contradictions<'a>(
    portfolio: &Portfolio,
    found: impl Iterator<Item = &'a [Contradiction]>,
    problems: &mut Diagnostics,
) {
    for (project, found) in portfolio.projects.iter().zip(found) {
        for contradiction in found {
            let Some(code) = CODES.iter().find(|code| code.id == contradiction.check.code) else { continue };
            let mut places = contradiction.rows.iter().cloned().map(Location::from);
            let first = places.next().unwrap_or_default();
            let problem = Diagnostic::new(code, first, contradiction.says.clone());
            let problem = problem.project(&project.id).help(contradiction.check.help);
            problems.push(places.fold(problem, Diagnostic::also));
        }
    }
}

/// Leaves out the projects of which nothing says when, and says how many.
fn set_aside_undated(portfolio: &mut Portfolio, problems: &mut Diagnostics) -> usize {
    let undated = analysis::status::undated(portfolio);
    for project in undated.iter().filter_map(|index| portfolio.projects.get(*index)) {
        let message = phrase!(
            "there is no date in the data of '{project}', and no status date was given",
            project = &*project.name
        );
        problems.push(Diagnostic::new(&code::NO_DATE, plausible::place(project), message).project(&project.id).help(word!(
            "give --status-date (or `status_date` in earnest.toml), or dates in the tables: `baseline_start` and \
             `baseline_finish` of tasks, bookings, postings; until then the project is not reported"
        )));
    }
    if !undated.is_empty() {
        portfolio.set_aside(&undated);
    }
    undated.len()
}

/// Reads, checks and assembles finished projects and compares what would have been forecast with what came.
///
/// # Errors
/// When the world fails; an input that cannot be read is one of the problems.
pub fn score(settings: &Settings, watch: Watcher<'_>) -> Result<(Score, Diagnostics), Error> {
    let mut problems = Diagnostics::default();
    let (portfolio, _) = assemble(settings, source::read_unhashed, &mut problems, watch)?;
    watch(Stage::Analyze);
    let score = analysis::score::score(&portfolio, &settings.analysis);
    problems.sort();
    Ok((score, problems))
}

/// Reads, checks and assembles: the projects, and every file read with the hash of its bytes.
fn assemble(
    settings: &Settings,
    read: Read,
    problems: &mut Diagnostics,
    watch: Watcher<'_>,
) -> Result<(Portfolio, Hashes), Error> {
    watch(Stage::Read);
    let sources = read(&settings.inputs, problems)?;
    let inputs = sources.hashes.clone();
    watch(Stage::Check);
    let records = intake::check(&sources, &settings.intake, problems);
    // What was read takes as much room as what comes of it.
    drop(sources);
    watch(Stage::Assemble);
    let mut portfolio = assembly::assemble(records, problems);
    plausible::currency(&portfolio, settings, problems);
    for project in &mut portfolio.projects {
        project.currency = project.currency.take().or_else(|| settings.currency.clone());
        project.charter.fall_back_on(&settings.charter);
    }
    Ok((portfolio, inputs))
}

/// The whole flow: from inputs to delivered files.
///
/// With `strict`, any error in the data refuses the run before anything is written.
///
/// # Errors
/// When the world fails; what is wrong with the data is in the outcome.
pub fn run(settings: &Settings, strict: bool, watch: Watcher<'_>) -> Result<Outcome, Error> {
    let mut clock = Stopwatch::default();
    let mut watch = |stage| {
        clock.lap(Some(stage));
        watch(stage);
    };
    let mut analyzed = analyze_read(settings, source::read, &mut watch)?;
    let refused = strict && analyzed.problems.count(Severity::Error) > 0;
    let (mut files, mut own) = (Vec::new(), None);
    if !refused && !analyzed.portfolio.projects.is_empty() {
        watch(Stage::Render);
        let Analyzed { portfolio, findings, problems, .. } = &analyzed;
        let documents = Documents::of(portfolio, findings, problems, &settings.report);
        // The last document of several is the portfolio's own.
        let ids = portfolio.projects.iter().map(|project| project.id.as_str()).chain([""]);
        let stems: Vec<(&str, &str)> = documents.stems().iter().map(String::as_str).zip(ids).collect();
        let names = delivery::file_names(&stems);
        let portfolio_place = portfolio.projects.len();
        let document = |place: usize| Document { stem: names[place].clone(), ..documents.compose(place) };
        let delivery = Delivery::open(&delivery::Settings::new(&settings.out))?;
        let stage =
            |file: render::File| Ok((delivery.stage(&file.name, &file.bytes)?, (file.name, file.unseen)));
        let made = render::each(names.len(), document, &settings.formats, stage)?;
        let (mut staged, unseen): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        plausible::characters(&unseen, &mut analyzed.problems);
        watch(Stage::Deliver);
        let plain = Format::plain(settings.report.language);
        staged.push(delivery.stage(PROBLEMS_FILE, analyzed.problems.to_csv(&plain).as_bytes())?);
        own = names.get(portfolio_place).cloned();
        files = delivery.close(staged, &analyzed.provenance())?;
    }
    clock.lap(None);
    Ok(Outcome { analyzed, files, portfolio: own, times: clock.laps, refused })
}

/// How long each stage took.
#[derive(Default)]
struct Stopwatch {
    running: Option<(Stage, Instant)>,
    laps: Vec<(Stage, Duration)>,
}

impl Stopwatch {
    fn lap(&mut self, next: Option<Stage>) {
        if let Some((stage, since)) = self.running.take() {
            self.laps.push((stage, since.elapsed()));
        }
        self.running = next.map(|stage| (stage, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cross_check_of_analysis_has_a_code() {
        for check in analysis::crosscheck::CHECKS {
            assert!(CODES.iter().any(|code| code.id == check.code), "{}", check.code);
        }
    }

    #[test]
    fn a_stopwatch_keeps_the_stages_in_order() {
        let mut clock = Stopwatch::default();
        clock.lap(Some(Stage::Read));
        clock.lap(Some(Stage::Check));
        clock.lap(None);
        assert_eq!(clock.laps.iter().map(|lap| lap.0).collect::<Vec<_>>(), [Stage::Read, Stage::Check]);
    }
}
