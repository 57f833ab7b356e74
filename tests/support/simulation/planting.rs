//! Where the planted bugs live: between the production code and the simulated wire, disk and screen.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::Hlc;
use domain::codec;
use domain::fold::History;
use domain::ids::{ChangeId, DeviceId, EntryId};
use domain::ledger::{Kind, Signed};
use domain::notebook::{Dispatch, Notebook, Table, Verdict, Writes};
use domain::protocol::{Code, Outcome, Page, Pull, Pulled, Push, Receipt, Reply};
use domain::replica::{Delivery, SyncState, Tips};
use domain::roster::RosterEntry;

use super::device::Device;
use super::plant::Plant;
use super::server::Server;
use super::world::World;

/// What a device held before a page, for plants that keep some of it.
#[derive(Default)]
pub(super) struct Before {
    received: Vec<EntryId>,
    histories: BTreeMap<Vec<u8>, Vec<u8>>,
}

pub(super) fn on_pull(plant: Option<Plant>, request: &mut Pull) {
    if plant.is_some_and(Plant::blinds_chain_and_digest) {
        request.chain = None;
    }
}

pub(super) fn on_pulled(
    plant: Option<Plant>,
    request: &Pull,
    mut reply: Reply<Pulled>,
) -> Reply<Pulled> {
    let blind = plant.is_some_and(Plant::blinds_chain_and_digest);
    if let (Some(Plant::NoEpochAfterRestore), Pulled::Reset(_)) = (plant, &reply.answer) {
        // A server without the check has nothing after a number that it never gave.
        reply.answer = Pulled::Page(Page {
            after: request.after,
            scope: request.scope,
            entries: Vec::new(),
            next: request.after,
            chain: domain::ledger::Chain([0; 32]),
            more: false,
            served: None,
        });
    }
    if let Pulled::Page(page) = &mut reply.answer {
        if plant == Some(Plant::PageOffByOne) && page.entries.len() > 1 {
            page.entries.pop();
        }
        if blind {
            page.served = None;
        }
    }
    reply
}

pub(super) fn on_push(
    plant: Option<Plant>,
    server: &Server,
    from: DeviceId,
    push: &Push,
    now: u64,
) -> Result<Reply<Vec<Receipt>>, Code> {
    if plant != Some(Plant::PartialBatchFullAck) || push.items.len() < 2 {
        return server.push(from, push, now);
    }
    let half = Push { items: push.items[..push.items.len() / 2].to_vec() };
    let mut reply = server.push(from, &half, now)?;
    let rest = push.items[half.items.len()..].iter().map(|item| EntryId::of(&item.bytes));
    let receipt = |id| Receipt { id, outcome: Outcome::Accepted(1) };
    reply.answer.extend(rest.map(receipt));
    Ok(reply)
}

pub(super) fn on_late_page(
    plant: Option<Plant>,
    notebook: &Notebook,
    request: &mut Pull,
    reply: &mut Reply<Pulled>,
) {
    if plant != Some(Plant::PageWithoutEpoch) {
        return;
    }
    let state = notebook.sync_state();
    reply.epoch = state.epoch.unwrap_or(reply.epoch);
    if let Pulled::Page(page) = &mut reply.answer
        && page.next >= state.pull(page.scope).after
    {
        *request = state.pull(page.scope);
        page.after = request.after;
        page.entries.retain(|entry| entry.number > request.after);
    }
}

pub(super) fn before_page(plant: Option<Plant>, device: &Device) -> Before {
    let mut before = Before::default();
    if plant.is_some_and(Plant::blinds_the_unserved) {
        let received = device.notebook.dispatches();
        let received = received.filter(|(_, dispatch)| dispatch.delivery == Delivery::Received);
        before.received = received.map(|(id, _)| *id).collect();
    }
    if matches!(plant, Some(Plant::ErasedComesBack | Plant::CounterIds)) {
        let rows = device.vault.rows(Table::Histories);
        before.histories = rows.map(|(key, value)| (key.clone(), value.clone())).collect();
    }
    before
}

pub(super) fn after_page(world: &mut World, device: usize, before: Before, verdict: Verdict) {
    let Some(plant) = world.plant else { return };
    let reset = verdict == Verdict::Reset;
    let keeps = plant.blinds_the_unserved() && (!reset || plant == Plant::ReceivedNotOffered);
    if keeps {
        still_received(&mut world.devices[device], &before.received);
    }
    match plant {
        Plant::ReceivedNotOffered if reset => {
            alter_sync(&mut world.devices[device], |sync| sync.offer = false);
        }
        Plant::CounterIds => count_ids(world, device, &before.histories),
        Plant::ErasedComesBack => {
            let one = &mut world.devices[device];
            let now: BTreeSet<Vec<u8>> =
                one.vault.rows(Table::Histories).map(|(key, _)| key.clone()).collect();
            let gone = before.histories.into_iter().filter(|(key, _)| !now.contains(key));
            gone.for_each(|(key, value)| one.vault.set(Table::Histories, key, value));
            one.restart();
        }
        _ => {}
    }
}

/// Puts the server's branch of the roster in the place of what the device holds.
pub(super) fn on_fork(plant: Option<Plant>, device: &mut Device) {
    if plant != Some(Plant::LostBranchForgotten) || !device.notebook.forked() {
        return;
    }
    let row = device.vault.rows(Table::Fork).next().map(|(_, value)| value.clone());
    let new: Vec<Vec<u8>> = row.and_then(|row| codec::decode(1, &row).ok()).unwrap_or_default();
    let first = new.first().and_then(|bytes| Signed::<RosterEntry>::read(Kind::Roster, bytes).ok());
    let before = first.and_then(|entry| entry.body.previous);
    let old: Vec<Vec<u8>> = device.notebook.line().entries().map(<[u8]>::to_vec).collect();
    let kept = old.iter().position(|bytes| Some(EntryId::of(bytes)) == before).unwrap_or_default();
    let place = |index: usize| (index as u32).to_be_bytes().to_vec();
    (0..old.len()).for_each(|index| device.vault.drop_row(Table::Roster, &place(index)));
    for (index, bytes) in old[..=kept].iter().chain(&new).enumerate() {
        device.vault.set(Table::Roster, place(index), codec::encode(1, bytes));
    }
    device.vault.drop_row(Table::Fork, &[]);
    device.restart();
}

/// Alters the stored cursor and starts the device again with it.
pub(super) fn alter_sync(device: &mut Device, alter: impl FnOnce(&mut SyncState)) {
    let row = device.vault.rows(Table::Sync).next().map(|(_, value)| value.clone());
    let Some(row) = row else { return };
    let (mut sync, tips, clock): (SyncState, Tips, Hlc) =
        codec::decode(1, &row).expect("a cursor that a notebook wrote is read back");
    alter(&mut sync);
    device.vault.set(Table::Sync, Vec::new(), codec::encode(1, &(sync, tips, clock)));
    device.restart();
}

pub(super) fn move_cursor(device: &mut Device, reply: &Reply<Vec<Receipt>>) {
    let numbers = reply.answer.iter().filter_map(|receipt| match receipt.outcome {
        Outcome::Accepted(number) => Some(number),
        _ => None,
    });
    if let Some(newest) = numbers.max() {
        alter_sync(device, |sync| sync.cursor = sync.cursor.max(newest));
    }
}

pub(super) fn drop_outbox(device: &mut Device, ids: &[EntryId]) {
    for id in ids {
        device.vault.drop_row(Table::Dispatches, &id.0);
    }
    device.restart();
}

pub(super) fn store_cursor_only(device: &mut Device, writes: &Writes) {
    let cursor = writes.0.iter().filter(|(table, _, _)| *table == Table::Sync).cloned();
    device.vault.apply(&Writes(cursor.collect()));
}

fn still_received(device: &mut Device, received: &[EntryId]) {
    for id in received {
        let row = device.vault.rows(Table::Dispatches).find(|(key, _)| **key == id.0);
        let Some(row) = row.map(|(_, value)| value.clone()) else { continue };
        let mut dispatch: Dispatch =
            codec::decode(1, &row).expect("a dispatch that a notebook wrote is read back");
        if dispatch.delivery == Delivery::Sent {
            dispatch.delivery = Delivery::Received;
            device.vault.set(Table::Dispatches, id.0.to_vec(), codec::encode(1, &dispatch));
        }
    }
    device.restart();
}

/// Of two changes with one device and one count, the one that came later is taken for a repetition.
fn count_ids(world: &mut World, device: usize, before: &BTreeMap<Vec<u8>, Vec<u8>>) {
    let saved = &world.truth.saved;
    let name = |id: &ChangeId| saved.get(id).map(|saved| (saved.device, saved.counter));
    let read = |row: &Vec<u8>| History::from_bytes(row).expect("a history is read back");
    let mut names = BTreeMap::new();
    for id in
        before.values().map(read).flat_map(|h| h.changes().keys().copied().collect::<Vec<_>>())
    {
        name(&id).map(|name| names.entry(name).or_insert(id));
    }
    let one = &mut world.devices[device];
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        one.vault.rows(Table::Histories).map(|(k, v)| (k.clone(), v.clone())).collect();
    for (key, row) in rows {
        let history = read(&row);
        let mut kept = History::new(history.key().clone());
        for (id, held) in history.changes() {
            let first = name(id).is_none_or(|name| *names.entry(name).or_insert(*id) == *id);
            let sources = held.sources.iter().filter(|_| first);
            for source in sources {
                kept.insert(held.change.clone(), *source);
            }
        }
        if kept != history {
            one.vault.set(Table::Histories, key, kept.to_bytes());
        }
    }
    one.restart();
}
