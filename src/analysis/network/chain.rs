//! The chain of reasons behind a task's start, back to where it begins.

use super::Network;
use super::drivers::Driver;

impl Network {
    /// The tasks that drive a task's start, itself first; the last one waits for no other task.
    #[must_use]
    pub fn driving_chain(&self, task: usize) -> Vec<usize> {
        let mut chain = vec![task];
        let mut at = task;
        while let Some(Driver::Link { from, .. }) =
            self.tasks.get(at).and_then(|t| t.as_ref()).map(|t| t.driver)
        {
            // Links go forward in time order, so a chain longer than the project cannot be.
            if chain.len() > self.tasks.len() {
                break;
            }
            chain.push(from);
            at = from;
        }
        chain
    }
}
