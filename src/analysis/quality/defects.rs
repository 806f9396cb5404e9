//! Defects over time: found, closed and open by week, whether arrivals rise or fall, and when the open ones are
//! cleared at the pace of the last weeks.
//!
//! The net closing rate is (closures - arrivals) / N a week over the last N weeks, and open defects are cleared
//! after open / rate weeks. Arrivals and closures are taken as counts of independent events (Poisson), so that the
//! standard error of the rate is sqrt(arrivals + closures) / N; the range is what the rate plus and minus
//! [`Z80`] of those gives: in four of five cases, if nothing changes. Where the lower rate clears nothing, there
//! is no latest day. What it cannot know: a test phase that begins or ends, a release, people who come or go.

use chrono::{Days, NaiveDate};

use crate::analysis::metric;
use crate::calendar::{Period, PeriodKind};
use crate::model::{Defect, Severity};

/// The quantile of the normal distribution that leaves a tenth on either side.
const Z80: f64 = 1.281_55;

/// A projection beyond this many weeks says no more than that it takes very long.
const HORIZON: f64 = 520.0;

/// Counts by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the order of [`Severity::ALL`]; last, those of which nothing says how bad they are.
    pub by_severity: [u32; 5],
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.by_severity.iter().sum()
    }

    /// Those of a severity.
    #[must_use]
    pub fn of(&self, severity: Option<Severity>) -> u32 {
        self.by_severity[place(severity)]
    }

    /// Critical and high ones.
    #[must_use]
    pub fn severe(&self) -> u32 {
        self.of(Some(Severity::Critical)) + self.of(Some(Severity::High))
    }

    fn add(&mut self, severity: Option<Severity>) {
        self.by_severity[place(severity)] += 1;
    }
}

fn place(severity: Option<Severity>) -> usize {
    let known = severity.and_then(|severity| Severity::ALL.iter().position(|known| *known == severity));
    known.unwrap_or(Severity::ALL.len())
}

/// Every defect up to the status date.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectFindings {
    /// Found.
    pub found: Counts,
    /// Closed.
    pub closed: Counts,
    /// Open.
    pub open: Counts,
    /// Week by week, from the first defect to the status date; the last may be cut short by it.
    pub weeks: Vec<DefectWeek>,
    /// How the last weeks went.
    pub flow: Flow,
    /// Closed without a day: they count as closed on the day they were found, and not in the flow.
    pub undated: u32,
    /// The open ones, the worst first, of those the longest open: indices into `Project::defects`.
    pub ranked: Vec<usize>,
}

/// A week of defects.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectWeek {
    /// The week.
    pub period: Period,
    /// The day the figures speak of: the week's last, or the status date.
    pub to: NaiveDate,
    /// Found in it.
    pub opened: Counts,
    /// Closed in it.
    pub closed: Counts,
    /// Open at its end.
    pub open: Counts,
}

/// Arrivals and closures of the last weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// How many weeks of seven days to the status date: those of the settings, or fewer where there are not so many.
    pub weeks: u32,
    /// Found in them.
    pub arrivals: u32,
    /// Closed in them.
    pub closures: u32,
    /// Found in as many weeks before, and what that says; `None` where the defects do not reach so far back.
    pub before: Option<(u32, Trend)>,
    /// When the open ones are cleared.
    pub clearing: Clearing,
}

impl Flow {
    /// Closed less found, a week.
    #[must_use]
    pub fn rate(&self) -> f64 {
        metric::net_closing_rate(self.closures.into(), self.arrivals.into(), self.weeks.into())
    }
}

/// Where the arrival of defects goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// More than before, by more than chance would have it in four of five cases.
    Rising,
    /// No difference that chance does not make.
    Level,
    /// Fewer than before, likewise.
    Falling,
}

impl Trend {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rising => word!("rising"),
            Self::Level => word!("level"),
            Self::Falling => word!("falling"),
        }
    }

    fn of(before: u32, now: u32) -> Self {
        let noise = Z80 * f64::from(before + now).sqrt();
        match f64::from(now) - f64::from(before) {
            change if change > noise => Self::Rising,
            change if change < -noise => Self::Falling,
            _ => Self::Level,
        }
    }
}

/// When no defect is open any more, at the pace of the last weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearing {
    /// None is open.
    Cleared,
    /// As many arrive as are closed, or more; or it would take more than ten years.
    Never,
    /// About then.
    By {
        /// At the pace of the last weeks.
        day: NaiveDate,
        /// At the faster end of the range.
        early: NaiveDate,
        /// At the slower end; `None` where that clears nothing.
        late: Option<NaiveDate>,
    },
}

/// `defects` are sorted by the day they were found.
pub(super) fn defects(defects: &[Defect], today: NaiveDate, weeks: u32) -> Option<DefectFindings> {
    let known: Vec<(usize, &Defect)> =
        defects.iter().enumerate().filter(|(_, defect)| defect.opened <= today).collect();
    let first = known.iter().map(|(_, defect)| defect.opened).min()?;
    let mut all = by_week(first, today);
    let (mut found, mut closed, mut open) = (Counts::default(), Counts::default(), Counts::default());
    let (mut undated, mut ranked) = (0, Vec::new());
    let week_of = |day: NaiveDate| {
        let first = PeriodKind::Week.period_of(first).first;
        usize::try_from(day.signed_duration_since(first).num_days() / 7).unwrap_or_default()
    };
    for (index, defect) in &known {
        found.add(defect.severity);
        all[week_of(defect.opened)].opened.add(defect.severity);
        if defect.open_on(today) {
            open.add(defect.severity);
            ranked.push(*index);
            continue;
        }
        closed.add(defect.severity);
        undated += u32::from(defect.closed.is_none());
        let day = defect.closed.unwrap_or(defect.opened).clamp(defect.opened, today);
        all[week_of(day)].closed.add(defect.severity);
    }
    let mut left = Counts::default();
    for week in &mut all {
        for (left, (opened, closed)) in
            left.by_severity.iter_mut().zip(week.opened.by_severity.into_iter().zip(week.closed.by_severity))
        {
            *left = (*left + opened).saturating_sub(closed);
        }
        week.open = left;
    }
    ranked.sort_by_key(|index| {
        let defect = &defects[*index];
        (place(defect.severity), defect.opened, *index)
    });
    let flow = flow(&known, first, today, weeks, open.total());
    Some(DefectFindings { found, closed, open, weeks: all, flow, undated, ranked })
}

/// The weeks from a day to another, empty.
fn by_week(first: NaiveDate, today: NaiveDate) -> Vec<DefectWeek> {
    let empty = Counts::default();
    let periods = std::iter::successors(Some(PeriodKind::Week.period_of(first)), |week| {
        (week.next <= today && week.next > week.first).then(|| PeriodKind::Week.period_of(week.next))
    });
    periods
        .map(|period| DefectWeek {
            period,
            to: period.last().min(today),
            opened: empty,
            closed: empty,
            open: empty,
        })
        .collect()
}

fn flow(known: &[(usize, &Defect)], first: NaiveDate, today: NaiveDate, weeks: u32, open: u32) -> Flow {
    let history = today.signed_duration_since(first).num_days() / 7 + 1;
    let weeks = weeks.min(u32::try_from(history).unwrap_or(u32::MAX)).max(1);
    let back = |weeks: u32| today.checked_sub_days(Days::new(7 * u64::from(weeks))).unwrap_or(first);
    let within = |day: NaiveDate, after: NaiveDate, to: NaiveDate| day > after && day <= to;
    let count = |matches: &dyn Fn(&Defect) -> bool| {
        u32::try_from(known.iter().filter(|(_, defect)| matches(defect)).count()).unwrap_or(u32::MAX)
    };
    let (begin, before) = (back(weeks), back(2 * weeks));
    let arrivals = count(&|defect| within(defect.opened, begin, today));
    let closures = count(&|defect| defect.closed.is_some_and(|day| within(day, begin, today)));
    let earlier = count(&|defect| within(defect.opened, before, begin));
    let reaches = history >= i64::from(2 * weeks);
    Flow {
        weeks,
        arrivals,
        closures,
        before: reaches.then(|| (earlier, Trend::of(earlier, arrivals))),
        clearing: clearing(open, arrivals, closures, weeks, today),
    }
}

fn clearing(open: u32, arrivals: u32, closures: u32, weeks: u32, today: NaiveDate) -> Clearing {
    if open == 0 {
        return Clearing::Cleared;
    }
    let weeks = f64::from(weeks);
    let rate = metric::net_closing_rate(closures.into(), arrivals.into(), weeks);
    let error = f64::from(arrivals + closures).sqrt() / weeks;
    let day = |rate: f64| {
        let needed = metric::weeks_to_clear(open.into(), rate).ok().filter(|weeks| *weeks <= HORIZON)?;
        // Whole days, so that the open ones are gone by the end of the last.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 3,640")]
        let days = (needed * 7.0).ceil() as u64;
        today.checked_add_days(Days::new(days))
    };
    match day(rate).zip(day(rate + Z80 * error)) {
        Some((by, early)) => Clearing::By { day: by, early, late: day(rate - Z80 * error) },
        None => Clearing::Never,
    }
}
