//! Rows of `charter` (key, value) to what a project's sponsor states.

mod key;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::roster::{Homeless, Roster};
use super::row::{Row, Table};
use crate::calendar::{Moment, end_of_day, start_of_day};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, code};
use crate::intake::Lag;
use crate::model::Charter;
use crate::quantity::{Money, currency as iso};

/// A discount rate of a year above this is a slip.
const MOST_DISCOUNT: f64 = 1.0;

/// A project's charter, and what of it is not a field of [`Charter`].
#[derive(Default)]
pub(super) struct Stated {
    pub(super) charter: Charter,
    pub(super) name: Option<String>,
    pub(super) currency: Option<String>,
    /// The calendar it names, and where.
    pub(super) calendar: Option<(String, Location)>,
}

/// Reads every project's charter. A row without a project in an input of several holds for each of
/// them, except its name.
pub(super) fn read(
    tables: &[Table],
    roster: &Roster,
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Stated> {
    let mut stated: Vec<Stated> = roster.ids.iter().map(|_| Stated::default()).collect();
    for table in tables.iter().filter(|t| t.typed.spec.name == "charter") {
        // What a shared table says may be said otherwise in a project's own: only within one is it a repetition.
        let mut said: HashMap<(u32, &str), (String, Location)> = HashMap::new();
        for row in table.rows() {
            let homes = homeless.resolve_all(roster, &row);
            let (Some(written), Some(value)) = (row.text("key"), written(&row)) else { continue };
            let folded = folded(written);
            let key = key::of(&folded);
            if key.is_none() && !homes.is_empty() {
                problems.push(key::unknown(written, &folded, row.cell("key")));
            }
            let shared = homes.len() > 1;
            for (nth, project) in homes.into_iter().enumerate() {
                let Some(stated) = stated.get_mut(project as usize) else { continue };
                let problem = stated.take(written, key, &value, shared);
                if nth > 0 {
                    continue;
                }
                if let Some((code, help)) = problem {
                    let message = if code == &code::DISCOUNT_RATE {
                        phrase!(
                            "a discount rate of '{value}' a year is beyond belief; left out",
                            value = &value
                        )
                    } else {
                        phrase!(
                            "'{value}' is not understood as the charter's {key}; left out",
                            value = &value,
                            key = written.trim()
                        )
                    };
                    problems.push(Diagnostic::new(code, row.cell("value"), message).help(help));
                }
                let Some(key) = key else { continue };
                if let Some(separator) = doubtful(&value).filter(|_| key::is_amount(key)) {
                    let message = phrase!(
                        "'{value}' is read with '{separator}' before thousands",
                        value = value.trim(),
                        separator
                    );
                    problems.push(
                        Diagnostic::new(&code::DECIMAL_ASSUMED, row.cell("value"), message)
                            .help(word!("write an amount such as 25000")),
                    );
                }
                if key == "currency" && !iso::is_known(&currency(&value)) {
                    let message = phrase!("'{code}' is not a currency code of ISO 4217", code = value.trim());
                    problems.push(Diagnostic::new(&code::CURRENCY_UNKNOWN, row.cell("value"), message).help(
                        word!("amounts are shown with it as it is written; write a code such as EUR or USD"),
                    ));
                }
                // The place is needed where the calendar turns out to be unknown.
                if let Some((_, place)) = stated.calendar.as_mut().filter(|_| key == "calendar") {
                    *place = row.cell("value");
                }
                let before = said.insert((project, key), (value.clone(), row.cell("value")));
                if let Some((other, place)) = before.filter(|(other, _)| !key::adds(key) && *other != value) {
                    let message = phrase!(
                        "{key} is there twice: '{first}' and '{second}'",
                        key = written.trim(),
                        first = other,
                        second = &value
                    );
                    problems.push(
                        Diagnostic::new(&code::CHARTER_KEY_TWICE, row.cell("value"), message)
                            .also(place)
                            .help(word!("the last one counts; remove the other")),
                    );
                }
            }
        }
    }
    stated
}

/// The value in words, whatever type intake gave the cell.
fn written(row: &Row) -> Option<String> {
    row.string("value")
        .or_else(|| row.moment("value").map(|m| m.format("%Y-%m-%d").to_string()))
        .or_else(|| row.number("value").map(|n| n.to_string()))
}

/// `Tolerance (cost)` and `tolerance_cost` are the same key.
fn folded(key: &str) -> String {
    let letters = key.trim().to_lowercase();
    let words: Vec<&str> = letters.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join("_")
}

impl Stated {
    /// Takes an entry under the key it means; what kind of problem its value is, and what should have been written,
    /// where it is not understood.
    fn take(
        &mut self,
        written: &str,
        key: Option<&'static str>,
        value: &str,
        shared: bool,
    ) -> Option<(&'static Code, &'static str)> {
        let value = value.trim();
        self.charter.entries.push((written.trim().to_owned(), value.to_owned()));
        if value.is_empty() {
            return None;
        }
        let charter = &mut self.charter;
        match key? {
            "name" if !shared => self.name = Some(value.to_owned()),
            "currency" => self.currency = Some(currency(value)),
            "calendar" => self.calendar = Some((value.to_owned(), Location::default())),
            "sponsor" => charter.sponsor = Some(value.to_owned()),
            "manager" => charter.manager = Some(value.to_owned()),
            "need" => {
                charter.need = Some(value.to_owned());
            }
            "purpose" => {
                charter.purpose = Some(value.to_owned());
            }
            "decision" => charter.decision = Some(value.to_owned()),
            "scope" => charter.scope.extend(statements(value)),
            "out_of_scope" => charter.out_of_scope.extend(statements(value)),
            "assumptions" => charter.assumptions.extend(statements(value)),
            "constraints" => charter.constraints.extend(statements(value)),
            "strengths" => charter.strengths.extend(statements(value)),
            "weaknesses" => charter.weaknesses.extend(statements(value)),
            "narrative" => charter.narrative = Some(value.to_owned()),
            "baseline" => {
                charter.baseline = Some(value.to_owned());
                charter.baseline_date = charter.baseline_date.or(day_within(value));
            }
            "baseline_date" => {
                let day = moment(value, start_of_day).map(|moment| moment.date());
                return set(&mut charter.baseline_date, day, word!("write a date such as 2026-03-31"));
            }
            "first_budget" => {
                return set(
                    &mut charter.first_budget,
                    amount(value),
                    word!("write an amount such as 250000"),
                );
            }
            "first_finish" => {
                let finish = moment(value, end_of_day);
                return set(&mut charter.first_finish, finish, word!("write a date such as 2026-03-31"));
            }
            "start" => {
                let start = moment(value, start_of_day);
                return set(&mut charter.start, start, word!("write a date such as 2026-03-31"));
            }
            "finish" => {
                let finish = moment(value, end_of_day);
                return set(&mut charter.finish, finish, word!("write a date such as 2026-03-31"));
            }
            "tolerance_cost" => {
                return set(
                    &mut charter.tolerance_cost,
                    amount(value),
                    word!("write an amount such as 25000"),
                );
            }
            "tolerance_risk" => {
                return set(
                    &mut charter.tolerance_risk,
                    amount(value),
                    word!("write an amount such as 25000"),
                );
            }
            "tolerance_scope" => {
                let help = word!("write how many deliverables may be left out, such as 1");
                return set(&mut charter.tolerance_scope, value.parse().ok(), help);
            }
            "tolerance_quality" => {
                let help = word!("write how many critical and high defects may be open, such as 3");
                return set(&mut charter.tolerance_quality, value.parse().ok(), help);
            }
            "tolerance_benefit" => {
                let share = share(value).filter(|share| *share <= 1.0);
                return set(
                    &mut charter.tolerance_benefit,
                    share,
                    word!("write the share that may be lost, such as 10%"),
                );
            }
            "discount_rate" => {
                let rate = share(value);
                if rate.is_some_and(|rate| rate > MOST_DISCOUNT) {
                    return Some((
                        &code::DISCOUNT_RATE,
                        word!("write the rate of a year, such as 7% or 0.07"),
                    ));
                }
                return set(&mut charter.discount_rate, rate, word!("write the rate of a year, such as 8%"));
            }
            "tolerance_days" => {
                let help = word!("write working days such as 10, or weeks such as 2w");
                return set(&mut charter.tolerance_days, days(value), help);
            }
            _ => {}
        }
        None
    }
}

/// Takes a value that was understood; what should have been written where it was not.
fn set<T>(
    field: &mut Option<T>,
    value: Option<T>,
    help: &'static str,
) -> Option<(&'static Code, &'static str)> {
    let Some(value) = value else { return Some((&code::BAD_CHARTER_VALUE, help)) };
    *field = Some(value);
    None
}

/// `eur` is `EUR`, and so is `€`; whatever is not three letters stays as written.
pub(super) fn currency(written: &str) -> String {
    match written.trim() {
        "€" => "EUR".to_owned(),
        "£" => "GBP".to_owned(),
        three if three.len() == 3 && three.chars().all(|c| c.is_ascii_alphabetic()) => three.to_uppercase(),
        other => other.to_owned(),
    }
}

/// An ISO date or date-time, or `31.03.2026`; a plain day is its start or its end.
fn moment(written: &str, plain: fn(NaiveDate) -> Moment) -> Option<Moment> {
    for format in ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"] {
        if let Ok(moment) = Moment::parse_from_str(written, format) {
            return Some(moment);
        }
    }
    ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|f| NaiveDate::parse_from_str(written, f).ok()).map(plain)
}

/// The day a text names: `Baseline 2, approved 12 December 2025`, `v3 of 2025-12-12`.
fn day_within(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()).collect();
    let numeric = |word: &&str| moment(word, start_of_day).map(|moment| moment.date());
    let in_words = |three: &[&str]| {
        let day = three[0].trim_end_matches('.');
        let text = format!("{day} {} {}", three[1], three[2]);
        ["%d %B %Y", "%d %b %Y"].iter().find_map(|form| NaiveDate::parse_from_str(&text, form).ok())
    };
    words.iter().find_map(numeric).or_else(|| words.windows(3).find_map(in_words))
}

/// `25000`, `25,000.50 EUR`, `25 000`, `25'000`. Not negative.
fn amount(written: &str) -> Option<Money> {
    let plain = bare(written);
    let plain = match (plain.rfind(','), plain.rfind('.')) {
        (Some(comma), Some(dot)) if comma > dot => plain.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => plain.replace(',', ""),
        _ if is_grouped(&plain) => plain.replace([',', '.'], ""),
        _ => plain.replace(',', "."),
    };
    let units: f64 = plain.parse().ok()?;
    (units.is_finite() && units >= 0.0).then(|| Money::from_units(units))
}

/// An amount without its currency and its blanks.
fn bare(written: &str) -> String {
    let number = written.trim_matches(|c: char| c.is_alphabetic() || "€$£ ".contains(c));
    number.chars().filter(|c| !" '\u{a0}\u{202f}_".contains(*c)).collect()
}

/// Whether the commas or points of an amount stand before exactly three digits each: they separate thousands, as no
/// amount has three decimals.
fn is_grouped(plain: &str) -> bool {
    let mut groups = plain.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let whole = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    let mut rest = groups.peekable();
    whole && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group))
}

/// The one comma or point of an amount that another reader would take for the sign of decimals.
fn doubtful(written: &str) -> Option<char> {
    let plain = bare(written);
    let mut separators = plain.chars().filter(|c| matches!(c, ',' | '.'));
    let (first, second) = (separators.next(), separators.next());
    first.filter(|_| second.is_none() && is_grouped(&plain))
}

/// The statements of an entry: parted by semicolons and line breaks.
fn statements(written: &str) -> impl Iterator<Item = String> {
    let bare = |part: &str| part.trim().trim_start_matches(['-', '\u{2022}', '*']).trim().to_owned();
    written.split([';', '\n']).map(bare).filter(|statement| !statement.is_empty())
}

/// `8%`, `8 %`, `7,5%`, `0.08`; a bare number from 1 on is in percent. Not negative.
fn share(written: &str) -> Option<f64> {
    let body = written.trim_end_matches('%').trim();
    let number: f64 = body.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite() && *n >= 0.0)?;
    Some(if written.ends_with('%') || number >= 1.0 { number / 100.0 } else { number })
}

/// `10`, `10 days`, `2w`.
fn days(written: &str) -> Option<f64> {
    match Lag::read(written)? {
        Lag::Days(days) if days >= 0.0 => Some(days),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(stated: &mut Stated, written: &str, value: &str) -> Option<&'static str> {
        let problem = stated.take(written, key::of(&folded(written)), value, false);
        problem.map(|(code, _)| code.id)
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn entries_become_fields_and_stay_as_written() {
        let mut stated = Stated::default();
        for (key, value) in [
            ("Name", "Atlas"),
            ("Tolerance (cost)", "25 000 EUR"),
            ("tolerance_days", "2w"),
            ("start", "2026-01-05"),
            ("Finish", "30.09.2026"),
            ("currency", "eur"),
            ("Purpose", "one ledger"),
            ("Scope", "portal; billing interface\n- migration"),
            ("discount rate", "7,5 %"),
            ("tolerance_benefit", "0.1"),
            ("tolerance_quality", "3"),
        ] {
            assert_eq!(stated.take(key, key::of(&folded(key)), value, false), None, "{key}");
        }
        assert_eq!(stated.name.as_deref(), Some("Atlas"));
        assert_eq!(stated.currency.as_deref(), Some("EUR"));
        assert_eq!(stated.charter.tolerance_cost, Some(Money::from_units(25_000.0)));
        assert_eq!(stated.charter.tolerance_days, Some(10.0));
        assert_eq!(stated.charter.start, Some(start_of_day(day(2026, 1, 5))));
        assert_eq!(stated.charter.finish, Some(start_of_day(day(2026, 10, 1))), "the end of 30 September");
        assert_eq!(stated.charter.purpose.as_deref(), Some("one ledger"));
        assert_eq!(stated.charter.scope, ["portal", "billing interface", "migration"]);
        assert_eq!(stated.charter.discount_rate, Some(0.075));
        assert_eq!(stated.charter.tolerance_benefit, Some(0.1));
        assert_eq!(stated.charter.tolerance_quality, Some(3));
        assert_eq!(stated.charter.entries.len(), 11);
        assert_eq!(stated.charter.entries[6], ("Purpose".to_owned(), "one ledger".to_owned()));
    }

    #[test]
    fn a_baseline_is_dated_by_its_name_or_by_its_own_entry() {
        let approved = Some(day(2025, 12, 12));
        for name in ["Baseline 2, approved 12 December 2025", "v2 (2025-12-12)", "B2 of 12. Dec 2025"] {
            let mut stated = Stated::default();
            assert_eq!(take(&mut stated, "baseline", name), None);
            assert_eq!(stated.charter.baseline_date, approved, "{name}");
        }
        let mut stated = Stated::default();
        take(&mut stated, "baseline date", "12.12.2025");
        take(&mut stated, "baseline", "Baseline 2 of 1 March 2025");
        take(&mut stated, "first budget", "718,676");
        take(&mut stated, "first finish", "2026-05-29");
        assert_eq!(stated.charter.baseline_date, approved, "what is stated goes before what is found");
        assert_eq!(stated.charter.first_budget, Some(Money::from_units(718_676.0)));
        assert_eq!(stated.charter.first_finish, Some(end_of_day(day(2026, 5, 29))));
        assert_eq!(day_within("Baseline 3"), None);
    }

    #[test]
    fn what_is_not_understood_says_what_to_write() {
        let mut stated = Stated::default();
        assert!(take(&mut stated, "tolerance_cost", "5%").is_some());
        assert!(take(&mut stated, "tolerance_cost", "-5").is_some());
        assert!(take(&mut stated, "tolerance_days", "a while").is_some());
        assert!(take(&mut stated, "start", "soon").is_some());
        assert!(take(&mut stated, "tolerance_scope", "a few").is_some());
        assert!(take(&mut stated, "tolerance_benefit", "120%").is_some());
        assert_eq!(take(&mut stated, "discount_rate", "WACC"), Some("E319"));
        assert_eq!(take(&mut stated, "discount_rate", "700%"), Some("E323"));
        assert_eq!(stated.charter.discount_rate, None);
        assert_eq!(stated.charter.tolerance_cost, None);
        assert_eq!(stated.charter.entries.len(), 8, "kept as written all the same");
    }

    #[test]
    fn amounts_in_the_usual_spellings() {
        for text in ["1250.5", "1,250.50", "1.250,50", "1 250,5", "EUR 1250.50", "1'250.50 €"] {
            assert_eq!(amount(text), Some(Money::from_units(1_250.5)), "{text}");
        }
        for text in ["25,000", "25.000", "EUR 25.000", "25 000"] {
            assert_eq!(amount(text), Some(Money::from_units(25_000.0)), "{text}");
        }
        assert_eq!(amount("1.250.000"), Some(Money::from_units(1_250_000.0)));
        assert_eq!(amount("0.125"), Some(Money::from_units(0.125)));
        assert_eq!(amount("1.2.3"), None);
        assert_eq!(
            ["25.000", "1,250", "1.250,50", "25000", "0,125"].map(doubtful),
            [Some('.'), Some(','), None, None, None]
        );
        assert_eq!(amount("lots"), None);
    }
}
