//! Who books on a project: one number a person and role, however the name is spelled.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::code::{Codes, folded};
use super::super::rate::{Rated, Rates};
use super::columns::Columns;
use crate::model::Project;
use crate::quantity::Money;

/// The people of a project.
pub(super) struct People {
    rates: Rates,
    /// Person and role, by the codes of their spelling.
    spelled: Codes<(u32, u32)>,
    /// The number of the person behind each spelling.
    behind: Vec<u32>,
    numbers: BTreeMap<(String, String), u32>,
    known: Vec<Who>,
}

/// One person in one role.
pub(super) struct Who {
    pub(super) name: Arc<str>,
    pub(super) role: Option<Arc<str>>,
    rated: Option<Rated>,
}

impl People {
    pub(super) fn of(project: &Project) -> Self {
        Self {
            rates: Rates::of(project),
            spelled: Codes::new(),
            behind: Vec::new(),
            numbers: BTreeMap::new(),
            known: Vec::new(),
        }
    }

    /// Codes of another sheet follow: the same ones mean other names there.
    pub(super) fn forget_spellings(&mut self) {
        self.spelled = Codes::new();
        self.behind.clear();
    }

    /// The number of a person in a role, by the codes of both.
    pub(super) fn number(&mut self, person: u32, role: u32, columns: &Columns<'_>) -> u32 {
        let spelling = self.spelled.code((person, role)) as usize;
        if spelling == self.behind.len() {
            let number = self.number_of_new(columns.person(person).unwrap_or_default(), columns.role(role));
            self.behind.push(number);
        }
        self.behind[spelling]
    }

    /// The number of a spelling seen for the first time. Of several spellings the resources' is shown, else
    /// the first in the order of characters, so that the order of rows does not matter.
    fn number_of_new(&mut self, person: &str, role: Option<&str>) -> u32 {
        let rated = self.rates.person(person);
        let name: Arc<str> = rated.map_or_else(|| person.trim().into(), |r| Arc::clone(&r.name));
        let role: Option<Arc<str>> = role
            .map(str::trim)
            .filter(|role| !role.is_empty())
            .map(Into::into)
            .or_else(|| rated.and_then(|r| r.role.clone()));
        let key = (folded(person), role.as_deref().map(folded).unwrap_or_default());
        if let Some(&number) = self.numbers.get(&key) {
            let who = &mut self.known[number as usize];
            who.name = name.min(Arc::clone(&who.name));
            who.role = role.min(who.role.clone());
            return number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(Who { name, role, rated: rated.cloned() });
        self.numbers.insert(key, number);
        number
    }

    /// The person of a number.
    pub(super) fn who(&self, number: u32) -> &Who {
        &self.known[number as usize]
    }

    /// The rate of a person on a day, counted from 1970.
    pub(super) fn rate(&self, number: u32, day: i32) -> Option<Money> {
        self.who(number).rated.as_ref()?.on(NaiveDate::from_epoch_days(day)?)
    }
}
