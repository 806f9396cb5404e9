//! Facts: rows of who-when-how-much for the whole portfolio, as polars frames. The newtypes alone
//! name their columns.
//!
//! Project, task, person and the like are joined to `u32` at assembly: `project` is an index into
//! `Portfolio::projects`, `task` an index into that project's `tasks` (null: joined nothing). The texts of
//! bookings, which are many, are codes of a dictionary ([`Words`]); others are polars `String`.

mod values;
mod words;

use polars::prelude::{ChunkedArray, DataFrame, IntoColumn, PolarsResult, UInt32Type};

pub use values::{gathered, values};
pub use words::{Dictionary, Words};

/// The facts of all projects.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Hours booked.
    pub bookings: Bookings,
    /// Cost postings.
    pub postings: Postings,
    /// Budget lines.
    pub budget: BudgetLines,
}

impl Facts {
    /// Gives the projects other numbers: `places[old]` is the new one, `None` leaves their facts out.
    pub(super) fn renumber(&mut self, places: &[Option<u32>]) {
        for frame in [&mut self.bookings.0, &mut self.postings.0, &mut self.budget.0] {
            // A frame without its columns holds no facts.
            *frame = renumbered(frame, places).unwrap_or_default();
        }
    }
}

/// The columns of the three frames have the same name for the project.
fn renumbered(frame: &DataFrame, places: &[Option<u32>]) -> PolarsResult<DataFrame> {
    let place = |old: Option<u32>| places.get(old? as usize).copied().flatten();
    let new: ChunkedArray<UInt32Type> = frame.column(Bookings::PROJECT)?.u32()?.iter().map(place).collect();
    let kept = new.is_not_null();
    let mut frame = frame.clone();
    frame.with_column(new.with_name(Bookings::PROJECT.into()).into_column())?;
    frame.filter(&kept)
}

/// Hours booked: one row a timesheet line.
#[derive(Clone, Debug, Default)]
pub struct Bookings(pub DataFrame);

impl Bookings {
    /// `u32`: index of the project.
    pub const PROJECT: &'static str = "project";
    /// `u32`, null when the booking names no known task.
    pub const TASK: &'static str = "task";
    /// [`Words`]: the task as written, null when the row names none.
    pub const TASK_TEXT: &'static str = "task_text";
    /// [`Words`]: who, null when not said.
    pub const PERSON: &'static str = "person";
    /// [`Words`]: as what; from the row, else from the person's resource row.
    pub const ROLE: &'static str = "role";
    /// `Date`: the day worked.
    pub const DATE: &'static str = "date";
    /// `i64`: seconds worked ([`crate::quantity::Work`]).
    pub const SECONDS: &'static str = "seconds";
    /// `i64`: cost as the row states it ([`crate::quantity::Money`]), null when it states none.
    pub const COST: &'static str = "cost";
    /// `i64`: hourly rate as the row states it ([`crate::quantity::Money`]), null when it states none.
    pub const RATE: &'static str = "rate";
    /// [`Words`]: kind of activity.
    pub const ACTIVITY: &'static str = "activity";
    /// `u32`: index into `Portfolio::tables`.
    pub const SOURCE: &'static str = "source";
    /// `u32`: the row as a spreadsheet counts it.
    pub const ROW: &'static str = "row";
}

/// Cost postings: one row a ledger line.
#[derive(Clone, Debug, Default)]
pub struct Postings(pub DataFrame);

impl Postings {
    /// `u32`: index of the project.
    pub const PROJECT: &'static str = "project";
    /// `u32`, null when the posting names no known task.
    pub const TASK: &'static str = "task";
    /// `String`: control account or WBS code as written when it is not a task; null otherwise.
    pub const ACCOUNT: &'static str = "account";
    /// `Datetime(ms)`: the moment of posting; a plain date is the start of its day (it counts on that day).
    pub const AT: &'static str = "at";
    /// `i64`: amount ([`crate::quantity::Money`]).
    pub const AMOUNT: &'static str = "amount";
    /// `String`: category.
    pub const CATEGORY: &'static str = "category";
    /// `String`: `actual`, `accrual` or `commitment`.
    pub const KIND: &'static str = "kind";
    /// `String`: vendor.
    pub const VENDOR: &'static str = "vendor";
    /// `u32`: index into `Portfolio::tables`.
    pub const SOURCE: &'static str = "source";
    /// `u32`: the row as a spreadsheet counts it.
    pub const ROW: &'static str = "row";
}

/// Budget lines: one row an amount for a period or span.
#[derive(Clone, Debug, Default)]
pub struct BudgetLines(pub DataFrame);

impl BudgetLines {
    /// `u32`: index of the project.
    pub const PROJECT: &'static str = "project";
    /// `u32`, null when the line is not for one task.
    pub const TASK: &'static str = "task";
    /// `String`: control account or WBS code as written when it is not a task; null otherwise.
    pub const ACCOUNT: &'static str = "account";
    /// `Date`: first day of the span, null when the line has no time.
    pub const START: &'static str = "start";
    /// `Date`: last day of the span, null when the line has no time.
    pub const FINISH: &'static str = "finish";
    /// `i64`: amount ([`crate::quantity::Money`]).
    pub const AMOUNT: &'static str = "amount";
    /// `String`: category.
    pub const CATEGORY: &'static str = "category";
    /// `String`: `baseline`, `contingency`, `management_reserve` or `funding`.
    pub const KIND: &'static str = "kind";
    /// `u32`: index into `Portfolio::tables`.
    pub const SOURCE: &'static str = "source";
    /// `u32`: the row as a spreadsheet counts it.
    pub const ROW: &'static str = "row";
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::df;

    #[test]
    fn facts_follow_their_projects_to_new_numbers() {
        let bookings = df!(Bookings::PROJECT => [0_u32, 1, 2, 1], Bookings::ROW => [2_u32, 3, 4, 5]).unwrap();
        let mut facts = Facts { bookings: Bookings(bookings), ..Facts::default() };
        facts.renumber(&[Some(0), None, Some(1)]);
        let expected = df!(Bookings::PROJECT => [0_u32, 1], Bookings::ROW => [2_u32, 4]).unwrap();
        assert!(facts.bookings.0.equals(&expected), "{}", facts.bookings.0);
        assert_eq!(facts.postings.0.height(), 0);
    }
}
