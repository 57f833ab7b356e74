//! What waits for a newer app.

use super::super::{loading, rows};
use super::*;

/// What an older app left: the entry held and unread, and nothing of it known.
fn forget_reading(phone: &mut Phone, id: EntryId, record: Option<&RecordKey>) {
    let row = phone.rows.get_mut(&(Table::Held, id.0.to_vec())).unwrap();
    let mut held: rows::Held = crate::codec::decode(1, row).unwrap();
    (held.waiting, held.link) = (Some(Wait::Update), None);
    *row = crate::codec::encode(1, &held);
    if let Some(record) = record {
        phone.rows.remove(&(Table::Histories, loading::record_row_key(record)));
    }
    phone.reopen();
}

fn read_again(phone: &mut Phone) {
    let ids = phone.notebook.unread_entries();
    let rows = ids.into_iter().map(|id| (id, phone.entry(&id))).collect();
    let writes = phone.notebook.read_again(&rows, 1);
    phone.store(writes);
}

#[test]
fn what_a_newer_app_wrote_is_kept_and_read_when_the_app_is_newer() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let visit = volunteer.write("summary", "Belle soirée");
    volunteer.push(&mut server);
    // A bundle and an order of a later version: this app cannot read them, and says so.
    let mut later = server.entries.last().unwrap().1.clone();
    later[1] = 2;
    let bytes = coordinator.order_to_erase(EraseTarget::record(&visit.id), Vec::new());
    let order = EntryId::of(&bytes);
    let mut later_order = bytes.clone();
    later_order[1] = 2;
    for bytes in [later, later_order] {
        server.append(bytes);
    }
    coordinator.pull(&server);
    assert_eq!(coordinator.notebook.waiting(Wait::Update), 2);
    read_again(&mut coordinator);
    coordinator.reopen();
    assert_eq!(
        coordinator.notebook.waiting(Wait::Update),
        2,
        "the same app reads no more than before"
    );
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Belle soirée"));

    // The same of a bundle that this app does read: an older one held it.
    let (bundle, ..) = server.entries[server.entries.len() - 3];
    forget_reading(&mut coordinator, bundle, Some(&visit));
    assert_eq!(coordinator.shows(&visit, "summary"), None);
    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&visit, "summary"), None, "a pull alone does not bring it");
    read_again(&mut coordinator);
    coordinator.reopen();
    assert_eq!(coordinator.notebook.waiting(Wait::Update), 2);
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    let link = Some((volunteer.notebook.device(), None));
    assert_eq!(coordinator.notebook.held[&bundle].link, link);

    // And of an order: what it says is pulled again and done.
    server.entries.push((order, bytes, Vec::new()));
    let before = coordinator.rows.clone();
    coordinator.pull(&server);
    let held = coordinator.rows[&(Table::Held, order.0.to_vec())].clone();
    let entry = coordinator.rows[&(Table::Entries, order.0.to_vec())].clone();
    let cursor = coordinator.rows[&(Table::Sync, Vec::new())].clone();
    coordinator.rows = before;
    coordinator.rows.insert((Table::Held, order.0.to_vec()), held);
    coordinator.rows.insert((Table::Entries, order.0.to_vec()), entry);
    coordinator.rows.insert((Table::Sync, Vec::new()), cursor);
    forget_reading(&mut coordinator, order, None);
    coordinator.pull(&server);
    assert!(!coordinator.notebook.view(&visit).registers.is_empty());
    read_again(&mut coordinator);
    coordinator.reopen();
    coordinator.push(&mut server);
    assert!(coordinator.notebook.view(&visit).registers.is_empty());
    coordinator.pull(&server);
    assert_eq!(coordinator.notebook.waiting(Wait::Update), 2);
}

#[test]
fn a_change_of_a_newer_app_keeps_its_bundle_waiting_and_the_others_are_read() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let visit = volunteer.write("summary", "Belle soirée");
    let own = volunteer.notebook.unsent.values().next().unwrap().change.to_bytes();
    let mut later = own.clone();
    later[0] = 9;
    let line = coordinator.notebook.line();
    let team = line.generation().unwrap().team;
    let readers = [(Reader::Team(1), crate::bundle::ReaderKey::Public(team))];
    let plan = crate::bundle::BundlePlan {
        campaign: line.campaign(),
        previous: None,
        audience: crate::bundle::Audience::Restricted,
        generation: 1,
        readers: &readers,
    };
    let items = [own, later].map(|change| crate::bundle::BodyItem { change, origin: None });
    let keys = volunteer.notebook.ring().device().clone();
    let sealed = crate::bundle::seal(&keys, &plan, &items, &mut volunteer.rng).unwrap();
    server.entries.push((sealed.id, sealed.bytes, sealed.wraps));
    coordinator.pull(&server);
    assert_eq!(coordinator.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    assert_eq!(coordinator.notebook.unread_entries(), [sealed.id]);
    read_again(&mut coordinator);
    assert_eq!(coordinator.notebook.unread_entries(), [sealed.id]);
}
