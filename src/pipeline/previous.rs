//! The last report of each project: which of the JSON files that the user names it is. Nothing is looked for unasked,
//! and a report is never compared with itself: it counts from an earlier status date only.

use std::path::Path;
use std::sync::Arc;

use crate::calendar::StatusDate;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::intake::previous::{self, Head};
use crate::language::Phrase;
use crate::model::{Portfolio, Previous, Project};
use crate::source::reports::{self, Candidate};

/// How many files a problem points to.
const SHOWN: usize = 5;

/// Where to look.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// A JSON report, or a folder that has some.
    pub path: &'a Path,
    /// Whether this run makes the folder where it is not there yet: then it is empty, not missing.
    pub is_output: bool,
}

/// Gives every project its last report before its status date, where there is one; says what cannot be used and who
/// has none. `days` has the status date of each project.
///
/// Returns the files that were used, as named, with the SHA-256 of their bytes: what else lies in a folder has no say.
pub fn attach(
    portfolio: &mut Portfolio,
    place: Place<'_>,
    days: &[StatusDate],
    problems: &mut Diagnostics,
) -> Vec<(Arc<str>, String)> {
    let candidates = reports::candidates(place.path, place.is_output, problems);
    let mut earlier = Vec::new();
    let mut newer = Vec::new();
    let mut named = false;
    for candidate in &candidates {
        named |= candidate.named;
        match previous::head(&candidate.beginning) {
            Head::Report { project, status } => earlier.push((project, status, candidate)),
            Head::Newer(schema) => newer.push((schema, candidate)),
            Head::Other if !candidate.named => {}
            Head::Other | Head::Foreign => problems.push(foreign(candidate)),
        }
    }
    problems.extend(too_new(&newer));
    if let [(id, _, candidate)] = &earlier[..]
        && candidate.named
        && portfolio.projects.iter().all(|project| project.id != *id)
    {
        problems.push(of_another(id, candidate, portfolio));
    }
    let mut used = Vec::new();
    for (project, now) in portfolio.projects.iter_mut().zip(days) {
        let mut own: Vec<_> = earlier.iter().filter(|(id, ..)| *id == project.id).collect();
        if let [(_, status, candidate)] = own[..]
            && candidate.named
            && status >= now
        {
            problems.push(not_earlier(project, *status, *now, candidate));
        }
        own.retain(|(_, status, _)| status < now);
        // A stable sort: of two of one day, the first by name.
        own.sort_by_key(|(_, status, _)| std::cmp::Reverse(*status));
        for (_, status, candidate) in own {
            match whole(candidate, *status) {
                Ok((report, sha256)) => {
                    used.push((candidate.name.clone(), sha256));
                    project.previous = Some(Box::new(report));
                    break;
                }
                Err(problem) => problems.push((*problem).project(&project.id)),
            }
        }
        if project.previous.is_none() && !named {
            problems.push(none_yet(project, *now, place.path));
        }
    }
    used
}

/// All of a report, with the hash of its bytes.
fn whole(candidate: &Candidate, status: StatusDate) -> Result<(Previous, String), Box<Diagnostic>> {
    let (bytes, sha256) = candidate.read()?;
    let report = previous::read(candidate.name.clone(), status, &bytes).map_err(|wrong| {
        let message = phrase!("the report cannot be read: {reason}", reason = wrong);
        let at = Location::file(candidate.name.clone());
        Box::new(Diagnostic::new(&code::NO_REPORT, at, message).help(word!(
            "the file is cut short or was changed: write the report of then anew, or name another"
        )))
    })?;
    Ok((report, sha256))
}

fn foreign(candidate: &Candidate) -> Diagnostic {
    let at = Location::file(candidate.name.clone());
    if candidate.named {
        Diagnostic::new(&code::NO_REPORT, at, word!("it is not the report of a project by earnest: left out"))
            .help(word!("name the JSON that `earnest report` wrote of the project, or the folder it lies in"))
    } else {
        Diagnostic::new(&code::FILE_LEFT_OUT, at, word!("it is not a report of earnest: left out"))
            .help(word!("the last report is looked for in this folder; keep other JSON elsewhere"))
    }
}

/// One problem for all of them: a folder may be full of them.
fn too_new(newer: &[(String, &Candidate)]) -> Diagnostics {
    let mut problems = Diagnostics::default();
    if let Some((schema, first)) = newer.first() {
        let message =
            phrase!("it has the schema '{schema}', which this earnest does not know: left out", schema);
        let problem = Diagnostic::new(&code::NEWER_REPORT, Location::file(first.name.clone()), message)
            .help(word!("a later version of earnest wrote it: update earnest, or write the report of then with this one"));
        let others = newer.iter().skip(1).take(SHOWN - 1);
        problems.push(
            others.fold(problem, |problem, (_, other)| problem.also(Location::file(other.name.clone()))),
        );
    }
    problems
}

fn of_another(id: &str, candidate: &Candidate, portfolio: &Portfolio) -> Diagnostic {
    let own: Vec<String> = portfolio.projects.iter().map(|project| format!("'{}'", project.id)).collect();
    let message = phrase!(
        "it is the report of '{project}', which is not a project of this run ({own})",
        project = id,
        own = crate::language::Part::few(&own[..own.len().min(SHOWN)], own.len())
    );
    Diagnostic::new(&code::OTHER_REPORT, Location::file(candidate.name.clone()), message)
        .help(word!("name the last report of this project, or the folder where the reports are kept"))
}

fn not_earlier(project: &Project, status: StatusDate, now: StatusDate, candidate: &Candidate) -> Diagnostic {
    let message: Phrase = phrase!(
        "its status date {then} does not lie before {now}, that of this report: left out",
        then = status.day(),
        now = now.day()
    );
    Diagnostic::new(&code::NOT_EARLIER, Location::file(candidate.name.clone()), message)
        .project(&project.id)
        .help(word!("name an earlier report, or the folder where the reports are kept: the latest before the status date is taken"))
}

fn none_yet(project: &Project, now: StatusDate, folder: &Path) -> Diagnostic {
    let message = phrase!(
        "no report of '{project}' from before {now}: nothing to compare with",
        project = &project.id,
        now = now.day()
    );
    Diagnostic::new(&code::NO_PREVIOUS, Location::file(reports::shown(folder)), message)
        .project(&project.id)
        .help(word!("nothing is to be done before the second report; a project that got another id does not find its old reports"))
}
