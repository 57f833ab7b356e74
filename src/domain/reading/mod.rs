//! From a delivered bundle to changes that can be folded.

use serde::{Deserialize, Serialize};

use crate::bundle::{BadBundle, Bundle};
use crate::change::{BadChange, Change};
use crate::codec::Malformed;
use crate::fold::{Source, Voucher};
use crate::keys::{Keyring, NoBundleKey, PublicKeys, Wrap};
use crate::roster::Line;

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Opened.
    Open {
        /// The changes this version reads.
        changes: Vec<(Change, Source)>,
        /// How many changes a newer version wrote: kept in the bundle, read after an update.
        newer: usize,
    },
    /// It cannot be read yet: keep it, and try again when the roster grows or the app is newer.
    Waiting(Wait),
    /// It will never be read: kept, counted, shown to coordinators.
    Unreadable(Fault),
}

/// What a bundle waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wait {
    /// The roster does not name its device.
    Confirmation,
    /// No wrap of its key is for this device.
    Key,
    /// A newer app wrote it.
    Update,
}

/// What is wrong with a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not the bytes of a bundle.
    Malformed,
    /// Of another campaign.
    Campaign,
    /// Its device did not sign it.
    Signature,
    /// Every wrap that opens gives another key: somebody in between altered the wraps.
    Key,
    /// Its body is none.
    Body,
}

/// Reads a bundle with this device's keys.
///
/// `own` are this device's keys: it reads its own bundles before the roster names it.
pub fn read_bundle(
    bytes: &[u8],
    wraps: &[Wrap],
    line: &Line,
    ring: &Keyring,
    own: &PublicKeys,
) -> Reading {
    let bundle = match Bundle::read(bytes) {
        Ok(bundle) => bundle,
        Err(Malformed::Version(_)) => return Reading::Waiting(Wait::Update),
        Err(Malformed::Shape) => return Reading::Unreadable(Fault::Malformed),
    };
    let header = bundle.header();
    if header.campaign != line.campaign() {
        return Reading::Unreadable(Fault::Campaign);
    }
    let keys = match line.device(&header.device) {
        Some(standing) => &standing.keys,
        None if header.device == own.device() => own,
        None => return Reading::Waiting(Wait::Confirmation),
    };
    if !bundle.signed_by(keys) {
        return Reading::Unreadable(Fault::Signature);
    }
    let key = match ring.bundle_key(&bundle, wraps) {
        Ok(key) => key,
        Err(NoBundleKey::NoWrap) => return Reading::Waiting(Wait::Key),
        Err(NoBundleKey::Forged) => return Reading::Unreadable(Fault::Key),
    };
    match bundle.open(&key) {
        Ok(items) => {
            let (device, bundle) = (header.device, bundle.id());
            let items = items.into_iter().map(|item| {
                // Whether this device may vouch for another's change is the roster's to say, now and later.
                let voucher = Some(Voucher { device, bundle });
                let source = match item.origin {
                    Some(o) => Source { device: o.device, bundle: Some(o.bundle), voucher },
                    None => Source::own(device, Some(bundle)),
                };
                (Change::from_bytes(&item.change), source)
            });
            collect(items)
        }
        Err(BadBundle::Key | BadBundle::Sealed(_)) => Reading::Unreadable(Fault::Key),
        Err(BadBundle::Body(_)) => Reading::Unreadable(Fault::Body),
    }
}

fn collect(items: impl Iterator<Item = (Result<Change, BadChange>, Source)>) -> Reading {
    let (mut changes, mut newer) = (Vec::new(), 0);
    for (change, source) in items {
        match change {
            Ok(change) => changes.push((change, source)),
            Err(BadChange::Malformed(Malformed::Version(_))) => newer += 1,
            // One bad change does not take the others down.
            Err(_) => {}
        }
    }
    Reading::Open { changes, newer }
}

#[cfg(test)]
mod tests;
