//! Correcting what one has read. The edits replace what was there when the correction began: what others wrote
//! meanwhile was not seen, stays beside them, and people choose.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Notebook;
use super::records::SaveError;
use super::rows::Writes;
use crate::change::{RecordKey, Value};
use crate::fold::edits_towards;
use crate::forms::Registers;
use crate::ids::ChangeId;
use crate::order::Gather;

/// What somebody saw of a record when they began to correct it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The values, by register.
    pub values: Registers,
    /// The edits that gave them, by register.
    heads: BTreeMap<String, Vec<ChangeId>>,
}

impl Notebook {
    /// What is to be seen of a record now.
    pub fn seen(&self, key: &RecordKey) -> Seen {
        let view = self.view(key);
        Seen {
            values: view.registers_of_forms(),
            heads: view.registers.keys().map(|name| (name.clone(), view.heads(name))).gather(),
        }
    }

    /// Saves a correction that began with what was `seen`: an edit for each field of `desired` that does not
    /// hold its value yet.
    ///
    /// # Errors
    /// [`SaveError`].
    pub fn correct(
        &mut self,
        key: &RecordKey,
        seen: &Seen,
        desired: BTreeMap<String, Option<Value>>,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        let mut edits = edits_towards(&self.view(key), &desired);
        for edit in &mut edits {
            edit.replaces = seen.heads.get(&edit.field).cloned().unwrap_or_default();
        }
        self.save_edits(key, edits, now, rng)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::tests::confirmed;

    #[test]
    fn what_others_corrected_since_is_not_replaced() {
        let (mut server, mut coordinator, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        volunteer.push(&mut server);
        coordinator.pull(&server);

        // The volunteer opens the form; a coordinator corrects another field and this one, and it arrives.
        let seen = volunteer.notebook.seen(&key);
        coordinator.edit(&key, "summary", "Deux soupes");
        coordinator.edit(&key, "hosting_status", "paused");
        coordinator.push(&mut server);
        volunteer.pull(&server);
        assert_eq!(volunteer.shows(&key, "summary").as_deref(), Some("Deux soupes"));

        let desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("Trois soupes")))]);
        volunteer.notebook.correct(&key, &seen, desired, 2, &mut volunteer.rng).unwrap();
        let view = volunteer.notebook.view(&key);
        let conflicts: Vec<&str> = view.conflicts().map(|(field, _)| field).collect();
        assert_eq!(conflicts, ["summary"], "both values stay");
        assert_eq!(view.text("hosting_status"), Some("paused"));
    }

    #[test]
    fn what_holds_already_is_no_edit() {
        let (_, _, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        let seen = volunteer.notebook.seen(&key);
        for (field, value) in [("summary", Some(Value::from("Une soupe"))), ("quote", None)] {
            let desired = BTreeMap::from([(field.to_owned(), value)]);
            let saved = volunteer.notebook.correct(&key, &seen, desired, 2, &mut volunteer.rng);
            assert_eq!(saved.err(), Some(SaveError::Nothing), "{field}");
        }
    }
}
