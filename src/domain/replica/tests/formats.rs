//! The stored states, pinned.

use super::*;
use crate::codec::encode;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn states_tips_and_deliveries_are_pinned() {
    let state = SyncState { era: 2, orders: 1, ..pulled(3) };
    let tips = Tips { network: Some(EntryId([1; 32])), restricted: None };
    let deliveries = [
        Delivery::Stored,
        Delivery::Sent,
        Delivery::Received,
        Delivery::Erased,
        Delivery::Refused("bad_wrap".into()),
        Delivery::Retired,
    ];
    let mut lines = vec![
        format!("fresh {}", hex(&encode(1, &SyncState::default()))),
        format!("state {}", hex(&encode(1, &state))),
        format!("tips  {}", hex(&encode(1, &tips))),
    ];
    lines.extend(deliveries.iter().map(|d| format!("{d:?} {}", hex(&encode(1, d)))));
    insta::assert_snapshot!("replica_v1", lines.join("\n"));
}
