use super::*;
use crate::analysis::ProjectFindings;
use crate::analysis::load::{Overload, Settings};
use crate::calendar::PeriodKind;
use crate::diagnostic::Diagnostics;
use crate::document::Value;
use crate::model::Portfolio;
use crate::report::Settings as ReportSettings;
use crate::report::example::{self, day};

fn hours(planned: f64, capacity: f64) -> WeekLoad {
    let capacity = Some(Work::from_hours(capacity));
    WeekLoad { booked: Work::ZERO, planned: Work::from_hours(planned), capacity, open: capacity }
}

/// What the section says of the example's project with these findings.
fn composed(change: impl FnOnce(&mut ProjectFindings)) -> Vec<Block> {
    let (project, mut found) = (example::project(), example::found());
    change(&mut found);
    let (portfolio, problems, settings) =
        (Portfolio::default(), Diagnostics::default(), ReportSettings::default());
    compose(&Subject::new(&portfolio, &project, &found, &problems, &settings))
}

/// Two people over two weeks from 30 March 2026: 50 and 20 of 40 hours, 10 and 0 of 40.
fn load() -> LoadFindings {
    let person = |name: &str, weeks: [f64; 2]| PersonLoad {
        name: name.to_owned(),
        known: true,
        weeks: weeks.map(|planned| hours(planned, 40.0)).to_vec(),
        ahead: hours(weeks.iter().sum(), 80.0),
        all: hours(weeks.iter().sum(), 80.0),
        ..PersonLoad::default()
    };
    LoadFindings {
        settings: Settings::default(),
        weeks: [day(3, 30), day(4, 6)].map(|first| PeriodKind::Week.period_of(first)).to_vec(),
        horizon: 1,
        people: vec![person("Ann", [50.0, 20.0]), person("Bob", [10.0, 0.0])],
        over: vec![Overload {
            person: "Ann".to_owned(),
            weeks: (0, 0),
            hours: hours(50.0, 40.0),
            peak: Some(1.25),
            tasks: vec![(2, Work::from_hours(50.0))],
        }],
        unassigned: vec![(5, Work::from_hours(12.0))],
        ..LoadFindings::default()
    }
}

#[test]
fn the_section_says_who_has_too_much_who_has_room_and_what_is_nobodys() {
    let blocks = composed(|found| found.load = load());
    let told: Vec<&str> = blocks
        .iter()
        .filter_map(|b| if let Block::Paragraph(text) = b { Some(text.as_str()) } else { None })
        .collect();
    assert_eq!(
        told,
        [
            "From the status date to 12 Apr 2026 the people have 160 h for the project and 80 h of work (50%); the fullest \
             is Ann with 88%. Bob has work for less than 50% of the time.",
            "Ann has work for more than 100% of the time in some weeks. The most is in the week of 30 Mar 2026: 50 h of \
             work in 40 h, 50 h of it on 1.2 Implementation.",
            "Nobody is named for 12 h of work that is left, on 1 task.",
        ]
    );
    let map = blocks
        .iter()
        .find_map(
            |b| if let Block::Chart(Chart { plot: Plot::HeatMap(map), .. }) = b { Some(map) } else { None },
        )
        .unwrap();
    let cells: Vec<&[HeatCell]> = map.rows.iter().map(|row| row.cells.as_slice()).collect();
    let share = HeatCell::Share;
    assert_eq!(cells, [[share(1.25), share(0.5)], [share(0.25), share(0.0)], [share(0.75), share(0.25)]]);
    // The same cells stand in the workbook's table.
    let table = blocks
        .iter()
        .find_map(|b| if let Block::Table(t) = b { (t.id == "load_by_week").then_some(t) } else { None })
        .unwrap();
    assert_eq!(table.rows[0].cells[1..], [Value::Percent(1.25), Value::Percent(0.5)]);
    assert_eq!(table.print_rows, Some(0));
}

#[test]
fn without_work_that_is_left_there_is_no_section() {
    assert!(composed(|_| {}).is_empty());
}
