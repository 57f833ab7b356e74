//! What is left of a notebook whose rows were lost in part: a truncated disk, a row that no longer opens.
//!
//! ```text
//!   rows that still read ──salvaged──► copy ──renewed──► another device     (see `copying`)
//! ```
//!
//! It goes on as a copy, since what the device sealed last may be among the lost: two bundles in one place of
//! its line would be a fork.

use std::collections::BTreeSet;

use super::loading::BadRows;
use super::rows::{Row, Table, Writes};
use super::{Notebook, RecordKey};
use crate::change::Change;
use crate::ids::ChangeId;
use crate::order::{self, Gather};

impl Notebook {
    /// The notebook of the rows that are left, and all rows to write. Rows that cannot be read are left out. The
    /// server is asked again for everything it holds, and what was made here waits to be sent unless a bundle that
    /// is still here, or came from the server, carries it.
    ///
    /// # Errors
    /// [`BadRows`] where nothing tells whose notebook it was.
    pub fn salvaged(mut rows: Vec<Row>) -> Result<(Self, Writes), BadRows> {
        order::sort_by_key(&mut rows, |row| (row.table, row.key.clone()));
        let entries: BTreeSet<Vec<u8>> =
            of(&rows, Table::Entries).map(|row| row.key.clone()).gather();
        let (start, others): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| matches!(row.table, Table::Identity | Table::Roster));
        let mut kept = readable_start(start)?;
        let mut probe = Self::load(&kept)?;
        for row in others {
            let is_bare = row.table == Table::Dispatches && !entries.contains(&row.key);
            if !is_bare && probe.load_row(&row).is_ok() {
                kept.push(row);
            }
        }
        let (mut notebook, mut writes) = Self::restored(kept)?;
        notebook.queue_orphans(&mut writes);
        notebook.sync = notebook.sync.again();
        notebook.forget_served(&mut writes);
        notebook.write_sync(&mut writes);
        Ok((notebook, writes))
    }

    /// Queues what was made here and waits nowhere any more. If the server has it all the same, it is folded once.
    fn queue_orphans(&mut self, writes: &mut Writes) {
        let packed = self.dispatches.values().flat_map(|dispatch| &dispatch.changes);
        let waiting: BTreeSet<ChangeId> = self.unsent.keys().chain(packed).copied().gather();
        let keys: Vec<RecordKey> = self.histories.keys().cloned().collect();
        for key in keys {
            let changes =
                self.histories.get(&key).into_iter().flat_map(|history| history.changes());
            let orphans: Vec<Change> = changes
                .filter(|(id, held)| {
                    !waiting.contains(*id) && held.sources.iter().all(|made| made.bundle.is_none())
                })
                .map(|(_, held)| held.change.clone())
                .filter(|change| change.edits().next().is_some())
                .collect();
            if orphans.is_empty() {
                continue;
            }
            let (audience, owner) = (Self::audience(&key.kind), self.view(&key).creator);
            for change in orphans {
                self.queue(change, audience, owner, writes);
            }
        }
    }
}

fn of(rows: &[Row], table: Table) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| row.table == table)
}

/// The identity, and the roster as far as it goes: an entry means nothing without those before it.
fn readable_start(mut rows: Vec<Row>) -> Result<Vec<Row>, BadRows> {
    loop {
        match Notebook::load(&rows) {
            Err(BadRows::Roster(_)) if of(&rows, Table::Roster).next().is_some() => {
                rows.pop();
            }
            Err(fault) => return Err(fault),
            Ok(_) => return Ok(rows),
        }
    }
}
