//! The quantities of the field: money, work, days, indices, shares.
//!
//! Sums are exact: [`Money`] and [`Work`] are integers, so a total does not depend on the order of
//! rows or threads. Rounding (half to even) happens once, where a rate meets hours or a text becomes
//! a number. An undefined figure is a [`Reason`], never NaN, infinity or 0.

pub mod currency;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in the project's currency, in ten-thousandths of its unit (`1.00` is `10_000`).
///
/// Finer than cents because unit rates and ready series come with three or four places, and a
/// rounding at intake would show up in the indices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub i64);

/// Working time in seconds: hours booked, effort, durations in working time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Work(pub i64);

macro_rules! exact_arithmetic {
    ($name:ident) => {
        impl $name {
            /// Nothing of it.
            pub const ZERO: Self = Self(0);
            /// Whether there is nothing of it.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
    };
}
exact_arithmetic!(Money);
exact_arithmetic!(Work);

impl Money {
    /// Ten-thousandths in one unit of the currency.
    pub const SCALE: i64 = 10_000;

    /// From currency units, rounded half to even. Values beyond the range saturate.
    #[must_use]
    pub fn from_units(units: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "saturating by the language's definition")]
        Self((units * 10_000.0).round_ties_even() as i64)
    }

    /// In currency units, for ratios and for showing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 900 billion currency units")]
    pub fn units(self) -> f64 {
        self.0 as f64 / 10_000.0
    }

    /// Whether two totals are so close that they are the same money: apart by no more than a hundredth of the larger.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        const SAME: f64 = 0.01;
        (self - other).units().abs() <= SAME * self.units().abs().max(other.units().abs())
    }

    /// This share of the amount, rounded half to even.
    #[must_use]
    pub fn share(self, share: f64) -> Self {
        Self::from_units(self.units() * share)
    }

    /// `part / whole` of the amount, exactly, rounded half to even; all of it where `whole` is not positive.
    #[must_use]
    pub fn portion(self, part: i64, whole: i64) -> Self {
        if whole <= 0 || part == whole {
            self
        } else if part == 0 {
            Self::ZERO
        } else {
            Self(div_half_even(i128::from(self.0) * i128::from(part), whole.into()))
        }
    }
}

impl Work {
    /// From hours, rounded half to even to the second.
    #[must_use]
    pub fn from_hours(hours: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "saturating by the language's definition")]
        Self((hours * 3_600.0).round_ties_even() as i64)
    }

    /// In hours.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact for any number of hours that people book")]
    pub fn hours(self) -> f64 {
        self.0 as f64 / 3_600.0
    }

    /// In working days of the given length; 0 when a day has no hours.
    #[must_use]
    pub fn days(self, hours_per_day: f64) -> f64 {
        if hours_per_day > 0.0 { self.hours() / hours_per_day } else { 0.0 }
    }

    /// What the work costs at an hourly rate, rounded half to even: the one place where a rate meets hours.
    #[must_use]
    pub fn at_rate(self, rate_per_hour: Money) -> Money {
        const HOUR: i64 = 3_600;
        // Millions of bookings are priced, and a division in 128 bits takes many times as long as this.
        if let Some(exact) = self.0.checked_mul(rate_per_hour.0) {
            let (quotient, rest) = (exact.div_euclid(HOUR), exact.rem_euclid(HOUR));
            let up = 2 * rest > HOUR || (2 * rest == HOUR && quotient % 2 != 0);
            return Money(quotient + i64::from(up));
        }
        let exact = i128::from(self.0) * i128::from(rate_per_hour.0);
        Money(div_half_even(exact, HOUR.into()))
    }
}

/// Integer division rounded half to even; `by` is positive.
pub(crate) fn div_half_even(value: i128, by: i128) -> i64 {
    // Nearly every amount fits into 64 bits, which a processor divides many times faster than 128.
    let (quotient, rest): (i128, i128) = match (i64::try_from(value), i64::try_from(by)) {
        (Ok(value), Ok(by)) => (value.div_euclid(by).into(), value.rem_euclid(by).into()),
        _ => (value.div_euclid(by), value.rem_euclid(by)),
    };
    let up = match (2 * rest).cmp(&by) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => quotient % 2 != 0,
    };
    i64::try_from(quotient + i128::from(up)).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// Why a figure is undefined, in words for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// AC is zero.
    NoActualCost,
    /// PV is zero.
    NothingPlanned,
    /// EV is zero.
    NothingEarned,
    /// BAC is zero.
    NoBaseline,
    /// AC has reached the target and work is left.
    CannotBeMet,
    /// Everything is earned: nothing remains to be done.
    NothingRemains,
    /// The baseline has no dates.
    NoBaselineDates,
    /// The status date lies before the project's start.
    NotBegun,
    /// Fewer periods than the method needs.
    TooFewPeriods,
    /// A tenth of the actual cost or more is not booked or posted to tasks.
    CostBesideTasks,
    /// No remaining estimates in the data.
    NoRemainingEstimate,
    /// The index it divides by is zero or undefined.
    IndexUndefined,
    /// The planned finish has been reached while work is left.
    PlannedFinishPassed,
    /// No open risk has a net exposure.
    NothingExposed,
    /// The input table it needs is not there.
    NoData,
    /// The business case has no cash flows.
    NoCashFlows,
    /// Neither charter nor settings state a discount rate.
    NoDiscountRate,
    /// The flows never change their sign: no rate makes their value zero.
    NoSignChange,
    /// The flows change their sign, and yet no rate makes their value zero.
    NoRate,
    /// More than one rate makes the value of the flows zero.
    SeveralRates,
    /// What comes in never pays what goes out.
    NotPaidBack,
    /// Nothing has to be paid before something comes in.
    NothingInvested,
    /// No change of the input makes the net present value zero.
    NoSwitch,
    /// Nothing was measured by the status date.
    NothingMeasured,
    /// Fewer than three measurements.
    TooFewMeasurements,
    /// The objective has no target.
    NoTarget,
    /// The objective has no day to be reached by.
    NoDueDate,
    /// Nothing says which way is better.
    NoDirection,
    /// More defects are found than closed, or as many.
    NeverCleared,
    /// There is no simulation.
    NotSimulated,
    /// Each task, risk or deliverable has one, and the project has none.
    OfEach,
    /// No earlier report is given.
    NoPrevious,
    /// The last report has no forecasts of its tasks.
    NoForecastThen,
    /// No task was forecast to finish since the last report.
    NothingForecast,
}

impl Reason {
    /// Whether the data has nothing of the kind, so that a reader of the project does not miss the figure.
    #[must_use]
    pub const fn is_absence(self) -> bool {
        matches!(
            self,
            Self::NoData | Self::NoCashFlows | Self::NotSimulated | Self::OfEach | Self::NoPrevious
        )
    }

    /// The sentence shown to the reader and written into `reasons` of the JSON.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::NoActualCost => word!("no actual cost booked"),
            Self::NothingPlanned => word!("nothing was planned to be done yet"),
            Self::NothingEarned => word!("nothing is earned yet"),
            Self::NoBaseline => word!("no task has a baseline cost"),
            Self::CannotBeMet => word!("cannot be met: the target is already spent and work is left"),
            Self::NothingRemains => word!("nothing remains to be done"),
            Self::NoBaselineDates => word!("the baseline has no dates"),
            Self::NotBegun => word!("the project has not begun"),
            Self::TooFewPeriods => word!("too few periods"),
            Self::CostBesideTasks => word!("too much of the actual cost belongs to no task"),
            Self::NoRemainingEstimate => word!("no remaining estimates in the data"),
            Self::IndexUndefined => word!("the index it rests on is undefined or zero"),
            Self::PlannedFinishPassed => word!("the planned finish has passed and work is left"),
            Self::NothingExposed => word!("no open risk has a net exposure"),
            Self::NoData => word!("the data for it is missing"),
            Self::NoCashFlows => word!("no cash flows are given"),
            Self::NoDiscountRate => word!("no discount rate is stated"),
            Self::NoSignChange => word!("the flows never change their sign"),
            Self::NoRate => word!("no rate makes the net present value zero"),
            Self::SeveralRates => word!("not unique: several rates make the net present value zero"),
            Self::NotPaidBack => word!("what comes in does not pay what goes out"),
            Self::NothingInvested => word!("nothing has to be paid before something comes in"),
            Self::NoSwitch => word!("no change of it makes the net present value zero"),
            Self::NothingMeasured => word!("nothing is measured yet"),
            Self::TooFewMeasurements => word!("fewer than three measurements"),
            Self::NoTarget => word!("it has no target"),
            Self::NoDueDate => word!("it has no due date"),
            Self::NoDirection => word!("nothing says which way is better"),
            Self::NeverCleared => word!("no more is closed than found"),
            Self::NotSimulated => word!("there is no simulation"),
            Self::OfEach => word!("each task, risk or deliverable has its own"),
            Self::NoPrevious => word!("no earlier report was given"),
            Self::NoForecastThen => word!("the last report has no forecasts of its tasks"),
            Self::NothingForecast => word!("no task was forecast to finish since the last report"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A figure, or why there is none.
pub type Measured = Result<f64, Reason>;

/// `over / under`, or the reason when `under` is zero. The result is finite or a reason.
///
/// # Errors
/// `otherwise` when the divisor is zero or the quotient is not finite.
pub fn ratio(over: f64, under: f64, otherwise: Reason) -> Measured {
    let quotient = over / under;
    if under == 0.0 || !quotient.is_finite() { Err(otherwise) } else { Ok(quotient) }
}

/// Green, amber or red: a rating by rule, worst last so that the maximum is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// Within tolerance.
    Green,
    /// Needs attention.
    Amber,
    /// Beyond tolerance.
    Red,
}

impl Health {
    /// The word that always goes with the colour.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Green => word!("green"),
            Self::Amber => word!("amber"),
            Self::Red => word!("red"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_meets_hours_exactly_and_rounds_half_to_even() {
        // 7.5 h at 80.10 = 600.75, by hand.
        assert_eq!(Work::from_hours(7.5).at_rate(Money::from_units(80.10)), Money::from_units(600.75));
        // One second at 1.8 an hour is 0.0005 units = 5 ten-thousandths; at 0.9 it is 2.5: half to even gives 2.
        assert_eq!(Work(1).at_rate(Money::from_units(1.8)), Money(5));
        assert_eq!(Work(1).at_rate(Money::from_units(0.9)), Money(2));
        assert_eq!(Work(-1).at_rate(Money::from_units(0.9)), Money(-2));
        assert_eq!(Work(3).at_rate(Money::from_units(0.9)), Money(8)); // 7.5 -> 8
        // Beyond 64 bits on the way: 2 hours at the largest rate but one.
        assert_eq!(Work(7_200).at_rate(Money(i64::MAX / 2)), Money(i64::MAX - 1));
        assert_eq!(Work(-7_200).at_rate(Money(i64::MAX)), Money(i64::MIN));
    }

    #[test]
    fn a_portion_is_exact_and_rounds_half_to_even() {
        assert_eq!(
            [0, 1, 3, 7].map(|part| Money(10).portion(part, 7)),
            [Money(0), Money(1), Money(4), Money(10)]
        );
        assert_eq!([5, 15, -5].map(|amount| Money(amount).portion(1, 2)), [Money(2), Money(8), Money(-2)]);
        // Beyond 64 bits: half of the largest amount, exactly.
        assert_eq!(Money(i64::MAX).portion(1 << 40, 1 << 41), Money(1 << 62));
    }

    #[test]
    fn a_division_by_nothing_is_a_reason() {
        assert_eq!(ratio(1.0, 0.0, Reason::NoActualCost), Err(Reason::NoActualCost));
        assert_eq!(ratio(400.0, 500.0, Reason::NoActualCost), Ok(0.8));
    }

    #[test]
    fn sums_saturate_instead_of_wrapping() {
        assert_eq!(Money(i64::MAX) + Money(1), Money(i64::MAX));
        assert_eq!(Money::from_units(f64::MAX), Money(i64::MAX));
    }
}
