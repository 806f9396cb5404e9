//! Rows of `calendars` to work calendars: a project's own comes first, the named ones follow.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::roster::{Homeless, Roster};
use super::row::{Row, Table};
use crate::calendar::{Span, WorkCalendar};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};

/// The calendars of one project, and which name is which.
pub(super) struct Calendars {
    /// The project's first.
    pub(super) all: Vec<WorkCalendar>,
    by_name: HashMap<String, usize>,
}

impl Calendars {
    /// The index of a named calendar.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    /// Hours in a day of a calendar.
    pub(super) fn hours_per_day(&self, index: usize) -> f64 {
        self.all.get(index).map_or(8.0, WorkCalendar::hours_per_day)
    }

    /// The calendar a row names; the project's own, with an error, when it is unknown.
    pub(super) fn of_row(&self, row: &Row, project: &str, problems: &mut Diagnostics) -> usize {
        let Some(name) = row.text("calendar") else { return 0 };
        self.find(name).unwrap_or_else(|| {
            problems.push(
                Diagnostic::new(&code::UNKNOWN_CALENDAR, row.cell("calendar"), format!("there is no calendar '{name}'"))
                    .project(project)
                    .help("the project's calendar is used; define it in `calendars` or correct the name"),
            );
            0
        })
    }
}

/// What the rows say of one calendar.
struct Draft {
    name: String,
    week: [Option<Vec<Span>>; 7],
    exceptions: BTreeMap<NaiveDate, Vec<Span>>,
    first: Location,
}

/// Builds each project's calendars. `stated` holds the calendar a charter names, with its place.
pub(super) fn build(
    tables: &[Table],
    roster: &Roster,
    stated: &[Option<(String, Location)>],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Calendars> {
    let mut drafts: Vec<Vec<Draft>> = roster.ids.iter().map(|_| Vec::new()).collect();
    for row in tables.iter().filter(|t| t.typed.spec.name == "calendars").flat_map(|t| t.rows()) {
        let homes = homeless.resolve_all(roster, &row);
        let Some(entry) = entry(&row, problems) else { continue };
        for project in homes {
            if let Some(drafts) = drafts.get_mut(project as usize) {
                add(drafts, &row, &entry);
            }
        }
    }
    let mut without_work = std::collections::BTreeSet::new();
    drafts
        .into_iter()
        .zip(stated)
        .zip(&roster.ids)
        .map(|((drafts, stated), project)| {
            let mut named = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let calendar = finished(&draft);
                if calendar.has_work() {
                    named.push((calendar, draft.first));
                } else if without_work.insert((draft.first.clone(), draft.name.clone())) {
                    let message = format!("calendar '{}' has no working time on any weekday", draft.name);
                    problems.push(
                        Diagnostic::new(&code::CALENDAR_WITHOUT_WORK, draft.first, message)
                            .help("the default is used: Monday to Friday, 08:00-12:00 and 13:00-17:00"),
                    );
                }
            }
            ordered(named, stated.as_ref(), project, problems)
        })
        .collect()
}

/// What one row says: its days (weekdays or a date) and the spans worked.
enum Entry {
    Weekday(usize, Vec<Span>),
    Date(NaiveDate, Vec<Span>),
}

fn entry(row: &Row, problems: &mut Diagnostics) -> Option<Entry> {
    let wrong = |column: &str, message: String, help: &str| {
        Diagnostic::new(&code::BAD_CALENDAR_ROW, row.cell(column), message).help(help.to_owned())
    };
    let spans = match spans_of(row) {
        Ok(spans) => spans,
        Err((column, message)) => {
            problems.push(wrong(
                column,
                message,
                "write hours (8, 0 for a holiday) or spans such as 08:00-12:00 13:00-17:00",
            ));
            return None;
        }
    };
    if let Some(date) = row.day("date") {
        return Some(Entry::Date(date, spans));
    }
    let Some(written) = row.string("weekday").or_else(|| row.number("weekday").map(|n| n.to_string())) else {
        problems.push(wrong(
            "date",
            "neither a date nor a weekday".to_owned(),
            "say which day the row is about",
        ));
        return None;
    };
    let Some(weekday) = weekday(&written) else {
        problems.push(wrong(
            "weekday",
            format!("'{written}' is not a weekday"),
            "write monday ... sunday, mon ... sun, or 1 (Monday) to 7",
        ));
        return None;
    };
    Some(Entry::Weekday(weekday, spans))
}

fn add(drafts: &mut Vec<Draft>, row: &Row, entry: &Entry) {
    let name = row.text("calendar").unwrap_or("Default");
    let position = drafts.iter().position(|d| d.name.eq_ignore_ascii_case(name)).unwrap_or_else(|| {
        drafts.push(Draft {
            name: name.to_owned(),
            week: std::array::from_fn(|_| None),
            exceptions: BTreeMap::new(),
            first: row.cell("calendar"),
        });
        drafts.len() - 1
    });
    let draft = &mut drafts[position];
    match entry {
        // A weekday said twice (a row a span) adds up; so does a date.
        Entry::Weekday(day, spans) => {
            draft.week[*day].get_or_insert_default().extend_from_slice(spans);
        }
        Entry::Date(date, spans) => draft.exceptions.entry(*date).or_default().extend_from_slice(spans),
    }
}

/// Weekdays that no row speaks of keep the default week.
fn finished(draft: &Draft) -> WorkCalendar {
    let usual = [(8 * 3_600, 12 * 3_600), (13 * 3_600, 17 * 3_600)];
    let week = std::array::from_fn(|day| match &draft.week[day] {
        Some(spans) => spans.clone(),
        None if day < 5 => usual.to_vec(),
        None => Vec::new(),
    });
    WorkCalendar::new(draft.name.clone(), week, draft.exceptions.clone())
}

/// Puts the project's own calendar first: the charter's, else `Default` or `Standard`, else the first.
fn ordered(
    named: Vec<(WorkCalendar, Location)>,
    stated: Option<&(String, Location)>,
    project: &str,
    problems: &mut Diagnostics,
) -> Calendars {
    let is = |name: &'static str| {
        named.iter().position(move |(calendar, _)| calendar.name.eq_ignore_ascii_case(name))
    };
    let mut own = is("default").or_else(|| is("standard"));
    if let Some((name, place)) = stated {
        match named.iter().position(|(calendar, _)| calendar.name.eq_ignore_ascii_case(name)) {
            Some(found) => own = Some(found),
            None => problems.push(
                Diagnostic::new(
                    &code::UNKNOWN_CALENDAR,
                    place.clone(),
                    format!("there is no calendar '{name}'"),
                )
                .project(project)
                .help("define it in `calendars` or correct the name"),
            ),
        }
    }
    if own.is_none()
        && let Some((first, place)) = named.first()
    {
        problems.push(
            Diagnostic::new(
                &code::CALENDAR_CHOSEN,
                place.clone(),
                format!("calendar '{}' is taken as the project's own", first.name),
            )
            .project(project)
            .help("name one `Default`, or say `calendar` in the charter"),
        );
        own = Some(0);
    }
    let mut all: Vec<WorkCalendar> = named.into_iter().map(|(calendar, _)| calendar).collect();
    match own {
        Some(own) => {
            let first = all.remove(own);
            all.insert(0, first);
        }
        None => all.insert(0, WorkCalendar::default()),
    }
    let by_name = (0..all.len()).rev().map(|index| (all[index].name.to_lowercase(), index)).collect();
    Calendars { all, by_name }
}

/// The spans a row states, by `hours` or `spans`; nothing stated is a day off.
fn spans_of(row: &Row) -> Result<Vec<Span>, (&'static str, String)> {
    for column in ["spans", "working_spans", "hours"] {
        if let Some(text) = row.text(column) {
            return spans(text).ok_or_else(|| (column, format!("'{text}' is neither hours nor spans of a day")));
        }
        if let Some(hours) = row.number(column) {
            return day_of(hours).ok_or_else(|| (column, format!("a day does not have {hours} hours")));
        }
    }
    Ok(Vec::new())
}

/// A day of so many hours: up to 4 from 08:00, the rest from 13:00; beyond midnight the day begins
/// earlier instead.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be within 0..=24 hours")]
fn day_of(hours: f64) -> Option<Vec<Span>> {
    if !(0.0..=24.0).contains(&hours) {
        return None;
    }
    let seconds = (hours * 3_600.0).round_ties_even() as u32;
    let (morning, noon, midnight) = (8 * 3_600, 13 * 3_600, 24 * 3_600);
    let half = 4 * 3_600;
    Some(match seconds {
        0 => Vec::new(),
        s if s <= half => vec![(morning, morning + s)],
        s if noon + (s - half) <= midnight => vec![(morning, morning + half), (noon, noon + (s - half))],
        s => vec![(midnight - s, midnight)],
    })
}

/// `08:00-12:00 13:00-17:00`, `8-12; 13-17`, a bare number of hours, or a word for a day off.
fn spans(text: &str) -> Option<Vec<Span>> {
    let text = text.trim().to_lowercase().replace(['–', '—'], "-");
    if ["", "-", "off", "holiday", "closed", "free", "non-working", "frei", "none"].contains(&text.as_str()) {
        return Some(Vec::new());
    }
    if let Ok(hours) = text.trim_end_matches('h').trim().replace(',', ".").parse::<f64>() {
        return day_of(hours);
    }
    let joined = text.replace(" - ", "-").replace("- ", "-").replace(" -", "-");
    joined
        .split([' ', ';', ',', '/', '+', '\n'])
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (from, to) = part.split_once('-')?;
            let (from, to) = (time(from)?, time(to)?);
            (from < to).then_some((from, to))
        })
        .collect()
}

/// `08:00`, `8`, `8.30`, `24:00`, in seconds after midnight.
fn time(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches(['h', 'u']);
    let mut parts = text.split([':', '.']);
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().map_or(Some(0), |m| m.parse().ok())?;
    let second: u32 = parts.next().map_or(Some(0), |s| s.parse().ok())?;
    let seconds = hour.checked_mul(3_600)? + minute * 60 + second;
    (minute < 60 && second < 60 && parts.next().is_none() && seconds <= 24 * 3_600).then_some(seconds)
}

/// Monday is 0. English, German, French and Spanish words, their first letters, or 1 to 7.
fn weekday(written: &str) -> Option<usize> {
    const WORDS: [&[&str]; 7] = [
        &["monday", "montag", "lundi", "lunes", "1"],
        &["tuesday", "dienstag", "mardi", "martes", "2"],
        &["wednesday", "mittwoch", "mercredi", "miércoles", "miercoles", "3"],
        &["thursday", "donnerstag", "jeudi", "jueves", "4"],
        &["friday", "freitag", "vendredi", "viernes", "5"],
        &["saturday", "samstag", "sonnabend", "samedi", "sábado", "sabado", "6"],
        &["sunday", "sonntag", "dimanche", "domingo", "7"],
    ];
    let written = written.trim().trim_end_matches('.').to_lowercase();
    if let Some(day) = WORDS.iter().position(|words| words.contains(&written.as_str())) {
        return Some(day);
    }
    // A beginning that only one day has: `mon`, `mo`, `do`, `jeu`, `vie`.
    let fits =
        |words: &[&str]| written.chars().count() >= 2 && words.iter().any(|word| word.starts_with(&written));
    let mut days = WORDS.iter().enumerate().filter(|(_, words)| fits(words)).map(|(day, _)| day);
    let first = days.next()?;
    days.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: u32 = 3_600;

    #[test]
    fn hours_become_spans_of_a_usual_day() {
        assert_eq!(day_of(8.0), Some(vec![(8 * H, 12 * H), (13 * H, 17 * H)]));
        assert_eq!(day_of(4.0), Some(vec![(8 * H, 12 * H)]));
        assert_eq!(day_of(7.5), Some(vec![(8 * H, 12 * H), (13 * H, 16 * H + 1_800)]));
        assert_eq!(day_of(10.0), Some(vec![(8 * H, 12 * H), (13 * H, 19 * H)]));
        assert_eq!(day_of(24.0), Some(vec![(0, 24 * H)]));
        assert_eq!(day_of(0.0), Some(vec![]));
        assert_eq!(day_of(25.0), None);
        for hours in 0..=24_u32 {
            let total: u32 = day_of(f64::from(hours)).unwrap().iter().map(|(a, b)| b - a).sum();
            assert_eq!(total, hours * H, "{hours} hours");
        }
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        let usual = Some(vec![(8 * H, 12 * H), (13 * H, 17 * H)]);
        for text in ["08:00-12:00 13:00-17:00", "8-12; 13-17", "08.00–12.00, 13.00–17.00", "8:00 - 12:00 13:00 - 17:00", "8"] {
            assert_eq!(spans(text), usual, "{text}");
        }
        assert_eq!(spans("00:00-24:00"), Some(vec![(0, 24 * H)]));
        assert_eq!(spans("holiday"), Some(vec![]));
        for wrong in ["12:00-08:00", "25:00-26:00", "lunch", "8:75-9:00", "8-9-10:61"] {
            assert_eq!(spans(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn weekdays_of_four_languages() {
        for (word, day) in [("Monday", 0), ("Mo.", 0), ("1", 0), ("Di", 1), ("mer", 2), ("jeu", 3), ("jueves", 3), ("vie", 4), ("Sa", 5), ("dimanche", 6), ("7", 6)] {
            assert_eq!(weekday(word), Some(day), "{word}");
        }
        // `ma` is mardi and martes (both Tuesday); `mi` Mittwoch and miércoles (both Wednesday); `s` is nobody's.
        assert_eq!(weekday("ma"), Some(1));
        assert_eq!(weekday("mi"), Some(2));
        assert_eq!(weekday("s"), None);
        assert_eq!(weekday("do"), None, "Donnerstag or domingo");
        assert_eq!(weekday("someday"), None);
    }
}
