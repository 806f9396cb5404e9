//! Text in columns on a terminal.

/// How many columns of the terminal a text takes: wide scripts take two, marks none.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    match character {
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{200B}'..='\u{200F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// Lines of cells, each column as wide as its widest cell, those marked set to the right; blanks at the end
/// of a line are left out.
pub(super) fn aligned<const N: usize, T: AsRef<str>>(lines: &[[T; N]], right: [bool; N]) -> Vec<String> {
    let widest = |i: usize| lines.iter().map(|line| width(line[i].as_ref())).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(widest);
    let cell = |text: &str, i: usize| {
        let blanks = " ".repeat(widths[i] - width(text));
        if right[i] { format!("{blanks}{text}") } else { format!("{text}{blanks}") }
    };
    let line = |cells: &[T; N]| {
        let cells: Vec<String> = cells.iter().enumerate().map(|(i, text)| cell(text.as_ref(), i)).collect();
        cells.join("  ").trim_end().to_owned()
    };
    lines.iter().map(line).collect()
}

/// The text, or what fits of it and an ellipsis.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut room = most.saturating_sub(1);
    let fits = |c: &char| {
        let left = room.checked_sub(width_of(*c));
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// The words of a text in lines of at most this width; a longer word has a line of its own.
pub(super) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_any_script() {
        let lines = [["Αθήνα", "7", "x"], ["项目", "1,200", ""], ["a", "30", "y"]];
        assert_eq!(
            aligned(&lines, [false, true, false]),
            ["Αθήνα      7  x", "项目   1,200", "a         30  y"]
        );
    }

    #[test]
    fn long_names_are_cut_and_long_texts_wrapped() {
        assert_eq!(cut("customer portal", 20), "customer portal");
        assert_eq!(cut("customer portal", 10), "customer\u{2026}");
        assert_eq!(cut("项目项目", 6), "项目\u{2026}");
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert!(wrapped("", 7).is_empty());
    }
}
