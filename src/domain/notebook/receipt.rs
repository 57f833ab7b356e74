//! What the server's clock says of a phone's.

use super::Notebook;
use crate::change::RecordKey;
use crate::fold::{CREATED, Held};

impl Notebook {
    /// By how many milliseconds the stamp under which this record was created lies ahead of the server's clock when
    /// it received it; 0 where it does not. A device's stamps never go back, so its clock may have been set right
    /// before. A clock that goes behind cannot be told from a phone that had no network.
    pub fn ahead_of_receipt(&self, record: &RecordKey) -> u64 {
        let ahead = |held: &Held| {
            held.change.edits().find(|edit| edit.field == CREATED)?;
            let bundles = held.sources.iter().filter_map(|source| source.bundle);
            let received =
                bundles.filter_map(|bundle| self.held.get(&bundle)?.received_at).min()?;
            held.change.at().millis.checked_sub(received)
        };
        let history = self.history(record);
        let changes = history.into_iter().flat_map(|history| history.changes().values());
        changes.filter_map(ahead).max().unwrap_or_default()
    }
}
