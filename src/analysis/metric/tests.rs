use super::*;
use crate::analysis::business_case::CaseMeasures;
use crate::analysis::measures::{
    EstimateMeasures, ExecutionMeasures, PaceMeasures, PeopleMeasures, QualityMeasures, RiskMeasures,
    ScheduleMeasures, SimulationMeasures,
};
use crate::quantity::{Money, Reason};

/// Measures with the base figures of an example; the rest is nothing.
fn measures(given: &[(&str, f64)]) -> Measures {
    let of = |symbol: &str| given.iter().find(|(name, _)| *name == symbol).map(|(_, value)| *value);
    let money = |symbol| Money::from_units(of(symbol).unwrap_or(0.0));
    let measured = |symbol| of(symbol).ok_or(Reason::NoData);
    Measures {
        bac: money("BAC"),
        pv: money("PV"),
        ev: money("EV"),
        ac: Ok(money("AC")),
        pv_discrete: money("PVd"),
        ev_discrete: money("EVd"),
        eac: measured("EAC"),
        planned_duration: measured("PD"),
        actual_time: measured("AT"),
        earned_schedule: measured("ES"),
        case: CaseMeasures {
            present_benefits: measured("PVB"),
            present_costs: measured("PVC"),
            ..CaseMeasures::NONE
        },
        people: PeopleMeasures {
            booked: measured("HB"),
            available: measured("HA"),
            planned: measured("HP"),
            operations: measured("HO"),
            recent: measured("HR"),
            standard: measured("HS"),
            cost_recent: measured("ACR"),
            ahead: measured("HPA"),
            capacity_ahead: measured("HCA"),
            ..PeopleMeasures::unknown(Reason::NoData)
        },
        schedule: ScheduleMeasures {
            path_length: measured("CPL"),
            finish_float: measured("TFF"),
            due: measured("TDUE"),
            finished: measured("TFIN"),
            hit: measured("THIT"),
        },
        risk: RiskMeasures {
            residual: measured("XRES"),
            contingency: measured("CTGB"),
            contingency_left: measured("CTGL"),
            ..RiskMeasures::unknown(Reason::NoData)
        },
        simulation: SimulationMeasures::unknown(Reason::NotSimulated),
        pace: PaceMeasures { finished: measured("ITEMS"), weeks: measured("WEEKS"), growth: Ok(0.0) },
        quality: QualityMeasures {
            planned: measured("TPLAN"),
            executed: measured("TEXEC"),
            passed: measured("TPASS"),
            open: measured("DOPEN"),
            arrived: measured("DARR"),
            closed: measured("DCLO"),
            weeks: measured("DWKS"),
            rework: measured("HRWK"),
        },
        estimates: EstimateMeasures {
            count: measured("ESTN"),
            errors: measured("ESTE"),
            near: measured("ESTC"),
        },
        execution: ExecutionMeasures { due: measured("FDUE"), met: measured("FMET") },
        ..Measures::unknown(Reason::NoData)
    }
}

/// Sum := Product (('+' | '-') Product)*, Product := Factor (('*' | '/') Factor)*, Factor := number | symbol | 'ABS'? '(' Sum ')' | 'MAX(' Sum ',' Sum ')'.
struct Formula<'a> {
    rest: &'a str,
    given: &'a [(&'a str, f64)],
}

impl Formula<'_> {
    fn eat(&mut self, sign: char) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.starts_with(sign);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.eat('+') {
                value += self.product();
            } else if self.eat('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        loop {
            if self.eat('*') {
                value *= self.factor();
            } else if self.eat('/') {
                value /= self.factor();
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> f64 {
        if self.eat('(') {
            let value = self.sum();
            assert!(self.eat(')'));
            return value;
        }
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix("ABS(") {
            self.rest = rest;
            let value = self.sum();
            assert!(self.eat(')'));
            return value.abs();
        }
        if let Some(rest) = self.rest.strip_prefix("MAX(") {
            self.rest = rest;
            let first = self.sum();
            assert!(self.eat(','));
            let second = self.sum();
            assert!(self.eat(')'));
            return first.max(second);
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        symbol(word, self.given)
    }
}

/// A symbol's value: given, or by its own formula.
fn symbol(word: &str, given: &[(&str, f64)]) -> f64 {
    if let Some((_, value)) = given.iter().find(|(name, _)| *name == word) {
        return *value;
    }
    if let Ok(number) = word.parse() {
        return number;
    }
    let metric = METRICS.iter().find(|metric| metric.symbol == word);
    let metric = metric.unwrap_or_else(|| panic!("{word} is no symbol"));
    assert!(!metric.formula.is_empty(), "{word} is a base figure that the example does not give");
    Formula { rest: metric.formula, given }.sum()
}

#[test]
fn formula_and_value_agree_with_the_example() {
    for metric in METRICS {
        let Example { given, expect } = metric.example;
        assert_eq!(given.is_empty(), metric.formula.is_empty(), "{}: an example a formula", metric.id);
        let Some(expect) = expect else { continue };
        let near = |value: f64| (value - expect).abs() < 1e-9 * expect.abs().max(1.0);
        if metric.is_of_project() {
            let value = (metric.value)(&measures(given)).unwrap();
            assert!(near(value), "{}: value {value}, expected {expect}", metric.id);
        }
        let by_formula = Formula { rest: metric.formula, given }.sum();
        assert!(near(by_formula), "{}: formula {by_formula}, expected {expect}", metric.id);
    }
}

#[test]
fn figures_of_each_task_or_risk_are_computed_as_their_formula_says() {
    // The figures of the examples, in the order of the formula.
    let computed = [
        (&EXPOSURE, exposure(0.3, 100_000.0)),
        (&PERT_MEAN, pert_mean(4.0, 6.0, 14.0)),
        (&TRIANGULAR_MEAN, triangular_mean(4.0, 6.0, 14.0)),
        (&CRITICALITY, criticality_index(2_500.0, 10_000.0)),
        (&SSI, schedule_sensitivity(0.5, 4.0, 10.0)),
        (&CRUCIALITY, cruciality(-20.0, 4.0, 10.0)),
        (&DEFECT_DENSITY, defect_density(6.0, 400.0).unwrap()),
        (&MRE, relative_error(80.0, 100.0)),
    ];
    for (metric, value) in computed {
        let expect = metric.example.expect.unwrap();
        assert!((value - expect).abs() < 1e-9 * expect.abs(), "{}: {value}, expected {expect}", metric.id);
        assert!(!metric.is_of_project(), "{}", metric.id);
    }
    // Total float is that of the network; what has no formula has its tests where it is computed.
    let others = OF_EACH.iter().filter(|metric| !computed.iter().any(|(other, _)| other.id == metric.id));
    let others: Vec<&str> = others.map(|metric| metric.id).collect();
    assert_eq!(others, ["total_float", "free_float", "cruciality_rank"]);
}

#[test]
fn the_published_examples_of_the_critical_path_length_index() {
    // DCMA: (720 - 60) / 720 = 0.917, (80 + 20) / 80 = 1.25, (800 + 20) / 800 = 1.025.
    for (length, float, expect) in [(720.0, -60.0, 0.917), (80.0, 20.0, 1.25), (800.0, 20.0, 1.025)] {
        assert!((critical_path_length_index(length, float).unwrap() - expect).abs() < 0.000_5);
    }
}

#[test]
fn ids_and_symbols_are_unique_and_symbols_are_names() {
    for (i, metric) in METRICS.iter().enumerate() {
        for other in &METRICS[i + 1..] {
            assert!(metric.id != other.id && metric.symbol != other.symbol, "{} and {}", metric.id, other.id);
        }
        // A worksheet takes up to three letters and a number for a cell.
        assert!(!metric.symbol.ends_with(|c: char| c.is_ascii_digit()) || metric.symbol.contains('_'));
    }
}

#[test]
fn undefined_figures_say_why() {
    let nothing = measures(&[]);
    let reason = |metric: &Metric, m: &Measures| (metric.value)(m).unwrap_err();
    assert_eq!(reason(&CPI, &nothing), Reason::NoActualCost);
    assert_eq!(reason(&SPI, &nothing), Reason::NothingPlanned);
    assert_eq!(reason(&TCPI_BAC, &nothing), Reason::NoBaseline);
    let unplanned = measures(&[("AC", 100.0)]);
    assert_eq!(reason(&CPI, &unplanned), Reason::NoBaseline);
    let spent = measures(&[("BAC", 100.0), ("EV", 50.0), ("AC", 100.0)]);
    assert_eq!(reason(&TCPI_BAC, &spent), Reason::CannotBeMet);
    let done = measures(&[("BAC", 100.0), ("EV", 100.0), ("AC", 90.0)]);
    assert_eq!(reason(&TCPI_BAC, &done), Reason::NothingRemains);
    assert_eq!(reason(&COVER, &measures(&[("CTGL", 10.0), ("XRES", -5.0)])), Reason::NothingExposed);
    let growing = [("DOPEN", 3.0), ("DCLO", 2.0), ("DARR", 2.0), ("DWKS", 6.0)];
    assert_eq!(reason(&CLEARING, &measures(&growing)), Reason::NeverCleared);
    assert_eq!(reason(&SSI, &nothing), Reason::NotSimulated);
    let late = measures(&[("PD", 9.0), ("ES", 8.0), ("AT", 10.0)]);
    assert_eq!(reason(&TSPI, &late), Reason::PlannedFinishPassed);
}
