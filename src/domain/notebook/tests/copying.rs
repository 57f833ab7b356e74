//! A device restored from a backup, while the one before lives on.

use super::*;
use crate::bundle::{Audience, Bundle, SealedBundle};
use crate::campaign::succeed;
use crate::ids::DeviceId;
use crate::keys::{BackupCode, PublicKeys};
use crate::replica::Stuck;

const CODE: [u8; 16] = [5; 16];

/// What the app does: pack, and seal every row.
fn back_up(phone: &mut Phone) -> Vec<u8> {
    let writes = phone.notebook.pack(&mut phone.rng);
    phone.store(writes);
    let row = |((table, key), value): (&(Table, Vec<u8>), &Vec<u8>)| Row {
        table: *table,
        key: key.clone(),
        value: value.clone(),
    };
    let rows = phone.rows.iter().map(row).collect();
    Backup { made_at: 1, rows }.seal(&BackupCode::new(CODE), [6; 16]).unwrap()
}

fn restore(file: &[u8], seed: u64) -> Phone {
    let backup = Backup::open(file, &BackupCode::new(CODE)).unwrap();
    let mut phone = Phone::new(Notebook::restored(backup.rows).unwrap(), seed);
    phone.reopen();
    phone
}

fn new_identity(phone: &Phone, seed: u8) -> Identity {
    let keys = DeviceKeys::from_seeds([seed; 32], [seed; 32]);
    let (member, role) = (phone.notebook.member(), phone.notebook.role());
    Identity { keys, member, role, network: NetworkKeys(Vec::new()) }
}

/// A coordinator takes the keys in as a further device of the phone's member; the phone takes them.
pub(super) fn renew(phone: &mut Phone, coordinator: &Phone, server: &mut Server, seed: u8) {
    let identity = new_identity(phone, seed);
    let guest =
        Guest { role: identity.role, name: "Nour".to_owned(), member: Some(identity.member) };
    let rng = &mut SeededRandom::new(u64::from(seed));
    let (line, ring) = (coordinator.notebook.line(), coordinator.notebook.ring());
    let (open, link) = invite(line, ring, guest, rng).unwrap();
    let keys = identity.keys.public();
    let (terms, proof) = (open.terms, link.secret.proof(&keys));
    let (invite, generation) = (open.invite, open.generation);
    let enrolment = Enrolment { invite, terms, generation, keys, proof };
    let (entry, _) = confirm(line, ring, &enrolment, rng).unwrap();
    server.append(entry);
    let writes = phone.notebook.renew(identity).unwrap();
    phone.store(writes);
    phone.reopen();
}

/// A coordinator's copy takes its own new keys in, and takes them.
fn succeed_itself(copy: &mut Phone, server: &mut Server, seed: u8) -> PublicKeys {
    let identity = new_identity(copy, seed);
    let public = identity.keys.public();
    let (line, ring) = (copy.notebook.line(), copy.notebook.ring());
    let entry = succeed(line, ring, &public, &mut SeededRandom::new(u64::from(seed))).unwrap();
    server.append(entry);
    copy.pull(server);
    let writes = copy.notebook.renew(identity).unwrap();
    copy.store(writes);
    copy.reopen();
    public
}

pub(super) fn sync(phone: &mut Phone, server: &mut Server) {
    phone.push(server);
    phone.pull(server);
}

/// The device and the audience of each bundle with the one before: twice the same is a fork.
fn places(server: &Server) -> Vec<(DeviceId, Audience, Option<EntryId>)> {
    let bundles = server.entries.iter().filter_map(|(_, bytes, _)| Bundle::read(bytes).ok());
    let place = |one: Bundle| (one.header().device, one.header().audience, one.header().previous);
    bundles.map(place).collect()
}

pub(super) fn forks(server: &Server) -> usize {
    let places = places(server);
    places.len() - places.iter().collect::<BTreeSet<_>>().len()
}

#[test]
fn a_copy_and_the_phone_before_deliver_once_and_fork_nothing() {
    let (mut server, mut coordinator, mut old) = confirmed();
    let first = old.write("summary", "reçue");
    sync(&mut old, &mut server);
    let second = old.write("summary", "pas encore reçue");
    let draft = old.notebook.keep_draft(crate::ids::RecordId([9; 16]), b"half".to_vec());
    old.store(draft);
    let file = back_up(&mut old);

    let mut copy = restore(&file, 20);
    assert!(copy.notebook.is_copy() && !old.notebook.is_copy());
    assert_eq!(copy.notebook.drafts(), old.notebook.drafts());
    assert_eq!(copy.shows(&first, "summary"), old.shows(&first, "summary"));
    assert_eq!(copy.shows(&second, "summary").as_deref(), Some("pas encore reçue"));

    // Both live on, and both write.
    let on_old = old.write("summary", "sur l’ancien");
    let on_copy = copy.write("summary", "sur la copie");
    sync(&mut copy, &mut server);
    sync(&mut old, &mut server);
    sync(&mut copy, &mut server);
    assert_eq!(copy.notebook.record_state(&second), RecordState::Received);
    assert_eq!(old.notebook.record_state(&second), RecordState::Received);
    assert_eq!(copy.notebook.record_state(&on_copy), RecordState::OnThisPhone);
    assert!(copy.notebook.stuck().values().all(|why| *why == Stuck::Copy));
    assert_eq!(copy.shows(&on_old, "summary").as_deref(), Some("sur l’ancien"));
    assert_eq!((places(&server).len(), forks(&server)), (3, 0));

    coordinator.pull(&server);
    renew(&mut copy, &coordinator, &mut server, 30);
    assert_ne!(copy.notebook.device(), old.notebook.device());
    sync(&mut copy, &mut server);
    sync(&mut copy, &mut server);
    sync(&mut old, &mut server);
    coordinator.pull(&server);
    assert_eq!((places(&server).len(), forks(&server)), (4, 0));
    // A line of bundles of its own.
    let begun = (copy.notebook.device(), Audience::Restricted, None);
    assert!(places(&server).contains(&begun));
    for visit in [&first, &second, &on_old, &on_copy] {
        let shown = coordinator.notebook.view(visit);
        assert_eq!(shown.conflicts().count(), 0);
        assert_eq!(shown.creator, Some(old.notebook.member()));
        assert_eq!(copy.notebook.record_state(visit), RecordState::Received, "of {visit:?}");
        assert_eq!(coordinator.notebook.history(visit).unwrap().changes().len(), 1);
    }
    assert_eq!(coordinator.notebook.views("visit").count(), 4);
    assert_eq!(coordinator.shows(&on_copy, "summary").as_deref(), Some("sur la copie"));
    assert_eq!(copy.notebook.pending(), Vec::new());
}

#[test]
fn what_was_not_packed_is_folded_once_though_two_devices_pack_it() {
    let (mut server, mut coordinator, mut old) = confirmed();
    let visit = old.write("summary", "deux fois");
    // A backup without packing: as of a phone that lacked a key.
    let rows = old.rows.clone();
    let row = |((table, key), value)| Row { table, key, value };
    let rows: Vec<Row> = rows.into_iter().map(row).collect();
    let mut copy = Phone::new(Notebook::restored(rows).unwrap(), 21);
    renew(&mut copy, &coordinator, &mut server, 31);
    sync(&mut copy, &mut server);
    sync(&mut old, &mut server);
    coordinator.pull(&server);
    assert_eq!(places(&server).len(), 2);
    assert_eq!(coordinator.notebook.history(&visit).unwrap().changes().len(), 1);
    assert_eq!(coordinator.notebook.view(&visit).conflicts().count(), 0);
}

#[test]
fn what_the_device_before_packed_is_not_received_because_a_copy_has_keys_of_its_own() {
    let (mut server, coordinator, mut old) = confirmed();
    let visit = old.write("summary", "en route");
    let mut copy = restore(&back_up(&mut old), 22);
    renew(&mut copy, &coordinator, &mut server, 32);
    assert_eq!(copy.notebook.unreceived_of_own(), BTreeSet::from([&visit]));
    sync(&mut copy, &mut server);
    sync(&mut copy, &mut server);
    assert_eq!(copy.notebook.unreceived_of_own(), BTreeSet::new());
}

#[test]
fn a_copy_sends_again_what_a_restored_server_lost() {
    let (mut server, coordinator, mut old) = confirmed();
    let visit = old.write("summary", "perdue par le serveur");
    let before = server.entries.clone();
    sync(&mut old, &mut server);
    let file = back_up(&mut old);
    let mut copy = restore(&file, 22);
    (server.entries, server.epoch) = (before, Epoch([8; 16]));
    assert_eq!(copy.pull(&server), Verdict::Reset);
    assert_eq!(copy.notebook.record_state(&visit), RecordState::OnItsWay);
    renew(&mut copy, &coordinator, &mut server, 32);
    sync(&mut copy, &mut server);
    assert_eq!(places(&server).len(), 1);
    assert_eq!(copy.notebook.record_state(&visit), RecordState::Received);
    // A restore that kept the history's id: no longer served, it is offered.
    sync(&mut copy, &mut server);
    let bundle = server.entries.iter().find(|(_, bytes, _)| Bundle::read(bytes).is_ok()).unwrap().0;
    assert!(copy.notebook.offers().contains(&bundle));
    assert_eq!(copy.notebook.record_state(&visit), RecordState::Received);
}

#[test]
fn only_a_copy_of_a_confirmed_phone_becomes_its_own_members_device() {
    let (_, _, mut unconfirmed, _) = campaign();
    let mut copy = restore(&back_up(&mut unconfirmed), 23);
    let refused = copy.notebook.renew(new_identity(&copy, 33));
    assert_eq!(refused.unwrap_err(), NotRenewed::Unconfirmed);

    let (_, coordinator, mut volunteer) = confirmed();
    let refused = volunteer.notebook.clone().renew(new_identity(&volunteer, 33));
    assert_eq!(refused.unwrap_err(), NotRenewed::NoCopy);
    let mut copy = restore(&back_up(&mut volunteer), 24);
    let others = Identity { member: coordinator.notebook.member(), ..new_identity(&copy, 33) };
    assert_eq!(copy.notebook.renew(others).unwrap_err(), NotRenewed::OtherMember);
    assert!(copy.notebook.is_copy());
}

#[test]
fn a_lone_coordinator_takes_the_own_successor_in() {
    let (mut server, mut coordinator, mut volunteer) = confirmed();
    let visit = volunteer.write("summary", "Belle soirée");
    sync(&mut volunteer, &mut server);
    sync(&mut coordinator, &mut server);
    let mut copy = restore(&back_up(&mut coordinator), 25);
    let public = succeed_itself(&mut copy, &mut server, 34);
    assert!(copy.notebook.is_coordinator() && copy.notebook.device() == public.device());
    assert!(copy.notebook.ring().team(1).is_some());
    copy.edit(&visit, "summary", "relue");
    sync(&mut copy, &mut server);
    sync(&mut volunteer, &mut server);
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("relue"));
    assert_eq!(forks(&server), 0);

    let (line, ring) = (volunteer.notebook.line(), volunteer.notebook.ring());
    assert!(succeed(line, ring, &public, &mut SeededRandom::new(35)).is_err());
}

#[test]
fn a_coordinator_s_copy_seals_nothing_and_keeps_the_register_once_it_is_a_device_of_its_own() {
    let (mut server, mut coordinator, _) = confirmed();
    let collective = super::listing::listed(&mut coordinator, "Le perron");
    let row = RecordKey { kind: crate::fold::LISTING.into(), id: collective.id };
    let mut copy = restore(&back_up(&mut coordinator), 26);
    let writes = copy.notebook.keep_listing(1, &mut copy.rng);
    assert_eq!((writes.is_empty(), copy.notebook.unpacked()), (true, 0));
    assert_eq!(copy.shows(&row, "alias"), None);

    // What somebody sealed in its name meanwhile.
    coordinator.edit(&collective, "alias", "Le seuil");
    let writes = coordinator.notebook.pack(&mut coordinator.rng);
    coordinator.store(writes);
    let id = *coordinator.notebook.pending().last().unwrap();
    let EntryRow { bytes, wraps } = coordinator.entry(&id);
    let (tips, pending) = (*copy.notebook.tips(), copy.notebook.pending());
    let writes =
        copy.notebook.enqueue_resealed(SealedBundle { id, bytes, wraps }, vec![row.clone()]);
    assert!(writes.is_empty());
    assert_eq!((*copy.notebook.tips(), copy.notebook.pending()), (tips, pending));

    succeed_itself(&mut copy, &mut server, 35);
    let writes = copy.notebook.keep_listing(1, &mut copy.rng);
    copy.store(writes);
    assert_eq!(copy.shows(&row, "alias").as_deref(), Some("Le perron"));
}

#[test]
fn keys_that_are_no_device_s_yet_are_not_restored() {
    let (_, coordinator, _) = confirmed();
    let identity = |key: &[u8]| ((Table::Identity, key.to_vec()), vec![1]);
    let mut rows = coordinator.rows;
    rows.extend([identity(ENROLLING), identity(FOUNDING), identity(b"enrolled")]);
    let rows: Vec<Row> =
        rows.into_iter().map(|((table, key), value)| Row { table, key, value }).collect();
    let copy = Phone::new(Notebook::restored(rows.clone()).unwrap(), 27);
    let left =
        rows.into_iter().filter(|row| !copy.rows.contains_key(&(row.table, row.key.clone())));
    let left: Vec<Vec<u8>> = left.map(|row| row.key).collect();
    assert_eq!(left, [ENROLLING, FOUNDING]);
}

#[test]
fn what_the_device_before_packed_is_packed_anew_after_an_order_to_erase() {
    let (mut server, mut coordinator, mut old) = confirmed();
    let (gone, stays) = (old.write("summary", "à effacer"), old.write("summary", "reste"));
    let mut copy = restore(&back_up(&mut old), 28);
    renew(&mut copy, &coordinator, &mut server, 36);
    server.append(coordinator.order_to_erase(EraseTarget::record(&gone.id), Vec::new()));
    sync(&mut copy, &mut server);
    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&stays, "summary").as_deref(), Some("reste"));
    assert!(coordinator.notebook.view(&gone).registers.is_empty());
}
