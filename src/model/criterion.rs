//! A target and what was measured against it, compared where both are numbers.
//!
//! Both stand in a register as somebody wrote them: `>= 99.5 %`, `at most 2 s`, `0`, `signed by the works council`.
//! They are compared only where nothing has to be guessed: both are one number, their units agree, and the target
//! says which way is good. A number such as `1,234`, which may be a thousand or one and a bit, is not compared.

use super::Deliverable;

/// How a measured figure stands against its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// It keeps the target.
    Met,
    /// It does not.
    Missed,
    /// It differs by this much (measured less target), and the target does not say which way is good.
    Apart(f64),
}

/// Which side of the target is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

/// What a target may begin with; the longer of two that begin alike first.
const BOUNDS: &[(&str, Bound)] = &[
    (">=", Bound::AtLeast),
    ("=>", Bound::AtLeast),
    ("\u{2265}", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not below", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("min.", Bound::AtLeast),
    ("min", Bound::AtLeast),
    ("mindestens", Bound::AtLeast),
    ("au moins", Bound::AtLeast),
    ("al menos", Bound::AtLeast),
    ("<=", Bound::AtMost),
    ("=<", Bound::AtMost),
    ("\u{2264}", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("not above", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("within", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("max.", Bound::AtMost),
    ("max", Bound::AtMost),
    ("h\u{f6}chstens", Bound::AtMost),
    ("au plus", Bound::AtMost),
    ("como m\u{e1}ximo", Bound::AtMost),
    (">", Bound::MoreThan),
    ("more than", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("<", Bound::LessThan),
    ("less than", Bound::LessThan),
    ("under", Bound::LessThan),
    ("below", Bound::LessThan),
];

impl Deliverable {
    /// What was measured against the target; `None` where the two cannot be compared as numbers.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        verdict(
            self.target.as_deref()?,
            self.criterion.as_deref().unwrap_or_default(),
            self.measured.as_deref()?,
        )
    }
}

fn verdict(target: &str, criterion: &str, measured: &str) -> Option<Verdict> {
    let target = target.trim().to_lowercase();
    let (bound, rest) = BOUNDS
        .iter()
        .find_map(|(words, bound)| Some((Some(*bound), target.strip_prefix(words)?)))
        .unwrap_or((None, &target));
    let (target, wanted) = quantity(rest)?;
    let bound = bound.or_else(|| bound_in(&criterion.to_lowercase()));
    let measured = measured.trim().to_lowercase();
    let (measured, found) = quantity(&measured)?;
    if !wanted.is_empty() && !found.is_empty() && wanted != found {
        return None;
    }
    let kept = match bound {
        Some(Bound::AtLeast) => measured >= target,
        Some(Bound::MoreThan) => measured > target,
        Some(Bound::AtMost) => measured <= target,
        Some(Bound::LessThan) => measured < target,
        // Written alike, they are equal to the last digit.
        None if measured.total_cmp(&target).is_eq() => true,
        None => return Some(Verdict::Apart(measured - target)),
    };
    Some(if kept { Verdict::Met } else { Verdict::Missed })
}

/// Which way a criterion says is good: `answers within 2 seconds`. The words must stand before a number.
fn bound_in(criterion: &str) -> Option<Bound> {
    let of_words = BOUNDS.iter().filter(|(words, _)| words.starts_with(char::is_alphabetic));
    let mut said = of_words.flat_map(|(words, bound)| {
        criterion.match_indices(words).filter_map(move |(at, _)| {
            let (before, after) = (&criterion[..at], &criterion[at + words.len()..]);
            let whole = !before.ends_with(char::is_alphanumeric) && after.starts_with(' ');
            (whole && after.trim_start().starts_with(|c: char| c.is_ascii_digit())).then_some(*bound)
        })
    });
    said.next()
}

/// A number and the unit behind it.
fn quantity(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let signed = text.strip_prefix(['-', '\u{2212}']);
    let rest = signed.unwrap_or(text);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    // A full stop that ends the sentence is no decimal point.
    let number = plain(digits.trim_end_matches(['.', ',']))?.parse::<f64>().ok()?;
    Some((if signed.is_some() { -number } else { number }, unit.trim()))
}

/// The digits with a decimal point and nothing else; `None` where they can be read in two ways.
fn plain(digits: &str) -> Option<String> {
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    let grouped = |digits: &str, mark| digits.split(mark).skip(1).all(|group| group.len() == 3);
    match (commas, points) {
        (0, 0 | 1) => Some(digits.to_owned()),
        (1, 0) if !grouped(digits, ',') => Some(digits.replace(',', ".")),
        (2.., 0) if grouped(digits, ',') => Some(digits.replace(',', "")),
        (0, 2..) if grouped(digits, '.') => Some(digits.replace('.', "")),
        (1.., 1..) => {
            // The one that stands last, and once, is the decimal sign.
            let (decimal, group) =
                if digits.rfind(',') > digits.rfind('.') { (',', '.') } else { ('.', ',') };
            let (whole, part) = digits.split_once(decimal)?;
            let clear = !part.contains([decimal, group]) && grouped(whole, group);
            clear.then(|| format!("{}.{part}", whole.replace(group, "")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_the_way_the_target_says() {
        for (target, measured, expected) in [
            (">= 99.5 %", "99.7%", Verdict::Met),
            ("\u{2265} 99,5", "99.4", Verdict::Missed),
            ("at most 2 s", "2 s", Verdict::Met),
            ("< 2 s", "2 s", Verdict::Missed),
            ("at least 1.234,5", "1,234.4", Verdict::Missed),
            ("max. 1,250,000", "1.250.001", Verdict::Missed),
            ("0", "0", Verdict::Met),
            ("0", "3", Verdict::Apart(3.0)),
            ("> -5", "\u{2212}4.5", Verdict::Met),
        ] {
            assert_eq!(verdict(target, "", measured), Some(expected), "{target} / {measured}");
        }
    }

    #[test]
    fn a_criterion_may_say_which_way_is_good() {
        assert_eq!(verdict("2", "Login within 2 seconds", "1.4"), Some(Verdict::Met));
        assert_eq!(verdict("2", "Login within 2 seconds", "2.1"), Some(Verdict::Missed));
        assert_eq!(verdict("95", "At least 95% of the cases passed", "94"), Some(Verdict::Missed));
        assert_eq!(verdict("99.5", "Accounts matched within a day", "99"), Some(Verdict::Apart(-0.5)));
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        for (target, measured) in [
            ("signed by the works council", "signed"),
            ("< 2 s", "1,900 ms"),
            ("< 2 s for 95% of requests", "1.8 s"),
            ("at least 1,234", "1300"),
            ("", "3"),
            (">= 3", "n/a"),
        ] {
            assert_eq!(verdict(target, "", measured), None, "{target} / {measured}");
        }
    }
}
