//! Every text for people has its words in every catalogue: `phrase!("...")`, `word!("...")`, heads of columns, titles
//! of sections and templates, read from `src/` and `templates/`; and no catalogue has a text that nothing says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What stands before a literal that is a text of the catalogues.
const MARKS: [&str; 2] = ["phrase!(", "word!("];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The literals of a file with what stands before each, tests left out.
fn literals(code: &str) -> Vec<(String, String)> {
    let code: String = code
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = Vec::new();
    let mut before = String::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A quotation mark as a character.
            '\'' if chars.peek() == Some(&'"') => before.extend([c, chars.next().unwrap()]),
            '"' => {
                let mut text = String::new();
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => match chars.next().unwrap() {
                            'n' => text.push('\n'),
                            't' => text.push('\t'),
                            'r' => text.push('\r'),
                            'u' => {
                                let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                                text.push(
                                    u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).unwrap(),
                                );
                            }
                            '\n' => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                            other => text.push(other),
                        },
                        other => text.push(other),
                    }
                }
                found.push((std::mem::take(&mut before), text));
            }
            other => before.push(other),
        }
    }
    found
}

/// Whether what stands before a literal says that it is a text for people.
fn is_marked(before: &str, last: &str) -> bool {
    let before = before.trim_end();
    let head_of_a_column = last.ends_with("Column::new(") && before == ",";
    head_of_a_column || before.ends_with("title:") || MARKS.iter().any(|mark| before.ends_with(mark))
}

/// The texts of the source.
#[derive(Default)]
struct Texts {
    /// What the catalogues must have.
    wanted: BTreeSet<String>,
    /// Marks around places without a word: `{told}; {next}`. A catalogue may have them.
    frames: BTreeSet<String>,
    /// All literals there are.
    all: BTreeSet<String>,
}

fn texts() -> Texts {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    let Texts { mut wanted, mut frames, mut all } = Texts::default();
    for path in paths {
        let mut last = String::new();
        for (before, text) in literals(&fs::read_to_string(&path).unwrap()) {
            if is_marked(&before, &last) {
                let texts = if has_words(&text) { &mut wanted } else { &mut frames };
                texts.insert(text.clone());
            }
            all.insert(text);
            before.trim_end().clone_into(&mut last);
        }
    }
    for entry in fs::read_dir(root().join("templates")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let template: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            let sections = template.get("sections").and_then(toml::Value::as_array).into_iter().flatten();
            let titles = sections.map(|section| section.get("title")).chain([template.get("title")]);
            for title in titles.flatten().filter_map(toml::Value::as_str) {
                wanted.insert(title.to_owned());
                all.insert(title.to_owned());
            }
        }
    }
    Texts { wanted, frames, all }
}

/// Whether anything beside the places of a text is a word; an abbreviation such as CPI is the same everywhere.
fn has_words(text: &str) -> bool {
    let mut depth = 0;
    text.contains('|')
        || text.chars().any(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && c.is_lowercase()
        })
}

/// The names of the places of a text.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|place| place.split(['}', '|']).next().unwrap()).collect()
}

fn catalogues() -> BTreeMap<String, BTreeMap<String, String>> {
    ["de", "fr", "es"]
        .into_iter()
        .map(|code| {
            let path = root().join(format!("templates/languages/{code}.toml"));
            let catalogue: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
            let texts = catalogue["texts"].as_table().unwrap().iter();
            (
                code.to_owned(),
                texts.map(|(key, text)| (key.clone(), text.as_str().unwrap().to_owned())).collect(),
            )
        })
        .collect()
}

#[test]
fn every_catalogue_has_every_text_and_no_other() {
    let Texts { wanted, all, .. } = texts();
    assert!(wanted.len() > 100, "the search finds what is marked");
    let mut wrong = Vec::new();
    for (code, catalogue) in catalogues() {
        let has = |key: &&String| catalogue.contains_key(*key);
        wrong.extend(wanted.iter().filter(|key| !has(key)).map(|key| format!("{code} lacks: {key}")));
        wrong.extend(
            catalogue
                .keys()
                .filter(|key| !all.contains(*key))
                .map(|key| format!("{code}, never said: {key}")),
        );
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_text_keeps_its_places() {
    for (code, catalogue) in catalogues() {
        for (key, text) in catalogue {
            assert!(!text.trim().is_empty(), "{code}: {key} is empty");
            assert_eq!(places(&text), places(&key), "{code}: {key}");
            for place in text.split('{').skip(1).filter_map(|place| place.split('}').next()) {
                assert!(matches!(place.matches('|').count(), 0 | 2), "{code}: one form and another: {key}");
            }
        }
    }
}

/// Where French lacks the space before a mark that is two signs high, code in backticks aside.
fn tight(text: &str) -> bool {
    let prose: String = text.split('`').step_by(2).collect();
    let signs: Vec<char> = prose.chars().chain([' ']).collect();
    signs.windows(3).any(|three| {
        let (before, mark, after) = (three[0], three[1], three[2]);
        let spaced = matches!(before, '\u{a0}' | '\u{202f}');
        match mark {
            ':' => after == ' ' && !spaced,
            ';' | '!' | '?' | '\u{bb}' => !spaced,
            '\u{ab}' => !matches!(after, '\u{a0}' | '\u{202f}'),
            _ => false,
        }
    })
}

#[test]
fn french_has_a_space_before_marks_two_signs_high() {
    let french = &catalogues()["fr"];
    let wrong: Vec<&String> = french.values().filter(|text| tight(text)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let frames = texts().frames.into_iter().filter(|frame| tight(frame) && !french.contains_key(frame));
    assert_eq!(frames.collect::<Vec<_>>(), [""; 0]);
}
