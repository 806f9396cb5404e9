//! The command as a person or cron uses it: what it prints, what it writes, how it exits.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test stops and writes files"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn earnest(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_earnest")).args(arguments).current_dir(folder).output().unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder that goes away with the test.
fn empty() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Copies a project of two tasks into the folder and returns its path as an argument.
fn small_project(folder: &Path, tasks: &str) -> String {
    let project = folder.join("small");
    fs::create_dir_all(&project).unwrap();
    fs::write(project.join("tasks.csv"), tasks).unwrap();
    project.to_string_lossy().into_owned()
}

const GOOD: &str = "id,name,baseline_start,baseline_finish,baseline_cost,percent_complete,actual_cost\n\
    1,Design,2026-01-05,2026-01-16,1000,100,1500\n\
    2,Build,2026-01-19,2026-01-30,1000,0,0\n";

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'));
    found.sort();
    found
}

#[test]
fn the_main_job_writes_three_files_and_a_summary() {
    let out = empty();
    let atlas = root().join("sample-data/atlas");
    let run = earnest(&["report", atlas.to_str().unwrap(), "--out", "reports"], out.path());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let names: Vec<String> = files(&out.path().join("reports"))
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        [
            "atlas-status-2026-03-31.json",
            "atlas-status-2026-03-31.pdf",
            "atlas-status-2026-03-31.xlsx",
            "manifest.json",
            "problems.csv"
        ]
    );
    let told = text(&run.stdout);
    assert!(told.contains("Atlas customer portal") && told.contains("atlas-status-2026-03-31.pdf"), "{told}");
}

#[test]
fn quiet_is_silent_on_success() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    let run =
        earnest(&["report", &project, "-q", "--out", "reports", "--status-date", "2026-01-16"], out.path());
    assert_eq!(
        (run.status.code(), text(&run.stdout), text(&run.stderr)),
        (Some(0), String::new(), String::new())
    );
}

#[test]
fn errors_deliver_in_part_and_strict_delivers_nothing() {
    let out = empty();
    let project = small_project(out.path(), &format!("{GOOD}3,Test,2026-02-02,2026-02-31,500,0,0\n"));
    let run = earnest(&["report", &project, "--out", "reports", "--status-date", "2026-01-16"], out.path());
    assert_eq!(run.status.code(), Some(3));
    let told = text(&run.stderr);
    assert!(told.contains("tasks.csv:4:4 (baseline_finish)") && told.contains("2026-02-31"), "{told}");
    assert!(out.path().join("reports/small-status-2026-01-16.pdf").is_file());

    let strict = earnest(&["report", &project, "--strict", "--out", "none"], out.path());
    assert_eq!(strict.status.code(), Some(3));
    assert!(!out.path().join("none").exists());
}

/// Messages, their list and the report are in the language; codes and places are not.
#[test]
fn a_language_holds_for_everything_a_person_reads() {
    let out = empty();
    let plan = small_project(out.path(), &format!("{GOOD}3,Test,2026-02-02,2026-02-31,500,0,0\n"));
    let run = earnest(&["report", &plan, "--format", "pdf", "--language", "de"], out.path());
    let told = text(&run.stderr);
    assert!(told.contains("Fehler[E"), "{told}");
    assert!(told.contains("(baseline_finish)") && told.contains("2026-02-31"), "{told}");
    let list = fs::read_to_string(out.path().join("reports/problems.csv")).unwrap();
    assert!(list.starts_with("severity,code,file") && list.contains("bleibt leer"), "{list}");
    let unknown = earnest(&["report", &plan, "--language", "tlh"], out.path());
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("en, de, fr, es"), "{}", text(&unknown.stderr));
}

#[test]
fn a_project_without_a_date_is_refused_and_the_others_are_reported() {
    let out = empty();
    for (project, tasks) in
        [("dated", GOOD), ("timeless", "id,name,percent_complete,baseline_cost\n1,Design,50,500\n")]
    {
        fs::create_dir_all(out.path().join("all").join(project)).unwrap();
        fs::write(out.path().join("all").join(project).join("tasks.csv"), tasks).unwrap();
    }
    let written = |folder: &str| -> Vec<String> {
        let found = files(&out.path().join(folder)).into_iter();
        let names = found.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        names.filter(|name| name.contains("status")).collect()
    };
    let run = earnest(&["report", "all", "--out", "reports", "--format", "json"], out.path());
    assert_eq!(run.status.code(), Some(3));
    let told = text(&run.stderr);
    assert!(told.contains("error[E401]: ") && told.contains("all/timeless/tasks.csv"), "{told}");
    assert!(told.contains("--status-date"), "{told}");
    assert!(text(&run.stdout).ends_with("; 1 of 2 projects reported\n"), "{}", text(&run.stdout));
    assert_eq!(written("reports"), ["dated-status-2026-01-16.json"]);

    let given = ["report", "all", "--out", "given", "--format", "json", "--status-date", "2026-01-16"];
    let run = earnest(&given, out.path());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert_eq!(
        written("given"),
        [
            "dated-status-2026-01-16.json",
            "portfolio-status-2026-01-16.json",
            "timeless-status-2026-01-16.json"
        ]
    );

    let alone = earnest(&["report", "all/timeless", "--out", "none"], out.path());
    assert_eq!(alone.status.code(), Some(3));
    assert!(!out.path().join("none").exists());
}

#[test]
fn a_gate_trips_with_its_own_code() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    // AC 1,500 for 1,000 earned: CPI 0.67 is red.
    let gated = |gate: &str| {
        earnest(
            &["report", &project, "--out", "reports", "--status-date", "2026-01-16", "--fail-on", gate],
            out.path(),
        )
    };
    assert_eq!(gated("red").status.code(), Some(4));
    assert_eq!(gated("amber").status.code(), Some(4));
}

#[test]
fn a_tripped_gate_says_whose_rating_it_was_even_when_quiet() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    let run = |extra: &[&str]| {
        let all =
            [&["report", "-q", &project, "--out", "reports", "--status-date", "2026-01-16"], extra].concat();
        text(&earnest(&all, out.path()).stdout)
    };
    assert_eq!(run(&[]), "");
    let told = run(&["--fail-on", "red"]);
    assert!(told.contains("RED") && told.contains("CPI 0.67 is below 0.90"), "{told}");
}

#[test]
fn usage_and_world_have_their_own_codes() {
    let out = empty();
    assert_eq!(earnest(&["report"], out.path()).status.code(), Some(2));
    assert_eq!(earnest(&["report", "x", "--status-date", "31.02."], out.path()).status.code(), Some(2));
    let missing = earnest(&["report", "no-such-folder"], out.path());
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("no-such-folder"));
    fs::write(out.path().join("earnest.toml"), "perod = \"week\"\n").unwrap();
    fs::write(out.path().join("tasks.csv"), GOOD).unwrap();
    let misspelt = earnest(&["report", "tasks.csv"], out.path());
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("perod"));
    fs::create_dir(out.path().join("nothing")).unwrap();
    assert_eq!(earnest(&["report", "nothing"], out.path()).status.code(), Some(3));
}

/// A link to nowhere stands for what cannot be read: permissions mean nothing to root.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_reported() {
    let out = empty();
    small_project(&out.path().join("one"), GOOD);
    for gone in ["two", "three"] {
        fs::create_dir_all(out.path().join(gone)).unwrap();
        std::os::unix::fs::symlink("/nowhere/tasks.csv", out.path().join(gone).join("tasks.csv")).unwrap();
    }
    let run = earnest(&["report", "one", "two", "three", "four"], out.path());
    assert_eq!(run.status.code(), Some(3), "{}", text(&run.stderr));
    let told = text(&run.stderr);
    for name in ["two/tasks.csv", "three/tasks.csv", "four"] {
        assert!(
            told.contains(&format!(
                "error[E008]: it cannot be read: No such file or directory (os error 2)\n  --> {name}\n"
            )),
            "{told}"
        );
    }
    assert!(told.contains("error[E304]: there are no tasks\n  --> two/tasks.csv"), "{told}");
    assert_eq!(files(&out.path().join("reports")).len(), 5, "three of the project, list and manifest");
    fs::remove_dir_all(out.path().join("reports")).unwrap();
    let strict = earnest(&["report", "--strict", "one", "two"], out.path());
    assert_eq!(strict.status.code(), Some(3));
    assert!(!out.path().join("reports").exists());
}

#[test]
fn check_writes_nothing() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    let run = earnest(&["check", &project], out.path());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stdout).contains("trust"));
    assert_eq!(files(out.path()).len(), 1);
}

#[test]
fn a_quiet_check_is_silent_on_success_and_names_errors() {
    let out = empty();
    let good = small_project(out.path(), GOOD);
    let run = earnest(&["check", "-q", &good], out.path());
    assert_eq!(
        (run.status.code(), text(&run.stdout), text(&run.stderr)),
        (Some(0), String::new(), String::new())
    );
    let bad = small_project(out.path(), &GOOD.replace("1000,0,0", "lots,0,0"));
    let run = earnest(&["check", "-q", &bad], out.path());
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(3), String::new()));
    assert!(text(&run.stderr).contains("'lots' is not an amount; left empty"), "{}", text(&run.stderr));
}

/// The device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_finds_no_room_is_a_failure() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    for arguments in [&["check", &project][..], &["report", &project], &["list", "codes"], &["--help"]] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_earnest"))
            .args(arguments)
            .current_dir(out.path())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
        let told = text(&run.stderr);
        assert!(told.contains("cannot write standard output: No space left on device"), "{told}");
    }
}

#[test]
fn a_fault_of_the_settings_names_their_file() {
    let folder = empty();
    let project = small_project(
        folder.path(),
        "id,name,baseline_start,baseline_finish\n1,Design,2026-01-05,2026-01-16\n",
    );
    let config = folder.path().join("ours.toml");
    fs::write(&config, "currency = \"EURO\"\n").unwrap();
    let config = config.to_str().unwrap();
    let run = earnest(&["check", &project, "--config", config], folder.path());
    let told = text(&run.stdout) + &text(&run.stderr);
    assert!(told.contains("warning[W353]") && told.contains(&format!("--> {config}\n")), "{told}");
}

#[test]
fn projects_whose_file_names_meet_keep_their_names_in_any_order() {
    let out = empty();
    let rows = |ids: [&str; 2]| {
        let row = |id: &str| format!("1,Design,2026-01-05,2026-01-16,1000,{id}\n");
        format!(
            "id,name,baseline_start,baseline_finish,baseline_cost,project\n{}{}",
            row(ids[0]),
            row(ids[1])
        )
    };
    let names = |ids, reports: &str| {
        let project = small_project(out.path(), &rows(ids));
        let run = earnest(&["report", &project, "--format", "json", "--out", reports, "-v"], out.path());
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
        assert!(
            text(&run.stderr).contains("note[N501]: the projects 'A/B', 'a/b' meet in one file name"),
            "{}",
            text(&run.stderr)
        );
        let id = |path: &Path| {
            let json: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
            json["project"]["id"].as_str().map(str::to_owned)
        };
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut names: Vec<(String, Option<String>)> = files(&out.path().join(reports))
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == "json"))
            .map(|path| (name(path), id(path)))
            .collect();
        names.retain(|(_, id)| id.is_some());
        names
    };
    let one = names(["A/B", "a/b"], "one");
    assert_eq!(one.len(), 2);
    assert_eq!(one, names(["a/b", "A/B"], "two"));
}

#[test]
fn what_init_writes_can_be_reported_on() {
    let out = empty();
    let run = earnest(&["init", "new"], out.path());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let again = earnest(&["init", "new"], out.path());
    assert_eq!(again.status.code(), Some(1), "it must not write over what is there");
    let report = earnest(&["report", "new", "--out", "reports"], out.path());
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
}

#[test]
fn a_sample_is_the_same_for_the_same_seed() {
    let out = empty();
    for folder in ["a", "b"] {
        let run = earnest(
            &["sample", "--projects", "2", "--tasks", "12", "--seed", "3", "--out", folder],
            out.path(),
        );
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    }
    let report = earnest(&["report", "a", "--out", "reports", "--format", "json"], out.path());
    assert_eq!(report.status.code(), Some(0), "{}", text(&report.stderr));
    let different = Command::new("diff").args(["-r", "a", "b"]).current_dir(out.path()).output().unwrap();
    assert!(different.stdout.is_empty(), "{}", text(&different.stdout));
}

#[test]
fn explain_tells_why_a_task_is_when_it_is_and_a_run_names_impossible_constraints() {
    let out = empty();
    let tasks = "id,name,duration,predecessors,constraint,constraint_date\n\
        1,Design,5d,,,\n\
        2,Build,4d,1,,\n\
        3,Hand over,1d,2,Finish no later than,2026-01-13\n";
    let project = small_project(out.path(), tasks);
    fs::write(out.path().join("small/charter.csv"), "key,value\nstart,2026-01-05\n").unwrap();
    let told =
        text(&earnest(&["explain", "build", &project, "--status-date", "2026-01-04"], out.path()).stdout);
    // Monday, 12 January, after the weekend.
    assert!(
        told.contains("2 starts 2026-01-12 08:00 and takes 4.0 working days: 1 finishes 2026-01-09 17:00"),
        "{told}"
    );
    assert!(told.contains("the project's start"), "{told}");
    let checked = earnest(&["check", &project, "--status-date", "2026-01-04"], out.path());
    let warned = text(&checked.stderr);
    // Build ends on Thursday, 15 January: the hand-over is possible on Friday.
    assert!(warned.contains("W401") && warned.contains("2026-01-16 is the earliest possible"), "{warned}");
    assert_eq!(earnest(&["explain", "nobody", &project], out.path()).status.code(), Some(2));
}

#[test]
fn explain_tells_formula_source_and_rows() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    let run = earnest(&["explain", "cpi", &project, "--status-date", "2026-01-16"], out.path());
    let told = text(&run.stdout);
    assert!(told.contains("EV / AC") && told.contains("Source:") && told.contains("tasks.csv"), "{told}");
    assert!(text(&earnest(&["explain", "E101"], out.path()).stdout).starts_with("E101 (error)"));
    assert_eq!(earnest(&["explain", "nonsense"], out.path()).status.code(), Some(2));
    // Also where it is the settings that are at fault.
    fs::write(out.path().join("bad.toml"), "currency = ").unwrap();
    let explain = |what| earnest(&["explain", what, "--config", "bad.toml"], out.path());
    assert_ne!(explain("cpi").status.code(), Some(0));
    assert!(text(&explain("E101").stdout).starts_with("E101 (error)"));
}

#[test]
fn explain_and_list_answer_in_the_language_asked_for() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    let cpi = ["explain", "cpi", &project, "--status-date", "2026-01-16", "--language", "de"];
    let told = text(&earnest(&cpi, out.path()).stdout);
    assert!(told.contains("Kostenindex") && told.contains("Quelle: PMI"), "{told}");
    let listed = text(&earnest(&["list", "metrics", "--language", "fr"], out.path()).stdout);
    assert!(listed.contains("Valeur acquise"), "{listed}");
    assert_eq!(earnest(&["list", "metrics", "--language", "tlh"], out.path()).status.code(), Some(2));
}

#[test]
fn completions_and_manual_are_there() {
    let out = empty();
    let all =
        [&["completions", "bash"][..], &["man"], &["man", "report"], &["list", "columns"], &["--version"]];
    for arguments in all {
        let run = earnest(arguments, out.path());
        assert_eq!(run.status.code(), Some(0), "{arguments:?}");
        assert!(!run.stdout.is_empty(), "{arguments:?}");
    }
}

/// A project of three tasks in a row, reported at the end of six weeks, finished in the last of them.
fn finished_project(folder: &Path, name: &str, dearer: f64) {
    let project = folder.join(name);
    fs::create_dir_all(&project).unwrap();
    let tasks = "id,name,baseline_start,baseline_finish,baseline_cost,predecessors\n\
        1,Design,2026-01-05,2026-01-09,1000,\n\
        2,Build,2026-01-12,2026-01-23,2000,1\n\
        3,Test,2026-01-26,2026-01-30,1000,2\n";
    fs::write(project.join("tasks.csv"), tasks).unwrap();
    let mut progress = vec!["task,date,percent_complete".to_owned()];
    let mut costs = vec!["date,amount,task".to_owned()];
    for (date, shares) in [
        ("2026-01-09", [80, 0, 0]),
        ("2026-01-16", [100, 20, 0]),
        ("2026-01-23", [100, 60, 0]),
        ("2026-01-30", [100, 100, 0]),
        ("2026-02-06", [100, 100, 50]),
        ("2026-02-13", [100, 100, 100]),
    ] {
        for (task, share) in shares.iter().enumerate() {
            progress.push(format!("{},{date},{share}%", task + 1));
        }
    }
    for (task, date, budget) in
        [(1, "2026-01-14", 1000.0), (2, "2026-01-29", 2000.0), (3, "2026-02-12", 1000.0)]
    {
        costs.push(format!("{date},{},{task}", budget * dearer));
    }
    fs::write(project.join("progress.csv"), progress.join("\n")).unwrap();
    fs::write(project.join("costs.csv"), costs.join("\n")).unwrap();
}

#[test]
fn forecasts_are_scored_on_finished_projects_and_ranges_calibrated() {
    let out = empty();
    finished_project(out.path(), "north", 1.2);
    finished_project(out.path(), "south", 1.1);
    let run = earnest(&["forecast", "score", "."], out.path());
    let told = text(&run.stdout);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    // Six dates each; at the last one all is earned.
    assert!(told.starts_with("2 finished projects, 10 status dates"), "{told}");
    let share = |key: &str| {
        let line = told.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace().nth(2).unwrap().to_owned()
    };
    let settings =
        format!("[forecast]\np80_cost = {}\np80_finish = {}\n", share("p80_cost"), share("p80_finish"));
    // What it prints is what the settings take; with it P80 holds in four of five cases or more.
    fs::write(out.path().join("own.toml"), settings).unwrap();
    let run = earnest(&["forecast", "score", ".", "--config", "own.toml"], out.path());
    let told = text(&run.stdout);
    let kept = |what: &str| {
        let line = told.lines().find(|line| line.starts_with(&format!("  {what} was kept in "))).unwrap();
        line.split("in ").nth(1).unwrap().split('%').next().unwrap().parse::<u32>().unwrap()
    };
    assert!(kept("cost") >= 80 && kept("finish") >= 80, "{told}");
}

#[test]
fn a_range_that_cannot_be_is_refused() {
    let out = empty();
    let project = small_project(out.path(), GOOD);
    fs::write(out.path().join("bad.toml"), "[forecast]\np80_cost = -0.2\n").unwrap();
    let run = earnest(&["check", &project, "--config", "bad.toml"], out.path());
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("forecast.p80_cost"), "{}", text(&run.stderr));
}
