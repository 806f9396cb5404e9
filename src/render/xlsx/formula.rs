//! The catalogue's formulas: read once, evaluated, and written in a worksheet's words.
//!
//! A formula becomes live only where its value over the stored inputs *is* the stored result; a
//! workbook that changes its figures when it is opened would contradict the PDF and the JSON.

use crate::document::{Format, Value};

/// What an undefined figure shows.
pub(super) const DASH: &str = "–";

/// The number a worksheet holds for the value; `None` for text, blanks and undefined figures.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Empty | Value::Undefined(_) | Value::Text(_) | Value::Health(_) => return None,
        Value::Money(amount) => amount.units(),
        Value::Hours(work) => work.hours(),
        Value::Estimate(n) | Value::Days(n) | Value::Index(n) | Value::Percent(n) | Value::Number(n, _) => *n,
        #[expect(clippy::cast_precision_loss, reason = "counts of rows")]
        Value::Count(count) => *count as f64,
        Value::Date(day) => serial(*day),
    };
    number.is_finite().then_some(number)
}

/// Days since the last day of 1899: the number a worksheet knows a day by.
pub(super) fn serial(day: chrono::NaiveDate) -> f64 {
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    f64::from(i32::try_from((day - epoch).num_days()).unwrap_or(0))
}

/// The result to store beside a formula, as text.
pub(super) fn result(value: &Value, format: &Format) -> String {
    number(value).map_or_else(|| format.show(value), |n| n.to_string())
}

/// A formula over symbols.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula {
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// An operand, by its place in the list of symbols.
    Symbol(usize),
    Number(f64, String),
    Function(Function),
    /// `+ - * / ^ ( ) , < > =` and `<= >= <>`.
    Sign(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Abs,
    If,
    Max,
    Min,
}

const FUNCTIONS: [(&str, Function); 4] =
    [("ABS", Function::Abs), ("IF", Function::If), ("MAX", Function::Max), ("MIN", Function::Min)];
const SIGNS: [&str; 14] = ["<=", ">=", "<>", "+", "-", "*", "/", "^", "(", ")", ",", "<", ">", "="];

impl Formula {
    /// Reads a formula; `None` when it names something that is neither a symbol nor a known function.
    /// The longest symbol wins: `SPI(t)` is not `SPI` times `t`.
    pub(super) fn read(text: &str, symbols: &[&str]) -> Option<Self> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (token, length) = next(rest, symbols)?;
            tokens.push(token);
            rest = rest.get(length..)?.trim_start();
        }
        let formula = Self { tokens };
        // A formula that cannot be read to its end is none; the operands do not matter for that.
        formula.parses().then_some(formula)
    }

    /// The formula as a worksheet writes it, `name` giving the reference of each symbol; an undefined
    /// result shows as an en dash.
    pub(super) fn write(&self, name: impl Fn(usize) -> String) -> String {
        let mut text = String::from("=IFERROR(");
        let mut before: Option<&Token> = None;
        let compares = self.compares();
        for token in &self.tokens {
            match token {
                Token::Symbol(place) => {
                    // MAX skips a dash and a comparison ranks it above every number: as a factor it is an
                    // error there too.
                    if compares
                        && matches!(
                            before,
                            Some(Token::Sign("(" | "," | "<" | ">" | "=" | "<=" | ">=" | "<>"))
                        )
                    {
                        text.push_str("1*");
                    }
                    text.push_str(&name(*place));
                }
                Token::Number(_, digits) => text.push_str(digits),
                Token::Function(function) => {
                    text.push_str(FUNCTIONS.iter().find(|(_, f)| f == function).map_or("", |(word, _)| word));
                }
                Token::Sign(sign) => text.push_str(sign),
            }
            before = Some(token);
        }
        text.push_str(",\"");
        text.push_str(DASH);
        text.push_str("\")");
        text
    }

    /// The value over these operands; `None` where a worksheet would show an error.
    pub(super) fn evaluate(&self, operand: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        let mut reader = Reader { tokens: &self.tokens, at: 0, operand, broken: false };
        reader.comparison().filter(|n| n.is_finite())
    }

    /// Whether a worksheet that computes it would show this value.
    pub(super) fn agrees(&self, value: &Value, operand: &dyn Fn(usize) -> Option<f64>) -> bool {
        match (self.evaluate(operand), value) {
            (None, Value::Undefined(_)) => true,
            (Some(computed), value) => number(value).is_some_and(|stored| close(computed, stored)),
            _ => false,
        }
    }

    fn compares(&self) -> bool {
        self.tokens.iter().any(|token| {
            matches!(
                token,
                Token::Function(Function::If | Function::Max | Function::Min)
                    | Token::Sign("<" | ">" | "=" | "<=" | ">=" | "<>")
            )
        })
    }

    fn parses(&self) -> bool {
        let mut reader = Reader { tokens: &self.tokens, at: 0, operand: &|_| Some(1.0), broken: false };
        let _ = reader.comparison();
        !reader.broken && reader.at == self.tokens.len()
    }
}

/// Equal but for the last bits, which depend on the order of a sum.
pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn next(rest: &str, symbols: &[&str]) -> Option<(Token, usize)> {
    let word_ends = |length: usize| {
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        let last_joins = rest.get(..length).is_some_and(|word| word.ends_with(joins));
        !(last_joins && rest.get(length..).is_some_and(|after| after.starts_with(joins)))
    };
    let symbol = symbols
        .iter()
        .enumerate()
        .filter(|(_, s)| !s.is_empty() && rest.starts_with(**s) && word_ends(s.len()))
        .max_by_key(|(_, s)| s.len());
    if let Some((place, symbol)) = symbol {
        return Some((Token::Symbol(place), symbol.len()));
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    if digits > 0 {
        let text = rest.get(..digits)?;
        return Some((Token::Number(text.parse().ok()?, text.to_owned()), digits));
    }
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    if letters > 0 {
        let (_, function) = FUNCTIONS.iter().find(|(word, _)| rest.get(..letters) == Some(word))?;
        return Some((Token::Function(*function), letters));
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
    Some((Token::Sign(sign), sign.len()))
}

/// Recursive descent over the tokens. `None` is a worksheet's error and passes through everything but
/// the branch of an `IF` that is not taken.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    operand: &'a dyn Fn(usize) -> Option<f64>,
    broken: bool,
}

impl Reader<'_> {
    fn sign(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) if signs.contains(sign) => {
                self.at += 1;
                Some(sign)
            }
            _ => None,
        }
    }

    fn comparison(&mut self) -> Option<f64> {
        let left = self.sum();
        let Some(sign) = self.sign(&["<=", ">=", "<>", "<", ">", "="]) else { return left };
        let (left, right) = (left, self.sum());
        let order = left?.partial_cmp(&right?)?;
        let holds = match sign {
            "<=" => order.is_le(),
            ">=" => order.is_ge(),
            "<" => order.is_lt(),
            ">" => order.is_gt(),
            "=" => order.is_eq(),
            _ => order.is_ne(),
        };
        Some(f64::from(u8::from(holds)))
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product();
        while let Some(sign) = self.sign(&["+", "-"]) {
            let right = self.product();
            value = value.zip(right).map(|(a, b)| if sign == "+" { a + b } else { a - b });
        }
        value
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.power();
        while let Some(sign) = self.sign(&["*", "/"]) {
            let right = self.power();
            value = value.zip(right).and_then(|(a, b)| match sign {
                "*" => Some(a * b),
                _ if b == 0.0 => None,
                _ => Some(a / b),
            });
        }
        value
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.operand();
        if self.sign(&["^"]).is_none() {
            return base;
        }
        let exponent = self.operand();
        base.zip(exponent).map(|(a, b)| a.powf(b))
    }

    fn operand(&mut self) -> Option<f64> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        match token {
            Some(Token::Symbol(place)) => (self.operand)(*place),
            Some(Token::Number(number, _)) => Some(*number),
            Some(Token::Sign("-")) => self.operand().map(|n| -n),
            Some(Token::Sign("(")) => {
                let value = self.comparison();
                self.broken |= self.sign(&[")"]).is_none();
                value
            }
            Some(Token::Function(function)) => {
                self.broken |= self.sign(&["("]).is_none();
                let mut given = vec![self.comparison()];
                while self.sign(&[","]).is_some() {
                    given.push(self.comparison());
                }
                self.broken |= self.sign(&[")"]).is_none();
                self.call(*function, &given)
            }
            _ => {
                self.broken = true;
                None
            }
        }
    }

    fn call(&mut self, function: Function, given: &[Option<f64>]) -> Option<f64> {
        match (function, given) {
            (Function::Abs, [value]) => value.map(f64::abs),
            (Function::If, [condition, yes, no]) => condition.and_then(|c| if c == 0.0 { *no } else { *yes }),
            (Function::Max, _) => all(given)?.into_iter().reduce(f64::max),
            (Function::Min, _) => all(given)?.into_iter().reduce(f64::min),
            _ => {
                self.broken = true;
                None
            }
        }
    }
}

fn all(given: &[Option<f64>]) -> Option<Vec<f64>> {
    given.iter().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Reason;

    const SYMBOLS: [&str; 7] = ["EV", "AC", "BAC", "SPI", "SPI(t)", "CPI", "EAC"];

    fn over(values: [f64; 7]) -> impl Fn(usize) -> Option<f64> {
        move |place| values.get(place).copied()
    }

    fn evaluate(text: &str, values: [f64; 7]) -> Option<f64> {
        Formula::read(text, &SYMBOLS).unwrap().evaluate(&over(values))
    }

    #[test]
    fn the_longest_symbol_wins_and_becomes_its_name() {
        let formula = Formula::read("AC + (BAC - EV) / (CPI * SPI(t))", &SYMBOLS).unwrap();
        let names = ["EV", "AC", "BAC", "SPI", "SPI_t", "CPI", "EAC"];
        assert_eq!(formula.write(|i| names[i].to_owned()), "=IFERROR(AC+(BAC-EV)/(CPI*SPI_t),\"–\")");
        let guarded = Formula::read("IF(AC >= BAC, MAX(EV, EAC - AC), EV / (BAC - EV))", &SYMBOLS).unwrap();
        assert_eq!(
            guarded.write(|i| names[i].to_owned()),
            "=IFERROR(IF(1*AC>=1*BAC,MAX(1*EV,1*EAC-AC),1*EV/(1*BAC-EV)),\"–\")"
        );
    }

    #[test]
    fn computes_as_a_worksheet_does() {
        // AC 70, EV 60, BAC 100 (ProTrack's 4-day task): EAC by CPI = 70 + 40 / (60/70) = 116.666...
        let values = [60.0, 70.0, 100.0, 0.8, 0.9, 60.0 / 70.0, 110.0];
        assert!(close(evaluate("AC + (BAC - EV) / CPI", values).unwrap(), 350.0 / 3.0));
        assert!(close(evaluate("(BAC - EV) / (EAC - AC)", values).unwrap(), 1.0));
        assert!(close(evaluate("0.8 * CPI + 0.2 * SPI", values).unwrap(), 0.8 * 60.0 / 70.0 + 0.16));
        assert_eq!(evaluate("-EV + 2 ^ 3", values), Some(-52.0));
        assert_eq!(evaluate("IF(AC >= BAC, 1 / 0, MAX(EV, AC))", values), Some(70.0));
        assert_eq!(evaluate("EV / (AC - 70)", values), None);
    }

    #[test]
    fn what_it_does_not_know_is_no_formula() {
        for text in ["EV / XYZ", "EV +", "(EV", "EV AC", "HYPERLINK(EV)", "=EV", "\"a\"", "MIN(EV", "IF(EV)"]
        {
            assert_eq!(Formula::read(text, &SYMBOLS), None, "{text}");
        }
    }

    #[test]
    fn agrees_only_with_what_a_worksheet_would_show() {
        let formula = Formula::read("EV / AC", &SYMBOLS).unwrap();
        let values = over([60.0, 80.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert!(formula.agrees(&Value::Index(0.75), &values));
        assert!(!formula.agrees(&Value::Index(0.76), &values));
        assert!(!formula.agrees(&Value::Undefined(Reason::CannotBeMet), &values));
        assert!(formula.agrees(&Value::Undefined(Reason::NoActualCost), &|_| Some(0.0)));
    }

    #[test]
    fn a_day_is_the_number_excel_gives_it() {
        // Excel: 2026-03-31 is 46112.
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31);
        assert_eq!(day.map(serial), Some(46_112.0));
    }
}
