//! Which entry follows which: a tree whose branches a reunion joins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::act::RosterEntry;
use crate::ids::EntryId;
use crate::order::Gather;

/// A valid entry.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: EntryId,
    pub(super) bytes: Vec<u8>,
    pub(super) entry: RosterEntry,
    /// Of a reunion: the newest entry that it carries.
    pub(super) lost: Option<EntryId>,
}

/// Valid entries, each with everything that it follows or carries.
#[derive(Debug, Clone, Default)]
pub(super) struct Lineage(BTreeMap<EntryId, Arc<Node>>);

impl Node {
    fn parents(&self) -> impl Iterator<Item = EntryId> {
        self.entry.previous.into_iter().chain(self.lost)
    }
}

impl Lineage {
    pub(super) fn get(&self, id: &EntryId) -> Option<&Node> {
        self.0.get(id).map(Arc::as_ref)
    }

    pub(super) fn contains(&self, id: &EntryId) -> bool {
        self.0.contains_key(id)
    }

    pub(super) fn insert(&mut self, node: Node) {
        self.0.insert(node.id, Arc::new(node));
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let nodes = other.0.iter().map(|(id, node)| (*id, Arc::clone(node)));
        self.0.extend(nodes);
    }

    /// The entries that lead to this one, and nothing else.
    pub(super) fn up_to(&self, tip: &EntryId) -> Self {
        let ids = self.order(&[*tip]).into_iter().map(|node| node.id);
        let pair = |id| Some((id, Arc::clone(self.0.get(&id)?)));
        Self(ids.filter_map(pair).gather())
    }

    /// From the founder to this entry along what each follows.
    pub(super) fn path(&self, tip: &EntryId) -> Vec<EntryId> {
        let follows = |id: &EntryId| self.get(id)?.entry.previous;
        let mut path: Vec<EntryId> = std::iter::successors(Some(*tip), follows).collect();
        path.reverse();
        path
    }

    /// Everything that leads to these entries. Each comes after all that it follows or carries, and what an
    /// earlier tip's line holds comes before what only a later one's does.
    pub(super) fn order(&self, tips: &[EntryId]) -> Vec<&Node> {
        let (mut seen, mut order) = (BTreeSet::new(), Vec::new());
        tips.iter().for_each(|tip| self.collect(tip, &mut seen, &mut order));
        order
    }

    /// Whether one entry is among all that leads to the other.
    pub(super) fn precedes(&self, first: &EntryId, later: &EntryId) -> bool {
        let (mut seen, mut left) = (BTreeSet::new(), vec![*later]);
        while let Some(node) = left.pop().and_then(|id| self.get(&id)) {
            if node.parents().any(|id| id == *first) {
                return true;
            }
            left.extend(node.parents().filter(|id| seen.insert(*id)));
        }
        false
    }

    fn collect<'a>(
        &'a self,
        tip: &EntryId,
        seen: &mut BTreeSet<EntryId>,
        order: &mut Vec<&'a Node>,
    ) {
        let (mut run, mut next) = (Vec::new(), self.get(tip));
        while let Some(node) = next.filter(|node| seen.insert(node.id)) {
            run.push(node);
            next = node.entry.previous.and_then(|id| self.get(&id));
        }
        for node in run.into_iter().rev() {
            if let Some(lost) = &node.lost {
                self.collect(lost, seen, order);
            }
            order.push(node);
        }
    }
}
