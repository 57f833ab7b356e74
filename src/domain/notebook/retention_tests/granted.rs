//! What a grant brought leaves as what came by itself does.

use super::super::tests::guest;
use super::*;
use crate::ledger::Kind;
use crate::testing::SeededRandom;

/// A further phone of the volunteer, which got the key of the visit's bundle by a grant.
fn granted() -> (Server, Phone, Phone, RecordKey, EntryId) {
    let (mut server, mut coordinator, volunteer, visit) = settled();
    let bundle = *volunteer.notebook.dispatches.keys().next().unwrap();
    let member = Some(volunteer.notebook.member());
    let (mut phone, entry) = guest(&coordinator, member, &mut SeededRandom::new(60));
    server.append(entry);
    coordinator.pull(&server);
    let due = coordinator.notebook.grants_due();
    let rows = due.iter().map(|(bundle, _)| (*bundle, coordinator.entry(bundle))).collect();
    let writes = coordinator.notebook.grant(&due, &rows, &mut coordinator.rng);
    coordinator.store(writes);
    coordinator.push(&mut server);
    coordinator.pull_twice(&server);
    phone.pull(&server);
    (server, coordinator, phone, visit, bundle)
}

#[test]
fn a_granted_bundle_leaves_with_its_grant_and_comes_back_for_a_question() {
    for started_anew in [false, true] {
        let (mut server, mut coordinator, mut phone, visit, bundle) = granted();
        if started_anew {
            // Read as it was stored it counts as brought by its grant, too: the server hands it out so only.
            phone.notebook.carried.clear();
            let rows = BTreeMap::from([(bundle, phone.entry(&bundle))]);
            let writes = phone.notebook.read_again(&rows, 1);
            phone.store(writes);
        }
        let kinds = phone.notebook.carried.keys().map(|id| phone.notebook.held[id].kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [Kind::Grant]);
        assert_eq!((phone.fields(&visit), phone.bundles()), (WHOLE.map(str::to_owned).to_vec(), 2));
        assert!(phone.notebook.offers().contains(&bundle));

        phone.ask_reached(&server);
        assert!(phone.retire(LATER));
        phone.reopen();
        assert_eq!((phone.fields(&visit), phone.bundles()), (vec!["visited_on".to_owned()], 0));
        assert!(!phone.notebook.offers().contains(&bundle), "it is not here any more");

        coordinator.ask(&visit);
        coordinator.push(&mut server);
        phone.pull(&server);
        assert_eq!(phone.fetch(&server).verdict, Verdict::Applied { more: false });
        phone.reopen();
        assert_eq!(phone.shows(&visit, "summary").as_deref(), Some("Belle soirée"));
    }
}
