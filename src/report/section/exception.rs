//! The exception report: which tolerance is forecast to break, why, what follows, what could be done, what is asked.

mod consequence;
mod options;
mod tables;
mod words;

use crate::analysis::exception::{Area, Options, Until};
use crate::document::{Block, ItemList, ListItem};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{capital, working_days};
use crate::wording::percent;

pub(in crate::report) use words::{breaches, recommended, wanted};

pub(super) const SECTION: Section = Section {
    id: "exception",
    title: "Exception",
    about: "The tolerance that is forecast to break, its cause, its consequence, the options with their simulated effect, a recommendation.",
    compose,
};

/// How the options are computed; what a reader must know to weigh them.
const HOW: &str = "Cost and finish of an option are the recommended forecast moved by what the option moves P50 of the \
    simulation. P80 and chances are shares of its trials, moved to the recommended forecast where that lies beyond their \
    P50. Kept is the chance to keep both cost and finish (or the one of them that has a tolerance): what is newly promised \
    where the baseline moves, what baseline and tolerance allow where it stays.";

/// How one more person is counted.
const BROOKS: &str = "One more person beside n shortens what remains of a task by half of what proportion promises, \
    0.5 / (n + 1), because who comes late has to be taught by those who are there, and one more talks to all of them \
    (Brooks, The Mythical Man-Month, 1975); the extra cost is half of the task's remaining days at the mean cost of an \
    hour. A change has the effect that was estimated for it; what may be left out is the sponsor's to say.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.exception;
    if found.tolerances.iter().all(|tolerance| tolerance.allowed.is_none()) {
        return vec![Block::Paragraph(
            "No tolerance was agreed, so nothing can be an exception: agree them in the charter (tolerance_cost, \
             tolerance_days, ...) or in `[tolerances]` of earnest.toml."
                .to_owned(),
        )];
    }
    let mut blocks = vec![Block::Paragraph(head(subject)), Block::Table(tables::tolerances(subject))];
    if found.breaches().next().is_none() || subject.finished().is_some() {
        return blocks;
    }
    blocks.extend(causes(subject));
    let consequences = consequence::compose(subject);
    if !consequences.is_empty() {
        blocks.push(Block::Heading("What follows".to_owned()));
        blocks.push(list(consequences));
    }
    if let Some(options) = &found.options {
        blocks.push(Block::Heading("What could be done".to_owned()));
        blocks.push(Block::Table(options::table(subject, options)));
        blocks.push(Block::Note(HOW.to_owned()));
        blocks.push(Block::Note(BROOKS.to_owned()));
        blocks.push(Block::Heading("Recommendation".to_owned()));
        blocks.push(Block::Paragraph(recommendation(subject, options)));
        blocks.push(Block::Paragraph(asked(subject, Some(options))));
    } else if found.breaks(Area::Cost) || found.breaks(Area::Time) {
        blocks.push(Block::Paragraph(asked(subject, None)));
    }
    blocks
}

/// Which tolerances break, in a sentence.
fn head(subject: &Subject<'_>) -> String {
    let day = subject.format.day(subject.found.status_date.day());
    if subject.finished().is_some() {
        return format!("At {day} all work is done: what is exceeded below has an outcome and no options.");
    }
    if subject.found.exception.breaches().next().is_none() {
        return format!("At {day} no tolerance is forecast to break: there is no exception.");
    }
    format!("By the forecast of {day} {}.", breaches(subject))
}

/// Why: ranked contributions.
fn causes(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.exception;
    let mut blocks = Vec::new();
    let bridge = subject.found.bridge.as_ref().ok().filter(|_| found.breaks(Area::Cost));
    if bridge.is_some() || found.slip.is_some() {
        blocks.push(Block::Heading("Cause".to_owned()));
    }
    blocks.extend(bridge.map(|bridge| Block::Table(tables::cost(subject, bridge))));
    if let Some(slip) = &found.slip {
        blocks.push(Block::Table(tables::slip(subject, slip)));
        blocks.push(Block::Note(
            "The tasks are those of the chain that sets the finish, back to where it began. What a task adds is by how \
             much it moved its own finish, or the start that the next one waits for, beyond what it waited for itself."
                .to_owned(),
        ));
    }
    blocks
}

fn list(items: Vec<String>) -> Block {
    let items = items.into_iter().map(|text| ListItem { text, detail: String::new() }).collect();
    Block::List(ItemList { title: String::new(), items, empty: String::new() })
}

/// What is recommended, and why.
fn recommendation(subject: &Subject<'_>, options: &Options) -> String {
    let Some(choice) = options.choices.get(options.recommended) else { return String::new() };
    let name = options::name(subject, choice);
    let kept = choice.chance.both.map(|chance| format!(", kept in {} of the trials", percent(chance)));
    let kept = kept.unwrap_or_default();
    if options.restores {
        return format!(
            "{name}: the cheapest option that keeps baseline and tolerances in at least 80% of the trials ({}).",
            choice.chance.both.map(percent).unwrap_or_default()
        );
    }
    let promised = options::promised(subject, choice);
    let best = options
        .choices
        .iter()
        .filter(|choice| choice.kind.keeps_baseline())
        .filter_map(|choice| Some((choice.chance.both?, choice)))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let why = match best {
        Some((chance, best)) if chance > 0.0 => format!(
            "no option keeps baseline and tolerances with 80%; the nearest, \u{201c}{}\u{201d}, does in {} of the trials",
            options::name(subject, best),
            percent(chance)
        ),
        Some(_) => {
            "no option brings the forecast back within baseline and tolerances in any trial".to_owned()
        }
        None => "no option that keeps the baseline can be computed from the data".to_owned(),
    };
    let gains = options
        .choices
        .iter()
        .filter(|choice| choice.kind.keeps_baseline() && choice.days <= -1.0)
        .max_by(|a, b| (-a.days).total_cmp(&-b.days))
        .map(|choice| {
            format!(
                " What gains most, \u{201c}{}\u{201d}, brings it {} forward for {}: where the date matters more than \
                 that, set the new baseline so much earlier.",
                options::name(subject, choice),
                working_days(choice.days),
                subject.format.amount(choice.cost_change.max(0.0))
            )
        });
    format!("{name}{promised}{kept}, because {why}.{}", gains.unwrap_or_default())
}

/// Who has to decide what, and by when.
fn asked(subject: &Subject<'_>, options: Option<&Options>) -> String {
    // A sponsor is often named with an office behind a comma.
    let who = subject.project.charter.sponsor.as_deref().and_then(|who| who.split(',').next());
    let who = who.unwrap_or("the sponsor");
    let what = wanted(subject).unwrap_or("how to go on");
    let until = options.and_then(|options| options.until).map(|until| {
        let day = subject.format.day(until.day());
        match until {
            Until::Decision(index, _) => {
                let title =
                    subject.project.decisions.get(index).map_or("", |decision| decision.title.as_str());
                format!(" by {day}, when \u{201c}{title}\u{201d} is due")
            }
            Until::Task(task, _) => {
                format!(" before {day}, when {} begins", subject.task_label(task))
            }
        }
    });
    format!("Decision wanted: {} is asked to decide on {what}{}.", capital(who), until.unwrap_or_default())
}
