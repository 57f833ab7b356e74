//! Content that leaves volunteers' devices after each sync, and comes back for a question.

use domain::change::RecordKey;
use domain::protocol::MAX_FETCH;

use super::device::Device;
use super::plant::Plant;
use super::wire::{Cut, Late};
use super::world::World;

impl World {
    /// Asks what coordinators' devices have, lets go of it at once, and fetches what a question is about.
    pub(super) fn let_go(&mut self, device: usize) -> Result<(), Cut> {
        if !self.mix.retires {
            return Ok(());
        }
        let id = self.devices[device].id();
        let notebook = &self.devices[device].notebook;
        let (asked, ticket) = (notebook.unreached(), notebook.sync_state().ticket());
        if !asked.is_empty() {
            let plant = self.plant;
            let mut reply =
                self.ask(|world| world.server.reached(id, &asked), |_| Late::Nothing)?;
            if plant == Some(Plant::LetGoUnreached) {
                reply.answer.clone_from(&asked);
            }
            let (_, writes) = self.devices[device].notebook.take_reached(ticket, &asked, &reply);
            self.commit(device, &writes)?;
        }
        // At the end of time, so that no clock has a say in what can still be edited.
        let writes = self.devices[device].notebook.retire(u64::MAX, 0);
        self.commit(device, &writes)?;
        let wanted = self.devices[device].notebook.wanted();
        for asked in wanted.chunks(MAX_FETCH) {
            let ticket = self.devices[device].notebook.sync_state().ticket();
            let reply = self.ask(|world| world.server.fetch(id, asked), |_| Late::Nothing)?;
            let now = self.now(device);
            let one = &mut self.devices[device].notebook;
            let incoming = one.take_fetched(ticket, asked, &reply, now);
            assert_eq!(incoming.faults, 0, "a server serves what it was sent");
            self.commit(device, &incoming.writes)?;
        }
        Ok(())
    }
}

/// Whether the content of a record left this device: it holds the changes, and not what they say.
pub(super) fn has_left(device: &Device, key: &RecordKey) -> bool {
    device.notebook.retired(key).is_some()
}
