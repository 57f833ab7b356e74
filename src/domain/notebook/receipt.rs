//! What the server's clock says of a phone's.

use super::Notebook;
use crate::change::RecordKey;
use crate::fold::Held;

impl Notebook {
    /// By how many milliseconds the phone's clock that dated a change of this record went ahead of the server's when
    /// it received it; of several the most, 0 where none did. A clock that goes behind cannot be told from a
    /// phone that had no network.
    pub fn ahead_of_receipt(&self, record: &RecordKey) -> u64 {
        let ahead = |held: &Held| {
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
