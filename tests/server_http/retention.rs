//! Content leaves a phone once a coordinator's device has it, and comes back for a question.

use std::collections::BTreeMap;

use domain::bundle::Audience::{Network, Restricted};
use domain::change::{RecordKey, Value};
use domain::clock::Hlc;
use domain::codec;
use domain::ids::EntryId;
use domain::keys::NetworkKeys;
use domain::notebook::{EntryRow, Identity, Notebook, Row, Table, Verdict, Writes};
use domain::protocol::{Code, Delivered, MAX_FETCH, Pull, Pulled, PushItem, Reply, Scope};
use domain::replica::{RecordState, SyncState, Tips};
use domain::roster::Role;
use domain::testing::{Person, SeededRandom};
use tests::server::{Client, House, Refused, Running, TestFolder, patient};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// A notebook, its rows, and its way to the server.
struct Phone {
    notebook: Notebook,
    rows: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    client: Client,
    rng: SeededRandom,
}

impl Phone {
    fn new(house: &House, person: &Person, role: Role, client: &Client) -> Self {
        let network = if role == Role::Coordinator {
            NetworkKeys(Vec::new())
        } else {
            person.network.clone()
        };
        let (keys, member) = (person.keys.clone(), person.member);
        let identity = Identity { keys, member, role, network };
        let (notebook, writes) = Notebook::begin(identity, house.camp.line.clone());
        let client = client.clone();
        let mut phone = Self { notebook, rows: BTreeMap::new(), client, rng: SeededRandom::new(9) };
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
        let row = |((table, key), value): (&(Table, Vec<u8>), &Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        // The page may be closed after any step.
        self.notebook = Notebook::load(&self.rows.iter().map(row).collect::<Vec<_>>()).unwrap();
    }

    fn edit(&mut self, visit: &RecordKey, fields: &[(&str, &str)]) {
        let value = |(field, text): &(&str, &str)| ((*field).to_owned(), Some(Value::from(*text)));
        let desired = fields.iter().map(value).collect();
        let writes = self.notebook.save(visit, None, desired, 1, &mut self.rng).unwrap();
        self.store(writes);
    }

    fn visit(&mut self) -> RecordKey {
        let new = self.notebook.new_record(&mut self.rng);
        let visit = RecordKey { kind: "visit".into(), id: new.id };
        let summary = BTreeMap::from([("summary".to_owned(), Some(Value::from("Belle soirée")))]);
        let writes = self.notebook.save(&visit, Some(&new), summary, 1, &mut self.rng).unwrap();
        self.store(writes);
        self.edit(&visit, &[("visited_on", "2026-11-03")]);
        visit
    }

    fn pull(&mut self, scope: Scope) -> Verdict {
        let waiting = BTreeMap::new();
        let pull = self.notebook.sync_state().pull(scope);
        let reply: Reply<Pulled> = self.client.call("pull", &pull).unwrap();
        let incoming = self.notebook.take_page(&pull, &reply, &waiting, 1);
        self.store(incoming.writes);
        incoming.verdict
    }

    /// Sends and receives, twice: the second time says that what the first brought was stored.
    fn sync(&mut self) {
        for _ in 0..2 {
            assert_eq!(self.pull(Scope::Orders), Verdict::Applied { more: false });
            let writes = self.notebook.pack(&mut self.rng);
            self.store(writes);
            let ids = self.notebook.pending();
            let items = ids.iter().map(|id| {
                let row = &self.rows[&(Table::Entries, id.0.to_vec())];
                let EntryRow { bytes, wraps } = codec::decode(1, row).unwrap();
                PushItem { bytes, wraps }
            });
            let items = domain::protocol::Push { items: items.collect() };
            let (ticket, writes) = self.notebook.mark_sent(&ids);
            self.store(writes);
            let reply = self.client.call("push", &items).unwrap();
            let (_, writes) = self.notebook.take_receipts(ticket, &ids, &reply);
            self.store(writes);
            assert_eq!(self.pull(Scope::All), Verdict::Applied { more: false });
        }
    }

    fn ask_reached(&mut self) {
        let (ids, ticket) = (self.notebook.unreached(), self.notebook.sync_state().ticket());
        let reply = self.client.call("reached", &ids).unwrap();
        let (verdict, writes) = self.notebook.take_reached(ticket, &ids, &reply);
        assert_eq!(verdict, Verdict::Applied { more: false });
        self.store(writes);
    }

    fn fetch(&mut self) {
        let ticket = self.notebook.sync_state().ticket();
        for ids in self.notebook.wanted().chunks(MAX_FETCH) {
            let reply: Reply<Vec<Delivered>> = self.client.call("fetch", &ids.to_vec()).unwrap();
            let incoming = self.notebook.take_fetched(ticket, ids, &reply, 1);
            assert_eq!(incoming.faults, 0);
            self.store(incoming.writes);
        }
    }

    fn retire(&mut self) {
        let writes = self.notebook.retire(1 + 14 * DAY, 14);
        self.store(writes);
    }

    /// Everything is to be pulled from the start.
    fn begin_again(&mut self) {
        let row = (Table::Sync, Vec::new());
        let (sync, tips, clock): (SyncState, Tips, Hlc) =
            codec::decode(1, &self.rows[&row]).unwrap();
        let bytes = codec::encode(1, &(sync.again(), tips, clock));
        self.store(Writes(vec![(row.0, row.1, Some(bytes))]));
        assert_eq!(self.notebook.sync_state().cursor, 0);
    }

    fn shows(&self, visit: &RecordKey, field: &str) -> Option<String> {
        self.notebook.view(visit).text(field).map(str::to_owned)
    }
}

#[test]
fn a_visit_leaves_the_phone_and_comes_back_for_a_question() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 30);
    let anna = house.guest(server.address, Role::Volunteer);
    house.confirm(&anna.guest);
    let founder = house.camp.founder.clone();
    let mut phone = Phone::new(&house, anna.person(), Role::Volunteer, &anna.client);
    let mut desk = Phone::new(&house, &founder, Role::Coordinator, &house.founder);

    let visit = phone.visit();
    phone.sync();
    phone.ask_reached();
    phone.retire();
    assert_eq!(phone.notebook.retired(&visit), None, "no coordinator's device has it");
    desk.sync();
    phone.ask_reached();
    phone.retire();
    assert!(phone.notebook.retired(&visit).is_some());
    assert_eq!(phone.shows(&visit, "visited_on").as_deref(), Some("2026-11-03"));
    assert_eq!(phone.shows(&visit, "summary"), None);
    assert!(!phone.rows.keys().any(|(table, _)| *table == Table::Entries));
    // Count and XOR of what was served agree, also when everything is pulled again.
    phone.begin_again();
    phone.sync();
    assert_eq!(phone.shows(&visit, "summary"), None);
    assert_eq!(phone.notebook.record_state(&visit), RecordState::Received);

    desk.edit(&visit, &[("review_state", "needs_info"), ("review_question/a1", "Combien ?")]);
    desk.sync();
    phone.sync();
    assert_eq!(phone.notebook.wanted().len(), 2);
    phone.fetch();
    assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    phone.edit(&visit, &[("summary", "Neuf nuits")]);
    phone.sync();
    desk.sync();
    assert_eq!(desk.notebook.view(&visit).conflicts().count(), 0);
    desk.edit(&visit, &[("review_state", "validated")]);
    desk.sync();
    phone.sync();
    phone.ask_reached();
    phone.retire();
    assert_eq!(phone.shows(&visit, "summary"), None);
    assert_eq!(phone.shows(&visit, "review_state").as_deref(), Some("validated"));
    assert_eq!(desk.shows(&visit, "summary").as_deref(), Some("Neuf nuits"));
}

/// Seals and sends a bundle.
fn sent(house: &mut House, person: &Person, client: &Client) -> EntryId {
    let sealed = house.seal(person, Restricted, &["x"]);
    let item = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    assert!(client.push(vec![item]).unwrap()[0].outcome.received());
    sealed.id
}

fn reached(client: &Client, ids: &[EntryId]) -> Vec<EntryId> {
    client.call("reached", &ids.to_vec()).unwrap().answer
}

/// Pulls everything; `stored` asks on from the end, as a device does that stored it.
fn pull(client: &Client, scope: Scope, stored: bool) {
    let first = Pull { epoch: None, after: 0, chain: None, scope };
    let reply: Reply<Pulled> = client.call("pull", &first).unwrap();
    let Pulled::Page(page) = reply.answer else { panic!("no page") };
    if stored {
        let (epoch, after, chain) = (Some(reply.epoch), page.next, Some(page.chain));
        let again: Pulled =
            client.call("pull", &Pull { epoch, after, chain, scope }).unwrap().answer;
        assert!(matches!(again, Pulled::Page(_)));
    }
}

#[test]
fn reached_is_said_of_what_another_coordinator_s_device_stored() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 31);
    let anna = house.guest(server.address, Role::Volunteer);
    let bea = house.guest(server.address, Role::Coordinator);
    let person = anna.person().clone();
    let early = sent(&mut house, &person, &anna.client);
    let founder = house.founder.clone();
    let ask = |ids: &[EntryId]| reached(&anna.client, ids);
    assert_eq!(ask(&[early]), []);
    // Served is not stored; roster and orders alone are not it; neither is the author, nor who is not
    // confirmed, nor a chain that is not the server's.
    pull(&founder, Scope::All, false);
    pull(&founder, Scope::Orders, true);
    pull(&anna.client, Scope::All, true);
    pull(&bea.client, Scope::All, true);
    let epoch = founder.epoch().unwrap();
    let chain = Some(domain::ledger::Chain([1; 32]));
    let wrong = Pull { epoch: Some(epoch), after: 4, chain, scope: Scope::All };
    let reset: Pulled = founder.call("pull", &wrong).unwrap().answer;
    assert!(matches!(reset, Pulled::Reset(_)));
    assert_eq!(ask(&[early]), []);

    pull(&founder, Scope::All, true);
    let late = sent(&mut house, &person, &anna.client);
    assert_eq!(ask(&[late, EntryId([9; 32]), early]), [early]);
    assert_eq!(reached(&founder, &[early]), [], "of others' devices");
    house.confirm(&bea.guest);
    pull(&bea.client, Scope::All, true);
    assert_eq!(ask(&[late, early]), [late, early]);
    assert_eq!(reached(&founder, &[early]), [early]);
    // A revoked coordinator's device is none any more.
    house.camp.revoke(bea.person().device(), Vec::new());
    house.push_roster().unwrap();
    assert_eq!(ask(&[late, early]), [early]);
}

#[test]
fn only_what_a_pull_would_serve_is_fetched() {
    let folder = TestFolder::new();
    let server = Running::start(folder.path(), patient());
    let mut house = House::found(&server, 32);
    let anna = house.guest(server.address, Role::Volunteer);
    let bart = house.guest(server.address, Role::Volunteer);
    let (person, other) = (anna.person().clone(), bart.person().clone());
    let hers = sent(&mut house, &person, &anna.client);
    let his = sent(&mut house, &other, &bart.client);
    let founder = house.camp.founder.clone();
    let sealed = house.seal(&founder, Network, &["row"]);
    let row = PushItem { bytes: sealed.bytes, wraps: sealed.wraps };
    house.founder.push(vec![row]).unwrap();
    let fetch = |client: &Client, ids: &[EntryId]| -> Vec<Delivered> {
        client.call("fetch", &ids.to_vec()).unwrap().answer
    };
    let served = anna.client.pull_all(Scope::All).unwrap();
    let pulled = |id: EntryId| served.iter().find(|entry| entry.id == id).cloned().unwrap();
    let fetched = fetch(&anna.client, &[sealed.id, his, hers, EntryId([9; 32])]);
    assert_eq!(fetched, [pulled(hers), pulled(sealed.id)]);
    assert_eq!(fetch(&house.founder, &[his])[0].id, his);
    let mut paper = Client::new(server.address);
    paper.sign_in(house.camp.line.campaign(), &house.camp.code.keys()).unwrap();
    assert_eq!(fetch(&paper, &[hers, sealed.id]), []);
    let many = vec![hers; MAX_FETCH + 1];
    let refused = anna.client.call::<_, Vec<Delivered>>("fetch", &many).unwrap_err();
    assert_eq!(refused, Refused::By(Code::TooLarge));
}
