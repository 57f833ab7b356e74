//! What a person carries in a file: bundles for a coordinator, and a backup for themselves.

mod backup;
mod bundles;
mod further;
mod offer;
mod restore;

pub(super) use backup::{BackUp, BackUpUnsaved, MakeCopy};
pub(super) use bundles::{HandOver, HandOverHint, TakeIn};
pub(super) use further::FurtherPhone;
pub(super) use restore::{CopyNotice, Restore, TwinNotice};
