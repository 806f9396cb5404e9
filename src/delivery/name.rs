//! Names of files that every system accepts.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Names longer than this many bytes are cut: systems stop at 255, and suffixes follow.
const LONGEST: usize = 100;
/// What Windows keeps for devices, with any ending.
const RESERVED: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// The name of a file for a project: what some system refuses in a name is replaced by `-`, leading dots
/// and outer spaces go, an over-long name is cut and ends in a hash of the whole.
#[must_use]
pub fn file_name(stem: &str) -> String {
    let replaced: String = stem
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let trimmed = replaced.trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    let trimmed = trimmed.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    if trimmed.is_empty() {
        return "project".to_owned();
    }
    if trimmed.len() > LONGEST {
        let end = trimmed.floor_char_boundary(LONGEST - 9);
        return format!("{}-{}", trimmed[..end].trim_end(), short_hash(stem));
    }
    let device = trimmed.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |kind| {
        let number = device.strip_prefix(kind).unwrap_or_default();
        number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
    };
    if RESERVED.contains(&device.as_str()) || numbered("COM") || numbered("LPT") {
        return format!("_{trimmed}");
    }
    trimmed.to_owned()
}

/// The names of files for several projects, as stem and project's id, in their order: [`file_name`], and where several
/// [`meet`], each of them with a hash of its id. So a project's name does not depend on the order it comes in.
#[must_use]
pub fn file_names(files: &[(&str, &str)]) -> Vec<String> {
    let stems: Vec<&str> = files.iter().map(|(stem, _)| *stem).collect();
    let mut names: Vec<String> = stems.iter().map(|stem| file_name(stem)).collect();
    for place in meet(&stems).into_iter().flatten() {
        names[place] = format!("{}-{}", names[place], short_hash(files[place].1));
    }
    names
}

/// Which of several stems would give files of the same name on some system, as groups of places: capitals do not
/// always count.
#[must_use]
pub fn meet(stems: &[&str]) -> Vec<Vec<usize>> {
    let mut uses: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, stem) in stems.iter().enumerate() {
        uses.entry(file_name(stem).to_lowercase()).or_default().push(place);
    }
    uses.into_values().filter(|places| places.len() > 1).collect()
}

fn short_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())[..4])
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        for (stem, name) in [
            ("Atlas", "Atlas"),
            ("Größe 2", "Größe 2"),
            ("a/b\\c:d", "a-b-c-d"),
            ("../../etc/passwd", "-..-etc-passwd"),
            (".hidden", "hidden"),
            ("line\nfeed\u{0}", "line-feed-"),
            ("CON", "_CON"),
            ("com1.old", "_com1.old"),
            ("Console", "Console"),
            (" ... ", "project"),
            ("end. ", "end"),
        ] {
            assert_eq!(file_name(stem), name, "{stem:?}");
        }
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let (one, two) = ("ü".repeat(200) + "1", "ü".repeat(200) + "2");
        let names = [file_name(&one), file_name(&two)];
        assert!(names.iter().all(|name| name.len() <= LONGEST));
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn projects_whose_names_meet_get_names_of_their_own() {
        let names = file_names(&[("A-B-status", "A/B"), ("a-b-status", "a:b"), ("C-status", "C")]);
        assert_eq!(names[2], "C-status");
        assert_ne!(names[0].to_lowercase(), names[1].to_lowercase());
        assert!(names[0].starts_with("A-B-status-") && names[1].starts_with("a-b-status-"));
        // The name does not depend on the order, and one stem is enough to meet.
        assert_eq!(file_names(&[("a-b-status", "a:b"), ("A-B-status", "A/B")])[1], names[0]);
        let same = file_names(&[("a-b", "a:b"), ("a-b", "a/b")]);
        assert_ne!(same[0], same[1]);
    }
}
