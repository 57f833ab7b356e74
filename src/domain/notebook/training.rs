//! A notebook to practise with: the same rules over records that go nowhere.
//!
//! Law: it has no roster and no outbox. Whatever is done with it, nothing is queued, packed, taken in from a
//! server or handed on, and every row it writes is of one of [`TABLES`].

use super::loading::{BadRows, record_row_key};
use super::rows::{Identity, Row, Table, Writes};
use super::{Notebook, TRAINING};
use crate::change::BadChange;
use crate::examples::Examples;
use crate::fold::{EXAMPLES_DEVICE, Source};
use crate::ids::MemberId;
use crate::keys::{DeviceKeys, NetworkKeys, random};
use crate::roster::{Line, Role};

/// The tables that a training notebook has rows in.
pub(super) const TABLES: [Table; 4] =
    [Table::Identity, Table::Sync, Table::Histories, Table::Drafts];

impl Notebook {
    /// A notebook to practise with, and the rows that make it so. Its keys and its member are made for it: no
    /// server and no roster ever hears of them.
    pub fn train(rng: &mut impl rand_core::CryptoRng) -> (Self, Writes) {
        let (keys, member) = (DeviceKeys::generate(rng), MemberId(random(rng)));
        let (role, network) = (Role::Volunteer, NetworkKeys(Vec::new()));
        let (mut notebook, mut writes) =
            Self::begin(Identity { keys, member, role, network }, Line::of_nobody());
        notebook.training = true;
        writes.put(Table::Identity, TRAINING.to_vec(), &());
        (notebook, writes)
    }

    /// Whether this is a notebook to practise with.
    pub fn is_training(&self) -> bool {
        self.training
    }

    /// Takes invented records in, to practise with; a notebook of a campaign takes none.
    ///
    /// # Errors
    /// [`BadChange`]: the bytes are no file of examples.
    pub fn take_examples(&mut self, bytes: &[u8]) -> Result<Writes, BadChange> {
        let (examples, mut writes) = (Examples::read(bytes)?, Writes::default());
        for change in examples.changes().iter().filter(|_| self.training) {
            let history = self.histories.open(change.record());
            history.insert(change.clone(), Source::own(EXAMPLES_DEVICE, None));
            let row = record_row_key(change.record());
            writes.put_bytes(Table::Histories, row, history.to_bytes());
        }
        Ok(writes)
    }
}

/// Whether these rows are of a training notebook.
pub(super) fn is_training(rows: &[Row]) -> Result<bool, BadRows> {
    let training = rows.iter().any(|row| row.table == Table::Identity && row.key == TRAINING);
    match rows.iter().find(|row| training && !TABLES.contains(&row.table)) {
        Some(row) => Err(BadRows::Training(row.table.code())),
        None => Ok(training),
    }
}
