//! What only the flow as a whole can see to be implausible: the settings beside the data, the status date beside the
//! plan, the names of files beside each other.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::{StatusDate, last_day};
use crate::config::Settings;
use crate::delivery;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::language::{Part, Phrase};
use crate::model::{Portfolio, Project};
use crate::quantity;

/// So far from a project a status date is more likely a slip (of the year, mostly) than meant.
const FAR_DAYS: i64 = 183;
/// How many ids a sentence names, and how many places a problem points to.
const SHOWN: usize = 5;

/// Says that the settings' currency is no code, where a project uses it.
pub(super) fn currency(portfolio: &Portfolio, settings: &Settings, problems: &mut Diagnostics) {
    let Some(code) = settings.currency.as_deref().filter(|code| !quantity::currency::is_known(code)) else {
        return;
    };
    if portfolio.projects.iter().any(|project| project.currency.is_none()) {
        let message = phrase!("'{code}' is not a currency code of ISO 4217", code);
        let file = settings.file.display().to_string();
        problems.push(
            Diagnostic::new(&code::CURRENCY_UNKNOWN, Location::file(file), message)
                .help(word!("amounts are shown with it as it is written; write a code such as EUR or USD")),
        );
    }
}

/// Says which projects would have the same file name on some system. `stems` are the names of the files: a project's
/// at its place, then the portfolio's.
pub(super) fn file_names(portfolio: &Portfolio, stems: &[String], problems: &mut Diagnostics) {
    let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
    for same in delivery::meet(&stems) {
        let projects: Vec<&Project> =
            same.iter().filter_map(|place| portfolio.projects.get(*place)).collect();
        let ids: Vec<&str> = projects.iter().take(SHOWN).map(|project| &*project.id).collect();
        let named = Part::few_quoted(&ids, projects.len());
        let message = if projects.len() == same.len() {
            phrase!("the projects {projects} meet in one file name", projects = named)
        } else {
            phrase!(
                "{projects} {n|meets|meet} the portfolio's report in one file name",
                projects = named,
                n = projects.len()
            )
        };
        let mut places: Vec<Location> = projects.iter().take(SHOWN).map(|project| place(project)).collect();
        places.dedup();
        let mut places = places.into_iter();
        let problem = Diagnostic::new(&code::NAMES_MEET, places.next().unwrap_or_default(), message).help(word!(
            "each file has a short hash of its project's id in its name; give ids that differ in more than signs and capitals"
        ));
        problems.push(places.fold(problem, Diagnostic::also));
    }
}

/// Says which characters no font has: their place in the PDF is an empty box. Only rendering shows it, so the report
/// itself does not say so.
pub(super) fn characters(files: &[(String, BTreeSet<char>)], problems: &mut Diagnostics) {
    for (name, unseen) in files.iter().filter(|(_, unseen)| !unseen.is_empty()) {
        let named: Vec<String> =
            unseen.iter().take(SHOWN).map(|c| format!("'{c}' (U+{:04X})", u32::from(*c))).collect();
        let message = phrase!(
            "no font has {characters}: empty boxes in the PDF",
            characters = Part::few(&named, unseen.len())
        );
        problems.push(
            Diagnostic::new(&code::NO_FONT, Location::file(name.as_str()), message).help(word!(
                "install a font that has them where earnest runs (Noto has nearly every script; in Debian fonts-noto-core and \
                 fonts-noto-cjk); workbook and JSON have the characters themselves"
            )),
        );
    }
    problems.sort();
}

/// The table a project comes from.
pub(super) fn place(project: &Project) -> Location {
    let origin = project.tasks.first().map(|task| task.origin.clone()).unwrap_or_default();
    Location { row: None, ..origin.into() }
}

/// Says where a status date is far from its project, and what was measured after it. `days` has the status date of
/// each project and whether it was taken from the data.
pub(super) fn status_dates(
    portfolio: &Portfolio,
    days: impl Iterator<Item = (StatusDate, bool)>,
    problems: &mut Diagnostics,
) {
    for (project, (status, from_data)) in portfolio.projects.iter().zip(days) {
        if let Some(message) = far(project, status.day(), from_data) {
            problems.push(
                Diagnostic::new(&code::STATUS_OUTSIDE, place(project), message).project(&project.id).help(word!(
                    "everything is computed for that day; give another --status-date, or correct the date in the data that is so far away"
                )),
            );
        }
        measured_later(project, status, problems);
    }
}

/// What of a status date is far away. One that was taken from the data is the latest date of the data: it must be
/// near to the others.
fn far(project: &Project, status: NaiveDate, from_data: bool) -> Option<Phrase> {
    let Dates { planned, told } = Dates::of(project);
    let first = planned.iter().map(|(start, _)| *start).min()?;
    let counts = |day: &NaiveDate| *day < status || (*day == status && !from_data);
    let last = planned.iter().map(|(_, finish)| *finish).chain(told.into_iter().filter(counts)).max()?;
    let (before, after) = ((first - status).num_days(), (status - last).num_days());
    if before > FAR_DAYS {
        return Some(if from_data {
            phrase!(
                "the status date {status}, the latest of the data, lies {n} {n|day|days} before the project begins on {first}",
                status,
                n = before,
                first
            )
        } else {
            phrase!(
                "the status date {status} lies {n} {n|day|days} before the project begins on {first}",
                status,
                n = before,
                first
            )
        });
    }
    (after > FAR_DAYS).then(|| {
        if from_data {
            phrase!(
                "the status date {status}, the latest of the data, lies {n} {n|day|days} after everything else, which ends on {last}",
                status,
                n = after,
                last
            )
        } else {
            phrase!(
                "the status date {status} lies {n} {n|day|days} after everything else, which ends on {last}",
                status,
                n = after,
                last
            )
        }
    })
}

/// The days a project speaks of.
struct Dates {
    /// When a task, or the project, is planned: a day alone is both ends.
    planned: Vec<(NaiveDate, NaiveDate)>,
    /// What is told to have happened.
    told: Vec<NaiveDate>,
}

impl Dates {
    fn of(project: &Project) -> Self {
        let mut dates = Self { planned: Vec::new(), told: Vec::new() };
        let charter = (project.charter.start, project.charter.finish);
        let tasks = project.tasks.iter();
        let spans =
            tasks.flat_map(|task| [(task.baseline_start, task.baseline_finish), (task.start, task.finish)]);
        for (start, finish) in spans.chain([charter]) {
            let (start, finish) = (start.map(|start| start.date()), finish.map(last_day));
            if let Some(one) = start.or(finish) {
                dates.planned.push((start.unwrap_or(one), finish.unwrap_or(one)));
            }
        }
        for task in &project.tasks {
            dates.told.extend(task.actual_start.map(|start| start.date()));
            dates.told.extend(task.actual_finish.map(last_day));
        }
        dates.told.extend(project.statements.iter().map(|statement| last_day(statement.at)));
        dates.told.extend(project.performance.iter().map(|point| last_day(point.at)));
        dates.told.extend(project.measurements.iter().map(|measured| measured.date));
        dates.told.extend(project.tests.iter().map(|count| count.date));
        dates
    }
}

/// Measurements after the status date; a look back at an earlier day has them by its nature, and later progress too.
fn measured_later(project: &Project, status: StatusDate, problems: &mut Diagnostics) {
    let later = || project.measurements.iter().filter(|measured| measured.date > status.day());
    let Some(first) = later().next() else { return };
    let looks_back = project.statements.iter().any(|statement| statement.at > status.0)
        || project.performance.iter().any(|point| point.at > status.0 && point.ev.is_some())
        || project.tasks.iter().any(|task| task.actual_start.is_some_and(|start| start >= status.0));
    if looks_back {
        return;
    }
    let message = phrase!(
        "{n} {n|measurement|measurements} after the status date {day}",
        n = later().count(),
        day = status.day()
    );
    let problem = Diagnostic::new(&code::MEASURED_LATER, first.origin.clone().into(), message)
        .project(&project.id)
        .help(word!(
            "what is measured later does not count yet; correct the date, or give a later --status-date"
        ));
    let others = later().skip(1).take(SHOWN - 1);
    problems.push(others.fold(problem, |problem, measured| problem.also(measured.origin.clone().into())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{end_of_day, start_of_day};
    use crate::model::{Measurement, Origin, Statement, Task};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn project() -> Project {
        let task = Task {
            id: "1".into(),
            baseline_start: Some(start_of_day(day("2026-01-05"))),
            baseline_finish: Some(end_of_day(day("2026-06-30"))),
            ..Task::default()
        };
        Project { id: "atlas".into(), tasks: vec![task], ..Project::default() }
    }

    fn said(project: Project, status: &str, from_data: bool) -> Vec<String> {
        let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
        let mut problems = Diagnostics::default();
        let status = StatusDate::end_of(day(status));
        status_dates(&portfolio, std::iter::once((status, from_data)), &mut problems);
        problems.all().iter().map(|p| format!("{} {}", p.code.id, p.message)).collect()
    }

    #[test]
    fn characters_without_a_font_are_named_with_their_file() {
        let file = |name: &str, unseen: &[char]| (name.to_owned(), unseen.iter().copied().collect());
        let mut problems = Diagnostics::default();
        characters(&[file("a.pdf", &['\u{13000}', '\u{6f22}']), file("b.pdf", &[])], &mut problems);
        let [problem] = problems.all() else { panic!("one problem") };
        assert_eq!(
            (problem.at[0].to_string(), problem.message.to_string()),
            (
                "a.pdf".to_owned(),
                "no font has '漢' (U+6F22), '\u{13000}' (U+13000): empty boxes in the PDF".to_owned()
            )
        );
    }

    #[test]
    fn names_meet_where_the_files_would() {
        let named = |id: &str| Project { id: id.into(), ..project() };
        let portfolio =
            Portfolio { projects: ["A/B", "a/b", "portfolio"].map(named).into(), ..Portfolio::default() };
        let said = |stems: [&str; 4]| {
            let mut problems = Diagnostics::default();
            file_names(&portfolio, &stems.map(str::to_owned), &mut problems);
            problems.all().iter().map(|problem| problem.message.to_string()).collect::<Vec<_>>()
        };
        // On different status days the files differ by their dates.
        assert_eq!(said(["A-B-04-30", "a-b-03-31", "portfolio-03-31", "portfolio-04-30"]), [""; 0]);
        assert_eq!(
            said(["A-B-03-31", "a-b-03-31", "portfolio-03-31", "portfolio-03-31"]),
            [
                "the projects 'A/B', 'a/b' meet in one file name",
                "'portfolio' meets the portfolio's report in one file name"
            ]
        );
    }

    fn stated(on: &str) -> Statement {
        Statement {
            task: 0,
            at: end_of_day(day(on)),
            percent_complete: Some(0.5),
            actual_start: None,
            actual_finish: None,
            remaining_duration: None,
            remaining_work: None,
            origin: Origin::default(),
        }
    }

    #[test]
    fn a_status_date_near_the_project_is_nobodys_concern() {
        for near in ["2025-08-01", "2026-03-31", "2026-12-30"] {
            assert!(said(project(), near, false).is_empty(), "{near}");
        }
        let late = Project { statements: vec![stated("2027-11-01")], ..project() };
        assert!(said(late, "2027-11-30", false).is_empty(), "late, and told so");
    }

    #[test]
    fn a_slip_of_the_year_is_named() {
        assert_eq!(
            said(project(), "2025-03-31", false),
            ["W405 the status date 2025-03-31 lies 280 days before the project begins on 2026-01-05"]
        );
        assert_eq!(
            said(project(), "2027-03-31", false),
            ["W405 the status date 2027-03-31 lies 274 days after everything else, which ends on 2026-06-30"]
        );
        // The slip stands in the data itself.
        let slip = Project { statements: vec![stated("2026-02-28"), stated("2062-03-31")], ..project() };
        let told = said(slip, "2062-03-31", true);
        assert!(
            told[0].contains("the latest of the data,") && told[0].contains("ends on 2026-06-30"),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_measured_later_is_named_unless_the_report_looks_back() {
        let measured =
            |on: &str| Measurement { objective: 0, date: day(on), value: 1.0, origin: Origin::default() };
        let ahead =
            Project { measurements: vec![measured("2026-03-30"), measured("2026-04-30")], ..project() };
        assert_eq!(
            said(ahead.clone(), "2026-03-31", false),
            ["W404 1 measurement after the status date 2026-03-31"]
        );
        let back = Project { statements: vec![stated("2026-04-30")], ..ahead };
        assert!(said(back, "2026-03-31", false).is_empty());
    }
}
