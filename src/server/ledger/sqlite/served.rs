//! Running count and XOR of what each device is served.
//!
//! Whom an entry is served to never changes, so the sums up to a number never change either. Each entry adds
//! to the line of all entries and to one more: that of orders, that of network bundles, or those of the
//! devices it is for. What a device gets is the sum of three lines.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{CampaignId, DeviceId, EntryId};
use domain::keys::Reader;
use domain::ledger::ServedDigest;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::columns::{array, damaged, integer, number};
use crate::ledger::{Entry, Facts, LedgerError, Sees, Viewer};

/// A line of sums; of a device its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    All,
    Orders,
    Network,
    Device(DeviceId),
}

/// What decides whom an entry is served to.
struct Served {
    number: u64,
    id: EntryId,
    is_order: bool,
    is_network: bool,
    devices: BTreeSet<DeviceId>,
}

/// Count and XOR over everything the viewer gets up to a number.
pub(super) async fn served(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    viewer: &Viewer,
    up_to: u64,
) -> Result<ServedDigest, LedgerError> {
    let own = [Line::Orders, Line::Network, Line::Device(viewer.device)];
    let lines = match viewer.sees {
        Sees::Everything => &[Line::All][..],
        Sees::Orders => &own[..1],
        Sees::Own => &own,
    };
    let mut sum = ServedDigest::default();
    for line in lines {
        let part = last(connection, campaign, *line, up_to).await?;
        sum.count += part.count;
        sum.xor.iter_mut().zip(part.xor).for_each(|(sum, part)| *sum ^= part);
    }
    Ok(sum)
}

/// Adds a new entry to its lines.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    number: u64,
    entry: &Entry,
) -> Result<(), LedgerError> {
    let network = domain::bundle::Audience::Network;
    let served = Served {
        number,
        id: entry.id,
        is_order: matches!(entry.facts, Facts::Roster { .. } | Facts::Erase { .. }),
        is_network: matches!(&entry.facts, Facts::Bundle(header) if header.audience == network),
        devices: devices(entry),
    };
    insert(connection, campaign, &served).await
}

/// Sums everything up that was stored before there were sums.
pub(super) async fn fill(connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    let rows = sqlx::query("SELECT campaign FROM campaigns").fetch_all(&mut *connection).await?;
    for row in &rows {
        let campaign = CampaignId(array(row, "campaign")?);
        let mut after = 0;
        while let Some(served) = next(connection, &campaign, after).await? {
            after = served.number;
            insert(connection, &campaign, &served).await?;
        }
    }
    Ok(())
}

/// What the lines of a campaign end with, and what they should end with.
pub(super) async fn ends(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
) -> Result<[BTreeMap<Line, ServedDigest>; 2], LedgerError> {
    let (mut stored, mut right, mut after) = (BTreeMap::new(), BTreeMap::new(), 0);
    while let Some(served) = next(connection, campaign, after).await? {
        after = served.number;
        for line in served.lines() {
            let sum: &mut ServedDigest = right.entry(line).or_default();
            *sum = sum.with(&served.id);
        }
    }
    for line in right.keys() {
        stored.insert(*line, last(connection, campaign, *line, after).await?);
    }
    Ok([stored, right])
}

impl Served {
    fn lines(&self) -> Vec<Line> {
        match (self.is_order, self.is_network) {
            (true, _) => vec![Line::All, Line::Orders],
            (_, true) => vec![Line::All, Line::Network],
            _ => [Line::All]
                .into_iter()
                .chain(self.devices.iter().copied().map(Line::Device))
                .collect(),
        }
    }
}

impl Line {
    fn columns(&self) -> (i64, &[u8]) {
        match self {
            Self::All => (0, &[]),
            Self::Orders => (1, &[]),
            Self::Network => (2, &[]),
            Self::Device(device) => (3, &device.0),
        }
    }
}

/// The devices that get an entry which not everybody gets.
fn devices(entry: &Entry) -> BTreeSet<DeviceId> {
    let reader = |reader: &Reader| match reader {
        Reader::Device(device) => Some(*device),
        _ => None,
    };
    let mut devices: BTreeSet<DeviceId> =
        entry.wraps.iter().filter_map(|wrap| reader(&wrap.reader)).collect();
    devices.extend(entry.author());
    if let Facts::Grant { reader, .. } = entry.facts {
        devices.insert(reader);
    }
    devices
}

async fn insert(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    served: &Served,
) -> Result<(), LedgerError> {
    for line in served.lines() {
        let sum = last(connection, campaign, line, served.number).await?.with(&served.id);
        let (kind, device) = line.columns();
        let insert = sqlx::query(
            "INSERT INTO served (campaign, line, device, number, count, xor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        );
        let insert = insert.bind(&campaign.0[..]).bind(kind).bind(device);
        let insert = insert.bind(integer(served.number)?).bind(integer(sum.count)?);
        insert.bind(&sum.xor[..]).execute(&mut *connection).await?;
    }
    Ok(())
}

/// A line's sums up to a number.
async fn last(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    line: Line,
    up_to: u64,
) -> Result<ServedDigest, LedgerError> {
    let select = sqlx::query(
        "SELECT count, xor FROM served
         WHERE campaign = ?1 AND line = ?2 AND device = ?3 AND number <= ?4
         ORDER BY number DESC LIMIT 1",
    );
    let (kind, device) = line.columns();
    let select = select.bind(&campaign.0[..]).bind(kind).bind(device).bind(integer(up_to)?);
    let Some(row) = select.fetch_optional(connection).await? else {
        return Ok(ServedDigest::default());
    };
    Ok(ServedDigest { count: number(&row, "count")?, xor: array(&row, "xor")? })
}

/// The entry after a number, as it is stored.
async fn next(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    after: u64,
) -> Result<Option<Served>, LedgerError> {
    let select = sqlx::query(
        "SELECT number, id, kind IN (3, 4) AS is_order, audience = 0 AS is_network, author, reader
         FROM entries WHERE campaign = ?1 AND number > ?2 ORDER BY number LIMIT 1",
    );
    let select = select.bind(&campaign.0[..]).bind(integer(after)?);
    let Some(row) = select.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let place = number(&row, "number")?;
    let mut devices = BTreeSet::new();
    devices.extend(device(&row, "author")?);
    devices.extend(device(&row, "reader")?);
    let select = sqlx::query("SELECT device FROM readers WHERE campaign = ?1 AND number = ?2");
    let select = select.bind(&campaign.0[..]).bind(integer(place)?);
    for reader in select.fetch_all(connection).await? {
        devices.extend(device(&reader, "device")?);
    }
    Ok(Some(Served {
        number: place,
        id: EntryId(array(&row, "id")?),
        is_order: row.try_get("is_order")?,
        is_network: row.try_get::<Option<bool>, _>("is_network")?.unwrap_or_default(),
        devices,
    }))
}

fn device(row: &SqliteRow, column: &'static str) -> Result<Option<DeviceId>, LedgerError> {
    let bytes: Option<&[u8]> = row.try_get(column)?;
    bytes.map(|bytes| bytes.try_into().map(DeviceId).map_err(|_| damaged())).transpose()
}
