//! The last step of a sync: what may leave this device leaves, and what is asked about comes back.

use domain::ids::EntryId;
use domain::protocol::{Delivered, MAX_FETCH};

use super::call::Fault;
use super::exchange::Talk;
use crate::browser::clock;
use crate::vault::Vault;

impl<V: Vault> Talk<'_, V> {
    /// Asks what coordinators have, lets go of what has had its days, and fetches again what a coordinator
    /// asks something about.
    pub(super) async fn keep_what_is_due(&self) -> Result<(), Fault> {
        let (ids, ticket) = {
            let notebook = self.notebook.borrow();
            (notebook.unreached(), notebook.sync_state().ticket())
        };
        if !ids.is_empty() {
            let reply = self.ask::<_, Vec<EntryId>>("reached", &ids).await?;
            let (_, writes) = self.notebook.borrow_mut().take_reached(ticket, &ids, &reply);
            self.commit(writes).await?;
        }
        let days = self.notebook.borrow().retention_days();
        let writes = self.notebook.borrow_mut().retire(clock::now(), days);
        self.commit(writes).await?;
        let wanted = self.notebook.borrow().wanted();
        for ids in wanted.chunks(MAX_FETCH) {
            let ticket = self.notebook.borrow().sync_state().ticket();
            let reply = self.ask::<_, Vec<Delivered>>("fetch", &ids.to_vec()).await?;
            let incoming =
                self.notebook.borrow_mut().take_fetched(ticket, ids, &reply, clock::now());
            self.commit(incoming.writes).await?;
        }
        Ok(())
    }
}
