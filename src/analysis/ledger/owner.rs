//! What a row belongs to, as one number over the whole portfolio: a task of a project, or the project itself.

use crate::model::Project;

/// The numbering: the tasks of the first project, then that project without a task, then the next project.
pub(super) struct Owners {
    /// The number of each project's first task, and one past the last number.
    starts: Vec<u32>,
}

impl Owners {
    pub(super) fn of(projects: &[Project]) -> Self {
        let mut next: u32 = 0;
        let mut starts = vec![next];
        for project in projects {
            next = next.saturating_add(u32::try_from(project.tasks.len()).unwrap_or(u32::MAX));
            next = next.saturating_add(1);
            starts.push(next);
        }
        Self { starts }
    }

    /// The task, if the project has it.
    pub(super) fn task(&self, project: u32, task: Option<u32>) -> Option<u32> {
        let tasks = self.starts[project as usize + 1] - self.starts[project as usize] - 1;
        task.filter(|task| *task < tasks)
    }

    /// The number of a task that [`Owners::task`] let pass, or of the project itself.
    pub(super) fn code(&self, project: u32, task: Option<u32>) -> u32 {
        task.map_or(self.starts[project as usize + 1] - 1, |task| self.starts[project as usize] + task)
    }

    /// The project and task of a number.
    pub(super) fn at(&self, code: u32) -> (usize, Option<usize>) {
        let project = self.starts.partition_point(|start| *start <= code) - 1;
        let itself = self.starts[project + 1] - 1;
        (project, (code != itself).then(|| (code - self.starts[project]) as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Task;

    #[test]
    fn numbers_lead_back_to_their_task() {
        let project = |n| Project { tasks: vec![Task::default(); n], ..Project::default() };
        let owners = Owners::of(&[project(2), project(0), project(1)]);
        assert_eq!(owners.code(0, Some(1)), 1);
        assert_eq!(owners.code(1, None), 3);
        assert_eq!(owners.task(0, Some(2)), None);
        let all: Vec<_> = (0..6).map(|code| owners.at(code)).collect();
        assert_eq!(all, [(0, Some(0)), (0, Some(1)), (0, None), (1, None), (2, Some(0)), (2, None)]);
    }
}
