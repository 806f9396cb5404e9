//! What metrics are computed from: the figures of earned value, and of the single subjects counts, sums and percentiles
//! that their analyses found.

use crate::analysis::business_case::CaseMeasures;
use crate::analysis::closure::estimate::Estimates;
use crate::analysis::forecast::throughput::Throughput;
use crate::analysis::quality::QualityFindings;
use crate::analysis::risk::RiskFindings;
use crate::analysis::simulation::{Simulation, Spread};
use crate::analysis::since::Execution;
use crate::analysis::{Measures, Reserves};
use crate::language::Phrase;
use crate::quantity::{Measured, Money, Reason};

impl Measures {
    /// Actual cost by what is booked.
    ///
    /// Work that has earned something cost something, to whoever paid for it. So nothing booked is a cost of zero
    /// only as long as nothing is earned; after that it is a cost nobody told.
    ///
    /// # Errors
    /// [`Reason::NoActualCost`] where something is earned and nothing booked.
    pub fn actual_cost(booked: Money, ev: Money) -> Result<Money, Reason> {
        if booked.is_zero() && ev > Money::ZERO { Err(Reason::NoActualCost) } else { Ok(booked) }
    }

    /// Actual cost where there is any.
    ///
    /// # Errors
    /// [`Reason::NoActualCost`] where there is none, whatever is earned.
    pub fn spent(&self) -> Result<Money, Reason> {
        self.ac.and_then(|ac| if ac.is_zero() { Err(Reason::NoActualCost) } else { Ok(ac) })
    }

    /// A part of the actual cost of the project, or the reason why that is not known: what belongs to a task or a
    /// stage of a project whose cost was never booked is unknown like the whole, and not zero.
    ///
    /// # Errors
    /// That of [`Measures::ac`].
    pub fn part_of_cost<T>(&self, part: T) -> Result<T, Reason> {
        self.ac.map(|_| part)
    }

    /// Nothing, and every derived figure undefined for one reason.
    #[must_use]
    pub const fn unknown(reason: Reason) -> Self {
        let undefined: Measured = Err(reason);
        Self {
            bac: Money::ZERO,
            pv: Money::ZERO,
            ev: Money::ZERO,
            ac: Err(reason),
            pv_discrete: Money::ZERO,
            ev_discrete: Money::ZERO,
            committed: Money::ZERO,
            eac: undefined,
            planned_duration: undefined,
            actual_time: undefined,
            earned_schedule: undefined,
            earned_periods: undefined,
            actual_periods: undefined,
            earned_schedule_date: Err(reason),
            p_factor: undefined,
            ready_series: false,
            recent_cpi: undefined,
            finished_cpi: undefined,
            remaining_estimate: undefined,
            case: CaseMeasures::NONE,
            people: PeopleMeasures::unknown(reason),
            schedule: ScheduleMeasures::unknown(reason),
            risk: RiskMeasures::unknown(reason),
            simulation: SimulationMeasures::unknown(reason),
            pace: PaceMeasures::unknown(reason),
            quality: QualityMeasures::unknown(reason),
            estimates: EstimateMeasures::unknown(reason),
            execution: ExecutionMeasures::unknown(reason),
        }
    }
}

/// A struct of measured figures, all of which may be unknown for one reason.
macro_rules! measures {
    ($(#[$about:meta])* $name:ident { $($(#[$says:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $($(#[$says])* pub $field: Measured,)*
        }

        impl $name {
            /// Nothing is known of it.
            #[must_use]
            pub const fn unknown(reason: Reason) -> Self {
                Self { $($field: Err(reason),)* }
            }
        }
    };
}

measures! {
    /// Of people: their hours, and what these cost.
    PeopleMeasures {
        /// Booked to the status date.
        booked,
        /// Available to the status date.
        available,
        /// Of the baseline.
        planned,
        /// Booked, and no project work.
        operations,
        /// Booked in the last [`RECENT_DAYS`](crate::analysis::ledger::RECENT_DAYS) days.
        recent,
        /// Of one person by the project's calendar in these days.
        standard,
        /// Hours at their rates and postings of these days, in currency units.
        cost_recent,
        /// Planned for the people of the resources in the weeks ahead.
        ahead,
        /// What these people have in the same weeks.
        capacity_ahead,
        /// Share of the hours that joined a task, 0..=1.
        hours_joined,
        /// Share of the cost posted that joined a task or an account, 0..=1.
        cost_joined,
    }
}

measures! {
    /// Of the schedule; tasks are those that are neither summaries nor level of effort.
    ScheduleMeasures {
        /// Working days from the status date to the forecast finish.
        path_length,
        /// Working days from the forecast finish to that of the baseline.
        finish_float,
        /// Tasks baselined to finish by the status date.
        due,
        /// Tasks finished, whenever they were due.
        finished,
        /// Of the tasks due, those that finished by their baseline date.
        hit,
    }
}

measures! {
    /// Of the risk register and the reserves, in currency units.
    RiskMeasures {
        /// Exposure of the open risks as they stand.
        inherent,
        /// The same once the responses are in place.
        residual,
        /// The same in working days.
        residual_days,
        /// Budget for identified risks.
        contingency,
        /// Of that, what is not drawn.
        contingency_left,
    }
}

measures! {
    /// Of the simulation.
    SimulationMeasures {
        /// P50 of the finish in working days from the project's start.
        finish_p50,
        /// P80 of it.
        finish_p80,
        /// The standard error of P80, in working days.
        finish_p80_error,
        /// P50 of the cost at completion in currency units.
        cost_p50,
        /// P80 of it.
        cost_p80,
        /// Share of the trials within the baseline's finish and the budget, 0..=1.
        joint,
    }
}

measures! {
    /// Of the forecast by count.
    PaceMeasures {
        /// Tasks finished in these weeks.
        finished,
        /// Weeks of history.
        weeks,
        /// Tasks added a week.
        growth,
    }
}

measures! {
    /// Of tests, defects and rework.
    QualityMeasures {
        /// Tests planned, all suites together.
        planned,
        /// Tests executed.
        executed,
        /// Tests passed.
        passed,
        /// Defects open.
        open,
        /// Defects found in the last weeks.
        arrived,
        /// Defects closed in these weeks.
        closed,
        /// How many weeks these are.
        weeks,
        /// Hours of rework.
        rework,
    }
}

measures! {
    /// Of the estimates of the finished tasks: in hours, or in cost where no task has hours.
    EstimateMeasures {
        /// How many.
        count,
        /// The sum of their relative errors.
        errors,
        /// Those with a relative error of at most a quarter.
        near,
    }
}

measures! {
    /// Of the forecasts of the last report.
    ExecutionMeasures {
        /// Tasks that were forecast to finish since.
        due,
        /// Those of them that are finished.
        met,
    }
}

impl RiskMeasures {
    /// From the weighed register and the budget.
    #[must_use]
    pub fn of(risk: &RiskFindings, reserves: &Reserves) -> Self {
        let known = |figure: f64| if risk.risks.is_empty() { Err(Reason::NoData) } else { Ok(figure) };
        let money = |amount: Option<Money>| amount.map(Money::units).ok_or(Reason::NoData);
        Self {
            inherent: known(risk.inherent.cost.units()),
            residual: known(risk.residual.cost.units()),
            residual_days: known(risk.residual.days),
            contingency: money(reserves.contingency),
            contingency_left: money(risk.cover.contingency_left),
        }
    }
}

impl SimulationMeasures {
    /// From what came of the trials, if there were any.
    #[must_use]
    pub fn of(simulation: &Result<Simulation, Phrase>) -> Self {
        let Ok(found) = simulation else { return Self::unknown(Reason::NotSimulated) };
        let cost = found.cost.as_ref().ok_or(Reason::NoData);
        Self {
            finish_p50: Ok(found.finish.p50()),
            finish_p80: Ok(found.finish.p80()),
            finish_p80_error: Ok(found.finish.p80_error),
            cost_p50: cost.map(Spread::p50),
            cost_p80: cost.map(Spread::p80),
            joint: found.joint.as_ref().and_then(|joint| joint.plan).ok_or(Reason::NoData),
        }
    }
}

impl PaceMeasures {
    /// From the forecast by count, or for the reason why there is none.
    #[must_use]
    pub fn of(throughput: &Result<Throughput, Reason>) -> Self {
        match throughput {
            Ok(found) => Self {
                finished: Ok(count(found.finished)),
                weeks: Ok(count(found.weeks)),
                growth: Ok(found.growth),
            },
            Err(reason) => Self::unknown(*reason),
        }
    }
}

impl QualityMeasures {
    /// From what is known of the quality.
    #[must_use]
    pub fn of(found: &QualityFindings) -> Self {
        let latest = found.tests.last();
        #[expect(clippy::cast_precision_loss, reason = "tests are counted in thousands")]
        let tests = |count: Option<u64>| count.map(|count| count as f64).ok_or(Reason::NoData);
        let defects = found.defects.as_ref().ok_or(Reason::NoData);
        let flow = defects.map(|defects| &defects.flow);
        Self {
            planned: tests(latest.and_then(|point| point.planned)),
            executed: tests(latest.and_then(|point| point.executed)),
            passed: tests(latest.and_then(|point| point.passed)),
            open: defects.map(|defects| f64::from(defects.open.total())),
            arrived: flow.map(|flow| f64::from(flow.arrivals)),
            closed: flow.map(|flow| f64::from(flow.closures)),
            weeks: flow.map(|flow| f64::from(flow.weeks)),
            rework: found.rework.share.map(|_| found.rework.hours.hours()),
        }
    }
}

impl EstimateMeasures {
    /// From the finished tasks.
    #[must_use]
    pub fn of(estimates: &Estimates) -> Self {
        let Some(all) = estimates.all.hours.or(estimates.all.cost) else {
            return Self::unknown(Reason::NoData);
        };
        Self { count: Ok(count(all.count)), errors: Ok(all.errors), near: Ok(count(all.near)) }
    }
}

impl ExecutionMeasures {
    /// From what became of the tasks, or for the reason why that is not known.
    #[must_use]
    pub fn of(execution: &Result<Execution, Reason>) -> Self {
        match execution {
            Ok(found) if found.due() == 0 => Self::unknown(Reason::NothingForecast),
            Ok(found) => Self { due: Ok(count(found.due())), met: Ok(count(found.met.len())) },
            Err(reason) => Self::unknown(*reason),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "exact for any number of tasks and weeks")]
const fn count(count: usize) -> f64 {
    count as f64
}
