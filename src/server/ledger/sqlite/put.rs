//! Putting one entry at the end of a sequence.

use domain::bundle::Audience;
use domain::codec;
use domain::ids::{CampaignId, DeviceId, EntryId};
use domain::keys::Reader;
use sqlx::{Sqlite, Transaction};

use super::columns::integer;
use super::destroy::destroy;
use super::served;
use crate::ledger::{Entry, Facts, Head, LedgerError};

/// Gives the entry the next number and does what follows from it.
pub(super) async fn put(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    head: &mut Head,
    entry: &Entry,
    now: u64,
) -> Result<u64, LedgerError> {
    head.number += 1;
    head.chain = head.chain.next(head.number, &entry.id, now);
    insert(tx, campaign, head, entry, now).await?;
    insert_wraps(tx, campaign, head.number, entry).await?;
    served::add(tx, campaign, head.number, entry).await?;
    match &entry.facts {
        Facts::Bundle(_) | Facts::Grant { .. } | Facts::Branch { .. } => {}
        Facts::Roster { revoked, rotates } => {
            head.roster = entry.id;
            for device in revoked {
                end_sessions(tx, campaign, device).await?;
            }
            if *rotates {
                void_invites(tx, campaign).await?;
            }
        }
        Facts::Erase { destroy: bundles } => destroy(tx, campaign, bundles).await?,
    }
    Ok(head.number)
}

/// Stores where the sequence stands now.
pub(super) async fn move_head(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    head: &Head,
) -> Result<(), LedgerError> {
    let update =
        sqlx::query("UPDATE campaigns SET head = ?2, chain = ?3, roster = ?4 WHERE campaign = ?1");
    let update = update.bind(&campaign.0[..]).bind(integer(head.number)?);
    update.bind(&head.chain.0[..]).bind(&head.roster.0[..]).execute(&mut **tx).await?;
    Ok(())
}

async fn insert(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    head: &Head,
    entry: &Entry,
    now: u64,
) -> Result<(), LedgerError> {
    let header = match &entry.facts {
        Facts::Bundle(header) => Some(header),
        _ => None,
    };
    let grant: Option<(EntryId, DeviceId)> = match entry.facts {
        Facts::Grant { bundle, reader } => Some((bundle, reader)),
        _ => None,
    };
    let author = entry.author();
    let audience = header.map(|header| match header.audience {
        Audience::Network => 0_i64,
        Audience::Restricted => 1,
    });
    let insert = sqlx::query(
        "INSERT INTO entries (campaign, number, id, kind, received_at, chain, author, audience,
            header, bundle, reader, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    );
    insert
        .bind(&campaign.0[..])
        .bind(integer(head.number)?)
        .bind(&entry.id.0[..])
        .bind(i64::from(entry.kind().code()))
        .bind(integer(now)?)
        .bind(&head.chain.0[..])
        .bind(author.as_ref().map(|device| &device.0[..]))
        .bind(audience)
        .bind(header.map(|header| codec::encode(1, header)))
        .bind(grant.as_ref().map(|(bundle, _)| &bundle.0[..]))
        .bind(grant.as_ref().map(|(_, reader)| &reader.0[..]))
        .bind(&entry.bytes[..])
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn insert_wraps(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    number: u64,
    entry: &Entry,
) -> Result<(), LedgerError> {
    let number = integer(number)?;
    for (wrap, place) in entry.wraps.iter().zip(0_i64..) {
        let insert = sqlx::query(
            "INSERT INTO wraps (campaign, number, place, reader, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
        );
        let insert = insert.bind(&campaign.0[..]).bind(number).bind(place);
        let insert = insert.bind(codec::encode(1, &wrap.reader)).bind(&wrap.sealed[..]);
        insert.execute(&mut **tx).await?;
        if let Reader::Device(device) = wrap.reader {
            let insert = sqlx::query(
                "INSERT INTO readers (campaign, number, device) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
            );
            let insert = insert.bind(&campaign.0[..]).bind(number).bind(&device.0[..]);
            insert.execute(&mut **tx).await?;
        }
    }
    Ok(())
}

async fn end_sessions(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
    device: &DeviceId,
) -> Result<(), LedgerError> {
    for delete in [
        sqlx::query("DELETE FROM sessions WHERE campaign = ?1 AND device = ?2"),
        sqlx::query("DELETE FROM challenges WHERE campaign = ?1 AND device = ?2"),
    ] {
        delete.bind(&campaign.0[..]).bind(&device.0[..]).execute(&mut **tx).await?;
    }
    Ok(())
}

async fn void_invites(
    tx: &mut Transaction<'_, Sqlite>,
    campaign: &CampaignId,
) -> Result<(), LedgerError> {
    let update =
        sqlx::query("UPDATE invites SET network = NULL WHERE campaign = ?1 AND used_by IS NULL");
    update.bind(&campaign.0[..]).execute(&mut **tx).await?;
    Ok(())
}
