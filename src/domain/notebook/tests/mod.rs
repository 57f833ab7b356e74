//! Two devices and a ledger of fifty lines: just enough of a server to hand pages out.

mod backing_up;
mod carrying;
mod copying;
mod granting;
mod listing;
mod losses;
mod review;
mod salvaging;
mod stale_branch;
mod training;
mod twin;
mod waiting;

use std::cell::Cell;
use std::collections::BTreeMap;

use super::*;
use crate::campaign::{Enrolment, Guest, confirm, found, invite};
use crate::change::Value;
use crate::ids::Epoch;
use crate::keys::{DeviceKeys, NetworkKeys, Reader, RecoveryCode, Wrap, random};
use crate::ledger::{Chain, EraseOrder, EraseTarget, Grant, Kind, ServedDigest, Signed};
use crate::protocol::{Delivered, OpenInvite, Outcome, Page, Pulled, Receipt, Reply, Scope};
use crate::reading::Wait;
use crate::replica::RecordState;
use crate::testing::SeededRandom;

pub(super) const EPOCH: Epoch = Epoch([7; 16]);

pub(super) struct Server {
    pub(super) epoch: Epoch,
    /// What a coordinator's device asked for: it stored everything before.
    pub(super) cursor: Cell<u64>,
    pub(super) entries: Vec<(EntryId, Vec<u8>, Vec<Wrap>)>,
}

/// A notebook and the rows that a vault would hold of it.
pub(super) struct Phone {
    pub(super) notebook: Notebook,
    pub(super) rows: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    pub(super) rng: SeededRandom,
}

impl Server {
    pub(super) fn page(&self, device: &Notebook, request: &crate::protocol::Pull) -> Reply<Pulled> {
        if device.is_coordinator() && request.scope == Scope::All {
            self.cursor.set(request.after.max(self.cursor.get()));
        }
        let campaign = device.line().campaign();
        let (mut chain, mut entries, mut served) =
            (Chain::start(&campaign), Vec::new(), ServedDigest::default());
        for (index, (id, bytes, wraps)) in self.entries.iter().enumerate() {
            let (number, kind) = (index as u64 + 1, Kind::of(bytes).unwrap());
            chain = chain.next(number, id, 0);
            let coordinates = device.is_coordinator();
            let mine = |wrap: &&Wrap| match wrap.reader {
                Reader::Device(id) => coordinates || id == device.device(),
                Reader::Team(_) => coordinates,
                _ => true,
            };
            let wraps: Vec<Wrap> = wraps.iter().filter(mine).cloned().collect();
            let orders = matches!(kind, Kind::Roster | Kind::Erase);
            let granted = self.granted(device, kind, bytes);
            let visible = orders || coordinates || !wraps.is_empty() || granted.is_some();
            if !visible || (request.scope == Scope::Orders && !orders) {
                continue;
            }
            served = served.with(id);
            if number > request.after {
                let bytes = Some(bytes.clone());
                let (id, received_at) = (*id, 0);
                entries.push(Delivered { number, id, kind, received_at, bytes, wraps, granted });
            }
        }
        let (after, scope, next) = (request.after, request.scope, self.entries.len() as u64);
        let served = (scope == Scope::All).then_some(served);
        let page = Page { after, scope, entries, next, chain, more: false, served };
        Reply { epoch: self.epoch, answer: Pulled::Page(page) }
    }

    fn granted(&self, to: &Notebook, kind: Kind, bytes: &[u8]) -> Option<Vec<u8>> {
        let grant = Signed::<Grant>::read(kind, bytes).ok().filter(|_| kind == Kind::Grant)?.body;
        let mine = grant.wrap.reader == Reader::Device(to.device());
        let bundle = self.entries.iter().find(|(id, ..)| *id == grant.bundle).filter(|_| mine)?;
        Some(bundle.1.clone())
    }

    /// An entry without wraps, from whomever.
    pub(super) fn append(&mut self, bytes: Vec<u8>) {
        self.entries.push((EntryId::of(&bytes), bytes, Vec::new()));
    }

    fn take(&mut self, id: EntryId, row: EntryRow) -> Receipt {
        if let Some(position) = self.entries.iter().position(|(known, ..)| *known == id) {
            return Receipt { id, outcome: Outcome::Known(position as u64 + 1) };
        }
        self.entries.push((id, row.bytes, row.wraps));
        Receipt { id, outcome: Outcome::Accepted(self.entries.len() as u64) }
    }
}

impl Phone {
    pub(super) fn new((notebook, writes): (Notebook, Writes), seed: u64) -> Self {
        let mut phone = Self { notebook, rows: BTreeMap::new(), rng: SeededRandom::new(seed) };
        phone.store(writes);
        phone
    }

    pub(super) fn store(&mut self, writes: Writes) {
        for (table, key, value) in writes.0 {
            match value {
                Some(value) => self.rows.insert((table, key), value),
                None => self.rows.remove(&(table, key)),
            };
        }
    }

    /// The page is closed and opened again.
    pub(super) fn reopen(&mut self) {
        let row = |((table, key), value): (&(Table, Vec<u8>), &Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        let rows: Vec<Row> = self.rows.iter().map(row).collect();
        self.notebook = Notebook::load(&rows).unwrap();
    }

    pub(super) fn entry(&self, id: &EntryId) -> EntryRow {
        crate::codec::decode(1, &self.rows[&(Table::Entries, id.0.to_vec())]).unwrap()
    }

    pub(super) fn write(&mut self, field: &str, value: &str) -> RecordKey {
        let new = self.notebook.new_record(&mut self.rng);
        let key = RecordKey { kind: "visit".into(), id: new.id };
        let desired = BTreeMap::from([(field.to_owned(), Some(Value::from(value)))]);
        let writes = self.notebook.save(&key, Some(&new), desired, 1, &mut self.rng).unwrap();
        self.store(writes);
        key
    }

    pub(super) fn edit(&mut self, key: &RecordKey, field: &str, value: &str) {
        let desired = BTreeMap::from([(field.to_owned(), Some(Value::from(value)))]);
        let writes = self.notebook.save(key, None, desired, 1, &mut self.rng).unwrap();
        self.store(writes);
    }

    pub(super) fn push(&mut self, server: &mut Server) {
        let request = self.notebook.sync_state().pull(Scope::Orders);
        let reply = server.page(&self.notebook, &request);
        let incoming = self.notebook.take_page(&request, &reply, &BTreeMap::new(), 1);
        self.store(incoming.writes);
        let writes = self.notebook.pack(&mut self.rng);
        self.store(writes);
        let ids = self.notebook.pending();
        let (ticket, writes) = self.notebook.mark_sent(&ids);
        self.store(writes);
        let receipts = ids.iter().map(|id| server.take(*id, self.entry(id))).collect();
        let reply = Reply { epoch: server.epoch, answer: receipts };
        let (_, writes) = self.notebook.take_receipts(ticket, &ids, &reply);
        self.store(writes);
    }

    pub(super) fn pull(&mut self, server: &Server) -> Verdict {
        loop {
            let request = self.notebook.sync_state().pull(Scope::All);
            let waiting = self
                .notebook
                .waiting_entries()
                .into_iter()
                .map(|id| (id, self.entry(&id)))
                .collect();
            let reply = server.page(&self.notebook, &request);
            let incoming = self.notebook.take_page(&request, &reply, &waiting, 1);
            assert_eq!(incoming.faults, 0);
            self.store(incoming.writes);
            let again = matches!(incoming.verdict, Verdict::Applied { .. })
                && self.notebook.sync_state().cursor < server.entries.len() as u64;
            if incoming.verdict != Verdict::Again && !again {
                return incoming.verdict;
            }
        }
    }

    /// A coordinator's order to erase this, and these entries with it.
    pub(super) fn order_to_erase(&self, target: EraseTarget, destroy: Vec<EntryId>) -> Vec<u8> {
        let keys = self.notebook.ring().device();
        let order = EraseOrder {
            campaign: self.notebook.line().campaign(),
            device: keys.id(),
            targets: vec![target],
            destroy,
            replacements: Vec::new(),
        };
        order.sign(keys).1
    }

    pub(super) fn shows(&self, key: &RecordKey, field: &str) -> Option<String> {
        self.notebook.view(key).text(field).map(str::to_owned)
    }
}

/// A campaign once the volunteer is confirmed, as both phones know.
pub(super) fn confirmed() -> (Server, Phone, Phone) {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    coordinator.pull(&server);
    volunteer.pull(&server);
    (server, coordinator, volunteer)
}

/// A coordinator, a volunteer that enrolled, and the entry that confirms it.
pub(super) fn campaign() -> (Server, Phone, Phone, Vec<u8>) {
    let rng = &mut SeededRandom::new(1);
    let (keys, code) = (DeviceKeys::generate(rng), RecoveryCode::new(random(rng)));
    let founded = found(&keys, &code, rng).unwrap();
    let line = founded.line;
    let entries = line.entries().map(|bytes| (EntryId::of(bytes), bytes.to_vec(), Vec::new()));
    let server = Server { epoch: EPOCH, cursor: Cell::new(0), entries: entries.collect() };
    let (role, network) = (Role::Coordinator, NetworkKeys(Vec::new()));
    let identity = Identity { keys, member: founded.member, role, network };
    let coordinator = Phone::new(Notebook::begin(identity, line.clone()), 2);

    let (volunteer, entry) = guest(&coordinator, None, rng);
    (server, coordinator, volunteer, entry)
}

/// A volunteer's phone that enrolled, and the entry that confirms it; with a member, a further phone of theirs.
pub(super) fn guest(
    coordinator: &Phone,
    member: Option<MemberId>,
    rng: &mut SeededRandom,
) -> (Phone, Vec<u8>) {
    guest_as(coordinator, Role::Volunteer, member, rng)
}

pub(super) fn guest_as(
    coordinator: &Phone,
    role: Role,
    member: Option<MemberId>,
    rng: &mut SeededRandom,
) -> (Phone, Vec<u8>) {
    let (line, ring) = (coordinator.notebook.line(), coordinator.notebook.ring());
    let guest = Guest { role, name: "Nour".to_owned(), member };
    let (open, link) = invite(line, ring, guest, rng).unwrap();
    let keys = DeviceKeys::generate(rng);
    let proof = link.secret.proof(&keys.public());
    let OpenInvite { invite, terms, generation, .. } = open;
    let enrolment = Enrolment { invite, terms, generation, keys: keys.public(), proof };
    let (entry, _) = confirm(line, ring, &enrolment, rng).unwrap();
    let network = ring.network_keys();
    let identity = Identity { keys, member: link.member(), role: link.role, network };
    (Phone::new(Notebook::begin(identity, line.clone()), 3 + line.entries().count() as u64), entry)
}

#[test]
fn before_its_confirmation_a_phone_writes_and_sends_and_is_read_afterwards() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    let visit = volunteer.write("summary", "Belle soirée");
    assert_eq!(volunteer.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    volunteer.push(&mut server);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);

    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&visit, "summary"), None);
    assert_eq!(coordinator.notebook.waiting(Wait::Confirmation), 1);

    server.append(confirmation);
    coordinator.reopen();
    coordinator.pull(&server);
    assert_eq!(coordinator.notebook.waiting(Wait::Confirmation), 0);
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    assert!(!volunteer.notebook.confirmed());
    volunteer.pull(&server);
    assert!(volunteer.notebook.confirmed());
}

#[test]
fn edits_made_apart_are_a_conflict_and_a_pick_ends_it() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let visit = volunteer.write("hosting_status", "paused");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    volunteer.edit(&visit, "hosting_status", "hosting_now");
    coordinator.edit(&visit, "hosting_status", "stopped");
    volunteer.push(&mut server);
    coordinator.push(&mut server);
    volunteer.pull(&server);
    coordinator.pull(&server);
    for phone in [&volunteer, &coordinator] {
        assert_eq!(phone.notebook.view(&visit).conflicts().count(), 1);
    }
    coordinator.edit(&visit, "hosting_status", "stopped");
    coordinator.push(&mut server);
    volunteer.pull(&server);
    for phone in [&volunteer, &coordinator] {
        assert_eq!(phone.notebook.view(&visit).conflicts().count(), 0);
        assert_eq!(phone.shows(&visit, "hosting_status").as_deref(), Some("stopped"));
    }
}

#[test]
fn what_is_stored_is_what_is_there_after_any_step() {
    let (mut server, _, mut volunteer, _) = campaign();
    let visit = volunteer.write("summary", "un");
    volunteer.reopen();
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::OnThisPhone);
    let writes = volunteer.notebook.pack(&mut volunteer.rng);
    // The page died before the rows were stored: the change is still unpacked, and packs again.
    drop(writes);
    volunteer.reopen();
    assert_eq!(volunteer.notebook.unpacked(), 1);
    let writes = volunteer.notebook.pack(&mut volunteer.rng);
    volunteer.store(writes);
    let ids = volunteer.notebook.pending();
    let (_, writes) = volunteer.notebook.mark_sent(&ids);
    volunteer.store(writes);
    volunteer.reopen();
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::OnItsWay);
    assert_eq!(volunteer.notebook.pending(), ids);
    // The server had it all along; the lost reply costs nothing.
    server.take(ids[0], volunteer.entry(&ids[0]));
    volunteer.push(&mut server);
    assert_eq!(server.entries.iter().filter(|(id, ..)| *id == ids[0]).count(), 1);
    volunteer.reopen();
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
}

#[test]
fn another_epoch_takes_every_received_back_and_offers_what_is_held() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let kept = server.entries.len();
    let visit = volunteer.write("summary", "un");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    server.entries.truncate(kept);
    server.epoch = Epoch([8; 16]);
    assert_eq!(coordinator.pull(&server), Verdict::Reset);
    assert!(coordinator.notebook.offers().len() > kept);
    assert_eq!(volunteer.notebook.pending().len(), 0);
    assert_eq!(volunteer.pull(&server), Verdict::Reset);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::OnItsWay);
    volunteer.push(&mut server);
    assert_eq!(volunteer.notebook.record_state(&visit), RecordState::Received);
}

#[test]
fn an_order_to_erase_wins_over_what_was_not_sent_yet() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let (gone, stays) =
        (volunteer.write("summary", "à effacer"), volunteer.write("summary", "reste"));
    let writes = volunteer.notebook.pack(&mut volunteer.rng);
    volunteer.store(writes);
    let unsent = volunteer.write("summary", "reste aussi");
    server.append(coordinator.order_to_erase(EraseTarget::record(&gone.id), Vec::new()));
    volunteer.pull(&server);
    volunteer.reopen();
    assert!(volunteer.notebook.view(&gone).registers.is_empty());
    volunteer.push(&mut server);
    coordinator.pull(&server);
    assert!(coordinator.notebook.view(&gone).registers.is_empty());
    assert_eq!(coordinator.shows(&stays, "summary").as_deref(), Some("reste"));
    assert_eq!(coordinator.shows(&unsent, "summary").as_deref(), Some("reste aussi"));
    let desired = BTreeMap::from([("summary".to_owned(), Some(Value::from("encore")))]);
    let again = volunteer.notebook.save(&gone, None, desired, 1, &mut volunteer.rng);
    assert_eq!(again, Err(SaveError::Erased));
}

#[test]
fn a_change_larger_than_a_bundle_stays_here_and_says_so_and_the_others_go() {
    let (mut server, _, mut volunteer, _) = campaign();
    let small = volunteer.write("summary", "une soirée calme");
    let large = volunteer.write("summary", &"a".repeat(5 << 20));
    volunteer.push(&mut server);
    assert_eq!(volunteer.notebook.record_state(&small), RecordState::Received);
    assert_eq!(volunteer.notebook.record_state(&large), RecordState::Refused);
    let told: Vec<&str> = volunteer.notebook.stuck().values().map(|why| why.code()).collect();
    assert_eq!(told, ["too_large"]);
    volunteer.reopen();
    assert_eq!(volunteer.notebook.unpacked(), 1);
    assert_eq!(volunteer.notebook.record_state(&large), RecordState::OnThisPhone);
    for _ in 0..2 {
        let another = volunteer.write("summary", "une autre");
        volunteer.push(&mut server);
        assert_eq!(volunteer.notebook.record_state(&another), RecordState::Received);
        assert_eq!(volunteer.notebook.record_state(&large), RecordState::Refused);
    }
}
