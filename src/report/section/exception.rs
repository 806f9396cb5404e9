//! The exception report: which tolerance is forecast to break, why, what follows, what could be done, what is asked.

mod consequence;
mod options;
mod tables;
mod words;

use crate::analysis::exception::{Area, Options, Until};
use crate::document::{Block, ItemList, ListItem};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{capital, working_days};

pub(in crate::report) use words::{breaches, recommended, wanted};

pub(super) const SECTION: Section = Section {
    id: "exception",
    title: "Exception",
    about: "The tolerance that is forecast to break, its cause, its consequence, the options with their simulated effect, a recommendation.",
    compose,
};

/// How the options are computed; what a reader must know to weigh them.
const HOW: &str = word!(
    "Cost and finish of an option are the recommended forecast moved by what the option moves P50 of the \
    simulation. P80 and chances are shares of its trials, moved to the recommended forecast where that lies beyond their \
    P50. Kept is the chance to keep both cost and finish (or the one of them that has a tolerance): what is newly promised \
    where the baseline moves, what baseline and tolerance allow where it stays."
);

/// How one more person is counted.
const BROOKS: &str = word!(
    "One more person beside n shortens what remains of a task by half of what proportion promises, \
    0.5 / (n + 1), because who comes late has to be taught by those who are there, and one more talks to all of them \
    (Brooks, The Mythical Man-Month, 1975); the extra cost is half of the task's remaining days at the mean cost of an \
    hour. A change has the effect that was estimated for it; what may be left out is the sponsor's to say."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.exception;
    if found.tolerances.iter().all(|tolerance| tolerance.allowed.is_none()) {
        return vec![Block::Paragraph(subject.word(word!(
            "No tolerance was agreed, so nothing can be an exception: agree them in the charter (tolerance_cost, \
             tolerance_days, ...) or in `[tolerances]` of earnest.toml."
        )))];
    }
    let mut blocks =
        vec![Block::Paragraph(subject.say(head(subject))), Block::Table(tables::tolerances(subject))];
    if found.breaches().next().is_none() || subject.finished().is_some() {
        return blocks;
    }
    blocks.extend(causes(subject));
    let consequences = consequence::compose(subject);
    if !consequences.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("What follows"))));
        blocks.push(list(subject, &consequences));
    }
    if let Some(options) = &found.options {
        blocks.push(Block::Heading(subject.word(word!("What could be done"))));
        blocks.push(Block::Table(options::table(subject, options)));
        blocks.push(Block::Note(subject.word(HOW)));
        blocks.push(Block::Note(subject.word(BROOKS)));
        blocks.push(Block::Heading(subject.word(word!("Recommendation"))));
        blocks.push(Block::Paragraph(recommendation(subject, options)));
        blocks.push(Block::Paragraph(subject.say(asked(subject, Some(options)))));
    } else if found.breaks(Area::Cost) || found.breaks(Area::Time) {
        blocks.push(Block::Paragraph(subject.say(asked(subject, None))));
    }
    blocks
}

/// Which tolerances break, in a sentence.
fn head(subject: &Subject<'_>) -> Phrase {
    let day = subject.found.status_date.day();
    if subject.finished().is_some() {
        phrase!("At {day} all work is done: what is exceeded below has an outcome and no options.", day)
    } else if subject.found.exception.breaches().next().is_none() {
        phrase!("At {day} no tolerance is forecast to break: there is no exception.", day)
    } else {
        phrase!("By the forecast of {day} {breaches}.", day, breaches = breaches(subject))
    }
}

/// Why: ranked contributions.
fn causes(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.exception;
    let mut blocks = Vec::new();
    let bridge = subject.found.bridge.as_ref().ok().filter(|_| found.breaks(Area::Cost));
    if bridge.is_some() || found.slip.is_some() {
        blocks.push(Block::Heading(subject.word(word!("Cause"))));
    }
    blocks.extend(bridge.map(|bridge| Block::Table(tables::cost(subject, bridge))));
    if let Some(slip) = &found.slip {
        blocks.push(Block::Table(tables::slip(subject, slip)));
        blocks.push(Block::Note(subject.word(word!(
            "The tasks are those of the chain that sets the finish, back to where it began. What a task adds is by how \
             much it moved its own finish, or the start that the next one waits for, beyond what it waited for itself."
        ))));
    }
    blocks
}

fn list(subject: &Subject<'_>, sentences: &[Phrase]) -> Block {
    let items =
        sentences.iter().map(|said| ListItem { text: subject.say(said), detail: String::new() }).collect();
    Block::List(ItemList { title: String::new(), items, empty: String::new() })
}

/// What is recommended, and why.
fn recommendation(subject: &Subject<'_>, options: &Options) -> String {
    let Some(choice) = options.choices.get(options.recommended) else { return String::new() };
    let option = options::name(subject, choice);
    if let (true, Some(chance)) = (options.restores, choice.chance.both) {
        return subject.say(phrase!(
            "{option}: the cheapest option that keeps baseline and tolerances in at least 80% of the trials ({share}).",
            option,
            share = Part::share(chance)
        ));
    }
    let option = options::with_promise(subject, choice, option);
    let why = why(subject, options);
    let told = match choice.chance.both {
        Some(chance) => phrase!(
            "{option}, kept in {share} of the trials, because {why}.",
            option,
            share = Part::share(chance),
            why
        ),
        None => phrase!("{option}, because {why}.", option, why),
    };
    subject.say_all(&[Some(told), gain(subject, options)].into_iter().flatten().collect::<Vec<_>>())
}

/// Why the baseline is not kept: how near the nearest option that keeps it comes.
fn why(subject: &Subject<'_>, options: &Options) -> Phrase {
    let nearest = options
        .choices
        .iter()
        .filter(|choice| choice.kind.keeps_baseline())
        .filter_map(|choice| Some((choice.chance.both?, choice)))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((chance, nearest)) if chance > 0.0 => phrase!(
            "no option keeps baseline and tolerances with 80%; the nearest, \u{201c}{option}\u{201d}, does in {share} of \
             the trials",
            option = options::name(subject, nearest),
            share = Part::share(chance)
        ),
        Some(_) => phrase!("no option brings the forecast back within baseline and tolerances in any trial"),
        None => phrase!("no option that keeps the baseline can be computed from the data"),
    }
}

/// What gains most time, where anything gains a day.
fn gain(subject: &Subject<'_>, options: &Options) -> Option<Phrase> {
    options
        .choices
        .iter()
        .filter(|choice| choice.kind.keeps_baseline() && choice.days <= -1.0)
        .max_by(|a, b| (-a.days).total_cmp(&-b.days))
        .map(|choice| {
            phrase!(
                "What gains most, \u{201c}{option}\u{201d}, brings it {days} forward for {amount}: where the date matters \
                 more than that, set the new baseline so much earlier.",
                option = options::name(subject, choice),
                days = working_days(choice.days),
                amount = subject.format.amount(choice.cost_change.max(0.0))
            )
        })
}

/// Who has to decide what, and by when.
fn asked(subject: &Subject<'_>, options: Option<&Options>) -> Phrase {
    // A sponsor is often named with an office behind a comma.
    let who = subject.project.charter.sponsor.as_deref().and_then(|who| who.split(',').next());
    let who = who.map_or_else(|| subject.word(word!("The sponsor")), capital);
    let what = wanted(subject).unwrap_or_else(|| phrase!("how to go on"));
    match options.and_then(|options| options.until) {
        None => phrase!("Decision wanted: {who} is asked to decide on {what}.", who, what),
        Some(Until::Decision(index, day)) => {
            let decision = subject.project.decisions.get(index);
            phrase!(
                "Decision wanted: {who} is asked to decide on {what} by {day}, when \u{201c}{decision}\u{201d} is due.",
                who,
                what,
                day,
                decision = decision.map_or("", |decision| decision.title.as_str())
            )
        }
        Some(Until::Task(task, day)) => phrase!(
            "Decision wanted: {who} is asked to decide on {what} before {day}, when {task} begins.",
            who,
            what,
            day,
            task = subject.task_label(task)
        ),
    }
}
