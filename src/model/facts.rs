//! Facts: rows of who-when-how-much for the whole portfolio. Postings and budget lines are polars frames, whose
//! newtypes alone name their columns; bookings, which are many more, are columns of their own kind ([`Coded`]).
//!
//! Project and task are joined to `u32` at assembly: `project` is an index into `Portfolio::projects`, `task` an
//! index into that project's `tasks` (none: joined nothing).

mod bookings;
mod coded;
mod values;

use polars::prelude::{ChunkedArray, DataFrame, IntoColumn, PolarsResult, UInt32Type};

pub use bookings::{Aim, BookedSheet, Bookings};
pub use coded::{Coded, Codes, SheetRows, pieces};
pub use values::{gathered, values};

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
        self.bookings.renumber(places);
        for frame in [&mut self.postings.0, &mut self.budget.0] {
            // A frame without its columns holds no facts.
            *frame = renumbered(frame, places).unwrap_or_default();
        }
    }
}

/// The columns of both frames have the same name for the project.
fn renumbered(frame: &DataFrame, places: &[Option<u32>]) -> PolarsResult<DataFrame> {
    let place = |old: Option<u32>| places.get(old? as usize).copied().flatten();
    let new: ChunkedArray<UInt32Type> = frame.column(Postings::PROJECT)?.u32()?.iter().map(place).collect();
    let kept = new.is_not_null();
    let mut frame = frame.clone();
    frame.with_column(new.with_name(Postings::PROJECT.into()).into_column())?;
    frame.filter(&kept)
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
        let postings = df!(Postings::PROJECT => [0_u32, 1, 2, 1], Postings::ROW => [2_u32, 3, 4, 5]).unwrap();
        let aim = |project| Aim { project: Some(project), ..Aim::default() };
        let sheet = BookedSheet {
            aim: Coded { codes: Codes::default().into(), values: vec![aim(2), aim(1)] },
            ..BookedSheet::default()
        };
        let bookings = Bookings { sheets: vec![sheet] };
        let mut facts = Facts { bookings, postings: Postings(postings), ..Facts::default() };
        facts.renumber(&[Some(0), None, Some(1)]);
        let expected = df!(Postings::PROJECT => [0_u32, 1], Postings::ROW => [2_u32, 4]).unwrap();
        assert!(facts.postings.0.equals(&expected), "{}", facts.postings.0);
        let projects: Vec<_> = facts.bookings.sheets[0].aim.values.iter().map(|aim| aim.project).collect();
        assert_eq!(projects, [Some(1), None]);
        assert_eq!(facts.budget.0.height(), 0);
    }
}
