//! Rows of `resources`: people, with a row for every rate they had.

use super::calendars::Calendars;
use super::roster::{Homeless, Roster};
use super::row::Table;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::model::Resource;

/// Reads everybody of every project, sorted by person and date. Rows without a project in an input of
/// several are a pool that all of them draw on.
pub(super) fn read(
    tables: &[Table],
    roster: &Roster,
    calendars: &[Calendars],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Vec<Resource>> {
    let mut people: Vec<Vec<(Resource, Location)>> = roster.ids.iter().map(|_| Vec::new()).collect();
    for row in tables.iter().filter(|t| t.typed.spec.name == "resources").flat_map(Table::rows) {
        let Some(person) = row.text("person") else { continue };
        for project in homeless.resolve_all(roster, &row) {
            let index = project as usize;
            let (Some(people), Some(calendars), Some(id)) =
                (people.get_mut(index), calendars.get(index), roster.ids.get(index))
            else {
                continue;
            };
            let resource = Resource {
                person: person.to_owned(),
                role: row.string("role"),
                team: row.string("team"),
                rate: row.money("rate"),
                rate_from: row.day("rate_from"),
                hours_per_day: row.number("hours_per_day"),
                calendar: calendars.of_row(&row, id, problems),
                available_from: row.day("available_from"),
                available_to: row.day("available_to"),
                origin: row.origin(),
            };
            people.push((resource, row.cell("person")));
        }
    }
    people.into_iter().zip(&roster.ids).map(|(people, id)| one_rate_a_day(people, id, problems)).collect()
}

/// Two rates of one person from the same day cannot both hold: the one read first does.
fn one_rate_a_day(
    mut people: Vec<(Resource, Location)>,
    project: &str,
    problems: &mut Diagnostics,
) -> Vec<Resource> {
    people.sort_by(|(a, _), (b, _)| (&a.person, a.rate_from).cmp(&(&b.person, b.rate_from)));
    let mut kept: Vec<(Resource, Location)> = Vec::with_capacity(people.len());
    for (next, place) in people {
        if let Some((last, first)) = kept.last_mut()
            && last.person == next.person
            && last.rate_from == next.rate_from
        {
            if last.rate != next.rate && next.rate.is_some() && last.rate.is_some() {
                let person = &*next.person;
                let message = match next.rate_from {
                    Some(day) => phrase!("'{person}' has two rates from {day}", person, day),
                    None => phrase!("'{person}' has two rates from the beginning", person),
                };
                problems.push(
                    Diagnostic::new(&code::TWO_RATES, place, message)
                        .also(first.clone())
                        .project(project)
                        .help(word!("the first one counts; give the second its own `rate_from`")),
                );
            }
            // A second row of the same person may still say what the first left open (another role does not).
            last.rate = last.rate.or(next.rate);
            last.team = last.team.take().or(next.team);
            last.role = last.role.take().or(next.role);
            continue;
        }
        kept.push((next, place));
    }
    kept.into_iter().map(|(resource, _)| resource).collect()
}
