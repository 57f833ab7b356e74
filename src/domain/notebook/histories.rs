//! The histories of records, with what each shows: a view is made when it is asked for and kept until the
//! history, or the eyes that read it, change.

use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::change::RecordKey;
use crate::fold::{Authority, History, View};
use crate::ids::{DeviceId, EntryId, MemberId};

/// Histories by record. Whoever may change one drops its view.
#[derive(Default)]
pub(super) struct Histories {
    held: BTreeMap<RecordKey, History>,
    views: Mutex<Views>,
}

/// The copy makes its own views.
impl Clone for Histories {
    fn clone(&self) -> Self {
        Self { held: self.held.clone(), views: Mutex::default() }
    }
}

/// Views that were made, and through whose eyes.
#[derive(Default)]
struct Views {
    eyes: Option<Eyes>,
    made: BTreeMap<RecordKey, Arc<View>>,
}

/// All that a view depends on beside its history: the roster by its newest entry, this device and its member,
/// and the bundles that a revocation rejects.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Eyes {
    pub(super) roster: EntryId,
    pub(super) viewer: (DeviceId, MemberId),
    pub(super) rejected: BTreeSet<EntryId>,
}

impl Histories {
    pub(super) fn get(&self, key: &RecordKey) -> Option<&History> {
        self.held.get(key)
    }

    pub(super) fn keys(&self) -> btree_map::Keys<'_, RecordKey, History> {
        self.held.keys()
    }

    /// The history of a record, to be changed; none where there is none.
    pub(super) fn get_mut(&mut self, key: &RecordKey) -> Option<&mut History> {
        self.views().made.remove(key);
        self.held.get_mut(key)
    }

    /// The history of a record, to be changed; begun where there is none.
    pub(super) fn open(&mut self, key: &RecordKey) -> &mut History {
        self.views().made.remove(key);
        self.held.entry(key.clone()).or_insert_with(|| History::new(key.clone()))
    }

    /// All of them, to be changed.
    pub(super) fn values_mut(&mut self) -> btree_map::ValuesMut<'_, RecordKey, History> {
        self.views().made.clear();
        self.held.values_mut()
    }

    pub(super) fn insert(&mut self, history: History) {
        self.views().made.remove(history.key());
        self.held.insert(history.key().clone(), history);
    }

    pub(super) fn remove(&mut self, key: &RecordKey) {
        self.views().made.remove(key);
        self.held.remove(key);
    }

    /// What a record shows; none where nothing is known of it.
    pub(super) fn view(
        &self,
        key: &RecordKey,
        authority: &Authority<'_>,
        eyes: &Eyes,
    ) -> Option<Arc<View>> {
        let history = self.held.get(key)?;
        let mut views = self.views();
        if views.eyes.as_ref() != Some(eyes) {
            *views = Views { eyes: Some(eyes.clone()), made: BTreeMap::new() };
        }
        if let Some(view) = views.made.get(key) {
            return Some(view.clone());
        }
        let view = Arc::new(View::of(history, authority));
        views.made.insert(key.clone(), view.clone());
        Some(view)
    }

    /// A panic while one was made leaves views that were made before: they hold.
    fn views(&self) -> MutexGuard<'_, Views> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::change::Value;
    use crate::fold::View;
    use crate::notebook::tests::campaign;

    #[test]
    fn what_is_kept_is_what_would_be_made_anew() {
        let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
        let same = |phone: &crate::notebook::tests::Phone| {
            for kind in ["visit", "listing", "campaign", "member"] {
                for view in phone.notebook.views(kind) {
                    let history = phone.notebook.history(&view.key).unwrap();
                    assert_eq!(*view, View::of(history, &phone.notebook.authority()));
                }
            }
        };
        let key = volunteer.write("summary", "Une soupe");
        same(&volunteer);
        assert_eq!(volunteer.shows(&key, "summary").as_deref(), Some("Une soupe"));
        volunteer.edit(&key, "summary", "Deux soupes");
        same(&volunteer);
        assert_eq!(volunteer.shows(&key, "summary").as_deref(), Some("Deux soupes"));
        volunteer.push(&mut server);
        coordinator.pull(&server);
        same(&coordinator);
        // Who was a stranger is confirmed: other eyes, another view.
        server.append(confirmation);
        for phone in [&mut coordinator, &mut volunteer] {
            phone.pull(&server);
            same(phone);
        }
        assert_eq!(coordinator.shows(&key, "summary").as_deref(), Some("Deux soupes"));
        let desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("Trois")))]);
        coordinator.notebook.save(&key, None, desired, 2, &mut coordinator.rng).unwrap();
        same(&coordinator);
        assert_eq!(coordinator.shows(&key, "summary").as_deref(), Some("Trois"));
    }
}
