//! Taking back what was written here and is in no bundle yet: nobody else has seen it, and nobody will.

use super::Notebook;
use super::loading::record_row_key;
use super::records::NewRecord;
use super::rows::{Table, Writes};
use crate::change::{RecordKey, Value};
use crate::fold::{CREATED, Held};
use crate::ids::ChangeId;
use crate::review::is_asked_or_said;

impl Notebook {
    /// Whether others may have anything of a record that is held here: it is in a bundle, or came in one. A copy cannot
    /// know what its original has sent.
    pub fn has_left(&self, key: &RecordKey) -> bool {
        let changes = self.histories.get(key).map(|history| history.changes().iter());
        changes.into_iter().flatten().any(|(id, held)| !self.is_only_here(id, held))
    }

    /// Takes back every change of a record that nobody else can have: it is gone, here and from what is to be sent. What
    /// was asked or answered about the record stays. Where the record's creation is among them, what it is created by
    /// is returned: whatever is saved of it now is its first save.
    pub fn unsay(&mut self, key: &RecordKey) -> (Writes, Option<NewRecord>) {
        let mut writes = Writes::default();
        let talks = |held: &Held| held.change.edits().all(|edit| is_asked_or_said(&edit.field));
        let changes = self.histories.get(key).map(|history| history.changes().iter());
        let unsaid = changes.into_iter().flatten();
        let unsaid = unsaid.filter(|(id, held)| self.is_only_here(id, held) && !talks(held));
        let unsaid: Vec<ChangeId> = unsaid.map(|(id, _)| *id).collect();
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

    fn is_only_here(&self, id: &ChangeId, held: &Held) -> bool {
        let came = held.sources.iter().any(|source| source.bundle.is_some());
        !self.copy && !came && self.unsent.contains_key(id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::notebook::Row;
    use crate::notebook::tests::confirmed;
    use crate::review::answer;

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

    #[test]
    fn an_answer_stays_where_the_record_is_taken_back() {
        let (_, _, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        let said = answer("01", "Ils veulent que tout soit effacé").unwrap();
        let saved = volunteer.notebook.save(&key, None, said, 2, &mut volunteer.rng).unwrap();
        volunteer.store(saved);
        let (writes, created) = volunteer.notebook.unsay(&key);
        assert!(created.is_some());
        volunteer.store(writes);
        volunteer.reopen();
        let history = volunteer.notebook.history(&key).unwrap();
        assert_eq!(history.changes().len(), 1);
        assert_eq!(volunteer.notebook.unpacked(), 1);
    }

    #[test]
    fn a_copy_takes_nothing_back_for_its_original_may_have_sent_it() {
        let (_, _, mut volunteer) = confirmed();
        let key = volunteer.write("summary", "Une soupe");
        let rows = volunteer.rows.iter().map(|((table, key), value)| {
            let (table, key, value) = (*table, key.clone(), value.clone());
            Row { table, key, value }
        });
        let (mut copy, _) = Notebook::restored(rows.collect()).unwrap();
        assert!(copy.has_left(&key));
        assert!(copy.unsay(&key).0.is_empty());
    }
}
