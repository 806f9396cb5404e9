//! Quality: what is handed over and accepted, defects found and closed, how far testing has come, what doing
//! things again took.

mod charts;
mod tables;

use crate::analysis::quality::{Clearing, DefectFindings, REWORK_RULE, Stand, Trend};
use crate::document::Block;
use crate::model::Severity;
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::listed;
use crate::wording::{counted, hours, is_or_are, percent, so_many_are};

pub(super) const SECTION: Section = Section {
    id: "quality",
    title: "Quality",
    about: "Acceptance of deliverables against their criteria, defects found, closed and open over time with their projected clearing, test progress and pass rate, defects per deliverable and per 1,000 hours, rework.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.quality;
    if found.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    let told: Vec<String> = [accepted(subject), defects(subject), tests(subject), rework(subject)]
        .into_iter()
        .flatten()
        .collect();
    blocks.push(Block::Paragraph(told.join(" ")));
    blocks.extend(tables::deliverables(subject).map(Block::Table));
    if let Some(defects) = &found.defects {
        blocks.extend(charts::defects(defects).map(Block::Chart));
        blocks.push(Block::Paragraph(cleared(subject, defects)));
        blocks.push(Block::Note(clearing_rule(defects)));
        blocks.push(Block::Table(tables::open(subject, defects)));
        blocks.push(Block::Table(tables::weeks(subject, defects)));
    }
    blocks.extend(charts::tests(subject).map(Block::Chart));
    blocks.extend(tables::tests(subject).map(Block::Table));
    blocks.extend(missing(subject).map(Block::Note));
    blocks
}

/// `5 of 9 deliverables are accepted; 1 waits for an answer, 2 are overdue.`
fn accepted(subject: &Subject<'_>) -> Option<String> {
    let made = &subject.found.quality.deliverables;
    let count = |stand| made.iter().filter(|made| made.stand == stand).count();
    let part = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let overdue_again = made.iter().filter(|made| made.stand == Stand::Overdue && made.rejected).count();
    let again = match overdue_again {
        0 => String::new(),
        sent_back => format!(" ({sent_back} of them sent back)"),
    };
    let others: Vec<String> = [
        part(count(Stand::Overdue), "is overdue", "are overdue").map(|part| part + &again),
        part(count(Stand::Rejected), "was sent back", "were sent back"),
        part(count(Stand::Submitted), "waits for an answer", "wait for an answer"),
        part(count(Stand::Planned), "is still to be handed over", "are still to be handed over"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let rest = if others.is_empty() { String::new() } else { format!("; {}", listed(&others)) };
    let all = made.len();
    (all > 0).then(|| {
        let made = counted(all, "deliverable");
        format!("{} of {made} {} accepted{rest}.", count(Stand::Accepted), is_or_are(all))
    })
}

/// `38 defects were found and 23 closed; 15 are open, 2 of them critical and 7 high.`
fn defects(subject: &Subject<'_>) -> Option<String> {
    let defects = subject.found.quality.defects.as_ref()?;
    let of = |severity: Severity| {
        let count = defects.open.of(Some(severity));
        (count > 0).then(|| format!("{count} {}", severity.word()))
    };
    let severe: Vec<String> = [Severity::Critical, Severity::High].into_iter().filter_map(of).collect();
    let open = defects.open.total();
    let severe = if severe.is_empty() {
        ", none critical or high".to_owned()
    } else {
        format!(", of them {}", listed(&severe))
    };
    let severe = if open == 0 { String::new() } else { severe };
    let were = if defects.found.total() == 1 { "was" } else { "were" };
    let tolerance = subject
        .project
        .charter
        .tolerance_quality
        .map(|tolerance| format!(" (the charter tolerates {tolerance} critical and high ones)"));
    Some(format!(
        "{} {were} found and {} closed; {} open{severe}{}.",
        counted(defects.found.total(), "defect"),
        defects.closed.total(),
        so_many_are(open),
        tolerance.unwrap_or_default()
    ))
}

/// `251 of 330 planned tests are executed (76%) and 229 of them passed (91%).`
fn tests(subject: &Subject<'_>) -> Option<String> {
    let last = subject.found.quality.tests.last()?;
    let executed = match (last.executed, last.planned, last.progress()) {
        (Some(executed), Some(planned), Ok(share)) => {
            format!("{executed} of {} are executed ({})", counted(planned, "planned test"), percent(share))
        }
        (Some(executed), ..) => format!("{} are executed", counted(executed, "test")),
        _ => return None,
    };
    let passed = match (last.passed, last.pass_rate()) {
        (Some(passed), Ok(rate)) => format!(", {passed} of them passed ({})", percent(rate)),
        _ => String::new(),
    };
    Some(format!("By {} {executed}{passed}.", subject.format.day(last.date)))
}

fn rework(subject: &Subject<'_>) -> Option<String> {
    let rework = &subject.found.quality.rework;
    let share = rework.share.map(|share| format!(", {} of all hours booked", percent(share)));
    rework.is_booked().then(|| {
        format!(
            "Rework took {} and {}{}. {REWORK_RULE}",
            hours(rework.hours),
            subject.format.amount(Money::units(rework.cost)),
            share.unwrap_or_default()
        )
    })
}

/// Where arrivals go, and when the open ones are cleared.
fn cleared(subject: &Subject<'_>, defects: &DefectFindings) -> String {
    let flow = &defects.flow;
    let day = |day| subject.format.day(day);
    let span = counted(flow.weeks, "week");
    let arrived = match flow.before {
        Some((before, trend)) => {
            let goes = match trend {
                Trend::Level => "no difference that chance does not make".to_owned(),
                trend => format!("arrivals are {}", trend.word()),
            };
            format!(" In the {span} before, {before} arrived: {goes}.")
        }
        None => String::new(),
    };
    let clears = match flow.clearing {
        Clearing::Cleared => "None is open.".to_owned(),
        Clearing::Never if flow.arrivals >= flow.closures => {
            let more = if flow.arrivals > flow.closures { "more arrive than" } else { "as many arrive as" };
            format!("The open defects are not clearing: {more} are closed.")
        }
        Clearing::Never => "At that pace clearing the open defects takes more than ten years.".to_owned(),
        Clearing::By { day: by, early, late } => {
            let late = late.map_or_else(|| "no day that can be named".to_owned(), day);
            format!(
                "At {} closed a week more than arrive, none is open by {}; in four of five cases between {} and {late}.",
                subject.format.number(flow.rate(), 1),
                day(by),
                day(early),
            )
        }
    };
    format!(
        "In the last {span}, {} arrived and {} closed.{arrived} {clears}",
        if flow.arrivals == 1 { "1 defect".to_owned() } else { format!("{} defects", flow.arrivals) },
        if flow.closures == 1 { "1 was".to_owned() } else { format!("{} were", flow.closures) },
    )
}

/// The formula of the projection and what it cannot know.
fn clearing_rule(defects: &DefectFindings) -> String {
    let undated = match defects.undated {
        0 => String::new(),
        1 => " One defect is closed without a day: it counts as closed on the day it was found, and not in the pace.".to_owned(),
        some => format!(" {some} defects are closed without a day: they count as closed on the day they were found, and not in the pace."),
    };
    format!(
        "Net closing rate = (closed \u{2212} found) / weeks, over the last {}; cleared in open / rate weeks. The range takes both \
         counts as independent events (Poisson, 80%). It goes on as it was: a test phase that begins, a release or other people \
         change it.{undated}",
        counted(defects.flow.weeks, "week")
    )
}

/// What of this section the data cannot say.
fn missing(subject: &Subject<'_>) -> Option<String> {
    let (project, found) = (subject.project, &subject.found.quality);
    let parts: Vec<String> = [
        (project.deliverables.is_empty(), "acceptance (no table `deliverables`)"),
        (project.defects.is_empty(), "defects (no table `defects`)"),
        (found.tests.is_empty(), "test progress (no counts in a table `tests`)"),
    ]
    .into_iter()
    .filter(|(missing, _)| *missing)
    .map(|(_, what)| what.to_owned())
    .collect();
    (!parts.is_empty()).then(|| format!("Not assessable: {}.", listed(&parts)))
}
