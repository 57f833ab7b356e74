//! The one sequence of entries that each campaign has.

use std::future::Future;

use domain::ids::{CampaignId, DeviceId, EntryId};
use domain::keys::Wrap;
use domain::ledger::{Chain, Kind, ServedDigest};
use domain::protocol::Outcome;

use super::{Entry, LedgerError};

/// Where a campaign's sequence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the newest entry; 0 before the first.
    pub number: u64,
    /// The chain after it.
    pub chain: Chain,
    /// The newest roster entry.
    pub roster: EntryId,
}

/// What became of an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// One outcome per entry, in their order; none is [`Outcome::Refused`].
    Done(Vec<Outcome>),
    /// The roster is no longer the one the entries were checked against: nothing was appended.
    RosterMoved,
}

/// Whether an entry is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It never came.
    Absent,
    /// Under this number, with its bytes.
    At(u64),
    /// Destroyed, or destroyed before it came.
    Destroyed,
}

/// Who asks for entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// The device: grants for it bring their bundle.
    pub device: DeviceId,
    /// Which entries it gets.
    pub sees: Sees,
}

/// Which entries somebody gets. For one device the answer for one entry never changes, whatever is
/// destroyed later: both sides count what was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// Roster entries and orders to erase.
    Orders,
    /// These, network bundles, bundles that the device made or has a wrap of, branches that it handed in, and
    /// grants for it.
    Own,
    /// Every entry.
    Everything,
}

/// A run of entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// By number.
    pub entries: Vec<Stored>,
    /// Everything the viewer gets up to this number is in the slice or before it.
    pub next: u64,
    /// The chain at `next`.
    pub chain: Chain,
    /// Whether the viewer gets more after `next`.
    pub more: bool,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub number: u64,
    /// Its id.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// Milliseconds since 1970.
    pub received_at: u64,
    /// Its bytes, unless destroyed.
    pub bytes: Option<Vec<u8>>,
    /// All its wraps, whoever they are for.
    pub wraps: Vec<Wrap>,
    /// For a grant to the viewer's device: its bundle's bytes.
    pub granted: Option<Vec<u8>>,
}

/// A campaign's entries.
pub trait Entries: Send + Sync + 'static {
    /// Where the sequence stands; none without such a campaign.
    fn head(
        &self,
        campaign: &CampaignId,
    ) -> impl Future<Output = Result<Option<Head>, LedgerError>> + Send;

    /// The chain after the entry with this number; at 0 its start. None above the head.
    fn chain_at(
        &self,
        campaign: &CampaignId,
        number: u64,
    ) -> impl Future<Output = Result<Option<Chain>, LedgerError>> + Send;

    /// The bytes of the roster's entries, in order.
    fn roster(
        &self,
        campaign: &CampaignId,
    ) -> impl Future<Output = Result<Vec<Vec<u8>>, LedgerError>> + Send;

    /// Appends entries in their order, all or none.
    ///
    /// Each new id gets the next number, with no gap; a number once seen by anyone never comes later than
    /// one above it. `checked_against` is the newest roster entry that the caller knew: with another one in
    /// place nothing is appended. An order to erase is in the journal before this returns.
    fn append(
        &self,
        campaign: &CampaignId,
        checked_against: &EntryId,
        entries: &[Entry],
        now: u64,
    ) -> impl Future<Output = Result<Appended, LedgerError>> + Send;

    /// Whether these ids are here, in their order.
    fn find(
        &self,
        campaign: &CampaignId,
        ids: &[EntryId],
    ) -> impl Future<Output = Result<Vec<Held>, LedgerError>> + Send;

    /// The viewer's entries after a number: whole ones, together at most `most` bytes, at least one if there
    /// is any.
    fn slice(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        after: u64,
        most: usize,
    ) -> impl Future<Output = Result<Slice, LedgerError>> + Send;

    /// Those of these entries that the viewer gets, by number.
    fn pick(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        ids: &[EntryId],
    ) -> impl Future<Output = Result<Vec<Stored>, LedgerError>> + Send;

    /// Count and XOR over all the viewer's entries up to a number.
    fn served(
        &self,
        campaign: &CampaignId,
        viewer: Viewer,
        up_to: u64,
    ) -> impl Future<Output = Result<ServedDigest, LedgerError>> + Send;
}

/// What an entry counts for against the size of a slice, in bytes: content, and what frames it.
pub(super) fn slice_size(entry: &Stored) -> usize {
    let wraps: usize = entry.wraps.iter().map(|wrap| wrap.sealed.len() + 24).sum();
    let bytes = |part: &Option<Vec<u8>>| part.as_ref().map_or(0, Vec::len);
    128 + bytes(&entry.bytes) + bytes(&entry.granted) + wraps
}
