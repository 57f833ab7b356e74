//! Taking back what was written here and is in no bundle yet: nobody else has seen it, and nobody will.

use super::Notebook;
use super::loading::record_row_key;
use super::records::NewRecord;
use super::rows::{Table, Writes};
use crate::change::{RecordKey, Value};
use crate::fold::CREATED;
use crate::ids::ChangeId;

impl Notebook {
    /// Whether anything of a record that is held here is in a bundle, or came in one: then others may have it.
    pub fn has_left(&self, key: &RecordKey) -> bool {
        let changes = self.histories.get(key).map(|history| history.changes().keys());
        changes.into_iter().flatten().any(|id| !self.unsent.contains_key(id))
    }

    /// Takes back every change of a record that is in no bundle yet: it is gone, here and from what is to be sent. Where
    /// the record's creation is among them, what it is created by is returned: whatever is saved of it now is its
    /// first save.
    pub fn unsay(&mut self, key: &RecordKey) -> (Writes, Option<NewRecord>) {
        let mut writes = Writes::default();
        let about = self.unsent.iter().filter(|(_, one)| one.change.record() == key);
        let unsaid: Vec<ChangeId> = about.map(|(id, _)| *id).collect();
        let Some(history) = self.histories.get_mut(key).filter(|_| !unsaid.is_empty()) else {
            return (writes, None);
        };
        let mut created = None;
        for id in &unsaid {
            let change = history.unsay(id);
            let edits = change.iter().flat_map(|change| change.edits());
            let salt = edits.filter(|edit| edit.field == CREATED).find_map(|edit| {
                let Some(Value::Bytes(salt)) = &edit.value else { return None };
                salt.as_slice().try_into().ok()
            });
            created = created.or(salt.map(|salt| NewRecord { id: key.id, salt }));
        }
        if history.is_empty() {
            writes.remove(Table::Histories, record_row_key(key));
            self.histories.remove(key);
        } else {
            writes.put_bytes(Table::Histories, record_row_key(key), history.to_bytes());
        }
        for id in unsaid {
            self.unsent.remove(&id);
            self.stuck.remove(&id);
            writes.remove(Table::Unsent, id.0.to_vec());
        }
        self.listing_kept = false;
        (writes, created)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::notebook::tests::confirmed;

    #[test]
    fn what_is_in_no_bundle_is_gone_here_and_never_arrives() {
        let (mut server, mut coordinator, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        volunteer.edit(&key, "summary", "Deux soupes");
        assert!(!volunteer.notebook.has_left(&key));
        let (writes, created) = volunteer.notebook.unsay(&key);
        assert_eq!(writes.taken_away(), 1);
        volunteer.store(writes);
        volunteer.reopen();
        assert!(volunteer.notebook.history(&key).is_none());
        assert_eq!(volunteer.notebook.unpacked(), 0);

        let desired = BTreeMap::from([("consent_record".to_owned(), Some(Value::from("no")))]);
        let created = created.expect("its creation was taken back too");
        let saved = volunteer.notebook.save(&key, Some(&created), desired, 3, &mut volunteer.rng);
        volunteer.store(saved.unwrap());
        volunteer.push(&mut server);
        coordinator.pull(&server);
        let history = coordinator.notebook.history(&key).expect("the refusal has arrived");
        let fields = history.changes().values().flat_map(|held| held.change.edits());
        let fields: Vec<&str> = fields.map(|edit| edit.field.as_str()).collect();
        assert_eq!(fields, ["consent_record", CREATED]);
        assert_eq!(coordinator.notebook.view(&key).creator, Some(volunteer.notebook.member()));
    }

    #[test]
    fn what_has_left_stays_and_what_was_corrected_since_is_taken_back() {
        let (mut server, mut coordinator, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        volunteer.push(&mut server);
        volunteer.edit(&key, "summary", "Chez M. Exemple");
        assert!(volunteer.notebook.has_left(&key));
        let (writes, created) = volunteer.notebook.unsay(&key);
        assert!(created.is_none());
        assert_eq!(writes.taken_away(), 0);
        volunteer.store(writes);
        volunteer.reopen();
        assert_eq!(volunteer.shows(&key, "summary").as_deref(), Some("Une soupe"));
        volunteer.push(&mut server);
        coordinator.pull(&server);
        assert_eq!(coordinator.notebook.history(&key).unwrap().changes().len(), 1);
        let (nothing, _) = volunteer.notebook.unsay(&key);
        assert!(nothing.is_empty());
    }
}
