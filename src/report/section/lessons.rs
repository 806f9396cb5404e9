//! What was learnt, by category: what happened and what to do next time.

use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::model::Lesson;
use crate::report::section::Section;
use crate::report::subject::{Subject, text};

pub(super) const SECTION: Section = Section {
    id: "lessons",
    title: "Lessons",
    about: "What was learnt by the status date, by category: what happened and what to do next time.",
    compose,
};

/// What stands over lessons of no category.
const NO_CATEGORY: &str = word!("Other");

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let lessons = by_category(subject);
    if lessons.is_empty() {
        return Vec::new();
    }
    let n: usize = lessons.iter().map(|(_, lessons)| lessons.len()).sum();
    let named = |category: &str| {
        if category == NO_CATEGORY { subject.word(category) } else { category.to_owned() }
    };
    let categories = lessons.iter().map(|(category, lessons)| {
        phrase!("{category} ({n})", category = named(category), n = lessons.len()).into()
    });
    let categories: Vec<Part> = categories.collect();
    let told = subject.say(phrase!("{n} {n|lesson|lessons}: {categories}.", n, categories));
    let rows = lessons.iter().flat_map(|(category, lessons)| {
        lessons.iter().map(move |lesson| {
            Row::new(vec![
                Value::Text(named(category)),
                Value::Text(lesson.title.clone()),
                text(lesson.what_happened.as_deref()),
                text(lesson.recommendation.as_deref()),
                text(lesson.owner.as_deref()),
                lesson.date.map_or(Value::Empty, Value::Date),
            ])
        })
    });
    let table = Table {
        id: "lessons",
        caption: String::new(),
        columns: vec![
            Column::new("category", "Category", Kind::Text).weight(2),
            Column::new("title", "Lesson", Kind::Text).weight(4),
            Column::new("what_happened", "What happened", Kind::Text).weight(6),
            Column::new("recommendation", "Next time", Kind::Text).weight(6),
            Column::new("owner", "Who", Kind::Text).weight(2),
            Column::new("date", "When", Kind::Date),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    };
    vec![Block::Paragraph(told), Block::Table(table)]
}

/// The lessons written down by the status date, by category: the one with most first, then by name; within it by date.
pub(in crate::report) fn by_category<'a>(subject: &Subject<'a>) -> Vec<(&'a str, Vec<&'a Lesson>)> {
    let day = subject.found.status_date.day();
    let mut groups: Vec<(&str, Vec<&Lesson>)> = Vec::new();
    for lesson in subject.project.lessons.iter().filter(|lesson| lesson.date.is_none_or(|date| date <= day)) {
        let category = lesson.category.as_deref().unwrap_or(NO_CATEGORY);
        match groups.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(category)) {
            Some((_, group)) => group.push(lesson),
            None => groups.push((category, vec![lesson])),
        }
    }
    for (_, group) in &mut groups {
        group.sort_by_key(|lesson| lesson.date);
    }
    groups.sort_by(|a, b| {
        let place = |category: &str| category == NO_CATEGORY;
        (place(a.0), b.1.len()).cmp(&(place(b.0), a.1.len())).then(a.0.cmp(b.0))
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::Portfolio;
    use crate::report::Settings;
    use crate::report::example::{self, day};

    #[test]
    fn lessons_are_told_by_category_the_fullest_first_and_none_before_it_was_learnt() {
        let lesson = |title: &str, category: Option<&str>, date| Lesson {
            title: title.to_owned(),
            category: category.map(str::to_owned),
            date: Some(date),
            ..Lesson::default()
        };
        let (mut project, found) = (example::project(), example::found());
        project.lessons = vec![
            lesson("A", None, day(1, 9)),
            lesson("B", None, day(1, 10)),
            lesson("C", Some("Supplier"), day(3, 31)),
            lesson("D", Some("supplier"), day(2, 2)),
            lesson("E", Some("Design"), day(1, 5)),
            lesson("F", Some("Design"), day(4, 1)),
        ];
        let (portfolio, problems) = (Portfolio::default(), Diagnostics::default());
        let settings = Settings::default();
        let subject = Subject::new(&portfolio, &project, &found, &problems, &settings);
        let told: Vec<(&str, Vec<&str>)> = by_category(&subject)
            .into_iter()
            .map(|(category, lessons)| {
                (category, lessons.iter().map(|lesson| lesson.title.as_str()).collect())
            })
            .collect();
        // F is learnt after 31 March; what has no category comes last.
        assert_eq!(told, [("Supplier", vec!["D", "C"]), ("Design", vec!["E"]), ("Other", vec!["A", "B"])]);
    }
}
