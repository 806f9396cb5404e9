//! Finding a task by what other rows call it: id, WBS code, name, or a key inside a longer text.

use std::hash::Hash;
use std::sync::OnceLock;

use polars::prelude::PlHashMap;

use crate::model::TaskKind;

/// The tasks of one project by what they are called.
///
/// Every link and every booking asks; nothing is walked through, so the order of hashing reaches nothing.
#[derive(Default)]
pub(super) struct Plan<'a> {
    called: Vec<Called<'a>>,
    by_id: PlHashMap<&'a str, u32>,
    by_wbs: PlHashMap<&'a str, Option<u32>>,
    /// Made when first asked for: ids are mostly written as they are, and names seldom used instead.
    by_folded_id: OnceLock<PlHashMap<String, Option<u32>>>,
    by_name: OnceLock<PlHashMap<&'a str, Option<u32>>>,
    /// Whether any id is a plain number; if none is, a number can only be the row of the table.
    pub(super) numeric_ids: bool,
}

/// What a task is called.
#[derive(Clone, Debug)]
pub(super) struct Called<'a> {
    pub(super) id: &'a str,
    pub(super) wbs: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) kind: TaskKind,
}

/// How a text was matched to a task, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum By {
    Id,
    Wbs,
    Name,
    /// A task's id inside a longer text: `STC-198 fix the login`.
    KeyInText,
}

impl<'a> Plan<'a> {
    pub(super) fn new(tasks: impl IntoIterator<Item = Called<'a>>) -> Self {
        let called: Vec<Called> = tasks.into_iter().collect();
        let mut plan = Self::default();
        plan.by_id.reserve(called.len());
        plan.by_wbs.reserve(called.len());
        for (index, task) in (0_u32..).zip(&called) {
            plan.by_id.insert(task.id, index);
            plan.numeric_ids |= task.id.bytes().all(|b| b.is_ascii_digit());
        }
        // A WBS code may be that of a summary and of the activities under it: then it is the summary's.
        for (index, task) in (0_u32..).zip(&called) {
            let Some(wbs) = task.wbs else { continue };
            match plan.by_wbs.get(wbs) {
                Some(Some(other)) if called[*other as usize].kind == TaskKind::Summary => {}
                Some(_) if task.kind == TaskKind::Summary => {
                    plan.by_wbs.insert(wbs, Some(index));
                }
                _ => once(&mut plan.by_wbs, wbs, index),
            }
        }
        Self { called, ..plan }
    }

    pub(super) fn by_id(&self, written: &str) -> Option<u32> {
        self.by_id.get(written).copied().or_else(|| *self.by_folded_id().get(&written.to_lowercase())?)
    }

    fn by_folded_id(&self) -> &PlHashMap<String, Option<u32>> {
        self.by_folded_id.get_or_init(|| {
            let mut folded = PlHashMap::default();
            folded.reserve(self.called.len());
            for (index, task) in (0_u32..).zip(&self.called) {
                once(&mut folded, task.id.to_lowercase(), index);
            }
            folded
        })
    }

    fn by_name(&self, written: &str) -> Option<u32> {
        let names = self.by_name.get_or_init(|| {
            let mut names = PlHashMap::default();
            names.reserve(self.called.len());
            for (index, task) in (0_u32..).zip(&self.called) {
                once(&mut names, task.name, index);
            }
            names
        });
        names.get(written).copied().flatten()
    }

    pub(super) fn by_wbs(&self, written: &str) -> Option<u32> {
        *self.by_wbs.get(written)?
    }

    /// By id, else WBS code, else a name that no other task has: what links, parents and statements may say.
    pub(super) fn find(&self, written: &str) -> Option<u32> {
        let written = written.trim();
        self.by_id(written).or_else(|| self.by_wbs(written)).or_else(|| self.by_name(written))
    }

    /// By anything a booking may say.
    pub(super) fn recognise(&self, written: &str) -> Option<(u32, By)> {
        let written = written.trim();
        if let Some(task) = self.by_id(written) {
            return Some((task, By::Id));
        }
        if let Some(task) = self.by_wbs(written) {
            return Some((task, By::Wbs));
        }
        if let Some(task) = self.by_name(written) {
            return Some((task, By::Name));
        }
        keys_in(written).find_map(|key| self.by_id.get(key).copied()).map(|task| (task, By::KeyInText))
    }
}

/// What may be the id of a task within a text: the keys of a tracker, then a number behind a hash.
pub(super) fn keys_in(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    words.filter(|word| is_key(word)).chain(number_in(text))
}

/// Letters, a hyphen, digits: `STC-198`. A bare word or number inside a text proves nothing.
fn is_key(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(head, number)| {
        head.starts_with(|c: char| c.is_alphabetic()) && number.contains(|c: char| c.is_ascii_digit())
    })
}

/// The number behind a hash: `101` of `Feature #101: Login`.
fn number_in(text: &str) -> Option<&str> {
    let (_, behind) = text.split_once('#')?;
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    behind.get(..end).filter(|number| !number.is_empty())
}

/// Remembers an index under a name that only one may have.
fn once<N: Hash + Eq + AsRef<str>>(map: &mut PlHashMap<N, Option<u32>>, name: N, index: u32) {
    if !name.as_ref().is_empty() {
        map.entry(name).and_modify(|found| *found = None).or_insert(Some(index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task<'a>(id: &'a str, wbs: &'a str, name: &'a str, kind: TaskKind) -> Called<'a> {
        Called { id, wbs: Some(wbs), name, kind }
    }

    #[test]
    fn the_surest_name_wins() {
        let plan = Plan::new([
            task("STC-1", "1", "Build", TaskKind::Summary),
            task("STC-2", "1.1", "Login", TaskKind::Task),
            task("STC-3", "1.2", "Login", TaskKind::Task),
            task("STC-4", "1.2", "Report", TaskKind::Task),
        ]);
        assert_eq!(plan.recognise("STC-2"), Some((1, By::Id)));
        assert_eq!(plan.recognise("stc-2"), Some((1, By::Id)));
        assert_eq!(plan.recognise("1.1"), Some((1, By::Wbs)));
        assert_eq!(plan.recognise("1.2"), None, "two tasks have it");
        assert_eq!(plan.recognise("Report"), Some((3, By::Name)));
        assert_eq!(plan.recognise("Login"), None, "two tasks have it");
        assert_eq!(plan.recognise("[STC-3] fix the login"), Some((2, By::KeyInText)));
        assert_eq!(plan.recognise("meeting about nothing"), None);
        assert_eq!(plan.find("Report"), Some(3));
        assert_eq!(plan.find("Login"), None, "two tasks have it");
        assert!(!plan.numeric_ids);
    }

    #[test]
    fn a_number_behind_a_hash_is_a_key() {
        let plan = Plan::new([task("101", "1", "Login", TaskKind::Task)]);
        assert_eq!(plan.recognise("Feature #101: Login page"), Some((0, By::KeyInText)));
        assert_eq!(plan.recognise("Feature #102: Search"), None);
        assert_eq!(plan.recognise("# 101"), None);
    }

    #[test]
    fn a_code_shared_with_its_activities_is_the_summary_s() {
        let plan = Plan::new([
            task("S", "A.1", "Design", TaskKind::Summary),
            task("A100", "A.1", "Draw", TaskKind::Task),
            task("A110", "A.1", "Check", TaskKind::Task),
        ]);
        assert_eq!(plan.by_wbs("A.1"), Some(0));
    }
}
