//! What a coordinator's device does for others after each pull, in the steps of the client's sync engine.

use domain::change::RecordKey;
use domain::fold::LISTING;

use super::plant::Plant;
use super::wire::Cut;
use super::world::World;

impl World {
    /// Keeps the shared register and makes the grants that are due; whether there was anything to do.
    pub(super) fn duties(&mut self, device: usize) -> Result<bool, Cut> {
        let listed = self.keep_listing(device)?;
        let due = self.devices[device].notebook.grants_due();
        if self.plant == Some(Plant::NotGranted) {
            return Ok(listed);
        }
        let one = &mut self.devices[device];
        let rows = due.iter().filter_map(|(id, _)| Some((*id, one.vault.entry(id)?))).collect();
        let writes = one.notebook.grant(&due, &rows, &mut self.dice);
        self.grants += due.len();
        self.tell(|| format!("device {device} grants {due:?}"));
        self.commit(device, &writes)?;
        Ok(listed || !due.is_empty())
    }

    fn keep_listing(&mut self, device: usize) -> Result<bool, Cut> {
        if self.plant == Some(Plant::RowsNotKept) {
            return Ok(false);
        }
        let now = self.now(device);
        let writes = self.devices[device].notebook.keep_listing(now, &mut self.dice);
        let committed = self.commit(device, &writes);
        // Whether it crashed or not: what is here now is promised.
        let rows: Vec<RecordKey> =
            self.devices[device].notebook.views(LISTING).map(|row| row.key.clone()).collect();
        rows.iter().for_each(|row| self.promise(device, row));
        committed.map(|()| !writes.is_empty())
    }
}
