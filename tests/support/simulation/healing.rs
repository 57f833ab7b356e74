//! The end of a history: nobody loses anything any more, and everybody talks until all is at rest.

use domain::change::RecordKey;
use domain::ids::RecordId;

use super::coordinator::carrying;
use super::world::World;

/// After so many rounds of syncs without a fault everything must be everywhere.
const HEALING: usize = 14;

impl World {
    /// Lets everybody talk until nothing moves any more.
    ///
    /// # Errors
    /// When something still moves after many rounds.
    pub(super) fn heal(&mut self) -> Result<(), String> {
        while !self.late.is_empty() {
            self.deliver_late();
        }
        self.peace = true;
        for round in 0..HEALING {
            self.tick();
            (0..self.devices.len()).for_each(|device| self.sync(device));
            let coordinators: Vec<usize> =
                (0..self.devices.len()).filter(|d| self.devices[*d].coordinates()).collect();
            for device in coordinators {
                self.look_at_doubtful(device);
                self.confirm_guests(device);
                self.sync(device);
                if let Some(record) = self.still_here(device) {
                    self.erase(device, record);
                    self.sync(device);
                }
            }
            if round >= 2 && self.is_quiet() {
                return Ok(());
            }
        }
        Err(format!("not at rest after {HEALING} rounds: {}", self.restless().join("; ")))
    }

    /// Something that was to be erased and that this device still meets.
    fn still_here(&self, device: usize) -> Option<RecordId> {
        let one = &self.devices[device];
        let carried = !carrying(one, &self.truth.erased).is_empty();
        let shown = |key: &&RecordKey| one.notebook.history(key).is_some();
        let mut erased =
            self.truth.records.iter().filter(|key| self.truth.erased.contains(&key.id));
        let shown = erased.find(shown).map(|key| key.id);
        shown.or(self.truth.erased.iter().next().copied().filter(|_| carried))
    }

    fn is_quiet(&self) -> bool {
        self.restless().is_empty()
    }

    fn restless(&self) -> Vec<String> {
        let head = self.server.head();
        let mut found = Vec::new();
        for (index, device) in self.inside() {
            let notebook = &device.notebook;
            let mut say = |what: String| found.push(format!("device {index}: {what}"));
            if !notebook.confirmed() {
                say("not confirmed".to_owned());
            }
            if notebook.unpacked() > 0 || !notebook.pending().is_empty() {
                let (unpacked, pending) = (notebook.unpacked(), notebook.pending().len());
                say(format!("{unpacked} unpacked, {pending} pending"));
            }
            if notebook.sync_state().cursor != head {
                say(format!("cursor {} of {head}", notebook.sync_state().cursor));
            }
            if let Some(cut) = &device.cut {
                say(format!("its sync stopped: {cut}"));
            }
            if notebook.sync_state().offer {
                say("still to offer".to_owned());
            }
            if notebook.forked() {
                say("its roster is forked".to_owned());
            }
            if device.busy {
                say("still at its duties".to_owned());
            }
            if !notebook.wanted().is_empty() {
                say("still to fetch".to_owned());
            }
        }
        found
    }
}
