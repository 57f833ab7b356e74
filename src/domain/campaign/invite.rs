//! Making an invitation.

use crate::ids::{InviteId, MemberId};
use crate::keys::{InviteLink, InviteSecret, InviteTerms, Keyring, Unopened, random};
use crate::protocol::OpenInvite;
use crate::roster::{Line, Role};

/// Whom a coordinator invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// What they become.
    pub role: Role,
    /// A name for the coordinators' list.
    pub name: String,
    /// The member whose further device this is; none makes a new member.
    pub member: Option<MemberId>,
}

/// Makes an invitation on a coordinator's device: what opens it on the server, and the link for the guest.
///
/// # Errors
/// [`Unopened`] when the roster has no usable team key.
pub fn invite(
    line: &Line,
    ring: &Keyring,
    guest: Guest,
    rng: &mut impl rand_core::CryptoRng,
) -> Result<(OpenInvite, InviteLink), Unopened> {
    let Guest { role, name, member } = guest;
    let (secret, invite) = (InviteSecret(random(rng)), InviteId(random(rng)));
    let terms = InviteTerms { secret: secret.clone(), role, name, member };
    let open = OpenInvite {
        invite,
        token_hash: InviteSecret::token_hash(&secret.token()),
        network: secret.seal_network(&ring.network_keys()),
        terms: terms.seal(line, ring.device(), &invite, rng)?,
        generation: line.generation().ok_or(Unopened)?.generation,
    };
    let (campaign, newest) = (line.campaign(), line.newest());
    Ok((open, InviteLink { invite, secret, campaign, newest, role, member }))
}
