//! `earnest explain`: what a metric or a code means, where a figure comes from, why a task is when it is.

use super::{ExplainArgs, listing, nothing_to_report, say, show_problems, tell};
use crate::analysis::{ProjectFindings, metric::Metric};
use crate::config::{Flags, Settings};
use crate::error::Error;
use crate::language::{Format, Phrase};
use crate::model::Project;
use crate::pipeline::{self, Analyzed, DELIVERED, USAGE};

/// Explains a code, else a metric, else a task of the data.
pub(super) fn explain(args: &ExplainArgs) -> Result<u8, Error> {
    // Whoever asks what a fault of the settings means has settings that cannot be loaded.
    if let Some(code) = listing::code(&args.what) {
        tell(&code)?;
        return Ok(DELIVERED);
    }
    let metric = listing::metric(&args.what);
    let mut settings = Settings::load(&Flags {
        inputs: args.inputs.clone(),
        config: args.config.clone(),
        status_date: args.status_date,
        previous: args.previous.clone(),
        language: args.language.clone(),
        ..Flags::default()
    })?;
    if !metric.is_some_and(Metric::needs_trials) {
        settings = settings.without_trials();
    }
    let format = &Format::plain(settings.report.language);
    if let Some(metric) = metric {
        tell(&listing::definition(metric, format))?;
    }
    if args.inputs.is_empty() {
        return Ok(if metric.is_some() { DELIVERED } else { unknown(args, format) });
    }
    let analyzed = pipeline::analyze(&settings, &mut |_| ())?;
    let projects = &analyzed.portfolio.projects;
    let wanted: Vec<usize> = (0..projects.len())
        .filter(|&index| {
            let project = &projects[index];
            args.project.as_deref().is_none_or(|wanted| wanted == project.id || wanted == project.name)
        })
        .collect();
    if projects.is_empty() {
        show_problems(&analyzed.problems, false, None, settings.report.language);
        return Ok(nothing_to_report(&analyzed, &args.inputs, settings.report.language));
    }
    if wanted.is_empty() {
        let known: Vec<&str> = projects.iter().map(|project| project.id.as_str()).collect();
        say(&format.say(phrase!("no such project; there are: {projects}", projects = known.join(", "))));
        return Ok(USAGE);
    }
    let mut found = false;
    for index in wanted {
        let lines = match metric {
            Some(metric) => Some(of_metric(metric, &analyzed, index, format)),
            None => of_task(&projects[index], &analyzed.findings.projects[index], &args.what)
                .map(|lines| lines.iter().map(|line| format.say(line)).collect()),
        };
        let Some(lines) = lines else { continue };
        found = true;
        tell(&format!("\n{}", projects[index].name))?;
        for line in lines {
            tell(&format!("  {line}"))?;
        }
    }
    Ok(if found { DELIVERED } else { unknown(args, format) })
}

fn unknown(args: &ExplainArgs, format: &Format) -> u8 {
    let what = &args.what;
    say(&format.say(if args.inputs.is_empty() {
        phrase!(
            "'{what}' is neither a metric nor a code; see `earnest list metrics` and `earnest list codes`",
            what
        )
    } else {
        phrase!(
            "'{what}' is neither a metric nor a code, nor a task of this data; see `earnest list metrics` and `earnest list codes`",
            what
        )
    }));
    USAGE
}

fn of_metric(metric: &Metric, analyzed: &Analyzed, index: usize, format: &Format) -> Vec<String> {
    crate::analysis::explain::explain(metric, &analyzed.portfolio, &analyzed.findings, index, format)
}

/// Why a task is when it is; `None` where the project has no such task.
fn of_task(project: &Project, found: &ProjectFindings, what: &str) -> Option<Vec<Phrase>> {
    let tasks = &project.tasks;
    let by = |same: &dyn Fn(&crate::model::Task) -> bool| tasks.iter().position(same);
    let task = by(&|task| task.id == what)
        .or_else(|| by(&|task| task.wbs.as_deref() == Some(what)))
        .or_else(|| by(&|task| task.id.eq_ignore_ascii_case(what)))
        .or_else(|| by(&|task| task.name.to_lowercase() == what.to_lowercase()))?;
    Some(match &found.network {
        Ok(network) => network.explain(project, task),
        Err(reason) => vec![phrase!("Not assessable, because {reason}.", reason)],
    })
}
