//! What browsers lost, told to the coordination: one record for each loss that a person has read of.

use std::collections::BTreeMap;

use super::rows::Writes;
use super::{NewRecord, Notebook, SaveError};
use crate::change::{RecordKey, Value};
use crate::digest;
use crate::fold::View;
use crate::ids::{DeviceId, RecordId};

/// The kind of record that tells of one.
pub const LOSS: &str = "loss";
const RECORDS: &str = "records";
const UNSENT: &str = "unsent";

/// What was known of a store that was lost, in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The device it was of, as its canary names it.
    pub device: String,
    /// Records and drafts that were stored.
    pub records: usize,
    /// Those of them that no receipt named.
    pub unsent: usize,
}

/// A loss as the coordination is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldLoss {
    /// The device that told of it: the one that came after the loss.
    pub by: DeviceId,
    /// When it was told, by that device's clock, in milliseconds since 1970.
    pub at: u64,
    /// Records and drafts that were stored.
    pub records: u64,
    /// Those of them that no receipt named: the rest is on the server still.
    pub unsent: u64,
}

impl Notebook {
    /// Tells the coordination of a loss. One that was told already is not told again.
    ///
    /// # Errors
    /// [`SaveError`]; [`SaveError::Nothing`] for one that was told.
    pub fn tell_loss(
        &mut self,
        loss: &Loss,
        now: u64,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Writes, SaveError> {
        let numbers = [loss.records, loss.unsent].map(|number| number as u64);
        let [records, unsent] = numbers.map(u64::to_le_bytes);
        let hash = digest::labelled("loss", &[loss.device.as_bytes(), &records, &unsent]);
        let mut salt = [0; 16];
        salt.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        let new = NewRecord { id: RecordId::of(&self.member(), &salt), salt };
        let key = RecordKey { kind: LOSS.to_owned(), id: new.id };
        let told = !self.view(&key).registers.is_empty();
        let value = |number: u64| Some(Value::Int(i64::try_from(number).unwrap_or(i64::MAX)));
        let [records, unsent] = numbers.map(value);
        let desired = BTreeMap::from([(RECORDS.to_owned(), records), (UNSENT.to_owned(), unsent)]);
        self.save(&key, Some(&new).filter(|_| !told), desired, now, rng)
    }

    /// The losses that were told, the latest first.
    pub fn losses(&self) -> Vec<ToldLoss> {
        let mut told: Vec<ToldLoss> =
            self.views(LOSS).filter_map(|view| ToldLoss::of(&view)).collect();
        crate::order::sort_by(&mut told, |a, b| b.at.cmp(&a.at));
        told
    }
}

impl ToldLoss {
    fn of(view: &View) -> Option<Self> {
        let number = |field| match view.value(field) {
            Some(Value::Int(number)) => u64::try_from(*number).ok(),
            _ => None,
        };
        let survivors = &view.registers.get(RECORDS)?.survivors;
        let first = survivors.iter().min_by_key(|survivor| survivor.at)?;
        let (by, at) = (first.device, first.at.millis);
        Some(Self { by, at, records: number(RECORDS)?, unsent: number(UNSENT)? })
    }
}
