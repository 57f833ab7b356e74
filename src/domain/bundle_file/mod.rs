//! A file of bundles, for a phone that finds no network: carried by hand to any coordinator.
//!
//! It holds the very bytes that a push would send, so it is as sealed as they are, and delivers exactly once
//! however many hands it passes through. Key wraps are not signed by themselves; the file is signed as a
//! whole, so that nobody on the way can alter one.

use serde::{Deserialize, Serialize};

use crate::bundle::{Audience, Bundle, MAX_BUNDLE};
use crate::codec::{self, Malformed};
use crate::file_kind::FileKind;
use crate::ids::{CampaignId, DeviceId};
use crate::keys::{DeviceKeys, Keyring, NoBundleKey, PublicKeys, Reader, Signature, Wrap};
use crate::protocol::PushItem;
use crate::roster::Line;

/// The largest file that is looked at, in bytes: hundreds of the largest bundles.
pub const MAX_BUNDLE_FILE: usize = 64 * 1024 * 1024;
/// What a server takes with one bundle.
const MAX_WRAPS: usize = 64;
const MAX_SEALED_KEY: usize = 128;

const PURPOSE: &str = "bundle file";

/// The bundles that one device hands over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// The campaign.
    pub campaign: CampaignId,
    /// The device that made the file. A bundle may be another's, which this device passes on.
    pub device: DeviceId,
    /// The bundles, in the order in which a push sends them.
    pub items: Vec<PushItem>,
}

#[derive(Serialize, Deserialize)]
struct Frame {
    body: Vec<u8>,
    signature: Signature,
}

/// Why a file of bundles is not taken in. Nothing of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBundleFile {
    /// More than [`MAX_BUNDLE_FILE`].
    #[error("the file is too large")]
    TooLarge,
    /// No file of this app.
    #[error("not a file of this app")]
    Foreign,
    /// A backup: it is for the one who made it.
    #[error("this is a backup")]
    Backup,
    /// A newer app wrote it.
    #[error("a newer app wrote the file")]
    Newer,
    /// Cut short, or altered on the way.
    #[error("the file is damaged")]
    Damaged,
    /// Of another campaign.
    #[error("the file is of another campaign")]
    Campaign,
    /// The roster, as it is known here, does not name a device of it.
    #[error("a device of the file is not in the roster")]
    Stranger,
    /// A device of it was put out.
    #[error("a device of the file was revoked")]
    Revoked,
    /// Sealed under keys that this device lacks: newer ones, which a sync brings.
    #[error("the keys of the file are not here")]
    NoKey,
    /// This is no coordinator's device: it could not check what it passes on.
    #[error("only a coordinator's device takes files in")]
    NotCoordinator,
}

impl BadBundleFile {
    /// A stable word for locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "file_too_large",
            Self::Foreign => "file_foreign",
            Self::Backup => "file_is_backup",
            Self::Newer => "file_newer",
            Self::Damaged => "file_damaged",
            Self::Campaign => "file_campaign",
            Self::Stranger => "file_stranger",
            Self::Revoked => "file_revoked",
            Self::NoKey => "file_no_key",
            Self::NotCoordinator => "not_allowed",
        }
    }
}

impl BundleFile {
    /// The file's bytes, signed with the device's keys.
    pub fn to_bytes(&self, keys: &DeviceKeys) -> Vec<u8> {
        let body = codec::encode(1, self);
        let signature = keys.sign(PURPOSE, &[&body]);
        [FileKind::Bundles.mark(), &codec::encode(1, &Frame { body, signature })].concat()
    }

    /// Reads a file and checks all of it on a coordinator's device: form, sizes, campaign, signatures by
    /// devices of the roster, and that the team can open every bundle.
    ///
    /// # Errors
    /// [`BadBundleFile`].
    pub fn read(bytes: &[u8], line: &Line, ring: &Keyring) -> Result<Self, BadBundleFile> {
        if bytes.len() > MAX_BUNDLE_FILE {
            return Err(BadBundleFile::TooLarge);
        }
        let rest = match FileKind::of(bytes) {
            Some((FileKind::Bundles, rest)) => rest,
            Some((FileKind::Backup, _)) => return Err(BadBundleFile::Backup),
            None => return Err(BadBundleFile::Foreign),
        };
        let Frame { body, signature } = codec::decode(1, rest)?;
        let file: Self = codec::decode(1, &body)?;
        if file.campaign != line.campaign() {
            return Err(BadBundleFile::Campaign);
        }
        if !keys_of(line, &file.device)?.signed(PURPOSE, &[&body], &signature) {
            return Err(BadBundleFile::Damaged);
        }
        file.items.iter().try_for_each(|item| check(item, line, ring))?;
        Ok(file)
    }
}

impl From<Malformed> for BadBundleFile {
    fn from(malformed: Malformed) -> Self {
        match malformed {
            Malformed::Version(_) => Self::Newer,
            Malformed::Shape => Self::Damaged,
        }
    }
}

fn keys_of<'a>(line: &'a Line, device: &DeviceId) -> Result<&'a PublicKeys, BadBundleFile> {
    let standing = line.device(device).ok_or(BadBundleFile::Stranger)?;
    if standing.revoked.is_some() { Err(BadBundleFile::Revoked) } else { Ok(&standing.keys) }
}

fn check(item: &PushItem, line: &Line, ring: &Keyring) -> Result<(), BadBundleFile> {
    if item.bytes.len() > MAX_BUNDLE {
        return Err(BadBundleFile::Damaged);
    }
    let bundle = Bundle::read(&item.bytes)?;
    let header = bundle.header();
    if header.campaign != line.campaign() {
        return Err(BadBundleFile::Campaign);
    }
    if !bundle.signed_by(keys_of(line, &header.device)?) || !fits(header.audience, &item.wraps) {
        return Err(BadBundleFile::Damaged);
    }
    match ring.bundle_key(&bundle, &item.wraps) {
        Ok(_) => Ok(()),
        Err(NoBundleKey::NoWrap) => Err(BadBundleFile::NoKey),
        Err(NoBundleKey::Forged) => Err(BadBundleFile::Damaged),
    }
}

/// Whether a server would take these wraps: few, small, and for those who must read the bundle.
fn fits(audience: Audience, wraps: &[Wrap]) -> bool {
    let sized = wraps.iter().all(|wrap| (1..=MAX_SEALED_KEY).contains(&wrap.sealed.len()));
    let needed = wraps.iter().any(|wrap| match audience {
        Audience::Network => matches!(wrap.reader, Reader::Network(_)),
        Audience::Restricted => matches!(wrap.reader, Reader::Team(_)),
    });
    sized && needed && wraps.len() <= MAX_WRAPS
}

#[cfg(test)]
mod tests;
