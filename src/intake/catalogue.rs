//! The catalogue watches itself: names, aliases, words and examples.

use std::collections::BTreeMap;

use super::header::squash;
use super::*;

/// The words that mean two things, or one thing twice, once squashed.
fn clashes<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let clash = |(word, means): (&'a str, &'a str)| {
        let squashed = squash(word);
        if squashed.is_empty() {
            return Some(format!("'{word}' of {means} says nothing"));
        }
        seen.insert(squashed, means).map(|other| format!("'{word}' means {means} and {other}"))
    };
    words.into_iter().filter_map(clash).collect()
}

/// A name and its aliases, all meaning the name.
fn with_aliases<'a>(name: &'a str, aliases: impl IntoIterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    std::iter::once(name).chain(aliases).map(|word| (word, name)).collect()
}

#[test]
fn every_table_has_names_of_its_own() {
    let tables = TABLES.iter().flat_map(|table| with_aliases(table.name, table.aliases.iter().copied()));
    assert_eq!(clashes(tables), Vec::<String>::new());
}

#[test]
fn a_header_means_one_column_of_a_table() {
    for table in TABLES {
        let headers = table.columns.iter().flat_map(|column| with_aliases(column.name, column.headers()));
        assert_eq!(clashes(headers), Vec::<String>::new(), "{}", table.name);
    }
}

#[test]
fn a_word_means_one_choice_and_every_choice_is_a_word() {
    for column in TABLES.iter().flat_map(|table| table.columns) {
        let ColumnKind::Choice(choices) = column.kind else {
            assert!(column.words.is_empty(), "{} has words but is no choice", column.name);
            continue;
        };
        assert!(column.words.iter().all(|(choice, _)| choices.contains(choice)), "{}", column.name);
        let other =
            column.words.iter().flat_map(|(choice, words)| words.iter().map(move |word| (*word, *choice)));
        let words = choices.iter().map(|choice| (*choice, *choice)).chain(other);
        assert_eq!(clashes(words), Vec::<String>::new(), "{}", column.name);
    }
}

#[test]
fn everything_is_explained_and_shown() {
    for table in TABLES {
        assert!(table.about.ends_with('.') && table.about.len() > 20, "{}", table.name);
        assert_eq!(table.example.len(), table.columns.len(), "{}: one example cell a column", table.name);
        for (column, example) in table.columns.iter().zip(table.example) {
            assert!(column.about.ends_with('.'), "{}.{}", table.name, column.name);
            assert!(!column.required || !example.is_empty(), "{}.{}", table.name, column.name);
        }
    }
}
