//! The two slots of a vault key, in a file of the origin's private file system kept by `public/key-slot.js`.

use domain::keys::{SLOT_BYTES, VaultKeySlot};

use super::private_file::ask;

/// The browser has no place for the key: no OPFS, or it refused. No record may be taken here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no place for the key: {0}")]
pub struct NoSlot(pub String);

/// The slot that is whole, the first before the second; none on a device that has no key yet.
///
/// # Errors
/// [`NoSlot`].
pub async fn read(file: &str) -> Result<Option<VaultKeySlot>, NoSlot> {
    let bytes = ask("read", file, None).await.map_err(NoSlot)?;
    let slots = bytes.chunks(SLOT_BYTES).map(VaultKeySlot::from_bytes);
    Ok(slots.filter_map(Result::ok).next())
}

/// Overwrites both slots in place, one after the other; both are on the disk when it returns.
///
/// # Errors
/// [`NoSlot`]; then the slot before may still be in place.
pub async fn write(file: &str, slot: &VaultKeySlot) -> Result<(), NoSlot> {
    let bytes = ask("overwrite", file, Some(&slot.to_bytes())).await.map_err(NoSlot)?;
    match bytes.chunks(SLOT_BYTES).map(VaultKeySlot::from_bytes).next() {
        Some(Ok(written)) if written == *slot => Ok(()),
        _ => Err(NoSlot("what was written is not what is read".to_owned())),
    }
}
