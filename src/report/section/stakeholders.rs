//! Who stands where by influence and interest, how each is engaged, who gets which report and when.

use crate::analysis::commitment::is_overdue;
use crate::analysis::stakeholder::{HIGH, Strategy};
use crate::document::{
    Block, Chart, Column, Format, ItemList, Kind, ListItem, Plot, Quadrants, Row, Table, Value,
};
use crate::language::{Part, Phrase};
use crate::model::Stakeholder;
use crate::report::section::Section;
use crate::report::subject::{Subject, text};
use crate::report::template::Template;
use crate::report::wording::capital;

pub(super) const SECTION: Section = Section {
    id: "stakeholders",
    title: "Stakeholders",
    about: "The map of influence and interest, how each stakeholder is engaged, and the communication plan: who gets which report and when, and what is wanted of them.",
    compose,
};

/// Where the strategies come from.
const DEFINITION: &str = word!(
    "Influence and interest of 4 (high) or 5 (very high) are high, lower levels are not. Strategies after Mendelow (1981). \
     Where the data names no report, the one proposed follows from the strategy."
);

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    if subject.project.stakeholders.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(subject.say_all(&told(subject)))];
    blocks.extend(map(subject).map(Block::Chart));
    blocks.push(Block::Table(plan(subject)));
    blocks.extend(strategies(subject).map(Block::List));
    blocks.push(Block::Note(subject.word(DEFINITION)));
    blocks
}

/// How many are engaged how.
fn told(subject: &Subject<'_>) -> Vec<Phrase> {
    let (all, found) = (&subject.project.stakeholders, &subject.found.stakeholders);
    let engaged = Strategy::ALL.into_iter().filter_map(|strategy| {
        let n = found.strategies.iter().filter(|of| **of == Some(strategy)).count();
        (n > 0).then(|| match strategy {
            Strategy::ManageClosely => phrase!("{n} to manage closely", n),
            Strategy::KeepSatisfied => phrase!("{n} to keep satisfied", n),
            Strategy::KeepInformed => phrase!("{n} to keep informed", n),
            Strategy::Monitor => phrase!("{n} to monitor", n),
        })
    });
    let engaged: Vec<Part> = engaged.map(Part::from).collect();
    let named = phrase!("{n} {n|stakeholder is|stakeholders are} named", n = all.len());
    let mut sentences = vec![if engaged.is_empty() {
        phrase!("{named}.", named)
    } else {
        phrase!("{named}: {engaged}.", named, engaged)
    }];
    let unrated = found.strategies.iter().filter(|strategy| strategy.is_none()).count();
    if unrated > 0 {
        sentences.push(phrase!(
            "{n} {n|is|are} not rated by influence and interest, so no strategy follows.",
            n = unrated
        ));
    }
    let owing = found.ranked.iter().filter(|index| !found.owed[**index].1.is_empty());
    let names: Vec<Part> = owing.map(|index| Part::from(&all[*index].name)).collect();
    if !names.is_empty() {
        sentences.push(phrase!("A decision is wanted of {names}.", names));
    }
    sentences
}

/// The map; none where nobody is rated.
fn map(subject: &Subject<'_>) -> Option<Chart> {
    let (all, found) = (&subject.project.stakeholders, &subject.found.stakeholders);
    let items: Vec<(String, (u8, u8))> = found
        .ranked
        .iter()
        .filter_map(|index| {
            let stakeholder = &all[*index];
            Some((stakeholder.name.clone(), (stakeholder.interest?, stakeholder.influence?)))
        })
        .collect();
    let name = |strategy: Strategy| capital(&subject.word(strategy.words()));
    let closely =
        found.ranked.iter().filter(|index| found.strategies[**index] == Some(Strategy::ManageClosely));
    let names: Vec<Part> = closely.map(|index| Part::from(&all[*index].name)).collect();
    let names = if names.is_empty() { Part::Word(word!("nobody")) } else { names.into() };
    (!items.is_empty()).then(|| Chart {
        id: "stakeholder_map",
        title: subject.word(word!("Influence and interest")),
        alt: subject.say(phrase!(
            "Map of {n} {n|stakeholder|stakeholders} by influence and interest; high in both and to be managed closely: {names}.",
            n = items.len(),
            names
        )),
        plot: Plot::Quadrants(Quadrants {
            across: subject.word(word!("Interest")),
            up: subject.word(word!("Influence")),
            high: HIGH,
            quarters: [
                name(Strategy::KeepSatisfied),
                name(Strategy::ManageClosely),
                name(Strategy::Monitor),
                name(Strategy::KeepInformed),
            ],
            items,
        }),
    })
}

/// What the strategies ask for; none where none applies.
fn strategies(subject: &Subject<'_>) -> Option<ItemList> {
    let found = &subject.found.stakeholders;
    let used = Strategy::ALL.into_iter().filter(|strategy| found.strategies.contains(&Some(*strategy)));
    let items: Vec<ListItem> = used
        .map(|strategy| ListItem {
            text: subject.say(phrase!(
                "{strategy}: {advice}",
                strategy = capital(&subject.word(strategy.words())),
                advice = Part::Word(strategy.advice())
            )),
            detail: String::new(),
        })
        .collect();
    (!items.is_empty()).then(|| ItemList {
        title: subject.word(word!("How they are engaged")),
        items,
        empty: String::new(),
    })
}

/// Who gets which report, when, and what is wanted of them.
fn plan(subject: &Subject<'_>) -> Table {
    let (all, found) = (&subject.project.stakeholders, &subject.found.stakeholders);
    let next = subject.found.period_kind.period_of(subject.found.period.next).last();
    let rows: Vec<Row> = found
        .ranked
        .iter()
        .map(|index| {
            let stakeholder = &all[*index];
            let strategy = found.strategies[*index];
            let report = report(&subject.format, stakeholder, strategy);
            let when = if report.is_some() { Value::Date(next) } else { Value::Empty };
            let level = |level: Option<u8>| level.map_or(Value::Empty, |level| Value::Count(level.into()));
            Row::new(vec![
                Value::Text(stakeholder.name.clone()),
                text(stakeholder.role.as_deref()),
                text(stakeholder.organisation.as_deref()),
                level(stakeholder.influence),
                level(stakeholder.interest),
                text(strategy.map(|strategy| capital(&subject.word(strategy.words()))).as_deref()),
                text(report.as_deref()),
                when,
                Value::Text(wanted(subject, *index)),
                text(stakeholder.email.as_deref()),
            ])
        })
        .collect();
    Table {
        id: "stakeholders",
        caption: subject.word(word!(
            "Communication plan: reports come at the end of each period, the next with the one that follows"
        )),
        columns: vec![
            Column::new("name", "Stakeholder", Kind::Text).weight(3),
            Column::new("role", "Role", Kind::Text).weight(3),
            Column::new("organisation", "Organisation", Kind::Text).weight(2).workbook_only(),
            Column::new("influence", "Influence", Kind::Count),
            Column::new("interest", "Interest", Kind::Count),
            Column::new("strategy", "Engagement", Kind::Text).weight(2),
            Column::new("report", "Report", Kind::Text).weight(2),
            Column::new("next", "Next", Kind::Date),
            Column::new("wanted", "Wanted of them", Kind::Text).weight(3),
            Column::new("email", "E-mail", Kind::Text).weight(2).workbook_only(),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}

/// The report somebody gets: that of the audience by its title, an audience that is no template as written, else
/// the one that follows from the strategy; nothing for those who are only watched.
fn report(format: &Format, stakeholder: &Stakeholder, strategy: Option<Strategy>) -> Option<String> {
    let title = |name: &str| {
        let mut templates = Template::list().into_iter();
        templates.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, title)| format.word(&title))
    };
    if let Some(audience) = stakeholder.audience.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        return Some(title(audience).unwrap_or_else(|| audience.to_owned()));
    }
    let template = match strategy? {
        Strategy::ManageClosely => "status",
        Strategy::KeepSatisfied | Strategy::KeepInformed => "executive",
        Strategy::Monitor => return None,
    };
    title(template).map(|report| format.say(phrase!("{report} (proposed)", report)))
}

/// `DEC-05 overdue since 27 Mar 2026; DEC-03 by 14 Apr 2026`.
fn wanted(subject: &Subject<'_>, index: usize) -> String {
    let project = subject.project;
    let (actions, decisions) = &subject.found.stakeholders.owed[index];
    let day = subject.found.status_date.day();
    let decisions =
        decisions.iter().map(|index| (&project.decisions[*index].id, project.decisions[*index].due));
    let actions = actions.iter().map(|index| (&project.actions[*index].id, project.actions[*index].due));
    let items = decisions.chain(actions).map(|(id, due)| match due {
        Some(due) if is_overdue(Some(due), day) => subject.say(phrase!("{id} overdue since {due}", id, due)),
        Some(due) => subject.say(phrase!("{id} by {due}", id, due)),
        None => id.clone(),
    });
    subject.format.clauses(&items.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_follows_from_the_audience_else_from_the_strategy() {
        let of = |audience: Option<&str>, strategy| {
            let stakeholder = Stakeholder { audience: audience.map(str::to_owned), ..Stakeholder::default() };
            report(&Format::default(), &stakeholder, strategy)
        };
        let title = |name: &str| Template::built_in(name).unwrap().title;
        assert_eq!(of(Some("Executive"), Some(Strategy::Monitor)), Some(title("executive")));
        assert_eq!(of(Some("newsletter"), None).as_deref(), Some("newsletter"));
        assert_eq!(of(None, Some(Strategy::ManageClosely)), Some(format!("{} (proposed)", title("status"))));
        assert_eq!(of(Some(" "), Some(Strategy::Monitor)), None);
        assert_eq!(of(None, None), None);
    }
}
