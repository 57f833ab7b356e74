//! An invitation: a link or a QR code that makes a phone a member's.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::{
    DeviceKeys, KexSecret, NetworkKey, PublicKeys, Signature, Unopened, aead, open_for, seal_for,
};
use crate::codec::{self, Malformed};
use crate::digest;
use crate::ids::{CampaignId, DeviceId, EntryId, InviteId, MemberId};
use crate::roster::{Line, Role};

/// The version of links and terms. The first named no member and was signed by nobody.
const FORM: u8 = 2;
const TERMS: &str = "invite terms";

/// What the link's fragment holds; a fragment never reaches a server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLink {
    /// The invitation.
    pub invite: InviteId,
    /// Its secret.
    pub secret: InviteSecret,
    /// The campaign: the hash of its first roster entry.
    pub campaign: CampaignId,
    /// The newest roster entry the inviter knew: only a roster that contains it is accepted.
    pub newest: EntryId,
    /// What the guest will be: shown before enrolling; the roster has the last word.
    pub role: Role,
    /// The member whose further device the guest is; none makes a new member.
    pub member: Option<MemberId>,
}

/// 128 random bits, from which everything secret about an invitation derives.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct InviteSecret(pub [u8; 16]);

/// What the inviter decided: signed by a coordinator's device, for anybody can seal to a public key, and
/// sealed to the team key so that any coordinator's device can confirm.
#[derive(Clone, Serialize, Deserialize)]
pub struct InviteTerms {
    /// The secret.
    pub secret: InviteSecret,
    /// What the guest becomes.
    pub role: Role,
    /// A name for the coordinators' list, as the inviter wrote it.
    pub name: String,
    /// The member whose further device the guest is; none makes a new member.
    pub member: Option<MemberId>,
}

#[derive(Serialize, Deserialize)]
struct SignedTerms {
    terms: InviteTerms,
    inviter: DeviceId,
    signature: Signature,
}

/// The network keys that an invitation hands over.
#[derive(Clone, Serialize, Deserialize)]
pub struct NetworkKeys(pub Vec<NetworkKey>);

impl InviteSecret {
    /// What the guest shows the server; the server holds only its hash.
    pub fn token(&self) -> [u8; 32] {
        self.derive("invite token")
    }

    /// What the server holds of [`token`](Self::token).
    pub fn token_hash(token: &[u8; 32]) -> [u8; 32] {
        digest::labelled("invite token hash", &[token])
    }

    /// The member that the guest becomes when the invitation names none.
    pub fn member(&self) -> MemberId {
        let derived = self.derive("invite member");
        let mut id = [0; 16];
        id.copy_from_slice(&derived[..16]);
        MemberId(id)
    }

    /// Proves that whoever holds the invitation made these keys; no server can swap them.
    pub fn proof(&self, keys: &PublicKeys) -> [u8; 32] {
        digest::keyed(&self.derive("invite proof"), &codec::encode(1, keys))
    }

    /// Whether `proof` is [`proof`](Self::proof) of these keys.
    pub fn proves(&self, keys: &PublicKeys, proof: &[u8; 32]) -> bool {
        digest::keyed_matches(&self.derive("invite proof"), &codec::encode(1, keys), proof)
    }

    /// Seals the network keys for the guest. One invitation seals once.
    pub fn seal_network(&self, keys: &NetworkKeys) -> Vec<u8> {
        aead::seal_with_key(&self.derive("invite network"), b"", &codec::encode(1, keys))
    }

    /// Opens what [`seal_network`](Self::seal_network) sealed.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open_network(&self, sealed: &[u8]) -> Result<NetworkKeys, Unopened> {
        let plain = aead::open_with_key(&self.derive("invite network"), b"", sealed)?;
        codec::decode(1, &plain).map_err(|_| Unopened)
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        digest::labelled(purpose, &[&self.0])
    }
}

impl InviteTerms {
    /// The member that the guest becomes.
    pub fn member(&self) -> MemberId {
        self.member.unwrap_or_else(|| self.secret.member())
    }

    /// Signs the terms with a coordinator's device and seals them to the roster's newest team key.
    ///
    /// # Errors
    /// [`Unopened`] when the roster has no usable team key.
    pub fn seal(
        &self,
        line: &Line,
        keys: &DeviceKeys,
        invite: &InviteId,
        rng: &mut impl rand_core::CryptoRng,
    ) -> Result<Vec<u8>, Unopened> {
        let campaign = line.campaign();
        let parts: [&[u8]; 3] = [&campaign.0, &invite.0, &codec::encode(FORM, self)];
        let (inviter, signature) = (keys.id(), keys.sign(TERMS, &parts));
        let signed = SignedTerms { terms: self.clone(), inviter, signature };
        let team = line.generation().ok_or(Unopened)?.team;
        seal_for(&team, &label(&campaign, invite), &codec::encode(FORM, &signed), rng)
    }

    /// Opens what [`seal`](Self::seal) sealed, with the team key of its generation.
    ///
    /// # Errors
    /// [`Unopened`]; also when no device that is a coordinator's by this roster signed them.
    pub fn open(
        sealed: &[u8],
        team: &KexSecret,
        line: &Line,
        invite: &InviteId,
    ) -> Result<Self, Unopened> {
        let campaign = line.campaign();
        let plain = open_for(team, &label(&campaign, invite), sealed)?;
        let SignedTerms { terms, inviter, signature } =
            codec::decode(FORM, &plain).map_err(|_| Unopened)?;
        let inviter = Some(inviter).filter(|id| line.is_coordinator(id)).ok_or(Unopened)?;
        let keys = line.device(&inviter).ok_or(Unopened)?.keys;
        let parts: [&[u8]; 3] = [&campaign.0, &invite.0, &codec::encode(FORM, &terms)];
        if keys.signed(TERMS, &parts, &signature) { Ok(terms) } else { Err(Unopened) }
    }
}

fn label(campaign: &CampaignId, invite: &InviteId) -> Vec<u8> {
    digest::label(TERMS, &[&campaign.0, &invite.0])
}

impl InviteLink {
    /// The member that the guest becomes.
    pub fn member(&self) -> MemberId {
        self.member.unwrap_or_else(|| self.secret.member())
    }

    /// The fragment of the link, without `#`: base64url without padding.
    pub fn to_fragment(&self) -> String {
        base64url(&codec::encode(FORM, self))
    }

    /// Reads a fragment; a whole pasted link is accepted too.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn from_fragment(text: &str) -> Result<Self, Malformed> {
        let fragment = text.trim().rsplit('#').next().unwrap_or_default();
        codec::decode(FORM, &from_base64url(fragment).ok_or(Malformed::Shape)?)
    }
}

const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64url(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let block = chunk.iter().fold(0_u32, |block, byte| (block << 8) | u32::from(*byte));
        let block = block << (8 * (3 - chunk.len()));
        for index in 0..=chunk.len() {
            out.push(BASE64URL[(block >> (18 - 6 * index)) as usize & 63] as char);
        }
    }
    out
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.bytes() {
        let six = BASE64URL.iter().position(|letter| *letter == character)?;
        bits = ((bits << 6) | six as u32) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}
