//! The command line: the only place that knows clap.

mod columns;
mod explain;
mod init;
mod listing;
mod progress;
mod score;
mod summary;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::calendar::{PeriodKind, StatusDate};
use crate::config::{self, Flags, Settings};
use crate::diagnostic::{Diagnostics, Severity, code};
use crate::document::Format;
use crate::error::Error;
use crate::language::Language;
use crate::pipeline::{self, Analyzed, DELIVERED, FAILED, Outcome, REJECTED, USAGE};
use crate::quantity::Health;
use crate::render::FileFormat;
use listing::Catalogue;

/// How many diagnostics of one code the terminal shows; `problems.csv` has all of them.
const SHOWN_PER_CODE: usize = 3;

/// Status reports for IT projects, from the tables you already have: earned value, in earnest.
#[derive(Debug, Parser)]
#[command(name = "earnest", version, propagate_version = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 delivered; 1 the world failed; 2 usage; 3 input rejected, wholly or in part; \
4 delivered, but a gate tripped (--fail-on)";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a status report for every project found
    Report(ReportArgs),
    /// Look for problems and say how far the data can be trusted; writes nothing
    Check(CheckArgs),
    /// Write a workbook with all tables to fill in, and a commented earnest.toml
    Init {
        /// The folder to write into
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Write a generated project or portfolio to try things on
    Sample {
        /// How many projects
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        projects: u32,
        /// How many tasks in each
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=200_000))]
        tasks: u32,
        /// The same seed makes the same data
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// The folder to write into
        #[arg(long, default_value = "sample")]
        out: PathBuf,
    },
    /// List what there is: columns, metrics, sections, codes, templates
    List {
        /// Which catalogue
        catalogue: Catalogue,
        /// The language of metrics and sections: en, de, fr or es [default: en]
        #[arg(long, value_name = "CODE")]
        language: Option<String>,
    },
    /// Explain a metric (formula, source, the figures and rows it came from), a diagnostic code, or why a
    /// task is when it is
    Explain(ExplainArgs),
    /// Compare forecasts with how projects ended
    #[command(subcommand)]
    Forecast(ForecastCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of earnest or of one of its commands
    Man {
        /// The command; default: earnest itself
        command: Option<String>,
    },
}

/// What is read and how.
#[derive(Debug, Args)]
struct InputArgs {
    /// Folders, CSV files and workbooks (xlsx, xlsm, xlsb, xls, ods)
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The day to report on, to its end; default: the latest date the data speaks of
    #[arg(long, value_name = "DATE", value_parser = config::status_date)]
    status_date: Option<StatusDate>,
    /// Settings; default: earnest.toml beside the inputs
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How the time axis is cut
    #[arg(long, value_enum)]
    period: Option<PeriodArg>,
    /// The language of reports and messages: en, de, fr or es [default: en]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
}

#[derive(Debug, Args)]
struct ReportArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The folder the reports go to [default: reports]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The last report: its JSON, or a folder with such (of several the latest one of the project from before the
    /// status date); may be the output folder. The report then says what changed since
    #[arg(long, value_name = "PATH")]
    previous: Option<PathBuf>,
    /// What to write [default: pdf,xlsx,json]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<FormatArg>,
    /// A built-in template or a file of your own [default: status]
    #[arg(long, value_name = "NAME|FILE")]
    template: Option<String>,
    /// Refuse the run when anything in the data is an error
    #[arg(long)]
    strict: bool,
    /// Exit with 4 when any project's health is this or worse
    #[arg(long, value_enum, value_name = "HEALTH")]
    fail_on: Option<Gate>,
    /// Say nothing unless something is wrong
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Show how long each stage took, and every diagnostic
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Say nothing unless something is wrong
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Show every diagnostic
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// A metric such as cpi, a code such as E203, or a task of the data: why it is when it is
    what: String,
    /// The data to explain it on: folders, CSV files, workbooks
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The project, where there are several
    #[arg(long)]
    project: Option<String>,
    /// The day to report on
    #[arg(long, value_name = "DATE", value_parser = config::status_date)]
    status_date: Option<StatusDate>,
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The language of the answer: en, de, fr or es [default: en]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The last report, or a folder that has it: what CEI is measured against
    #[arg(long, value_name = "PATH")]
    previous: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum ForecastCommand {
    /// Score every forecast on finished projects: what it would have said at each of their status dates
    Score(ScoreArgs),
}

#[derive(Debug, Args)]
struct ScoreArgs {
    /// Folders, CSV files and workbooks of finished projects with dated statements of progress
    #[arg(required = true, value_name = "FOLDER")]
    inputs: Vec<PathBuf>,
    /// Settings
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Show every project, and every diagnostic
    #[arg(short, long)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PeriodArg {
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormatArg {
    Pdf,
    Xlsx,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Gate {
    Amber,
    Red,
}

/// Parses the command line, does what it says and returns the exit code.
#[must_use]
pub fn main() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            // Help and version are answers, not errors.
            return match told.print() {
                _ if told.use_stderr() => USAGE,
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    say(&format!("error: {}", Error::io("write", STDOUT)(error)));
                    FAILED
                }
                _ => DELIVERED,
            };
        }
    };
    match run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            say(&format!("error: {error}"));
            if matches!(error, Error::Settings { .. }) { USAGE } else { FAILED }
        }
    }
}

fn run(command: Command) -> Result<u8, Error> {
    match command {
        Command::Report(args) => report(&args),
        Command::Check(args) => check(&args),
        Command::Init { folder } => init::write(&folder).and_then(|files| told(&files)),
        Command::Sample { projects, tasks, seed, out } => sample(projects, tasks, seed, &out),
        Command::List { catalogue, language } => {
            let settings = Settings::load(&Flags { language, ..Flags::default() })?;
            tell(&listing::list(catalogue, &Format::of(settings.report.language)))?;
            Ok(DELIVERED)
        }
        Command::Explain(args) => explain::explain(&args),
        Command::Forecast(ForecastCommand::Score(args)) => score(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "earnest", &mut script);
            tell(&String::from_utf8_lossy(&script))?;
            Ok(DELIVERED)
        }
        Command::Man { command } => man(command.as_deref()),
    }
}

fn report(args: &ReportArgs) -> Result<u8, Error> {
    let settings = Settings::load(&Flags {
        out: args.out.clone(),
        template: args.template.clone(),
        previous: args.previous.clone(),
        formats: args.format.iter().map(|format| format.meant()).collect(),
        ..args.input.flags()
    })?;
    let bar = progress::Bar::new(!args.quiet && io::stderr().is_terminal());
    let outcome = pipeline::run(&settings, args.strict, &mut |stage| bar.show(stage));
    bar.finish();
    let outcome = outcome?;
    let language = settings.report.language;
    let gate = args.fail_on.map(|gate| match gate {
        Gate::Amber => Health::Amber,
        Gate::Red => Health::Red,
    });
    let code = outcome.exit_code(gate);
    if !args.quiet || code != DELIVERED {
        let list = outcome.files.iter().find(|path| path.ends_with(pipeline::PROBLEMS_FILE));
        show_problems(&outcome.analyzed.problems, args.verbose, list.map(PathBuf::as_path), language);
    }
    if outcome.analyzed.portfolio.projects.is_empty() {
        return Ok(nothing_to_report(&outcome.analyzed, &args.input.inputs, language));
    }
    // Who asked to be woken by a rating wants to read whose it is.
    if !args.quiet || code == pipeline::GATE {
        tell(&summary::summary(&outcome, language))?;
    }
    if args.verbose {
        show_times(&outcome);
    }
    // As in `check`.
    std::mem::forget(outcome);
    Ok(code)
}

fn check(args: &CheckArgs) -> Result<u8, Error> {
    let settings = Settings::load(&args.input.flags())?.without_trials();
    let bar = progress::Bar::new(!args.quiet && io::stderr().is_terminal());
    let analyzed = pipeline::check(&settings, &mut |stage| bar.show(stage));
    bar.finish();
    let analyzed = analyzed?;
    let language = settings.report.language;
    let has_errors = analyzed.problems.count(Severity::Error) > 0;
    if !args.quiet || has_errors {
        show_problems(&analyzed.problems, args.verbose, None, language);
    }
    let format = Format::of(language);
    if !args.quiet {
        for (project, findings) in analyzed.portfolio.projects.iter().zip(&analyzed.findings) {
            let (project, grade) = (&*project.name, findings.trust.grade);
            tell(&format.say(phrase!("{project}: trust {grade}", project, grade)))?;
            for reason in &findings.trust.reasons {
                tell(&format!("  {}", format.say(reason)))?;
            }
        }
    }
    if analyzed.portfolio.projects.is_empty() {
        return Ok(nothing_to_report(&analyzed, &args.input.inputs, language));
    }
    if !args.quiet {
        tell(&format.say(summary::problems(&analyzed)))?;
    }
    // The program ends here, and its memory with it: to give back every task and booking by itself takes a while.
    std::mem::forget(analyzed);
    Ok(if has_errors { REJECTED } else { DELIVERED })
}

fn sample(projects: u32, tasks: u32, seed: u64, out: &Path) -> Result<u8, Error> {
    let files: Vec<(String, Vec<u8>)> = crate::sample::generate(projects as usize, tasks as usize, seed)
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    let written = crate::delivery::write_new(out, &files)?;
    tell(&format!("{} files in {}", written.len(), out.display()))?;
    Ok(DELIVERED)
}

fn score(args: &ScoreArgs) -> Result<u8, Error> {
    let settings = Settings::load(&Flags {
        inputs: args.inputs.clone(),
        config: args.config.clone(),
        ..Flags::default()
    })?;
    let bar = progress::Bar::new(io::stderr().is_terminal());
    let scored = pipeline::score(&settings, &mut |stage| bar.show(stage));
    bar.finish();
    let (score, problems) = scored?;
    show_problems(&problems, args.verbose, None, settings.report.language);
    tell(&score::text(&score, args.verbose))?;
    Ok(if score.projects.is_empty() || problems.count(Severity::Error) > 0 { REJECTED } else { DELIVERED })
}

impl InputArgs {
    fn flags(&self) -> Flags {
        Flags {
            inputs: self.inputs.clone(),
            config: self.config.clone(),
            status_date: self.status_date,
            period: self.period.map(|period| match period {
                PeriodArg::Week => PeriodKind::Week,
                PeriodArg::Month => PeriodKind::Month,
            }),
            language: self.language.clone(),
            ..Flags::default()
        }
    }
}

impl FormatArg {
    const fn meant(self) -> FileFormat {
        match self {
            Self::Pdf => FileFormat::Pdf,
            Self::Xlsx => FileFormat::Xlsx,
            Self::Json => FileFormat::Json,
        }
    }
}

/// Says why there is nothing: by what was found wrong, or that nothing was found; the exit code with it.
fn nothing_to_report<F>(analyzed: &Analyzed<F>, inputs: &[PathBuf], language: &'static Language) -> u8 {
    let format = Format::of(language);
    let mut errors = analyzed.problems.all().iter().filter(|p| p.severity() == Severity::Error).peekable();
    if errors.peek().is_some() {
        let problems = summary::problems(analyzed);
        say(&format.say(phrase!("{problems}; no project reported", problems)));
        // Nothing could be read at all: that is the world's failure, and no judgement of the data.
        let unread = analyzed.inputs.is_empty() && errors.all(|error| error.code == &code::UNREADABLE);
        return if unread { FAILED } else { REJECTED };
    }
    let inputs: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
    say(&format.say(phrase!(
        "no project found in {inputs}: a project needs at least a table of tasks, as CSV or in a workbook; \
         `earnest init` writes one to fill in, `earnest list columns` says what may be in it",
        inputs = inputs.join(", ")
    )));
    REJECTED
}

/// The manual page of the program or of a command.
fn man(command: Option<&str>) -> Result<u8, Error> {
    let mut program = Cli::command();
    program.build();
    let about = match command {
        None => program,
        Some(name) => {
            let Some(found) = program.find_subcommand(name) else {
                let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
                say(&format!("there is no command '{name}'; there are: {}", known.join(", ")));
                return Ok(USAGE);
            };
            found.clone()
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(about).render(&mut page).map_err(Error::io("write", "man page"))?;
    tell(&String::from_utf8_lossy(&page))?;
    Ok(DELIVERED)
}

/// Diagnostics on stderr: a few of each code unless all are asked for, and how many more there are and where.
fn show_problems(problems: &Diagnostics, all: bool, list: Option<&Path>, language: &'static Language) {
    // The days are shown as the tables have them.
    let format = Format::plain(language);
    let mut shown = std::collections::BTreeMap::<&str, usize>::new();
    let mut codes = BTreeSet::new();
    for problem in problems.all() {
        if problem.severity() == Severity::Note && !all {
            continue;
        }
        let count = shown.entry(problem.code.id).or_default();
        *count += 1;
        if all || *count <= SHOWN_PER_CODE {
            say(&format!("{}\n", problem.say(&format)));
        }
        codes.insert(problem.code.id);
    }
    for code in codes {
        let more = shown.get(code).map_or(0, |count| count.saturating_sub(SHOWN_PER_CODE));
        if more > 0 && !all {
            say(&format.say(match list.map(|path| path.display().to_string()) {
                Some(file) => {
                    phrase!("{n} more of {code}: -v shows them, {file} lists them", n = more, code, file)
                }
                None => phrase!("{n} more of {code}: -v shows them", n = more, code),
            }));
        }
    }
    let notes = problems.count(Severity::Note);
    if notes > 0 && !all {
        say(&format
            .say(phrase!("{n} {n|note|notes} on what was guessed or chosen; -v shows them", n = notes)));
    }
}

fn show_times(outcome: &Outcome) {
    for (stage, time) in &outcome.times {
        say(&format!("{:<9} {:>9.3} s", stage.name(), time.as_secs_f64()));
    }
    let all: Duration = outcome.times.iter().map(|(_, time)| *time).sum();
    say(&format!("{:<9} {:>9.3} s", "together", all.as_secs_f64()));
}

fn told(files: &[PathBuf]) -> Result<u8, Error> {
    for file in files {
        tell(&file.display().to_string())?;
    }
    Ok(DELIVERED)
}

/// What the answer goes to, in messages.
const STDOUT: &str = "standard output";

/// A line for the person who asked; a closed pipe ends the telling, not the run. A full disk is a failure: nobody
/// would learn from the code that half of the answer is missing.
fn tell(line: &str) -> Result<(), Error> {
    let mut out = io::stdout();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::io("write", STDOUT)(error)),
        _ => Ok(()),
    }
}

/// A line for whoever watches.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
