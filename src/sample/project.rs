//! The tables of a generated project as it stands on the status date.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::course::Course;
use super::plan::{Item, Kind, Plan};
use super::random::Random;
use super::status_date;
use super::table::{Csv, cents, hours};
use super::words::{EASTER, FIRST_NAMES, LAST_NAMES, PHASES, ROLES, YEARLY};
use super::workdays::Workdays;

/// A project: its plan, what became of it, and how far it has come.
pub(super) struct Project<'a> {
    name: &'a str,
    plan: Plan,
    courses: Vec<Course>,
    days: Workdays,
    /// Working days that have passed by the status date.
    now: usize,
    /// Hours booked after a task was closed, in quarters.
    late: Vec<i64>,
}

impl<'a> Project<'a> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "working days of a project"
    )]
    pub(super) fn new(
        name: &'a str,
        plan: Plan,
        courses: Vec<Course>,
        elapsed: f64,
        random: &mut Random,
    ) -> Self {
        let passed = (plan.span as f64 * elapsed).round() as usize;
        let end = courses.iter().map(|course| course.finish).max().unwrap_or(0).max(plan.span);
        let days = Workdays::around(status_date(), passed, end.saturating_sub(passed) + 5);
        let now = passed + 1;
        let late = courses
            .iter()
            .map(|course| {
                let booked = course.booked_late && course.finish + 3 <= now;
                if booked { 4 + 4 * i64::try_from(random.below(3)).unwrap_or(0) } else { 0 }
            })
            .collect();
        Self { name, plan, courses, days, now, late }
    }

    /// Every table: name and text.
    pub(super) fn tables(&self, random: &mut Random) -> Vec<(&'static str, String)> {
        vec![
            ("budget", self.budget()),
            ("calendars", self.calendars()),
            ("charter", self.charter(random)),
            ("costs", self.costs()),
            ("progress", self.progress()),
            ("resources", self.resources()),
            ("tasks", self.tasks()),
            ("timesheets", self.timesheets(random)),
        ]
    }

    fn each(&self) -> impl Iterator<Item = (usize, &Item, Course)> {
        self.plan
            .items
            .iter()
            .zip(&self.courses)
            .enumerate()
            .map(|(index, (item, course))| (index, item, *course))
    }

    fn day(&self, number: usize) -> String {
        self.days.date(number).to_string()
    }

    /// The last day before the given working day: a finish is the day after the last.
    fn last(&self, finish: usize) -> String {
        self.day(finish.saturating_sub(1))
    }

    /// First and last day; a milestone has one.
    fn span(&self, item: &Item, start: usize, finish: usize) -> (String, String) {
        if item.kind == Kind::Milestone {
            (self.last(finish), self.last(finish))
        } else {
            (self.day(start), self.last(finish))
        }
    }

    /// Hundredths of a currency unit.
    fn labour(&self, item: &Item) -> i64 {
        let rate = item.owner.and_then(|owner| self.plan.team.get(owner)).map_or(0, |person| person.rate);
        item.work * rate * 25
    }

    fn bought(item: &Item) -> i64 {
        item.purchase.as_ref().map_or(0, |purchase| purchase.amount * 100)
    }

    /// Quarter hours worked within the first so many working days.
    fn worked(course: Course, until: usize) -> i64 {
        let length = course.finish - course.start;
        let done = until.clamp(course.start, course.finish) - course.start;
        let (length, done) = (i64::try_from(length).unwrap_or(1).max(1), i64::try_from(done).unwrap_or(0));
        course.work * done / length
    }

    /// Percent complete as its owner says it: in steps of five, and never quite done before it is.
    fn percent(item: &Item, course: Course, until: usize) -> usize {
        match item.kind {
            _ if course.finish <= until => 100,
            Kind::Milestone => 0,
            _ => {
                let length = (course.finish - course.start).max(1);
                let done = until.saturating_sub(course.start);
                (done * 20 / length * 5).min(95)
            }
        }
    }

    fn tasks(&self) -> String {
        let mut csv = Csv::new(
            "id,wbs,name,kind,phase,owner,status,baseline_start,baseline_finish,baseline_duration,baseline_work,baseline_cost,fixed_cost,\
             start,finish,actual_start,actual_finish,percent_complete,earning_rule,actual_work,remaining_work,predecessors",
        );
        let ids: Vec<&str> = self.plan.items.iter().map(|item| item.id.as_str()).collect();
        for (index, item, course) in self.each() {
            let owner = item.owner.map_or("", |owner| self.plan.team[owner].name.as_str());
            let phase = PHASES.get(item.phase).map_or("Project management", |phase| phase.name);
            let (baseline_start, baseline_finish) = self.span(item, item.start, item.finish);
            if item.kind == Kind::Summary {
                let mut fields =
                    vec![item.id.as_str(), &item.wbs, &item.name, item.kind.word(), phase, "", ""];
                fields.extend([baseline_start.as_str(), &baseline_finish]);
                fields.extend([""; 13]);
                csv.row(&fields);
                continue;
            }
            let (start, finish) = self.span(item, course.start, course.finish);
            let (done, begun) = (course.finish <= self.now, course.start < self.now);
            let begun = done || begun && item.kind != Kind::Milestone;
            let status = if done {
                "done"
            } else if begun {
                "in progress"
            } else {
                "to do"
            };
            let percent = format!("{}%", if begun { Self::percent(item, course, self.now) } else { 0 });
            let spent = if begun { Self::worked(course, self.now) + self.late[index] } else { 0 };
            let left =
                if done { 0 } else { course.work - if begun { Self::worked(course, self.now) } else { 0 } };
            let cost = cents(self.labour(item) + Self::bought(item));
            let fixed = cents(Self::bought(item));
            let predecessors: Vec<String> = item
                .predecessors
                .iter()
                .map(|(before, relation)| format!("{}{relation}", ids[*before]))
                .collect();
            let effort = item.kind != Kind::Milestone;
            let quarters =
                |quarters: i64| if item.work > 0 { format!("{}h", hours(quarters)) } else { String::new() };
            csv.row(&[
                &item.id,
                &item.wbs,
                &item.name,
                item.kind.word(),
                phase,
                owner,
                status,
                &baseline_start,
                &baseline_finish,
                &format!("{}d", item.finish - item.start),
                &quarters(item.work),
                if effort { &cost } else { "" },
                if item.purchase.is_some() { &fixed } else { "" },
                &start,
                &finish,
                if begun { &start } else { "" },
                if done { &finish } else { "" },
                &percent,
                if item.kind == Kind::Effort { "level_of_effort" } else { "" },
                &quarters(spent),
                &quarters(left),
                &predecessors.join(";"),
            ]);
        }
        csv.text()
    }

    /// What was said at each month's end on what was going on, or ended, in the month.
    fn progress(&self) -> String {
        let mut csv = Csv::new("date,task,percent_complete,actual_start,actual_finish");
        let mut said = vec![false; self.plan.items.len()];
        for (end, until) in self.month_ends() {
            for (index, item, course) in self.each() {
                let begun = course.start < until && item.kind == Kind::Task || course.finish <= until;
                if said[index] || !begun || matches!(item.kind, Kind::Summary | Kind::Effort) {
                    continue;
                }
                let (start, finish) = self.span(item, course.start, course.finish);
                let done = course.finish <= until;
                said[index] = done;
                let percent = format!("{}%", Self::percent(item, course, until));
                csv.row(&[&end.to_string(), &item.id, &percent, &start, if done { &finish } else { "" }]);
            }
        }
        csv.text()
    }

    /// Ends of months up to the status date, with the working days that have passed by then.
    fn month_ends(&self) -> Vec<(NaiveDate, usize)> {
        let mut ends = Vec::new();
        let mut first = self.days.date(0).with_day(1).unwrap_or_default();
        loop {
            first = first.checked_add_months(Months::new(1)).unwrap_or(first);
            let end = first.checked_sub_days(Days::new(1)).unwrap_or(first);
            if end > status_date() {
                return ends;
            }
            ends.push((end, self.days.until(end)));
        }
    }

    fn timesheets(&self, random: &mut Random) -> String {
        // Day, person, task, quarter hours.
        let mut rows: Vec<(usize, usize, Option<usize>, i64)> = Vec::new();
        for (index, item, course) in self.each() {
            let Some(owner) = item.owner.filter(|_| course.work > 0) else { continue };
            for day in course.start..course.finish.min(self.now) {
                let quarters = Self::worked(course, day + 1) - Self::worked(course, day);
                if quarters > 0 {
                    rows.push((day, owner, Some(index), quarters));
                }
            }
            if self.late[index] > 0 {
                rows.push((course.finish + 1, owner, Some(index), self.late[index]));
            }
        }
        // Every third project books its meetings on nothing.
        if random.chance(0.3) {
            for day in (9..self.now).step_by(20) {
                let people = self.plan.team.len().min(3);
                rows.extend((0..people).map(|person| (day, person, None, 4)));
            }
        }
        rows.sort_unstable();
        let mut csv = Csv::new("date,person,task,hours,activity");
        for (day, person, task, quarters) in rows {
            let person = &self.plan.team[person];
            let task = task.map(|task| &self.plan.items[task]);
            let activity =
                task.map_or("Meeting", |task| PHASES.get(task.phase).map_or("Management", |p| p.name));
            let name = task.map_or("Team meeting", |task| task.id.as_str());
            csv.row(&[&self.day(day), &person.name, name, &hours(quarters), activity]);
        }
        csv.text()
    }

    fn costs(&self) -> String {
        let mut rows: Vec<(NaiveDate, i64, &Item, &str)> = Vec::new();
        for (_, item, course) in self.each() {
            let Some(purchase) = &item.purchase else { continue };
            if item.kind == Kind::Effort {
                let mut before = 0;
                let ends = self.month_ends();
                for (nth, (end, until)) in ends.iter().enumerate() {
                    let days = i64::try_from(until.min(&course.finish) - before).unwrap_or(0);
                    before = *until.min(&course.finish);
                    let daily = purchase.amount * 100 / i64::try_from(self.plan.span).unwrap_or(1).max(1);
                    // The invoice for the last month has not come yet.
                    let kind = if nth + 1 == ends.len() { "accrual" } else { "actual" };
                    if days > 0 {
                        rows.push((*end, daily * days * course.price / 100, item, kind));
                    }
                }
            } else if course.start < self.now {
                let day = self.days.date((course.start + 2).min(self.now - 1));
                rows.push((day, purchase.amount * course.price, item, "actual"));
            } else if course.start < self.now + 25 {
                rows.push((
                    self.days.date(self.now.saturating_sub(6)),
                    purchase.amount * 100,
                    item,
                    "commitment",
                ));
            }
        }
        rows.sort_by_key(|(day, amount, item, _)| (*day, item.id.clone(), *amount));
        let mut csv = Csv::new("date,document,task,category,kind,vendor,amount");
        for (nth, (day, amount, item, kind)) in rows.into_iter().enumerate() {
            let Some(purchase) = &item.purchase else { continue };
            let document =
                format!("{}{:05}", if kind == "commitment" { "PO-" } else { "INV-" }, 10_001 + nth);
            csv.row(&[
                &day.to_string(),
                &document,
                &item.id,
                purchase.category,
                kind,
                purchase.vendor,
                &cents(amount),
            ]);
        }
        csv.text()
    }

    /// Baseline by category (the sum of the tasks), contingency of 8% and a reserve of 5%.
    fn budget(&self) -> String {
        let mut categories: Vec<(&str, i64)> = vec![("Labour", 0)];
        for item in &self.plan.items {
            categories[0].1 += self.labour(item);
            if let Some(purchase) = &item.purchase {
                match categories.iter_mut().find(|(name, _)| *name == purchase.category) {
                    Some((_, sum)) => *sum += Self::bought(item),
                    None => categories.push((purchase.category, Self::bought(item))),
                }
            }
        }
        let mut csv = Csv::new("category,kind,amount");
        for (category, amount) in &categories {
            csv.row(&[category, "baseline", &cents(*amount)]);
        }
        let whole = self.budget_at_completion();
        csv.row(&["Contingency", "contingency", &cents(whole * 8 / 100)]);
        csv.row(&["Management reserve", "management_reserve", &cents(whole * 5 / 100)]);
        csv.text()
    }

    fn budget_at_completion(&self) -> i64 {
        self.plan.items.iter().map(|item| self.labour(item) + Self::bought(item)).sum()
    }

    fn resources(&self) -> String {
        let mut csv = Csv::new("person,role,team,rate,rate_from");
        let since = NaiveDate::from_ymd_opt(status_date().year(), 1, 1).unwrap_or_default().to_string();
        for person in &self.plan.team {
            let (role, team, ..) = ROLES[person.role];
            csv.row(&[&person.name, role, team, &person.rate.to_string(), ""]);
            if let Some(later) = person.later_rate {
                csv.row(&[&person.name, role, team, &later.to_string(), &since]);
            }
        }
        csv.text()
    }

    /// The holidays of the years the project runs in.
    fn calendars(&self) -> String {
        let (from, to) = self.days.span();
        let mut holidays: Vec<(NaiveDate, &str)> = EASTER
            .iter()
            .enumerate()
            .map(|(nth, (year, month, day))| {
                let name = if nth % 2 == 0 { "Good Friday" } else { "Easter Monday" };
                (NaiveDate::from_ymd_opt(*year, *month, *day).unwrap_or_default(), name)
            })
            .collect();
        for year in from.year()..=to.year() {
            let yearly = |(month, day, name): &(u32, u32, &'static str)| {
                (NaiveDate::from_ymd_opt(year, *month, *day).unwrap_or_default(), *name)
            };
            holidays.extend(YEARLY.iter().map(yearly));
        }
        holidays.retain(|(day, _)| (from.year()..=to.year()).contains(&day.year()));
        holidays.sort_unstable();
        let mut csv = Csv::new("calendar,date,hours,name");
        for (day, name) in holidays {
            csv.row(&["Default", &day.to_string(), "0", name]);
        }
        csv.text()
    }

    fn charter(&self, random: &mut Random) -> String {
        let manager = self.plan.team.last().map_or("", |person| person.name.as_str());
        let sponsor = format!("{} {}", random.pick(FIRST_NAMES), random.pick(LAST_NAMES));
        let whole = self.budget_at_completion();
        let mut csv = Csv::new("key,value");
        for (key, value) in [
            ("name", self.name),
            ("sponsor", &sponsor),
            ("manager", manager),
            ("currency", "EUR"),
            ("start", &self.day(0)),
            ("finish", &self.last(self.plan.span)),
            ("tolerance_cost", &cents(whole / 10 / 10_000 * 10_000)),
            ("tolerance_days", "10"),
            ("baseline", &format!("1.0, approved {}", self.day(0))),
            (
                "purpose",
                &format!(
                    "Replace what {} stands in for today by one system that is run and paid for as one.",
                    self.name
                ),
            ),
        ] {
            csv.row(&[key, value]);
        }
        csv.text()
    }
}
