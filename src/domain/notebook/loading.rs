//! A notebook from its rows.

use super::copying::COPY;
use super::rows::{Identity, Row, Table};
use super::{Dispatch, Notebook, training};
use crate::bundle::Audience;
use crate::change::{BadChange, Change, RecordKey};
use crate::clock::Hlc;
use crate::codec::{self, Malformed};
use crate::fold::History;
use crate::ids::{ChangeId, EntryId, MemberId, RecordId};
use crate::order;
use crate::replica::{SyncState, Tips, Unsent};
use crate::roster::{Line, RosterRefusal};

/// Why rows are no notebook. Nothing is repaired or dropped on the way: the app says what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRows {
    /// No identity: this device never founded or enrolled.
    #[error("no identity")]
    NoIdentity,
    /// The roster's rows are no roster.
    #[error("roster: {0}")]
    Roster(#[from] RosterRefusal),
    /// A row is not what its table holds.
    #[error("a row of table {0}: {1}")]
    Row(u8, BadChange),
    /// A notebook to practise with, and a row of this table, which only a campaign has.
    #[error("table {0} in a training notebook")]
    Training(u8),
}

impl Notebook {
    /// Reads a notebook back. Rows of [`Table::Entries`] are not needed here.
    ///
    /// # Errors
    /// [`BadRows`].
    pub fn load(rows: &[Row]) -> Result<Self, BadRows> {
        let of = |table| rows.iter().filter(move |row| row.table == table);
        let identity =
            of(Table::Identity).find(|row| row.key.is_empty()).ok_or(BadRows::NoIdentity)?;
        let identity: Identity = decode(identity)?;
        let entry = |row: &Row| Ok((row.key.clone(), decode::<Vec<u8>>(row)?));
        let mut roster = of(Table::Roster).map(entry).collect::<Result<Vec<_>, BadRows>>()?;
        order::sort(&mut roster);
        let training = training::is_training(rows)?;
        let line = match training {
            true => Line::of_nobody(),
            false => Line::read(roster.iter().map(|(_, bytes)| bytes.as_slice()))?,
        };
        let mut notebook = Self::new(identity, line);
        notebook.training = training;
        rows.iter().try_for_each(|row| notebook.load_row(row))?;
        notebook.judge_revocations();
        Ok(notebook)
    }

    /// Reads histories that [`load`](Self::load) was not given: there may be many.
    ///
    /// Law: until all rows of [`Table::Histories`] were read, nothing is done with the notebook that writes
    /// such a row. What is shown of it until then is true, and not all there is.
    ///
    /// # Errors
    /// [`BadRows`].
    pub fn load_histories(&mut self, rows: &[Row]) -> Result<(), BadRows> {
        let histories = || rows.iter().filter(|row| row.table == Table::Histories);
        histories().try_for_each(|row| self.load_row(row))?;
        // What lists ask is found out here, a few at a time, and not for all at once by the first list.
        for row in histories() {
            if let Ok(key) = codec::decode_kept(1, &row.key) {
                self.outline(&key);
            }
        }
        Ok(())
    }

    pub(super) fn load_row(&mut self, row: &Row) -> Result<(), BadRows> {
        match row.table {
            Table::Identity => self.copy |= row.key == COPY,
            Table::Roster | Table::Entries => {}
            Table::Sync => {
                let (sync, tips, clock): (SyncState, Tips, Hlc) = decode(row)?;
                (self.sync, self.tips, self.clock) = (sync, tips, clock);
            }
            Table::Histories => {
                let history = History::from_bytes(&row.value)
                    .map_err(|e| BadRows::Row(row.table.code(), e))?;
                self.histories.insert(history);
            }
            Table::Drafts => {
                self.drafts.insert(RecordId(key(row)?), row.value.clone());
            }
            Table::Unsent => {
                let (bytes, audience, owner): (&[u8], Audience, Option<MemberId>) = decode(row)?;
                let id = ChangeId(key(row)?);
                let change =
                    Change::kept(id, bytes).map_err(|e| BadRows::Row(row.table.code(), e))?;
                self.unsent.insert(id, Unsent { change, audience, owner });
            }
            Table::Dispatches => {
                let dispatch: Dispatch = decode(row)?;
                self.dispatches.insert(EntryId(key(row)?), dispatch);
            }
            Table::Held => {
                let held = decode(row)?;
                self.held.insert(EntryId(key(row)?), held);
            }
            Table::Erasures => self.erasures = decode(row)?,
            Table::Carried => {
                let carried = decode(row)?;
                self.carried.insert(EntryId(key(row)?), carried);
            }
            Table::Retired => {
                let retired = decode(row)?;
                let record = codec::decode_kept(1, &row.key)
                    .map_err(|fault| BadRows::Row(row.table.code(), fault.into()))?;
                self.retired.insert(record, retired);
            }
            Table::Fork => self.theirs = Some(self.regrown(&decode::<Vec<Vec<u8>>>(row)?)?),
            Table::Strays => {
                self.strays.insert(EntryId(key(row)?), row.value.clone());
            }
        }
        Ok(())
    }
}

/// The key of a record's row.
pub(super) fn record_row_key(record: &RecordKey) -> Vec<u8> {
    codec::encode(1, record)
}

fn decode<'r, T: serde::Deserialize<'r>>(row: &'r Row) -> Result<T, BadRows> {
    codec::decode_kept(1, &row.value).map_err(|fault| BadRows::Row(row.table.code(), fault.into()))
}

fn key<const N: usize>(row: &Row) -> Result<[u8; N], BadRows> {
    let bad = |_| BadRows::Row(row.table.code(), Malformed::Shape.into());
    row.key.as_slice().try_into().map_err(bad)
}
