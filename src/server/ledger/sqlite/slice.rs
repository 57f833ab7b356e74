//! What a viewer gets after a number.

use std::collections::BTreeMap;

use domain::ids::{CampaignId, EntryId};
use domain::keys::Wrap;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::columns::{array, damaged, integer, kind, number, wrap};
use super::{entries, histories};
use crate::ledger::{LedgerError, Sees, Slice, Stored, Viewer};

/// Sizes of entries after a number, without reading them. The parameters are, here and below: campaign, what
/// the viewer sees (0 orders, 1 own, 2 everything), the device, a number.
const SIZES: &str = "
    SELECT e.number, 128 + coalesce(length(e.bytes), 0)
        + coalesce((SELECT length(b.bytes) FROM entries b
            WHERE b.campaign = e.campaign AND b.id = e.bundle AND e.reader = ?3), 0)
        + coalesce((SELECT sum(length(w.sealed) + 24) FROM wraps w
            WHERE w.campaign = e.campaign AND w.number = e.number), 0) AS size
    FROM entries e
    WHERE e.campaign = ?1 AND e.number > ?4
        AND (?2 = 2 OR e.kind IN (3, 4) OR (?2 = 1 AND
            (e.audience = 0 OR e.author = ?3 OR e.reader = ?3 OR EXISTS (SELECT 1 FROM readers r
                WHERE r.campaign = e.campaign AND r.number = e.number AND r.device = ?3))))
    ORDER BY e.number LIMIT 513";

const ENTRIES: &str = "
    SELECT e.number, e.id, e.kind, e.received_at, e.bytes,
        (SELECT b.bytes FROM entries b
            WHERE b.campaign = e.campaign AND b.id = e.bundle AND e.reader = ?3) AS granted
    FROM entries e
    WHERE e.campaign = ?1 AND e.number > ?4 AND e.number <= ?5
        AND (?2 = 2 OR e.kind IN (3, 4) OR (?2 = 1 AND
            (e.audience = 0 OR e.author = ?3 OR e.reader = ?3 OR EXISTS (SELECT 1 FROM readers r
                WHERE r.campaign = e.campaign AND r.number = e.number AND r.device = ?3))))
    ORDER BY e.number";

/// The most entries of one slice, however small: one less than `SIZES` looks at.
const MOST_ENTRIES: usize = 512;

/// The slice after a number, within one transaction.
pub(super) async fn slice(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    viewer: &Viewer,
    after: u64,
    most: usize,
) -> Result<Slice, LedgerError> {
    let head = histories::head(&mut *connection, campaign).await?.ok_or_else(damaged)?;
    let whole = Slice { entries: Vec::new(), next: head.number, chain: head.chain, more: false };
    let Ok(first) = integer(after) else { return Ok(whole) };
    let sizes = bound(SIZES, campaign, viewer, first).fetch_all(&mut *connection).await?;
    let fitting = fitting(&sizes, most)?;
    let Some(last) = fitting.checked_sub(1) else { return Ok(whole) };
    let last = number(&sizes[last], "number")?;
    let mut wraps = wraps(connection, campaign, first, integer(last)?).await?;
    let rows = bound(ENTRIES, campaign, viewer, first).bind(integer(last)?);
    let rows = rows.fetch_all(&mut *connection).await?;
    let entries = rows.iter().map(|row| stored(row, &mut wraps)).collect::<Result<_, _>>()?;
    if fitting == sizes.len() {
        return Ok(Slice { entries, ..whole });
    }
    let chain = entries::chain_at(connection, campaign, last).await?.ok_or_else(damaged)?;
    Ok(Slice { entries, next: last, chain, more: true })
}

/// Those of these entries that the viewer gets, within one transaction.
pub(super) async fn pick(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    viewer: &Viewer,
    ids: &[EntryId],
) -> Result<Vec<Stored>, LedgerError> {
    let mut picked = Vec::new();
    for id in ids {
        let select = sqlx::query("SELECT number FROM entries WHERE campaign = ?1 AND id = ?2");
        let row = select.bind(&campaign.0[..]).bind(&id.0[..]);
        let Some(row) = row.fetch_optional(&mut *connection).await? else { continue };
        let last = integer(number(&row, "number")?)?;
        let rows = bound(ENTRIES, campaign, viewer, last - 1).bind(last);
        let rows = rows.fetch_all(&mut *connection).await?;
        let mut wraps = wraps(connection, campaign, last - 1, last).await?;
        for row in &rows {
            picked.push(stored(row, &mut wraps)?);
        }
    }
    picked.sort_by_key(|entry| entry.number);
    picked.dedup_by_key(|entry| entry.number);
    Ok(picked)
}

fn bound<'q>(
    sql: &'static str,
    campaign: &'q CampaignId,
    viewer: &'q Viewer,
    number: i64,
) -> sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    let sees = match viewer.sees {
        Sees::Orders => 0_i64,
        Sees::Own => 1,
        Sees::Everything => 2,
    };
    sqlx::query(sql).bind(&campaign.0[..]).bind(sees).bind(&viewer.device.0[..]).bind(number)
}

/// How many of these entries fit: at least one, if there is any.
fn fitting(sizes: &[SqliteRow], most: usize) -> Result<usize, LedgerError> {
    let mut total: usize = 0;
    for (index, row) in sizes.iter().take(MOST_ENTRIES).enumerate() {
        let size = usize::try_from(row.try_get::<i64, _>("size")?).map_err(|_| damaged())?;
        total = total.saturating_add(size);
        if total > most && index > 0 {
            return Ok(index);
        }
    }
    Ok(sizes.len().min(MOST_ENTRIES))
}

async fn wraps(
    connection: &mut SqliteConnection,
    campaign: &CampaignId,
    after: i64,
    last: i64,
) -> Result<BTreeMap<u64, Vec<Wrap>>, LedgerError> {
    let select = sqlx::query(
        "SELECT number, reader, sealed FROM wraps
         WHERE campaign = ?1 AND number > ?2 AND number <= ?3 ORDER BY number, place",
    );
    let rows = select.bind(&campaign.0[..]).bind(after).bind(last).fetch_all(connection).await?;
    let mut wraps = BTreeMap::<u64, Vec<Wrap>>::new();
    for row in &rows {
        wraps.entry(number(row, "number")?).or_default().push(wrap(row)?);
    }
    Ok(wraps)
}

fn stored(row: &SqliteRow, wraps: &mut BTreeMap<u64, Vec<Wrap>>) -> Result<Stored, LedgerError> {
    let place = number(row, "number")?;
    Ok(Stored {
        number: place,
        id: EntryId(array(row, "id")?),
        kind: kind(row)?,
        received_at: number(row, "received_at")?,
        bytes: row.try_get("bytes")?,
        wraps: wraps.remove(&place).unwrap_or_default(),
        granted: row.try_get("granted")?,
    })
}
