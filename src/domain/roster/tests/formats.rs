//! The roster's entries, pinned, act by act.

use super::*;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_act_is_pinned() {
    let mut camp = Camp::new(30);
    let guest = camp.guest(Role::Volunteer);
    camp.confirm(&guest);
    camp.revoke(guest.person.device(), vec![EntryId([1; 32]), EntryId([2; 32])]);
    camp.rotate();
    let names =
        ["founder", "generation 1", "recovery", "confirmation", "revocation", "generation 2"];
    let lines = names.iter().zip(camp.line.entries()).map(|(name, bytes)| {
        format!("{name}: {} bytes, {}\n{}", bytes.len(), EntryId::of(bytes), hex(bytes))
    });
    insta::assert_snapshot!("roster_entries_v1", lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_reunion_is_pinned() {
    let mut camp = Camp::new(31);
    let founder = camp.founder.clone();
    let mut other = camp.clone();
    let guest = other.guest(Role::Volunteer);
    other.confirm(&guest);
    let mut plain = camp.line.clone();
    sign(&mut plain, &founder, confirmation(&stranger(2).public(), Role::Volunteer)).unwrap();
    reunite(&mut plain, &other.line, &founder).unwrap();
    other.rotate();
    camp.rotate();
    reunite(&mut camp.line, &other.line, &founder).unwrap();
    let lines = [("without keys", &plain), ("with new keys", &camp.line)].map(|(name, line)| {
        let bytes = line.entries().last().unwrap();
        format!("{name}: {} bytes, {}\n{}", bytes.len(), EntryId::of(bytes), hex(bytes))
    });
    insta::assert_snapshot!("reunions_v1", lines.join("\n"));
}
