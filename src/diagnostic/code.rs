//! The catalogue of diagnostic codes.
//!
//! | range | room |
//! |---|---|
//! | x0xx | source: files, encodings, sheets, headers |
//! | x1xx | intake: one cell |
//! | x2xx | intake: one row or column |
//! | x3xx | assembly: rows that do not fit each other |
//! | x4xx | analysis: what the figures say about the data |
//! | x5xx | settings and templates |
//!
//! `E` rejects something, `W` uses it in doubt, `N` says what was guessed or chosen.

use super::Severity;

/// One kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E101`.
    pub id: &'static str,
    /// Error, warning or note; the first letter of the id agrees.
    pub severity: Severity,
    /// What it is, in a line.
    pub title: &'static str,
    /// Why it matters and what happens to the data.
    pub about: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident $title:literal, $about:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Code { id: $id, severity: Severity::$severity, title: $title, about: $about };)*
        /// Every code, in order of its id within its severity.
        pub const CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    NOT_TEXT = "E001" Error "not a text file", "A file that is named as a text file has zero bytes in it. It is left out.";
    MARKUP = "E002" Error "a web page or XML", "Some programs save web pages under the name of a table. The file is left out.";
    UNCLOSED_QUOTE = "E003" Error "quotation mark not closed", "The row is left out; reading goes on with the next line.";
    TOO_MANY_FIELDS = "E004" Error "more fields than headers", "Which field belongs to which column cannot be told, so the row is left out.";
    WORKBOOK = "E005" Error "workbook cannot be read", "The file is damaged or not what its name says. It is left out.";
    PASSWORD = "E006" Error "workbook has a password", "A workbook that is encrypted cannot be read. It is left out.";
    WORKSHEET = "E007" Error "worksheet cannot be read", "The sheet is damaged. It is left out; the workbook's other sheets are used.";
    UNREADABLE = "E008" Error "input cannot be read", "A file or folder is not there, may not be read, or went away meanwhile. It is left out; every other input is used.";
    NO_REPORT = "E009" Error "not a report of earnest", "The file that is given as the last report is none of a project, or is damaged. It is left out: the report says nothing of what changed.";
    NEWER_REPORT = "E010" Error "a report of a later earnest", "What its keys mean is not known here. It is left out.";
    NOT_A_NUMBER = "E101" Error "not a number", "The cell is left empty and everything else in the row is used.";
    NOT_A_DATE = "E102" Error "not a date", "The cell is left empty; a row that cannot do without the date is left out.";
    NO_SUCH_DAY = "E103" Error "no such day", "The cell is left empty; a row that cannot do without the date is left out.";
    YEAR = "E104" Error "a year no project lies in", "Years before 1950 and after 2149 are slips of the keyboard. The cell is left empty.";
    NOT_A_DURATION = "E105" Error "not a duration", "The cell is left empty and everything else in the row is used.";
    NOT_A_SHARE = "E106" Error "not a percentage", "The cell is left empty and everything else in the row is used.";
    NOT_A_PERIOD = "E107" Error "not a period", "The cell is left empty; the line then has no time.";
    NOT_YES_OR_NO = "E108" Error "neither yes nor no", "The cell is left empty and everything else in the row is used.";
    NOT_WORKING_HOURS = "E109" Error "not working hours", "The row is left out: the day keeps the hours of its weekday.";
    ERROR_CELL = "E110" Error "a formula without a value", "The cell holds an error of the spreadsheet (`#REF!`, `#DIV/0!`), or a formula whose result the program that wrote it did not store. It is left empty.";
    TOO_LARGE = "E111" Error "number too large", "Amounts go up to 900 trillion. The cell is left empty.";
    NOT_A_CHANCE = "E112" Error "neither a probability nor a level", "The cell is left empty: the risk is listed and weighs nothing.";
    NOT_AN_IMPACT = "E113" Error "neither an impact nor a level", "The cell is left empty and everything else in the row is used.";
    CELL_MISSING = "E201" Error "required cell is empty", "The row cannot be used without it and is left out.";
    COLUMN_MISSING = "E202" Error "required column is missing", "The table cannot be used without it and is left out.";
    BASELINE_REVERSED = "E203" Error "baseline finish lies before baseline start", "The finish is left empty: the task has no baseline in time.";
    ACTUAL_REVERSED = "E204" Error "actual finish lies before actual start", "The finish is left empty: the task counts as unfinished.";
    PLAN_REVERSED = "E205" Error "finish lies before start", "The finish is left empty.";
    PERCENT_RANGE = "E206" Error "percentage beyond 0 to 100", "The cell is left empty: nobody can tell what was meant.";
    NEGATIVE_HOURS = "E207" Error "negative hours", "A booking below zero hours is left out; elsewhere the cell is left empty.";
    NEGATIVE_DURATION = "E208" Error "negative duration", "The cell is left empty. Only a lag may be negative.";
    THREE_POINT = "E209" Error "three-point estimate out of order", "Optimistic, most likely and pessimistic must not fall. The three cells are left empty.";
    AMBIGUOUS_TABLE = "E210" Error "table cannot be told", "The headers fit two tables equally well. The sheet is left out.";
    NEITHER_DAY_NOR_WEEKDAY = "E211" Error "neither date nor weekday", "A row of the calendar must say which day it is for, once. It is left out.";
    SOURCE_TABLE = "E212" Error "a source of the settings names no table", "The table that the settings give for this file is not one of the canonical tables. The sheet is left out.";
    SOURCE_COLUMN = "E213" Error "a source of the settings names no column", "The settings map a column that the table or the file does not have. That entry is not used.";
    SPAN_REVERSED = "E214" Error "a span ends before it begins", "The end is left empty.";
    CLOSED_REVERSED = "E216" Error "settled before it was raised", "The second of the two dates is left empty: the entry counts as settled only if its status says so.";
    NEGATIVE_BUDGET = "E218" Error "a task with a budget below zero", "It would take from the budget of the others. The cell is left empty: the task has no baseline cost.";
    NOT_A_COUNT = "E217" Error "not a count", "Tests are counted in whole numbers from 0. The cell is left empty.";
    DUPLICATE_TASK = "E301" Error "two tasks have the same id", "The later row is left out: bookings and links could not be told apart.";
    UNKNOWN_PROJECT = "E302" Error "rows for a project without tasks", "The rows are left out; told once a project and table with the number of rows.";
    PROJECT_UNCLEAR = "E303" Error "rows without a project where there are several", "The rows are left out: guessing would put hours and money on the wrong project.";
    NO_TASKS = "E304" Error "no tasks", "Nothing can be reported without a plan.";
    UNKNOWN_PARENT = "E305" Error "unknown parent", "The task stands at the top of the work breakdown structure.";
    PARENT_CYCLE = "E306" Error "parents go round in a circle", "The task that closes the circle is put at the top.";
    UNKNOWN_PREDECESSOR = "E307" Error "unknown predecessor", "The link is left out, everything else of the task is used.";
    UNKNOWN_LINK_END = "E308" Error "a link to an unknown task", "The row of `links` is left out.";
    SELF_LINK = "E309" Error "a task depends on itself", "The link is left out.";
    SUMMARY_LINK = "E310" Error "a link between a summary and a part of it", "The link is left out: neither could ever begin.";
    LINK_CYCLE = "E311" Error "links go round in a circle", "The link that closes the circle is left out so that the rest can be scheduled.";
    UNSUPPORTED_LAG = "E312" Error "a lag that says no time", "A lag in percent of elapsed time, or of a task whose duration is not known: the link is kept without its lag.";
    UNKNOWN_CALENDAR = "E313" Error "unknown calendar", "The project's own calendar is used.";
    CALENDAR_WITHOUT_WORK = "E315" Error "a calendar without working time", "Nothing could ever be planned on it: the default calendar is used.";
    BAD_EARNING_RULE = "E316" Error "not an earning rule", "The task earns by the default rule.";
    UNKNOWN_BASE_TASK = "E317" Error "apportioned to an unknown task", "The task earns by the default rule.";
    UNKNOWN_TASK = "E318" Error "progress of a task that is not in the plan", "The statements are left out; told once a project and table.";
    BAD_CHARTER_VALUE = "E319" Error "a charter entry that is not understood", "The entry is kept as text; what it would have set stays unset.";
    OTHER_CURRENCY = "E320" Error "amounts in another currency", "The rows are left out: no exchange rate is known.";
    TWO_RATES = "E321" Error "two rates of one person from the same day", "The first one counts.";
    DUPLICATE_PERIOD = "E322" Error "a period twice in a ready series", "The first row counts.";
    DUPLICATE_RISK = "E331" Error "two risks have the same id", "The later row is left out.";
    DUPLICATE_ENTRY = "E332" Error "two entries of a register have the same id", "The later row is left out.";
    UNKNOWN_OBJECTIVE = "E333" Error "measurements of an unknown objective", "The rows are left out; told once a project and table.";
    DUPLICATE_COUNT = "E334" Error "tests counted twice on a day", "The first row counts.";
    OTHER_REPORT = "E335" Error "a report of another project", "A project is compared with its own last report only. It is left out.";
    NO_DATE = "E401" Error "nothing says when", "Neither the plan nor what was reported, booked or posted has a date, and no status date was given: there is no day to report on. The project is left out; the others are reported.";
    TOO_FEW_FIELDS = "W001" Warning "fewer fields than headers", "The fields that are missing at the end of the row count as empty.";
    DAMAGED_TEXT = "W002" Warning "bytes that stand for no letter", "The text is used with the sign \u{fffd} in their place.";
    EMPTY_FILE = "W003" Warning "nothing in the file", "The file is left out.";
    OUTSIDE = "W004" Warning "cells beside the table", "Cells to the right of the last header belong to no column. They are left out.";
    UNKNOWN_ERROR = "W005" Warning "error value not known", "The cell counts as empty.";
    SETTINGS_WITHIN = "W006" Warning "settings of a folder within an input", "The settings of a run are those beside its inputs. This file is not used.";
    READ_AGAIN = "E215" Error "file cannot be read again", "Large files are read while they are checked; this one went away or changed meanwhile. Its rows are left out from there on.";
    UNKNOWN_WORD = "W101" Warning "word not known", "The word is not one of those the column may hold. The cells are left empty; everything else is used.";
    MIXED_DECIMALS = "W102" Warning "decimal comma and decimal point in one column", "Numbers that can be read one way only are read so; the others follow the majority.";
    SHARE_MIXED = "W103" Warning "percentages and fractions in one column", "Values with a percent sign are read as percentages, the others by the column's scale.";
    UNKNOWN_TABLE = "W201" Warning "sheet not recognised", "Neither its name nor its headers show which table it is. It is left out.";
    LONG_DAY = "W202" Warning "more than 24 hours on a day", "The booking is used. Weekly totals in a daily timesheet look like this.";
    FINISHED_NOT_COMPLETE = "W203" Warning "actual finish but not complete", "The task has an actual finish and less than 100%. The percentage is used.";
    BUDGET_BELOW_ZERO = "W204" Warning "a line of the budget below zero", "It is used: where budget moves from one line to another, one of the two is below zero.";
    HALF_WRITTEN = "W205" Warning "a row that is partly the form's example", "It was written over in part: the cells that are still those of the example count as data.";
    COPY = "W206" Warning "a table that is there twice", "It has the rows of another table of the input, in the same order: it is left out, or every hour and amount would count twice.";
    UNMATCHED_ROWS = "W301" Warning "rows name tasks that are not in the plan", "They count for the project and for no task: cost without anything earned for it.";
    SUMMARY_COST = "W302" Warning "a summary with a cost and tasks without", "The amount counts as the summary's own; no task earns a part of it.";
    MILESTONE_COST = "W303" Warning "a milestone with a cost", "It is planned and earned at one moment, which makes steps in the curves.";
    BOOKED_AFTER_FINISH = "W304" Warning "hours booked after the actual finish", "The hours count; the finish or the bookings are wrong.";
    START_AFTER_FINISH = "W305" Warning "finished before it started", "The task and its statements of progress contradict each other.";
    SUMMARY_STATEMENT = "W306" Warning "progress of a summary", "Left out: a summary's progress is that of its tasks.";
    WITHOUT_BASELINE = "W307" Warning "tasks without a baseline", "They plan and earn nothing.";
    CONSTRAINT_WITHOUT_DATE = "W308" Warning "a constraint without its date", "The task is scheduled as soon as possible.";
    RISK_UNKNOWN_TASK = "W331" Warning "a risk hits tasks that are not in the plan", "It counts for the project and for the tasks that are known.";
    THREAT_THAT_GAINS = "W332" Warning "a threat with a negative impact", "It is taken as an opportunity.";
    WEIGHTLESS_RISK = "W333" Warning "risks without probability or impact", "They are listed and add nothing to the exposure.";
    RISK_RANGE = "W334" Warning "impacts of a risk do not rise", "The least, likely and largest impact are used in rising order.";
    ENTRY_UNKNOWN_TASK = "W335" Warning "an entry of a register names tasks that are not in the plan", "It counts for the project and for the tasks that are known.";
    ACTION_WITHOUT_CAUSE = "W336" Warning "an action for an unknown risk or issue", "The action is listed; nothing ties it to the risk or issue.";
    UNKNOWN_DELIVERABLE = "W337" Warning "defects of an unknown deliverable", "They count for the project and for no deliverable; told once a project and table.";
    COUNTS_DISAGREE = "W338" Warning "counts of tests contradict each other", "More tests passed and failed than were executed, or more executed than planned. The counts are used as they are.";
    WITHOUT_A_PLAN = "W339" Warning "tables of a folder without tasks", "They are read for the projects of the run: their rows may be somebody else's.";
    APPROVED_WITHOUT_EFFECT = "W341" Warning "an approved change that the baseline does not show", "The figures rest on the baseline as it is: BAC and the planned finish lack what was approved.";
    CLOSED_WITH_ACTIONS = "W342" Warning "a closed risk or issue with open actions", "Both are used as they are: the risk adds nothing to the exposure, the actions count as open.";
    ACCEPTED_WITH_DEFECTS = "W343" Warning "an accepted deliverable with critical or high defects open", "Both are used as they are.";
    MILESTONE_TOO_EARLY = "W344" Warning "a milestone reached before its predecessors", "Both are used as they are: the milestone counts as reached.";
    BOOKED_ON_LEAVE = "W345" Warning "hours booked by people who are not there", "The hours count. A day counts as leave where the person's calendar takes it out of the week, or where it lies outside available_from and available_to.";
    ISSUE_ON_FINISHED = "W346" Warning "an open issue whose tasks are finished", "Both are used as they are: the issue counts as open.";
    ACCEPTED_TESTS_FAIL = "W347" Warning "an accepted deliverable whose tests fail", "Both are used as they are. The tests of a deliverable are those of the suite that has its id or name.";
    ACCEPTED_UNFINISHED = "W348" Warning "an accepted deliverable whose tasks are not finished", "Both are used as they are.";
    ACCEPTED_OFF_TARGET = "W349" Warning "an accepted deliverable that misses its target", "Both are used as they are. Only numbers are compared, where target or criterion say which way is good.";
    PROMISED_BEFORE_PLANNED = "W350" Warning "a deliverable due before its tasks are agreed to finish", "Both are used as they are. Compared with the baseline, with the plan where there is none: what is late by now is said under milestones and forecasts.";
    CHARTER_KEY_MISSPELT = "W351" Warning "a charter key that looks misspelt", "It is close to a key that is known, and sets nothing as it is written. The entry is kept as text.";
    CHARTER_KEY_TWICE = "W352" Warning "a charter key twice with different values", "Of the entries of one table the last one counts.";
    CURRENCY_UNKNOWN = "W353" Warning "not a currency code", "It is no code of ISO 4217. Amounts are shown with it as it is written.";
    OBJECTIVE_DIRECTION = "W354" Warning "an objective whose target is no improvement", "Target, baseline and the direction that is better contradict each other. They are used as they are.";
    MEASURED_TWICE = "W355" Warning "an objective measured twice on a day", "The values differ. Both are kept, and the later row counts as the day's.";
    STAKEHOLDER_TWICE = "W356" Warning "a stakeholder is there twice", "Both rows are listed.";
    TESTS_FALL = "W357" Warning "fewer tests executed than before", "Counts are those since the beginning and cannot fall. They are used as they are.";
    RESIDUAL_ABOVE = "W358" Warning "a response that makes a risk worse", "What is left of it once the response is in place is above what it is without. Both are used as they are.";
    PROGRESS_BEFORE_START = "W359" Warning "progress before the actual start", "The start counts: before it nothing is done or earned.";
    SUMMARY_LOOKALIKE = "W360" Warning "tasks that look like summaries", "The plan has no outline, and a task spans and costs what those below it do together: both are counted.";
    BUDGET_BESIDE_TASKS = "W361" Warning "a budget beside tasks that have one", "It names no task and no account, and is not what the tasks add up to: BAC holds both.";
    DISCOUNT_RATE = "E323" Error "a discount rate beyond belief", "Rates of a year above 100% are slips (7.00 for 7%). It is left out.";
    IMPOSSIBLE_CONSTRAINT = "W401" Warning "a constraint that cannot be met", "The links or the status date do not admit the date that the task must start or finish on, or no later than. The constraint is honoured, so the dates that follow are too early, and the tasks before it have negative float.";
    DECISION_ON_CRITICAL_PATH = "W402" Warning "a decision past its day on the critical path", "The schedule is computed as if it had been taken in time.";
    PROGRESS_WITHOUT_BOOKINGS = "W403" Warning "progress without bookings", "The progress earns value at no cost, which flatters CPI.";
    MEASURED_LATER = "W404" Warning "measured after the status date", "What is measured later does not count yet: the date is a slip, or the status date is.";
    STATUS_OUTSIDE = "W405" Warning "a status date far from the project", "Everything is computed for this day: before the project nothing is earned, long after it all of it is late.";
    NOT_EARLIER = "W406" Warning "a last report that is not earlier", "A report is compared with one of an earlier status date. This one is left out.";
    NO_PREVIOUS = "N401" Note "no earlier report", "The folder that is given for the last report has none of the project from before the status date. The report says nothing of what changed.";
    NAMES_MEET = "N501" Note "file names that meet", "Two projects would have the same file name on some system. Each has a short hash of its id in its name.";
    NO_FONT = "W502" Warning "characters that no font has", "An empty box stands for each in the PDF. Neither the fonts of the program nor those of the system have them; workbook and JSON are as they should be.";
    ENCODING = "N001" Note "encoding guessed", "The file is not UTF-8; its encoding was told from its bytes.";
    FILE_LEFT_OUT = "N002" Note "file left out", "The folder has files that are not tables.";
    NO_ROWS = "N003" Note "no rows", "The table has a header and no rows below it.";
    HIDDEN_SHEET = "N004" Note "hidden sheet left out", "Hidden sheets hold lists and drafts more often than data. They are left out.";
    TEXT_WORKBOOK = "N005" Note "text under the name of a workbook", "Some programs save plain text under the name of a workbook. It is read as CSV.";
    DAY_OR_MONTH_FIRST = "N101" Note "order of day and month assumed", "No date in the column has a day above 12, so `03/04/2026` may be April or March.";
    DECIMAL_ASSUMED = "N102" Note "decimal character assumed", "`1,234` may be a thousand or one and a bit, and no other number in the column tells.";
    FRACTIONS = "N103" Note "percentages read as fractions", "All values of the column lie between 0 and 1, some of them between: 0.45 is taken for 45%.";
    SERIAL_DATES = "N104" Note "dates read from serial numbers", "Spreadsheets count days from 1900; numbers in a column of dates are read that way.";
    UNIT_ASSUMED = "N105" Note "unit assumed", "The column has bare numbers, and the header or the numbers tell their unit.";
    ELAPSED = "N106" Note "elapsed time read as working time", "A duration of elapsed days is taken for as many working days.";
    MONTH_FOR_DAY = "N107" Note "months read as days", "A month where a day is expected is its first day for a start and its last for a finish.";
    LEVELS = "N108" Note "probabilities read as levels", "All values of the column are whole and lie between 1 and 5: a scale of five levels.";
    TWO_COLUMNS = "N201" Note "one of two columns chosen", "Several columns of the file have the same meaning; one is used.";
    TOTAL_ROWS = "N202" Note "rows of totals left out", "Reports end in totals, which are no data of their own.";
    LABEL_ROW = "N204" Note "second row of headers left out", "Some tools write names for programs and names for people in two rows.";
    HEADER_ROW = "N205" Note "header row chosen", "Another row than the first looks more like the headers.";
    TABLE_BY_HEADERS = "N206" Note "table told by its headers", "The name says nothing, but the headers do.";
    LEFT_OUT_BY_SETTINGS = "N207" Note "sheet left out by the settings", "A [[source]] entry says `table = \"ignore\"`.";
    NO_IDS = "N208" Note "a plan without ids", "The tasks are called by their WBS codes where each has one of its own, else by the numbers of their rows.";
    EXAMPLE_ROW = "N209" Note "the example of the form is left out", "What `earnest init` writes as an example is no data once the plan has rows of its own.";
    DUPLICATE_LINK = "N301" Note "a link is there twice", "It counts once, with the longer lag.";
    SUMMARY_DISAGREES = "N302" Note "a summary's cost differs from its tasks", "The sum of its tasks counts.";
    DONE_WITHOUT_FINISH = "N303" Note "100% without an actual finish", "Counted as finished; the date stays unknown.";
    PROGRESS_WITHOUT_START = "N304" Note "progress without an actual start", "The first booking counts as the start, else the planned one.";
    PERSON_UNKNOWN = "N305" Note "booked by people who are not in the resources", "Their hours count; without a rate in the row they cost nothing.";
    MATCHED_OTHERWISE = "N306" Note "rows joined by a task's name or a key in the text", "Ids are surer.";
    ROW_NUMBERS = "N307" Note "predecessors taken as row numbers", "No task has a number as its id, so a number can only be the row.";
    CALENDAR_CHOSEN = "N308" Note "a calendar taken as the project's own", "None is called `Default` and the charter names none.";
    NEGATIVE_COSTS = "N309" Note "costs written as negative amounts", "They flow out, as positive costs would.";
    NAMESAKES = "N310" Note "inputs of one name", "Each of them holds a plan that names no project: each is a project of its own, called by its folders too.";
    CHARTER_KEY_UNKNOWN = "N311" Note "a charter entry without a meaning of its own", "It is kept as text and sets nothing.";
    NICKNAME = "N312" Note "a project by another name", "The plan names no project, the tables beside it one, and their tasks are those of the plan: it is taken for that one.";
    INACTIVE = "N313" Note "inactive tasks", "The tool they come from keeps them in the plan and out of its figures: they have no budget and are not scheduled.";
}
