//! How far records have come, and whose they are.

use std::collections::BTreeSet;

use domain::change::RecordKey;
use domain::fold::View;
use domain::ids::DeviceId;
use domain::notebook::{Notebook, RecordStates};
use domain::replica::RecordState;
use domain::roster::DeviceStanding;

/// What a person is told of a record of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Half-filled.
    Draft,
    /// Finished; only here.
    OnThisPhone,
    /// Sent; no receipt yet.
    OnItsWay,
    /// A receipt names the very bytes that were sent.
    Received,
    /// The server refused it; it is still here.
    Refused,
    /// Of a training: it goes nowhere.
    Exercise,
    /// Of a training: an invented record.
    Example,
}

/// How far every record has come: for lists.
pub(super) struct Deliveries<'n> {
    notebook: &'n Notebook,
    states: RecordStates<'n>,
    passed_on: BTreeSet<&'n RecordKey>,
}

impl<'n> Deliveries<'n> {
    pub(super) fn of(notebook: &'n Notebook) -> Self {
        let (states, passed_on) = (notebook.record_states(), notebook.passed_on_records());
        Self { notebook, states, passed_on }
    }

    /// How far a record has come; those of others are received.
    pub(super) fn get(&self, record: &View) -> Delivery {
        let passed_on = || self.passed_on.contains(&record.key);
        told(self.notebook, record, self.states.get(&record.key), passed_on)
    }
}

/// How far one record has come; those of others are received.
pub(super) fn delivery(notebook: &Notebook, record: &View) -> Delivery {
    let passed_on = || notebook.is_passed_on(&record.key);
    told(notebook, record, notebook.record_state(&record.key), passed_on)
}

/// How far a record of this member has come.
pub(super) fn of_own(state: RecordState) -> Delivery {
    match state {
        RecordState::Exercise => Delivery::Exercise,
        RecordState::OnThisPhone => Delivery::OnThisPhone,
        // Until the server shows it again nothing names it: coordinators' devices put it there.
        RecordState::OnItsWay | RecordState::WithCoordinators => Delivery::OnItsWay,
        RecordState::Received => Delivery::Received,
        RecordState::Refused => Delivery::Refused,
    }
}

fn told(
    notebook: &Notebook,
    record: &View,
    state: RecordState,
    passed_on: impl Fn() -> bool,
) -> Delivery {
    if !is_own(notebook, record) {
        match state {
            RecordState::Exercise => return Delivery::Example,
            // Of another phone's record that came in a file, too, only a receipt says so.
            _ if !passed_on() => return Delivery::Received,
            _ => {}
        }
    }
    of_own(state)
}

/// Whether this member wrote it.
pub(super) fn is_own(notebook: &Notebook, record: &View) -> bool {
    record.creator == Some(notebook.member())
}

/// A device of the member who wrote a record first; of one whose author is not known, the device that wrote
/// it last.
pub(super) fn author(notebook: &Notebook, record: &View) -> Option<DeviceId> {
    if is_own(notebook, record) {
        return Some(notebook.device());
    }
    let creator = record.creator;
    let of_creator =
        |(_, standing): &(&DeviceId, &DeviceStanding)| Some(standing.member) == creator;
    let known = notebook.line().active().find(of_creator).map(|(device, _)| *device);
    let survivors = record.registers.values().flat_map(|register| &register.survivors);
    known.or_else(|| survivors.max_by_key(|survivor| survivor.at).map(|survivor| survivor.device))
}
