//! Whose word holds when two branches meet.

use std::collections::BTreeMap;

use super::act::{Act, Signer};
use super::lineage::{Lineage, Node};
use crate::ids::{DeviceId, EntryId};

/// Tells the entries whose signer's right nobody contests.
///
/// Law: it depends on the set of entries and on what follows what, not on which branch was lost. An entry is
/// sound when a sound confirmation made its signer a coordinator before it, and when no entry at its side
/// puts the signer out. So whoever is put out cannot escape into a branch where that is not known yet: what
/// is taken in there is taken in again by somebody who is still in.
pub(super) struct Soundness<'a> {
    lineage: &'a Lineage,
    /// On one branch everything valid is sound.
    joined: bool,
    put_out: Vec<(DeviceId, EntryId)>,
    codes: Vec<EntryId>,
    grounds: BTreeMap<DeviceId, Vec<EntryId>>,
}

impl<'a> Soundness<'a> {
    /// Of all these entries. `joined` says that not all of them are on one branch.
    pub(super) fn new(lineage: &'a Lineage, nodes: &[&Node], joined: bool) -> Self {
        let (mut put_out, mut codes) = (Vec::new(), Vec::new());
        for node in nodes {
            match &node.entry.act {
                Act::Revocation(revocation) => put_out.push((revocation.device, node.id)),
                Act::Recovery(_) => codes.push(node.id),
                _ => {}
            }
        }
        Self { lineage, joined, put_out, codes, grounds: BTreeMap::new() }
    }

    /// Whether this entry is sound; those that lead to it were asked about before.
    pub(super) fn holds(&self, node: &Node) -> bool {
        if !self.joined || node.entry.previous.is_none() {
            return true;
        }
        let before = |id: &EntryId| self.lineage.precedes(id, &node.id);
        let after = |id: &EntryId| self.lineage.precedes(&node.id, id);
        match &node.entry.signer {
            Signer::Device(device) => {
                let grounds = self.grounds.get(device).into_iter().flatten();
                let mut outs = self.put_out.iter().filter(|(of, _)| of == device);
                grounds.into_iter().any(before) && outs.all(|(_, out)| after(out))
            }
            // A code that is replaced at its side is worth nothing either.
            Signer::Recovery => self.codes.iter().all(|code| before(code) || after(code)),
        }
    }

    /// From this entry on its device may sign.
    pub(super) fn ground(&mut self, device: DeviceId, node: &Node) {
        self.grounds.entry(device).or_default().push(node.id);
    }
}
