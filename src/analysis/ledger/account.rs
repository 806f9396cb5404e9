//! Accounts that are no task: control accounts and WBS codes as postings and budget lines write them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::code::folded;
use crate::model::Project;

/// The accounts of the portfolio, each under one spelling.
pub(super) struct Accounts {
    by_name: BTreeMap<(u32, String), Account>,
}

/// An account.
pub(super) struct Account {
    /// As the project's tasks write it; else, of all spellings, the first in the order of characters.
    pub(super) name: Arc<str>,
    /// Whether a task of the project names it as its control account or WBS code.
    pub(super) known: bool,
}

impl Accounts {
    /// From the accounts that are used: project and name as written.
    pub(super) fn of<'a>(projects: &[Project], used: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut by_name: BTreeMap<(u32, String), Account> = BTreeMap::new();
        for (project, written) in used {
            let name: Arc<str> = written.trim().into();
            by_name
                .entry((project, folded(written)))
                .and_modify(|account| account.name = Arc::clone(&account.name).min(Arc::clone(&name)))
                .or_insert(Account { name, known: false });
        }
        let mut with_accounts: Vec<u32> = by_name.keys().map(|key| key.0).collect();
        with_accounts.dedup();
        for project in with_accounts {
            for task in projects.get(project as usize).map_or(&[][..], |p| &p.tasks) {
                for name in [&task.control_account, &task.wbs].into_iter().flatten() {
                    if let Some(account) = by_name.get_mut(&(project, folded(name)))
                        && !account.known
                    {
                        *account = Account { name: name.trim().into(), known: true };
                    }
                }
            }
        }
        Self { by_name }
    }

    /// The account of a project by its name as written.
    pub(super) fn get(&self, project: u32, written: &str) -> Option<&Account> {
        self.by_name.get(&(project, folded(written)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Task;

    #[test]
    fn spellings_of_an_account_are_one_and_the_plan_says_which() {
        let task = Task { control_account: Some("CA-Build".into()), ..Task::default() };
        let projects = [Project { tasks: vec![task], ..Project::default() }];
        let used = [(0, "ca-build "), (0, "CA-BUILD"), (0, "Travel"), (0, "TRAVEL")];
        let accounts = Accounts::of(&projects, used.into_iter());
        let get = |name| accounts.get(0, name).map(|a| (&*a.name, a.known));
        assert_eq!(get("Ca-build"), Some(("CA-Build", true)));
        assert_eq!(get("travel"), Some(("TRAVEL", false)));
        assert_eq!(get("other"), None);
    }
}
