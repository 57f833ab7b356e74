//! A device and a server whose roster left something out.

use std::collections::BTreeMap;

use super::*;
use crate::ids::{DeviceId, EntryId, Epoch};
use crate::ledger::{Branch, Chain, Kind, Signed};
use crate::protocol::{Code, Delivered, Outcome, Page, Pulled, Receipt, Reply, Scope};
use crate::replica::Delivery;
use crate::roster::{Act, RosterEntry, Signer};
use crate::testing::{Camp, Person, SeededRandom};

const EPOCH: Epoch = Epoch([1; 16]);

/// A notebook over rows, read back after every step.
struct Phone {
    notebook: Notebook,
    rows: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    rng: SeededRandom,
}

impl Phone {
    fn new(person: &Person, role: Role, line: &Line) -> Self {
        let Person { keys, member, network } = person.clone();
        let identity = Identity { keys, member, role, network };
        let (notebook, writes) = Notebook::begin(identity, line.clone());
        let mut phone = Self { notebook, rows: BTreeMap::new(), rng: SeededRandom::new(7) };
        phone.store(writes);
        phone
    }

    fn store(&mut self, writes: Writes) {
        for (table, key, value) in writes.0 {
            match value {
                Some(value) => self.rows.insert((table, key), value),
                None => self.rows.remove(&(table, key)),
            };
        }
        let rows = self.rows.iter().filter(|((table, _), _)| *table != Table::Entries);
        let row = |((table, key), value): (&(Table, Vec<u8>), &Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        let mended = self.notebook.mended;
        self.notebook = Notebook::load(&rows.map(row).collect::<Vec<_>>()).unwrap();
        self.notebook.mended = mended;
    }

    fn entry(&self, id: &EntryId) -> EntryRow {
        crate::codec::decode(1, &self.rows[&(Table::Entries, id.0.to_vec())]).unwrap()
    }

    /// Pulls the orders of a server with this roster and, behind it, these other entries.
    fn pull(&mut self, epoch: Epoch, roster: &Line, others: &[(Kind, Vec<u8>)]) -> Verdict {
        let request = self.notebook.sync_state().pull(Scope::Orders);
        let roster = roster.entries().map(|bytes| (Kind::Roster, bytes.to_vec()));
        let all = roster.chain(others.iter().cloned()).zip(1_u64..);
        let delivered = all.map(|((kind, bytes), number)| Delivered {
            number,
            id: EntryId::of(&bytes),
            kind,
            received_at: 1,
            bytes: Some(bytes),
            wraps: vec![],
            granted: None,
        });
        let entries: Vec<Delivered> =
            delivered.filter(|entry| entry.number > request.after).collect();
        let next = entries.last().map_or(request.after, |entry| entry.number);
        let page = Page {
            after: request.after,
            scope: Scope::Orders,
            entries,
            next,
            chain: Chain([0; 32]),
            more: false,
            served: None,
        };
        let reply = Reply { epoch, answer: Pulled::Page(page) };
        let incoming = self.notebook.take_page(&request, &reply, &BTreeMap::new(), 1);
        assert_eq!(incoming.faults, 0);
        self.store(incoming.writes);
        incoming.verdict
    }

    fn mend(&mut self) -> Vec<Vec<u8>> {
        let before: Vec<EntryId> = self.notebook.pending();
        let writes = self.notebook.mend(&mut self.rng);
        self.store(writes);
        let new = self.notebook.pending().into_iter().filter(|id| !before.contains(id));
        new.map(|id| self.entry(&id).bytes).collect()
    }

    /// Sends an entry and gets this answer.
    fn answered(&mut self, id: EntryId, outcome: Outcome) {
        let (ticket, writes) = self.notebook.mark_sent(&[id]);
        self.store(writes);
        let epoch = self.notebook.sync_state().epoch.unwrap();
        let reply = Reply { epoch, answer: vec![Receipt { id, outcome }] };
        let (_, writes) = self.notebook.take_receipts(ticket, &[id], &reply);
        self.store(writes);
    }

    fn delivery(&self, id: &EntryId) -> Delivery {
        self.notebook.dispatches[id].delivery.clone()
    }

    fn knows(&self, device: &DeviceId) -> bool {
        self.notebook.line().device(device).is_some()
    }
}

fn moved() -> Outcome {
    Outcome::Refused(Code::RosterMoved.as_str().to_owned())
}

fn append(line: &mut Line, bytes: &[u8]) {
    line.append(bytes).unwrap();
}

fn sign(line: &mut Line, person: &Person, act: Act) {
    let entry = line.sign_next(Signer::Device(person.device()), act, &person.keys);
    append(line, &entry);
}

fn revocation(device: DeviceId) -> Act {
    Act::Revocation(crate::roster::Revocation { device, accepted: vec![] })
}

/// The founder, a second coordinator and Mina; a guest confirmed by the second, whom the server lost; and
/// what the founder wrote in its place.
struct Split {
    camp: Camp,
    second: Person,
    mina: Person,
    guest: DeviceId,
    lost: Line,
    server: Line,
}

fn split(seed: u64) -> Split {
    let mut camp = Camp::new(seed);
    let (second, mina) = (camp.join(Role::Coordinator), camp.join(Role::Volunteer));
    let [guest, other] = [camp.guest(Role::Volunteer), camp.guest(Role::Volunteer)];
    let mut lost = camp.line.clone();
    let confirm = crate::campaign::confirm;
    let ring = second.ring(&lost);
    append(&mut lost.clone(), &confirm(&lost, &ring, &guest.enrolment, &mut camp.rng).unwrap().0);
    let (entry, _) = confirm(&lost, &ring, &guest.enrolment, &mut camp.rng).unwrap();
    append(&mut lost, &entry);
    let mut server = camp.line.clone();
    let ring = camp.founder.ring(&server);
    let (entry, _) = confirm(&server, &ring, &other.enrolment, &mut camp.rng).unwrap();
    append(&mut server, &entry);
    Split { camp, second, mina, guest: guest.person.device(), lost, server }
}

#[test]
fn a_device_keeps_its_roster_until_one_covers_it() {
    let Split { camp, second, mina, guest, lost, mut server } = split(300);
    let mut phone = Phone::new(&mina, Role::Volunteer, &lost);
    phone.pull(EPOCH, &server, &[]);
    assert!(phone.notebook.forked() && phone.knows(&guest));
    assert_eq!(phone.notebook.line().newest(), lost.newest());
    // The server's branch goes on, and another reunion is not hers.
    sign(&mut server, &camp.founder, revocation(mina.device()));
    phone.pull(EPOCH, &server, &[]);
    assert!(phone.notebook.forked() && phone.notebook.confirmed());
    let entries: Vec<Vec<u8>> = server.lacks(&lost).map(<[u8]>::to_vec).collect();
    let ring = second.ring(&lost);
    let reunion = crate::campaign::reunite(&server, &entries, &ring, &mut phone.rng).unwrap();
    append(&mut server, &reunion);
    phone.pull(EPOCH, &server, &[]);
    assert!(!phone.notebook.forked() && phone.knows(&guest) && !phone.notebook.confirmed());
    assert_eq!(phone.notebook.line().newest(), server.newest());
    assert!(phone.notebook.sync_state().offer, "what it holds is offered to the joined roster");
    let stored = phone.rows.keys().filter(|(table, _)| *table == Table::Roster).count();
    assert_eq!(stored, server.entries().count());
    assert!(!phone.rows.keys().any(|(table, _)| *table == Table::Fork));
}

#[test]
fn a_coordinator_s_device_joins_by_itself_and_once() {
    let Split { second, guest, lost, mut server, .. } = split(301);
    let mut phone = Phone::new(&second, Role::Coordinator, &lost);
    assert!(phone.mend().is_empty());
    phone.pull(EPOCH, &server, &[]);
    let [entry] = &phone.mend()[..] else { panic!("not one entry") };
    assert!(phone.mend().is_empty());
    assert_eq!(Kind::of(entry), Ok(Kind::Roster));
    append(&mut server, entry);
    assert!(server.device(&guest).is_some() && phone.notebook.forked());
    phone.pull(EPOCH, &server, &[]);
    assert!(!phone.notebook.forked() && phone.mend().is_empty());
}

#[test]
fn who_loses_the_race_for_the_reunion_signs_another_or_needs_none() {
    let Split { camp, second, mina, lost, mut server, .. } = split(302);
    let mut phones = [
        Phone::new(&second, Role::Coordinator, &lost),
        Phone::new(&camp.founder, Role::Coordinator, &lost),
    ];
    for phone in &mut phones {
        phone.pull(EPOCH, &server, &[]);
    }
    let [first, late] = phones.each_mut().map(|phone| phone.mend().remove(0));
    sign(&mut server, &camp.founder, revocation(mina.device()));
    let refused = server.clone().append(&first);
    assert!(refused.is_err());
    phones[0].answered(EntryId::of(&first), moved());
    phones[0].pull(EPOCH, &server, &[]);
    append(&mut server, &phones[0].mend().remove(0));
    phones[1].answered(EntryId::of(&late), moved());
    phones[1].pull(EPOCH, &server, &[]);
    assert!(!phones[1].notebook.forked() && phones[1].mend().is_empty());
}

#[test]
fn a_volunteer_s_phone_hands_in_what_the_coordinators_lost() {
    let Split { camp, mina, guest, lost, mut server, .. } = split(303);
    let mut phone = Phone::new(&mina, Role::Volunteer, &lost);
    phone.pull(EPOCH, &server, &[]);
    let [branch] = &phone.mend()[..] else { panic!("not one entry") };
    assert!(phone.mend().is_empty(), "the same branch is one entry");
    assert_eq!(Signed::<Branch>::read(Kind::Branch, branch).unwrap().body.entries.len(), 1);
    let mut founder = Phone::new(&camp.founder, Role::Coordinator, &server);
    founder.pull(EPOCH, &server, &[(Kind::Branch, branch.clone())]);
    assert!(!founder.notebook.forked() && !founder.knows(&guest));
    let held = founder.notebook.offers();
    assert!(held.contains(&EntryId::of(branch)), "it outlives another restore");
    append(&mut server, &founder.mend().remove(0));
    founder.notebook.sync = founder.notebook.sync.reset(EPOCH);
    founder.pull(EPOCH, &server, &[]);
    assert!(founder.knows(&guest) && founder.notebook.strays.is_empty());
    assert!(!founder.rows.keys().any(|(table, _)| *table == Table::Strays));
}

#[test]
fn what_somebody_signed_who_is_out_waits_for_a_person() {
    let Split { camp, second, mina, guest, lost, mut server } = split(304);
    sign(&mut server, &camp.founder, revocation(second.device()));
    let mut phone = Phone::new(&mina, Role::Volunteer, &lost);
    phone.pull(EPOCH, &server, &[]);
    let branch = phone.mend().remove(0);
    let mut founder = Phone::new(&camp.founder, Role::Coordinator, &server);
    founder.pull(EPOCH, &server, &[(Kind::Branch, branch)]);
    assert!(founder.mend().is_empty() && founder.notebook.doubtful());
    let writes = founder.notebook.mend_doubtful(&mut SeededRandom::new(1));
    founder.store(writes);
    append(&mut server, &founder.entry(&founder.notebook.pending()[0]).bytes);
    // Whom she took in beside her revocation is not in; she is out; the phone is no longer alone.
    assert_eq!(server.device(&guest), None);
    assert!(server.device(&second.device()).unwrap().revoked.is_some());
    phone.notebook.sync = phone.notebook.sync.reset(EPOCH);
    phone.pull(EPOCH, &server, &[]);
    assert!(!phone.notebook.forked() && !phone.knows(&guest));
}

/// The attack: a server and somebody who was put out show a device a roster in which nobody was.
#[test]
fn no_server_makes_a_device_forget_a_revocation() {
    let mut camp = Camp::new(305);
    let (maud, mina) = (camp.join(Role::Coordinator), camp.join(Role::Volunteer));
    let before = camp.line.clone();
    camp.revoke(maud.device(), vec![]);
    let evil = Person { keys: crate::keys::DeviceKeys::generate(&mut camp.rng), ..maud.clone() };
    let mut forged = before.clone();
    let member = evil.member;
    let taken_in = |keys| {
        let (role, invite, wraps) = (Role::Coordinator, None, vec![]);
        Act::Confirmation(crate::roster::Confirmation { member, role, keys, invite, wraps })
    };
    sign(&mut forged, &maud, taken_in(evil.keys.public()));
    sign(&mut forged, &evil, revocation(camp.founder.device()));
    let mut phone = Phone::new(&mina, Role::Volunteer, &camp.line);
    for epoch in [EPOCH, Epoch([2; 16]), Epoch([3; 16])] {
        while phone.pull(epoch, &forged, &[]) == Verdict::Reset {}
        let line = phone.notebook.line();
        assert!(line.device(&maud.device()).unwrap().revoked.is_some());
        assert!(!line.is_coordinator(&evil.device()) && phone.notebook.forked());
        // Nor does a branch that somebody hands in.
        let entries = camp.line.lacks(&forged).map(<[u8]>::to_vec).collect();
        let (campaign, device) = (camp.line.campaign(), mina.device());
        let (_, branch) = Branch { campaign, device, entries }.sign(&mina.keys);
        let mut founder = Phone::new(&camp.founder, Role::Coordinator, &camp.line);
        founder.pull(EPOCH, &camp.line, &[(Kind::Branch, branch)]);
        assert!(founder.mend().is_empty() && founder.notebook.doubtful());
        let another = crate::keys::DeviceKeys::generate(&mut camp.rng);
        sign(&mut forged, &evil, taken_in(another.public()));
    }
}

#[test]
fn what_the_server_accepted_and_lost_is_sent_again_or_joined() {
    let Split { camp, server, mina, .. } = split(306);
    let mut founder = Phone::new(&camp.founder, Role::Coordinator, &camp.line);
    let keys = &camp.founder.keys;
    let entry = camp.line.sign_next(Signer::Device(keys.id()), revocation(mina.device()), keys);
    let (id, writes) = founder.notebook.enqueue(Kind::Roster, entry.clone());
    founder.store(writes);
    founder.pull(EPOCH, &camp.line, &[]);
    founder.answered(id, Outcome::Accepted(9));
    assert_eq!(founder.delivery(&id), Delivery::Received);
    // The server is back before it, with nothing in its place: it is sent again.
    while founder.pull(Epoch([2; 16]), &camp.line, &[]) == Verdict::Reset {}
    assert_eq!(founder.delivery(&id), Delivery::Received);
    assert!(founder.mend() == [entry.clone()] && founder.notebook.pending() == [id]);
    // With something in its place it is joined.
    founder.answered(id, Outcome::Accepted(9));
    while founder.pull(Epoch([3; 16]), &server, &[]) == Verdict::Reset {}
    let reunion = founder.mend().remove(0);
    let mut server = server;
    append(&mut server, &reunion);
    assert!(server.device(&mina.device()).unwrap().revoked.is_some());
}

#[test]
fn who_lost_a_race_decides_again_unless_somebody_got_the_entry() {
    let Split { camp, second, mina, guest, lost, server } = split(307);
    let mut phone = Phone::new(&second, Role::Coordinator, &camp.line);
    let entry = lost.entries().last().unwrap().to_vec();
    let (id, writes) = phone.notebook.enqueue(Kind::Roster, entry);
    phone.store(writes);
    phone.pull(EPOCH, &server, &[]);
    phone.answered(id, moved());
    assert!(phone.mend().is_empty() && phone.notebook.pending().is_empty());
    while phone.pull(Epoch([2; 16]), &server, &[]) == Verdict::Reset {}
    assert!(phone.mend().is_empty() && phone.notebook.pending().is_empty());
    // Mina got it from the server once; the answer that came to its signer was about another time.
    let entries = server.lacks(&lost).map(<[u8]>::to_vec).collect();
    let (campaign, device) = (server.campaign(), mina.device());
    let (_, branch) = Branch { campaign, device, entries }.sign(&mina.keys);
    phone.pull(Epoch([2; 16]), &server, &[(Kind::Branch, branch)]);
    let mut server = server;
    append(&mut server, &phone.mend().remove(0));
    assert!(server.device(&guest).is_some());
}

#[test]
fn what_a_forked_server_refuses_stays_to_be_sent() {
    let Split { mina, lost, server, .. } = split(308);
    let mut phone = Phone::new(&mina, Role::Volunteer, &lost);
    phone.pull(EPOCH, &server, &[]);
    let new = phone.notebook.new_record(&mut phone.rng);
    let key = RecordKey { kind: "visit".into(), id: new.id };
    let desired = BTreeMap::from([("note".to_owned(), Some("un".into()))]);
    let writes = phone.notebook.save(&key, Some(&new), desired, 1, &mut phone.rng).unwrap();
    phone.store(writes);
    let writes = phone.notebook.pack(&mut phone.rng);
    phone.store(writes);
    let id = phone.notebook.pending()[0];
    phone.answered(id, Outcome::Refused(Code::BadWrap.as_str().to_owned()));
    assert_eq!((phone.delivery(&id), phone.notebook.pending()), (Delivery::Sent, vec![id]));
    phone.answered(id, Outcome::Accepted(9));
    assert_eq!(phone.delivery(&id), Delivery::Received);
}

#[test]
fn another_history_is_followed_from_its_beginning() {
    let Split { mina, lost, server, .. } = split(309);
    let mut phone = Phone::new(&mina, Role::Volunteer, &lost);
    phone.pull(EPOCH, &server, &[]);
    assert!(phone.notebook.forked());
    // The next backup is one in which nothing was lost.
    assert_eq!(phone.pull(Epoch([2; 16]), &lost, &[]), Verdict::Reset);
    assert!(!phone.notebook.forked());
    phone.pull(Epoch([2; 16]), &lost, &[]);
    assert!(!phone.notebook.forked() && phone.mend().is_empty());
}

#[test]
fn a_server_that_falls_behind_a_reunion_is_joined_again() {
    let Split { camp, second, guest, lost, server, .. } = split(310);
    let mut phone = Phone::new(&second, Role::Coordinator, &lost);
    phone.pull(EPOCH, &server, &[]);
    let mut joined = server.clone();
    append(&mut joined, &phone.mend().remove(0));
    phone.pull(EPOCH, &joined, &[]);
    assert!(!phone.notebook.forked());
    // It is back on the branch that the reunion carries.
    while phone.pull(Epoch([2; 16]), &lost, &[]) == Verdict::Reset {}
    assert!(phone.notebook.forked());
    let mut again = lost;
    append(&mut again, &phone.mend().remove(0));
    assert!(again.covers(&joined) && again.device(&guest).is_some());
    phone.pull(Epoch([2; 16]), &again, &[]);
    assert!(!phone.notebook.forked());
    let reunions = again.entries().filter(|bytes| {
        let entry = Signed::<RosterEntry>::read(Kind::Roster, bytes).unwrap();
        matches!(entry.body.act, Act::Reunion(_))
    });
    assert_eq!((reunions.count(), camp.line.entries().count()), (1, 5));
}
