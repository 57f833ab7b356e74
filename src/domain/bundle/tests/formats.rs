//! The bundle, pinned: its bytes are hashed, signed and kept for ever.

use super::*;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_bundle_is_pinned() {
    let mut rng = SeededRandom::new(20);
    let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
    let origin = Origin { device: keys.id(), bundle: EntryId([3; 32]) };
    let resealed = BodyItem { change: b"resealed".to_vec(), origin: Some(origin) };
    let readers = [
        (Reader::Device(keys.id()), ReaderKey::Public(keys.public().kex)),
        (Reader::Network(1), ReaderKey::Shared([4; 32])),
    ];
    let bundle = seal(&keys, &plan(&readers), &[item(b"change"), resealed], &mut rng).unwrap();
    let read = Bundle::read(&bundle.bytes).unwrap();
    let header = crate::codec::encode(1, read.header());
    let wraps = bundle.wraps.iter().map(|wrap| hex(&crate::codec::encode(1, wrap)));
    let text = format!(
        "id     {}\nheader {}\nbytes  {}\nwraps  {}",
        bundle.id,
        hex(&header),
        hex(&bundle.bytes),
        wraps.collect::<Vec<_>>().join("\n       "),
    );
    insta::assert_snapshot!("bundle_v1", text);
}
