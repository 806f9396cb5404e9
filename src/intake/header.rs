//! Headers compared the way a person would: without case, spaces, punctuation, accents and bracketed units.

/// A header squashed whole: letters and digits in lower case, `%` as a word; what stands in brackets is kept.
pub(super) fn squash(text: &str) -> String {
    let mut squashed = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '%' => squashed.push_str("percent"),
            'ß' => squashed.push_str("ss"),
            'æ' => squashed.push_str("ae"),
            'œ' => squashed.push_str("oe"),
            c if c.is_alphanumeric() => squashed.push(unaccented(c)),
            _ => {}
        }
    }
    if squashed.is_empty() && text.contains('#') { "#".to_owned() } else { squashed }
}

/// The header without what stands in brackets, squashed: `Amount (USD)` and `Amount [EUR]` are `amount`.
pub(super) fn squash_without_unit(text: &str) -> String {
    let (mut kept, mut depth) = (String::with_capacity(text.len()), 0_u32);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    squash(&kept)
}

/// What stands in the last brackets of a header, squashed: `Duration (h)` says `h`.
pub(super) fn bracketed_unit(text: &str) -> Option<String> {
    let open = text.rfind(['(', '[', '{'])?;
    let inside = text.get(open + 1..)?.trim_end().trim_end_matches([')', ']', '}']);
    Some(squash(inside)).filter(|unit| !unit.is_empty())
}

/// A Latin letter without its accent; anything else as it is.
fn unaccented(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_known_however_it_is_spelled() {
        for header in ["Baseline Start", "baseline_start", "BASELINE-START", " Baseline  start: "] {
            assert_eq!(squash(header), "baselinestart");
        }
        assert_eq!(squash("% Complete"), "percentcomplete");
        assert_eq!(squash("Début Réel"), "debutreel");
        assert_ne!(squash("Σ Time Spent"), squash("Time Spent"), "a total over sub-tasks is another column");
        assert_eq!(squash("#"), "#");
        assert_eq!(squash_without_unit("Amount (USD)"), "amount");
        assert_eq!(squash_without_unit("(*)Start"), "start");
        assert_eq!(squash("Duration (decimal)"), "durationdecimal");
        assert_eq!(bracketed_unit("Original Duration(d)").as_deref(), Some("d"));
        assert_eq!(bracketed_unit("Amount ()"), None);
    }
}
