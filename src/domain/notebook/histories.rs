//! The histories of records, with what each shows: a view is made when it is asked for and kept until the
//! history, or the eyes that read it, change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::outlines::{VISIT, VisitOutline};
use crate::change::RecordKey;
use crate::fold::{Authority, History, View};
use crate::ids::{DeviceId, EntryId, MemberId, RecordId};

/// Histories by record. Whoever may change one drops its view.
#[derive(Default, Clone)]
pub(super) struct Histories {
    held: BTreeMap<RecordKey, Kept>,
    eyes: Shared<Option<(Eyes, Generation)>>,
}

/// Counts the eyes that looked: views of others do not count any more.
type Generation = u32;

/// A history, and what was found out of it last.
#[derive(Clone)]
struct Kept {
    history: History,
    view: Shared<Option<(Generation, Arc<View>)>>,
    outline: Shared<Option<(Generation, VisitOutline)>>,
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
        self.held.get(key).map(|kept| &kept.history)
    }

    /// All records.
    pub(super) fn keys(&self) -> impl Iterator<Item = &RecordKey> {
        self.held.keys()
    }

    /// The records of a kind.
    pub(super) fn of_kind<'k>(&'k self, kind: &'k str) -> impl Iterator<Item = &'k RecordKey> {
        self.kept_of_kind(kind).map(|(key, _)| key)
    }

    /// The history of a record, to be changed; none where there is none.
    pub(super) fn get_mut(&mut self, key: &RecordKey) -> Option<&mut History> {
        self.held.get_mut(key).map(Kept::opened)
    }

    /// The history of a record, to be changed; begun where there is none.
    pub(super) fn open(&mut self, key: &RecordKey) -> &mut History {
        let begun = || Kept::new(History::new(key.clone()));
        self.held.entry(key.clone()).or_insert_with(begun).opened()
    }

    /// All of them, to be changed.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut History> {
        self.held.values_mut().map(Kept::opened)
    }

    pub(super) fn insert(&mut self, history: History) {
        self.held.insert(history.key().clone(), Kept::new(history));
    }

    pub(super) fn remove(&mut self, key: &RecordKey) {
        self.held.remove(key);
    }

    /// What a record shows; none where nothing is known of it.
    pub(super) fn view(
        &self,
        key: &RecordKey,
        authority: &Authority<'_>,
        eyes: &Eyes,
    ) -> Option<Arc<View>> {
        let kept = self.held.get(key)?;
        Some(kept.view(authority, self.generation(eyes)))
    }

    /// What the records of a kind show.
    pub(super) fn views<'k>(
        &'k self,
        kind: &'k str,
        authority: Authority<'k>,
        eyes: Eyes,
    ) -> impl Iterator<Item = Arc<View>> {
        let generation = self.generation(&eyes);
        self.kept_of_kind(kind).map(move |(_, kept)| kept.view(&authority, generation))
    }

    /// The outlines of visits, with their histories.
    pub(super) fn outlines(
        &self,
        authority: Authority<'_>,
        eyes: Eyes,
    ) -> impl Iterator<Item = (VisitOutline, &History)> {
        let generation = self.generation(&eyes);
        let outline = move |kept: &Kept| kept.outline(&authority, &eyes, generation);
        self.kept_of_kind(VISIT).map(move |(_, kept)| (outline(kept), &kept.history))
    }

    /// Finds a visit's outline out, unless that was done.
    pub(super) fn outline(&self, key: &RecordKey, authority: &Authority<'_>, eyes: &Eyes) {
        if let Some(kept) = self.held.get(key) {
            kept.outline(authority, eyes, self.generation(eyes));
        }
    }

    fn kept_of_kind<'k>(
        &'k self,
        kind: &'k str,
    ) -> impl Iterator<Item = (&'k RecordKey, &'k Kept)> {
        let first = RecordKey { kind: kind.to_owned(), id: RecordId([0; 16]) };
        self.held.range(first..).take_while(move |(key, _)| key.kind == kind)
    }

    fn generation(&self, eyes: &Eyes) -> Generation {
        let mut known = self.eyes.lock();
        match &*known {
            Some((same, generation)) if same == eyes => *generation,
            other => {
                let generation = other.as_ref().map_or(0, |(_, generation)| generation + 1);
                *known = Some((eyes.clone(), generation));
                generation
            }
        }
    }
}

impl Kept {
    fn new(history: History) -> Self {
        Self { history, view: Shared::default(), outline: Shared::default() }
    }

    fn opened(&mut self) -> &mut History {
        *self.view.lock() = None;
        *self.outline.lock() = None;
        &mut self.history
    }

    fn view(&self, authority: &Authority<'_>, generation: Generation) -> Arc<View> {
        let mut made = self.view.lock();
        match &*made {
            Some((of, view)) if *of == generation => view.clone(),
            _ => {
                let view = Arc::new(View::of(&self.history, authority));
                *made = Some((generation, view.clone()));
                view
            }
        }
    }

    /// The view that it takes is not kept for it.
    fn outline(
        &self,
        authority: &Authority<'_>,
        eyes: &Eyes,
        generation: Generation,
    ) -> VisitOutline {
        let mut known = self.outline.lock();
        match &*known {
            Some((of, outline)) if *of == generation => *outline,
            _ => {
                let made = self.view.lock();
                let fresh = || Arc::new(View::of(&self.history, authority));
                let held = made.as_ref().filter(|(of, _)| *of == generation);
                let view = held.map_or_else(fresh, |(_, view)| view.clone());
                let (_, me) = eyes.viewer;
                let outline = VisitOutline::of(&view, view.creator == Some(me));
                *known = Some((generation, outline));
                outline
            }
        }
    }
}

/// Found out by readers, and forgotten by writers. A copy begins without it.
#[derive(Default)]
struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    /// A panic while one was found out leaves what was found out before: it holds.
    fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Default> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self::default()
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
