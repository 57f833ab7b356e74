//! Coordinators' devices keep the shared register.

use super::*;
use crate::fold::LISTING;

pub(super) fn listed(phone: &mut Phone, alias: &str) -> RecordKey {
    let new = phone.notebook.new_record(&mut phone.rng);
    let key = RecordKey { kind: "initiative".into(), id: new.id };
    let desired = [("alias", alias), ("consent_listing", "named"), ("state", "active")];
    let desired = desired.map(|(field, value)| (field.to_owned(), Some(Value::from(value))));
    let writes = phone.notebook.save(&key, Some(&new), desired.into(), 1, &mut phone.rng).unwrap();
    phone.store(writes);
    key
}

fn visit(phone: &mut Phone, collective: &RecordKey, date: &str) -> RecordKey {
    let key = phone.write("initiative_id", &collective.id.uuid());
    phone.edit(&key, "visited_on", date);
    key
}

/// Whether anything was to do.
fn keep(phone: &mut Phone) -> bool {
    let writes = phone.notebook.keep_listing(1, &mut phone.rng);
    let any = !writes.is_empty();
    phone.store(writes);
    any
}

fn row(phone: &Phone, collective: &RecordKey) -> BTreeMap<String, Value> {
    phone.notebook.view(&RecordKey { kind: LISTING.into(), id: collective.id }).values()
}

fn says(pairs: &[(&str, &str)]) -> BTreeMap<String, Value> {
    pairs.iter().map(|(field, value)| ((*field).to_owned(), Value::from(*value))).collect()
}

#[test]
fn what_a_volunteer_noted_is_listed_by_a_coordinator_s_device_and_reaches_the_volunteer() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    let collective = listed(&mut volunteer, "Le perron");
    visit(&mut volunteer, &collective, "2026-10-03");
    visit(&mut volunteer, &collective, "2026-11-20");
    let disputed = visit(&mut volunteer, &collective, "2026-12-01");
    assert!(!keep(&mut volunteer));
    let refused = volunteer.notebook.save_listing(&collective, 1, &mut volunteer.rng);
    assert_eq!(refused, Err(SaveError::Nothing));
    volunteer.push(&mut server);
    coordinator.pull(&server);
    volunteer.edit(&disputed, "visited_on", "2026-12-02");
    coordinator.edit(&disputed, "visited_on", "2026-12-03");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    assert!(keep(&mut coordinator) && !keep(&mut coordinator));
    coordinator.reopen();
    assert!(!keep(&mut coordinator), "what is right is not written again");
    coordinator.push(&mut server);
    volunteer.pull(&server);
    let expected =
        says(&[("alias", "Le perron"), ("last_visit_month", "2026-11"), ("state", "active")]);
    for phone in [&coordinator, &volunteer] {
        assert_eq!(row(phone, &collective), expected);
    }
    // Consent is withdrawn: at the next sync of a coordinator's device the row is empty.
    volunteer.edit(&collective, "consent_listing", "none");
    volunteer.push(&mut server);
    coordinator.pull(&server);
    assert!(keep(&mut coordinator));
    coordinator.push(&mut server);
    volunteer.pull(&server);
    assert_eq!(row(&volunteer, &collective), BTreeMap::new());
}

#[test]
fn a_correction_by_a_coordinator_lists_at_once() {
    let (_, mut coordinator, ..) = campaign();
    let collective = listed(&mut coordinator, "Le perron");
    let writes = coordinator.notebook.save_listing(&collective, 1, &mut coordinator.rng).unwrap();
    coordinator.store(writes);
    assert_eq!(row(&coordinator, &collective)["alias"], Value::from("Le perron"));
    let again = coordinator.notebook.save_listing(&collective, 1, &mut coordinator.rng);
    assert_eq!(again, Err(SaveError::Nothing));
}

#[test]
fn two_versions_of_the_app_that_contradict_each_other_stop_but_what_must_go_goes() {
    let (mut server, mut coordinator, ..) = campaign();
    let rng = &mut SeededRandom::new(60);
    let (mut second, entry) = guest_as(&coordinator, Role::Coordinator, None, rng);
    server.append(entry);
    coordinator.pull(&server);
    second.pull(&server);
    let collective = listed(&mut coordinator, "Le perron");
    let key = RecordKey { kind: LISTING.into(), id: collective.id };
    let mut rounds = 0;
    while keep(&mut coordinator) {
        rounds += 1;
        assert!(rounds < 20, "it goes on for ever");
        // What another coordinator's device says, whose app knows better.
        let heads = coordinator.notebook.view(&key).heads("state");
        let edit = crate::change::Edit {
            field: "state".into(),
            value: Some(Value::from("thriving")),
            replaces: heads,
        };
        let clock = crate::clock::Hlc { millis: rounds, counter: 0 };
        let salt = random(&mut coordinator.rng);
        let change = crate::change::Change::new(salt, key.clone(), clock, vec![edit]).unwrap();
        let source = crate::fold::Source::own(second.notebook.device(), None);
        let history = coordinator.notebook.histories.get_mut(&key).unwrap();
        history.insert(change, source);
        coordinator.notebook.listing_kept = false;
    }
    assert_eq!(rounds, 8);
    assert_eq!(row(&coordinator, &collective)["state"], Value::from("thriving"));
    coordinator.edit(&collective, "consent_listing", "none");
    assert!(keep(&mut coordinator));
    assert_eq!(row(&coordinator, &collective), BTreeMap::new());
}
