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
