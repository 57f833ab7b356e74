//! How the syncs of the last days went.

use serde::{Deserialize, Serialize};

/// So many entries are kept.
const KEPT: usize = 50;

/// Syncs that ended the same way, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRecord {
    /// When the first of them ended, in milliseconds since 1970 on this phone's clock.
    pub first_at: u64,
    /// When the last of them ended.
    pub last_at: u64,
    /// How many there were.
    pub times: u32,
    /// Why they failed: the code of a fault. None when they went well.
    pub fault: Option<String>,
    /// Own visits that were received by them.
    pub received: usize,
}

/// The history, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncHistory {
    records: Vec<SyncRecord>,
}

impl SyncHistory {
    /// The records, the newest first.
    pub fn records(&self) -> &[SyncRecord] {
        &self.records
    }

    /// When a sync last went well, as far as it is noted.
    pub fn last_success(&self) -> Option<u64> {
        self.records.iter().find(|record| record.fault.is_none()).map(|record| record.last_at)
    }

    /// Notes a sync. Returns whether that told anything new: a sync every few seconds that brings nothing,
    /// or fails as the one before, is only counted.
    pub fn note(&mut self, at: u64, fault: Option<&str>, received: usize) -> bool {
        if let Some(last) = self.records.first_mut()
            && last.fault.as_deref() == fault
            && received + last.received == 0
        {
            (last.last_at, last.times) = (at, last.times.saturating_add(1));
            return false;
        }
        let fault = fault.map(str::to_owned);
        self.records.insert(0, SyncRecord { first_at: at, last_at: at, times: 1, fault, received });
        self.records.truncate(KEPT);
        true
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_repeats_is_counted_and_what_differs_is_told() {
        let mut history = SyncHistory::default();
        assert!(history.note(1, None, 0));
        assert!(!history.note(2, None, 0));
        assert!(history.note(3, None, 4), "visits were received");
        assert!(history.note(4, None, 0), "what was received stands by itself");
        assert!(history.note(5, Some("no_answer"), 0));
        assert!(!history.note(6, Some("no_answer"), 0));
        assert!(history.note(7, Some("not_perron"), 0));
        assert_eq!(history.last_success(), Some(4), "failures since are none");
        let told: Vec<_> = history
            .records()
            .iter()
            .map(|record| (record.first_at, record.last_at, record.times, record.received))
            .collect();
        assert_eq!(told, [(7, 7, 1, 0), (5, 6, 2, 0), (4, 4, 1, 0), (3, 3, 1, 4), (1, 2, 2, 0)]);
    }

    #[wasm_bindgen_test]
    fn the_oldest_go() {
        let mut history = SyncHistory::default();
        for at in 0..200 {
            history.note(at, None, 1);
        }
        assert_eq!((history.records().len(), history.records()[0].first_at), (KEPT, 199));
    }
}
