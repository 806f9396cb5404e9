//! The portfolio: every project in a line, the totals, the health grid.

mod combined;

use serde::Serialize;

use crate::analysis::{Findings, ProjectFindings};
use crate::diagnostic::Diagnostics;
use crate::document::{
    Bars, Block, Chart, Column, Document, Format, Front, HealthMark, ItemList, KeyFigure, Kind, ListItem,
    Machine, Plot, Role, Row, Section, Table, Value,
};
use crate::language::{Part, Phrase};
use crate::model::{Portfolio, Project};
use crate::quantity::{Health, Money, Reason, ratio};
use crate::report::machine::{self, DimensionHealth, Figure, Named, Ordered, Together};
use crate::report::subject::{self, Subject, cell, spent};
use crate::report::wording::{capital, index, span};
use crate::report::{Settings, envelope};

/// The schema of the portfolio's JSON: not to be mistaken for a project's.
const SCHEMA: &str = "earnest/portfolio/1";

/// Composes the document of a portfolio of several projects.
pub(super) fn compose(
    portfolio: &Portfolio,
    findings: &Findings,
    problems: &Diagnostics,
    settings: &Settings,
) -> Document {
    let pairs: Vec<(&Project, &ProjectFindings)> =
        portfolio.projects.iter().zip(&findings.projects).collect();
    let subjects: Vec<Subject<'_>> = pairs
        .iter()
        .map(|(project, found)| Subject::new(portfolio, project, found, problems, settings))
        .collect();
    let day = pairs.iter().map(|(_, found)| found.status_date.day()).max().unwrap_or_default();
    let currency = common_currency(&pairs);
    let bac = pairs.iter().map(|(_, found)| found.measures.bac).sum();
    let format = subject::format(settings, currency, bac);
    let projects = Section {
        id: "projects",
        title: format.word(word!("Projects")),
        blocks: vec![
            Block::Table(projects(&subjects, currency.is_some(), &format)),
            Block::Table(grid(&subjects, &format)),
        ],
    };
    let together = combined::section(findings.together.as_ref(), &subjects, &format);
    let front = Front {
        head: vec![
            (format.word(word!("Projects")), pairs.len().to_string()),
            (format.word(word!("Status date")), status_dates(&pairs, &format)),
        ],
        health: overall(&pairs, &format),
        narrative: narrative(&subjects, currency.is_some(), &format),
        figures: figures(&pairs, currency.is_some(), &format),
        chart: Some(chart(&subjects, currency, &format)),
        milestones: None,
        lists: lists(&subjects, &format),
    };
    let machine = Machine::of(&Json {
        schema: SCHEMA,
        status_date: day.to_string(),
        currency,
        projects: pairs
            .iter()
            .map(|(project, found)| Line {
                project: Named { id: &project.id, name: &project.name },
                status_date: machine::end_text(found.status_date.0),
                currency: project.currency.as_deref(),
                metrics: machine::metrics(found),
                health: machine::health(found),
                trust: found.trust.grade.to_string(),
                finish: Subject::new(portfolio, project, found, problems, settings)
                    .finish_day()
                    .ok()
                    .map(|day| day.to_string()),
            })
            .collect(),
        together: findings.together.as_ref().map(|found| machine::together(found, &subjects)),
    });
    Document {
        title: format.word(word!("Portfolio")),
        subtitle: format.word(&settings.template.title),
        status_date: day,
        machine,
        ..envelope(settings, format, front, [projects].into_iter().chain(together).collect())
    }
}

#[derive(Serialize)]
struct Json<'a> {
    schema: &'static str,
    status_date: String,
    currency: Option<&'a str>,
    projects: Vec<Line<'a>>,
    together: Option<Together<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    project: Named<'a>,
    status_date: String,
    currency: Option<&'a str>,
    metrics: Ordered<Figure>,
    health: Vec<DimensionHealth<'a>>,
    trust: String,
    finish: Option<String>,
}

/// The currency all projects share; amounts of different currencies are not added.
fn common_currency<'a>(pairs: &[(&'a Project, &ProjectFindings)]) -> Option<&'a str> {
    let first = pairs.first()?.0.currency.as_deref().unwrap_or_default();
    pairs.iter().all(|(project, _)| project.currency.as_deref().unwrap_or_default() == first).then_some(first)
}

/// One day, or from the earliest to the latest.
fn status_dates(pairs: &[(&Project, &ProjectFindings)], format: &Format) -> String {
    let days = || pairs.iter().map(|(_, found)| found.status_date.day());
    match (days().min(), days().max()) {
        (Some(first), Some(last)) if first != last => {
            format.say(phrase!("{span}, each project its own", span = span(first, last, format)))
        }
        (Some(day), _) => format.day(day),
        _ => String::new(),
    }
}

fn rating(found: &ProjectFindings, dimension: &str) -> Option<Health> {
    found.health.iter().find(|finding| finding.dimension == dimension)?.rating
}

/// How many projects are green, amber and red, per dimension; the worst rates the whole.
fn overall(pairs: &[(&Project, &ProjectFindings)], format: &Format) -> Vec<HealthMark> {
    let rated = |dimension: &&str| {
        matches!(*dimension, "Overall" | "Cost" | "Schedule")
            || pairs.iter().any(|(_, found)| rating(found, dimension).is_some())
    };
    [word!("Overall"), word!("Cost"), word!("Schedule"), word!("Risk")]
        .into_iter()
        .filter(rated)
        .map(|dimension| {
            let ratings = || pairs.iter().filter_map(|(_, found)| rating(found, dimension));
            let counts: Vec<Part> = [Health::Red, Health::Amber, Health::Green]
                .into_iter()
                .map(|health| (health, ratings().filter(|rating| *rating == health).count()))
                .filter(|(_, n)| *n > 0)
                .map(|(health, n)| match health {
                    Health::Red => phrase!("project::{n} red", n),
                    Health::Amber => phrase!("project::{n} amber", n),
                    Health::Green => phrase!("project::{n} green", n),
                })
                .chain(unrated(pairs, dimension).map(|n| phrase!("{n} not assessed", n)))
                .map(Part::from)
                .collect();
            let rule = if ratings().next().is_none() {
                phrase!("no project could be rated")
            } else {
                phrase!("{counts}", counts)
            };
            HealthMark { dimension: format.word(dimension), health: ratings().max(), rule: format.say(rule) }
        })
        .collect()
}

/// How many projects cannot be rated in a dimension that every project has; none where all can.
fn unrated(pairs: &[(&Project, &ProjectFindings)], dimension: &str) -> Option<usize> {
    let missing = |found: &ProjectFindings| {
        found.health.iter().any(|finding| finding.dimension == dimension && finding.rating.is_none())
    };
    let count = pairs.iter().filter(|(_, found)| missing(found)).count();
    (count > 0).then_some(count)
}

/// `no baseline cost and no baseline dates`: why a project has no rating; `None` where it has one.
fn not_assessed(subject: &Subject<'_>) -> Option<Phrase> {
    if subject.health("Overall").is_some() {
        return None;
    }
    let mut reasons: Vec<Reason> = Vec::new();
    for reason in subject.found.health.iter().filter_map(|finding| finding.missing) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    Some(phrase!("{reasons}", reasons = reasons.into_iter().map(Part::from).collect::<Vec<_>>()))
}

/// The first few of many names, and how many more there are.
fn some_of(mut names: Vec<Part>) -> Vec<Part> {
    const SHOWN: usize = 5;
    if let n @ 1.. = names.len().saturating_sub(SHOWN) {
        names.truncate(SHOWN);
        names.push(phrase!("{n} more", n).into());
    }
    names
}

/// Position of the whole and the projects that need attention.
fn narrative(subjects: &[Subject<'_>], one_currency: bool, format: &Format) -> Vec<String> {
    let sum = |get: fn(&Subject<'_>) -> Money| subjects.iter().map(get).sum::<Money>();
    let mut sentences = Vec::new();
    if one_currency {
        let (bac, ev) = (sum(|subject| subject.found.measures.bac), sum(|subject| subject.found.measures.ev));
        let spent = spent_in_all(subjects.iter().map(|subject| subject.found)).map_or_else(
            |_| phrase!("what is spent is not known of all of them"),
            |ac| phrase!("{amount} is spent", amount = format.amount(ac.units())),
        );
        sentences.push(phrase!(
            "The {n} {n|project|projects} together have a budget of {budget}; work worth {earned} is done and {spent}.",
            n = subjects.len(),
            budget = format.amount(bac.units()),
            earned = format.amount(ev.units()),
            spent
        ));
    } else {
        sentences
            .push(phrase!("The projects are in different currencies, so their amounts are not added up."));
    }
    let red: Vec<Part> = subjects
        .iter()
        .filter(|subject| subject.health("Overall") == Some(Health::Red))
        .map(|subject| Part::from(&subject.project.name))
        .collect();
    if !red.is_empty() {
        sentences.push(phrase!("Red overall: {names}.", names = some_of(red)));
    }
    sentences.iter().map(|sentence| format.say(sentence)).collect()
}

/// The totals as tiles.
fn figures(pairs: &[(&Project, &ProjectFindings)], one_currency: bool, format: &Format) -> Vec<KeyFigure> {
    let tile = |label: &str, value: Value| KeyFigure {
        label: format.word(label),
        detail: match &value {
            Value::Undefined(reason) => format.word(reason.text()),
            _ => String::new(),
        },
        value,
        health: None,
    };
    let mut tiles = vec![tile(word!("Projects"), Value::Count(pairs.len() as u64))];
    if one_currency {
        let sum =
            |get: fn(&ProjectFindings) -> Money| pairs.iter().map(|(_, found)| get(found)).sum::<Money>();
        let (bac, ev) = (sum(|found| found.measures.bac), sum(|found| found.measures.ev));
        let ac = spent_in_all(pairs.iter().map(|(_, found)| *found));
        tiles.extend([
            tile(word!("Budget (BAC)"), Value::Money(bac)),
            tile(word!("Earned value (EV)"), Value::Money(ev)),
            tile(word!("Actual cost (AC)"), spent(ac)),
            tile(word!("Forecast cost (EAC)"), eac_total(pairs)),
            tile(
                word!("Cost efficiency (CPI)"),
                cell(ac.and_then(|ac| ratio(ev.units(), ac.units(), Reason::NoActualCost)), Value::Index),
            ),
        ]);
    }
    tiles
}

/// Bars that fit on the page.
const MOST_BARS: usize = 15;

/// Budget against forecast cost, the largest budgets first.
fn chart(subjects: &[Subject<'_>], currency: Option<&str>, format: &Format) -> Chart {
    let mut largest: Vec<&Subject<'_>> = subjects.iter().collect();
    largest.sort_by_key(|subject| std::cmp::Reverse(subject.found.measures.bac));
    largest.truncate(MOST_BARS);
    let bars = |name: &str, role, amount: fn(&Subject<'_>) -> f64| {
        (format.word(name), role, largest.iter().map(|subject| amount(subject)).collect())
    };
    let budget = |subject: &Subject<'_>| subject.found.measures.bac.units();
    let title = if largest.len() < subjects.len() {
        phrase!("Budget and forecast cost of the {n} largest projects", n = largest.len())
    } else {
        phrase!("Budget and forecast cost")
    };
    Chart {
        id: "portfolio_cost",
        alt: format.say(phrase!(
            "{title}, each project a pair of bars; the table of projects has the figures.",
            title = &title
        )),
        title: format.say(title),
        plot: Plot::Bars(Bars {
            kind: Kind::Money,
            unit: currency.unwrap_or_default().to_owned(),
            categories: largest.iter().map(|subject| subject.project.name.clone()).collect(),
            series: vec![
                bars(word!("Budget (BAC)"), Role::Planned, budget),
                // Without an estimate the bar is left at nothing rather than guessed.
                bars(word!("Forecast cost (EAC)"), Role::Actual, |subject| {
                    subject.found.measures.eac.unwrap_or(0.0)
                }),
            ],
            stacked: false,
        }),
    }
}

/// The projects by their rating, with their indices; then those without a rating, with the reason.
fn lists(subjects: &[Subject<'_>], format: &Format) -> Vec<ItemList> {
    let shown = |measured: Result<f64, Reason>| measured.map_or("\u{2013}".into(), index);
    let unrated: Vec<ListItem> = subjects
        .iter()
        .filter_map(|subject| {
            Some(ListItem { text: subject.project.name.clone(), detail: format.say(not_assessed(subject)?) })
        })
        .collect();
    let unrated = (!unrated.is_empty()).then(|| ItemList {
        title: format.word(word!("Not assessed")),
        items: unrated,
        empty: String::new(),
    });
    [Health::Red, Health::Amber, Health::Green]
        .into_iter()
        .map(|health| ItemList {
            title: capital(&format.word(health.word())),
            items: subjects
                .iter()
                .filter(|subject| subject.health("Overall") == Some(health))
                .map(|subject| ListItem {
                    text: subject.project.name.clone(),
                    detail: format.say(phrase!(
                        "CPI {cpi}, SPI(t) {spi_t}",
                        cpi = shown(subject.metric("cpi")),
                        spi_t = shown(subject.metric("spi_t"))
                    )),
                })
                .collect(),
            empty: format.word(word!("No project.")),
        })
        .chain(unrated)
        .collect()
}

/// What the projects have cost together; unknown when it is of one.
fn spent_in_all<'a>(found: impl Iterator<Item = &'a ProjectFindings>) -> Result<Money, Reason> {
    found.map(|found| found.measures.ac).sum()
}

/// The sum of the estimates; undefined when one is.
fn eac_total(pairs: &[(&Project, &ProjectFindings)]) -> Value {
    let sum: Result<f64, Reason> = pairs.iter().map(|(_, found)| found.measures.eac).sum();
    cell(sum, Value::Estimate)
}

/// The rating of the whole project, or that there is none.
fn overall_cell(subject: &Subject<'_>) -> Value {
    let rating = subject.health("Overall").map(Value::Health);
    rating.unwrap_or_else(|| subject.cell(word!("not assessed")))
}

/// A line a project with its figures.
fn projects(subjects: &[Subject<'_>], one_currency: bool, format: &Format) -> Table {
    let row = |subject: &Subject<'_>| {
        let measures = &subject.found.measures;
        Row::new(vec![
            Value::Text(subject.project.name.clone()),
            Value::Text(subject.project.currency.clone().unwrap_or_default()),
            Value::Money(measures.bac),
            Value::Money(measures.pv),
            Value::Money(measures.ev),
            spent(measures.ac),
            cell(subject.metric("cpi"), Value::Index),
            cell(subject.metric("spi_t"), Value::Index),
            cell(measures.eac, Value::Estimate),
            subject.finish_day().map_or_else(Value::Undefined, Value::Date),
            overall_cell(subject),
            Value::Text(subject.found.trust.grade.to_string()),
        ])
    };
    let pairs: Vec<(&Project, &ProjectFindings)> =
        subjects.iter().map(|subject| (subject.project, subject.found)).collect();
    let sum = |get: fn(&ProjectFindings) -> Money| {
        Value::Money(subjects.iter().map(|subject| get(subject.found)).sum())
    };
    let totals = one_currency.then(|| {
        let mut cells = vec![Value::Text(format.word(word!("Total"))), Value::Empty];
        cells.extend([
            sum(|found| found.measures.bac),
            sum(|found| found.measures.pv),
            sum(|found| found.measures.ev),
            spent(spent_in_all(pairs.iter().map(|(_, found)| *found))),
            figures(&pairs, true, format).pop().map_or(Value::Empty, |tile| tile.value),
            Value::Empty,
            eac_total(&pairs),
            Value::Empty,
            Value::Empty,
            Value::Empty,
        ]);
        Row::new(cells)
    });
    let money = |id, head, symbol| {
        let column = Column::new(id, head, Kind::Money).symbol(symbol);
        if one_currency { column.sums() } else { column }
    };
    Table {
        id: "projects",
        caption: String::new(),
        columns: vec![
            Column::new("name", "Project", Kind::Text).weight(4),
            Column::new("currency", "Currency", Kind::Text).workbook_only(),
            money("bac", "BAC", "BAC"),
            money("pv", "PV", "PV"),
            money("ev", "EV", "EV"),
            money("ac", "AC", "AC"),
            Column::new("cpi", "CPI", Kind::Index).symbol("CPI").formula("EV / AC"),
            Column::new("spi_t", "SPI(t)", Kind::Index),
            money("eac", "EAC", "EAC"),
            Column::new("finish", "Finish", Kind::Date),
            Column::new("health", "Health", Kind::Health),
            Column::new("trust", "Trust", Kind::Text),
        ],
        rows: subjects.iter().map(row).collect(),
        totals,
        print_rows: None,
    }
}

/// Health per dimension with what fired it.
fn grid(subjects: &[Subject<'_>], format: &Format) -> Table {
    let mark = |subject: &Subject<'_>, dimension: &str| {
        let finding = subject.found.health.iter().find(|finding| finding.dimension == dimension);
        match finding.map(|finding| (finding.rating, finding.missing)) {
            Some((Some(rating), _)) => Value::Health(rating),
            Some((None, Some(reason))) => Value::Undefined(reason),
            _ => Value::Empty,
        }
    };
    let rows = subjects.iter().map(|subject| {
        let fired: Vec<String> = subject
            .found
            .health
            .iter()
            .filter(|finding| finding.dimension != "Overall" && finding.rating > Some(Health::Green))
            .map(|finding| subject.say(&finding.rule))
            .collect();
        let why = not_assessed(subject)
            .map(|reasons| format.say(phrase!("not assessed, because {reasons}", reasons)));
        let fired: Vec<String> = why.into_iter().chain(fired).collect();
        Row::new(vec![
            Value::Text(subject.project.name.clone()),
            overall_cell(subject),
            mark(subject, "Cost"),
            mark(subject, "Schedule"),
            mark(subject, "Risk"),
            Value::Text(format.clauses(&fired)),
        ])
    });
    let grid = Table {
        id: "health_grid",
        caption: format.word(word!("Health, and what fired it")),
        columns: vec![
            Column::new("name", "Project", Kind::Text).weight(3),
            Column::new("overall", "Overall", Kind::Health),
            Column::new("cost", "Cost", Kind::Health),
            Column::new("schedule", "Schedule", Kind::Health),
            Column::new("risk", "Risk", Kind::Health),
            Column::new("rule", "What fired it", Kind::Text).weight(6),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    };
    // Without a register anywhere the column would be empty.
    let rated = subjects.iter().any(|subject| subject.health("Risk").is_some());
    if rated { grid } else { grid.without("risk") }
}
