//! What lists ask of every visit. It is found out once for each and kept beside its history: of ten thousand
//! visits the whole views would be too much to hold, and to make at each start.

use super::Notebook;
use crate::change::RecordKey;
use crate::fold::{Deletion, View};
use crate::forms::CivilDate;
use crate::ids::RecordId;
use crate::replica::RecordState;

/// The kind of record that has outlines.
pub(super) const VISIT: &str = "visit";

/// The few fields of a visit by which lists are put in order and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitOutline {
    /// The visit.
    pub id: RecordId,
    /// Its day.
    pub visited_on: Option<CivilDate>,
    /// The collective, as the visit names it: it may have been merged into another.
    pub initiative: Option<RecordId>,
    /// Whether this device's member created it.
    pub own: bool,
    /// Whether there is anything to show: it is not deleted, and something of it counts.
    pub shown: bool,
}

impl VisitOutline {
    pub(super) fn of(view: &View, own: bool) -> Self {
        let text = |field| view.text(field);
        Self {
            id: view.key.id,
            visited_on: text("visited_on").and_then(|day| day.parse().ok()),
            initiative: text("initiative_id").and_then(|id| RecordId::parse(id).ok()),
            own,
            shown: view.deletion != Deletion::Deleted && !view.registers.is_empty(),
        }
    }
}

impl Notebook {
    /// The outlines of all visits that this device knows, by id.
    pub fn visit_outlines(&self) -> impl Iterator<Item = VisitOutline> {
        self.histories.outlines(self.authority(), self.eyes()).map(|(outline, _)| outline)
    }

    /// How far each of the member's own visits that are shown has come.
    pub fn own_visit_states(&self) -> impl Iterator<Item = RecordState> {
        let states = self.record_states();
        let outlines = self.histories.outlines(self.authority(), self.eyes());
        let own = outlines.filter(|(outline, _)| outline.own && outline.shown);
        own.map(move |(_, history)| states.of(history.key(), Some(history)))
    }

    /// Finds a visit's outline out, unless that was done.
    pub(super) fn outline(&self, key: &RecordKey) {
        if key.kind == VISIT {
            self.histories.outline(key, &self.authority(), &self.eyes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::campaign;
    use super::*;

    #[test]
    fn an_outline_follows_its_visit() {
        let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
        let key = volunteer.write("visited_on", "2026-05-03");
        let outline = |phone: &crate::notebook::tests::Phone| {
            let all: Vec<VisitOutline> = phone.notebook.visit_outlines().collect();
            for outline in &all {
                let key = RecordKey { kind: VISIT.to_owned(), id: outline.id };
                let view = phone.notebook.view(&key);
                let own = view.creator == Some(phone.notebook.member());
                assert_eq!(*outline, VisitOutline::of(&view, own));
            }
            all.iter().find(|outline| outline.id == key.id).copied()
        };
        let day = |day: &str| day.parse().ok();
        assert_eq!(outline(&volunteer).unwrap().visited_on, day("2026-05-03"));
        assert_eq!(
            volunteer.notebook.own_visit_states().collect::<Vec<_>>(),
            [RecordState::OnThisPhone]
        );
        volunteer.edit(&key, "visited_on", "2026-05-04");
        assert_eq!(outline(&volunteer).unwrap().visited_on, day("2026-05-04"));
        volunteer.push(&mut server);
        assert_eq!(
            volunteer.notebook.own_visit_states().collect::<Vec<_>>(),
            [RecordState::Received]
        );
        // Until the roster names its author nothing of it counts; then everything does.
        coordinator.pull(&server);
        assert!(!outline(&coordinator).is_some_and(|outline| outline.shown));
        server.append(confirmation);
        coordinator.pull(&server);
        let seen = outline(&coordinator).unwrap();
        assert_eq!((seen.shown, seen.own), (true, false));
        assert_eq!(coordinator.notebook.own_visit_states().count(), 0);
        let writes = volunteer.notebook.delete(&key, 3, &mut volunteer.rng).unwrap();
        assert!(!writes.is_empty());
        assert!(!outline(&volunteer).unwrap().shown);
        assert_eq!(volunteer.notebook.own_visit_states().count(), 0);
    }
}
