//! Signing in with the device's key. The cookie is the browser's business: no script can read it.

use domain::ids::CampaignId;
use domain::keys::DeviceKeys;
use domain::protocol::{Challenge, Nonce, SIGN_IN, SignIn, SignedIn};

use super::call::{Fault, Wire, call};

/// Signs the server's challenge; from then on calls carry the session's cookie.
///
/// # Errors
/// [`Fault`].
pub async fn sign_in(
    wire: Wire,
    campaign: CampaignId,
    keys: &DeviceKeys,
) -> Result<SignedIn, Fault> {
    let device = keys.id();
    let nonce: Nonce =
        call(wire, "session/challenge", &Challenge { campaign, device }).await?.answer;
    let signature = keys.sign(SIGN_IN, &[&campaign.0, &device.0, &nonce.0]);
    let request = SignIn { campaign, device, nonce, signature };
    Ok(call(wire, "session", &request).await?.answer)
}
