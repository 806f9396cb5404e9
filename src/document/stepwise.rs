//! Charts of how one figure becomes another, and of who stands where.

use super::{Format, Kind};

/// How a figure becomes another, step by step. Levels are given, not summed: what draws the chart can rely on
/// the steps between two levels leading from one to the other, because [`Waterfall::ties_out`] is tested.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// What the steps measure.
    pub kind: Kind,
    /// The unit: `EUR`.
    pub unit: String,
    /// The steps in order; the first is a level.
    pub steps: Vec<WaterfallStep>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterfallStep {
    /// What it is, in a few words.
    pub label: String,
    /// Where a level stands, or what a change adds to the level before it.
    pub amount: f64,
    /// What it is to the others.
    pub part: Part,
}

/// What a step is to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Where the figure stands.
    Level,
    /// What moves it.
    Change,
    /// What would move it and is not certain.
    Possible,
}

impl WaterfallStep {
    /// The figure beside its bar: where a level stands, what a change adds.
    #[must_use]
    pub fn figure(&self, format: &Format) -> String {
        let sign = if self.part != Part::Level && self.amount > 0.0 { "+" } else { "" };
        format!("{sign}{}", format.number(self.amount, 0))
    }
}

impl Waterfall {
    /// Where each step begins and ends: a level at nothing, a change where the step before it ended.
    #[must_use]
    pub fn spans(&self) -> Vec<(f64, f64)> {
        let mut at = 0.0;
        let span = |step: &WaterfallStep| {
            let from = if step.part == Part::Level { 0.0 } else { at };
            at = from + step.amount;
            (from, at)
        };
        self.steps.iter().map(span).collect()
    }

    /// Where an axis may begin so that the changes can be seen: at nothing, unless they are small against the
    /// levels.
    #[must_use]
    pub fn floor(&self) -> f64 {
        let ends = || self.spans().into_iter().map(|(_, end)| end);
        let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
        let range = high - low;
        if low > 0.0 && range > 0.0 && range < high * 0.5 { (low - range * 0.5).max(0.0) } else { 0.0 }
    }

    /// Whether the changes before every level lead to it, to a hundredth of the unit.
    #[must_use]
    pub fn ties_out(&self) -> bool {
        let spans = self.spans();
        self.steps.first().is_none_or(|first| first.part == Part::Level)
            && self
                .steps
                .iter()
                .zip(&spans)
                .skip(1)
                .zip(&spans)
                .all(|((step, span), before)| step.part != Part::Level || (span.1 - before.1).abs() < 0.01)
    }
}

/// Names on a field of five by five levels that is parted into four quarters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quadrants {
    /// What goes across.
    pub across: String,
    /// What goes up.
    pub up: String,
    /// The first level of the upper and of the right half.
    pub high: u8,
    /// Names of the quarters: upper left, upper right, lower left, lower right.
    pub quarters: [String; 4],
    /// The names, each with its levels 1 to 5 across and up; the most important first.
    pub items: Vec<(String, (u8, u8))>,
}

impl Quadrants {
    /// The quarter that levels across and up are in: its place in [`Quadrants::quarters`].
    #[must_use]
    pub fn quarter(&self, (across, up): (u8, u8)) -> usize {
        usize::from(across >= self.high) + 2 * usize::from(up < self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waterfall(steps: &[(f64, Part)]) -> Waterfall {
        let step = |(amount, part): &(f64, Part)| WaterfallStep {
            label: String::new(),
            amount: *amount,
            part: *part,
        };
        Waterfall { kind: Kind::Money, unit: String::new(), steps: steps.iter().map(step).collect() }
    }

    #[test]
    fn changes_lead_from_level_to_level() {
        use Part::{Change, Level, Possible};
        let steps = [(100.0, Level), (5.0, Change), (-8.0, Change), (97.0, Level), (3.0, Possible)];
        let chart = waterfall(&steps);
        assert_eq!(chart.spans(), [(0.0, 100.0), (100.0, 105.0), (105.0, 97.0), (0.0, 97.0), (97.0, 100.0)]);
        assert!(chart.ties_out());
        assert!(!waterfall(&[(100.0, Level), (5.0, Change), (106.0, Level)]).ties_out());
        assert!(!waterfall(&[(5.0, Change)]).ties_out());
        assert!(waterfall(&[]).ties_out());
    }

    #[test]
    fn small_changes_are_seen_close_and_large_ones_from_nothing() {
        use Part::{Change, Level};
        let floor = |steps: &[(f64, Part)], expected: f64| {
            let floor = waterfall(steps).floor();
            assert!((floor - expected).abs() < 1e-9, "{floor} and {expected}");
        };
        // From 97 to 105: half of the range below the lowest.
        floor(&[(100.0, Level), (5.0, Change), (-8.0, Change)], 93.0);
        floor(&[(100.0, Level), (120.0, Change)], 0.0);
        floor(&[(100.0, Level)], 0.0);
        floor(&[(5.0, Level), (-8.0, Change)], 0.0);
    }
}
