//! Parents, levels and kinds: by the `parent` cell, the outline level, or the beginning of the WBS code.

use polars::prelude::PlHashMap;

use super::plan::Plan;
use super::tasks::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::model::TaskKind;

/// Links every task to the summary above it, then says which are summaries.
pub(super) fn link(drafts: &mut Drafts, project: &str, problems: &mut Diagnostics) {
    let parents = parents(drafts, project, problems);
    for (task, parent) in drafts.tasks.iter_mut().zip(parents) {
        task.parent = parent;
    }
    break_cycles(drafts, project, problems);
    levels(drafts);
}

/// Who is above whom: by what the row says, its outline level, or its code.
fn parents(drafts: &Drafts, project: &str, problems: &mut Diagnostics) -> Vec<Option<usize>> {
    // Summaries are known only afterwards; names and codes are enough to find them.
    let named = drafts.rows.iter().any(|row| row.text("parent").is_some());
    let plan = if named { Plan::new(drafts.called()) } else { Plan::default() };
    let others = if named { other_ids(drafts) } else { PlHashMap::default() };
    let prefixes = Prefixes::new(drafts);
    let mut parents = by_outline_level(drafts);
    for (index, (row, parent)) in drafts.rows.iter().zip(&mut parents).enumerate() {
        let Some(written) = row.text("parent") else {
            *parent = parent.or_else(|| prefixes.parent(drafts, index));
            continue;
        };
        let found = plan.find(written).map(|found| found as usize);
        *parent = found.or_else(|| others.get(written.trim()).copied().flatten());
        if parent.is_none() {
            let task = &drafts.tasks[index];
            let message = phrase!("there is no task '{task}' to be a parent", task = written);
            problems.push(
                Diagnostic::new(&code::UNKNOWN_PARENT, row.cell("parent"), message)
                    .context(format!("{}  {}", task.id, task.name))
                    .project(project)
                    .help(word!("the task stands at the top; correct its parent or leave it empty")),
            );
        }
    }
    parents
}

/// Tasks by the second id that their tool gives them: trackers write the key of an issue and the number of its
/// parent. `None` where two tasks have it.
fn other_ids<'a>(drafts: &Drafts<'a>) -> PlHashMap<&'a str, Option<usize>> {
    let mut found = PlHashMap::default();
    for (index, row) in drafts.rows.iter().enumerate() {
        let Some(other) = row.text("other_id") else { continue };
        found.entry(other).and_modify(|found| *found = None).or_insert(Some(index));
    }
    found
}

/// Who is above whom by outline level: the last row above with a smaller one.
fn by_outline_level(drafts: &Drafts) -> Vec<Option<usize>> {
    let mut open: Vec<(f64, usize)> = Vec::new();
    let mut parents = vec![None; drafts.tasks.len()];
    for (index, row) in drafts.rows.iter().enumerate() {
        let Some(level) = row.number("outline_level") else { continue };
        while open.last().is_some_and(|(above, _)| *above >= level) {
            open.pop();
        }
        parents[index] = open.last().map(|(_, above)| *above);
        open.push((level, index));
    }
    parents
}

/// WBS codes of possible summaries.
struct Prefixes<'a> {
    /// The summary said to be one, else the only task, of a code.
    by_code: PlHashMap<&'a str, Option<usize>>,
}

impl<'a> Prefixes<'a> {
    fn new(drafts: &'a Drafts) -> Self {
        let mut by_code: PlHashMap<&str, Option<usize>> = PlHashMap::default();
        let said_summary = |index: usize| drafts.said_kind[index] == Some(TaskKind::Summary);
        for (index, task) in drafts.tasks.iter().enumerate() {
            let Some(wbs) = &task.wbs else { continue };
            let code = folded(wbs);
            match by_code.get(code) {
                None => {
                    by_code.insert(code, Some(index));
                }
                Some(_) if said_summary(index) => {
                    by_code.insert(code, Some(index));
                }
                Some(Some(other)) if said_summary(*other) => {}
                Some(_) => {
                    by_code.insert(code, None);
                }
            }
        }
        Self { by_code }
    }

    /// The task whose code is this one's without its last parts: `1.2` for `1.2.3`, `1` when there is no `1.2`.
    fn parent(&self, drafts: &Drafts, index: usize) -> Option<usize> {
        let code = folded(drafts.tasks[index].wbs.as_ref()?);
        // Activities that carry the very code of their WBS summary.
        if let Some(Some(same)) = self.by_code.get(code)
            && *same != index
            && drafts.said_kind[*same] == Some(TaskKind::Summary)
        {
            return Some(*same);
        }
        let mut rest = code;
        while let Some(cut) = rest.rfind(['.', '-', '/', ' ', '_']) {
            rest = &rest[..cut];
            if let Some(Some(above)) = self.by_code.get(rest) {
                return (*above != index).then_some(*above);
            }
        }
        None
    }
}

/// `1.` and `1` are the same code.
fn folded(code: &str) -> &str {
    code.trim().trim_end_matches(['.', '/'])
}

/// A task cannot stand above itself: the chain is named and cut where it closes.
fn break_cycles(drafts: &mut Drafts, project: &str, problems: &mut Diagnostics) {
    // 0: not seen, 1: on the way up now, 2: leads to the top.
    let mut state = vec![0_u8; drafts.tasks.len()];
    for start in 0..drafts.tasks.len() {
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(index) = at.filter(|index| state[*index] == 0) {
            state[index] = 1;
            way.push(index);
            at = drafts.tasks[index].parent;
        }
        if let Some(closing) = at.filter(|index| state[*index] == 1)
            && let Some(from) = way.iter().position(|index| *index == closing)
        {
            let cycle = &way[from..];
            let names: Vec<&str> =
                cycle.iter().chain([&closing]).map(|index| drafts.tasks[*index].id.as_str()).collect();
            problems.push(
                Diagnostic::new(
                    &code::PARENT_CYCLE,
                    drafts.rows[closing].cell("parent"),
                    phrase!("the parents go round in a circle: {tasks}", tasks = super::links::chain(&names)),
                )
                .project(project)
                .help(phrase!(
                    "'{task}' is put at the top; correct one of the parents",
                    task = &*drafts.tasks[closing].id
                )),
            );
            drafts.tasks[closing].parent = None;
        }
        for index in way {
            state[index] = 2;
        }
    }
}

/// Levels from the top, and summaries: whatever has children.
fn levels(drafts: &mut Drafts) {
    let count = drafts.tasks.len();
    let mut level: Vec<Option<u32>> = vec![None; count];
    for start in 0..count {
        let mut way = Vec::new();
        let mut at = start;
        let mut depth = loop {
            if let Some(known) = level[at] {
                break known + 1;
            }
            way.push(at);
            match drafts.tasks[at].parent {
                Some(above) => at = above,
                None => break 0,
            }
        };
        while let Some(index) = way.pop() {
            level[index] = Some(depth);
            depth += 1;
        }
    }
    for (task, level) in drafts.tasks.iter_mut().zip(level) {
        task.level = level.unwrap_or(0);
    }
    for index in 0..count {
        if let Some(above) = drafts.tasks[index].parent {
            drafts.tasks[above].kind = TaskKind::Summary;
        }
    }
}
