//! Who may do what.

use domain::ids::DeviceId;
use domain::keys::PublicKeys;
use domain::protocol::Code;
use domain::roster::{Line, Role};

use super::{Caller, Service};
use crate::ledger::Ledger;

/// What a device is to the campaign at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The roster names it.
    Confirmed(Role),
    /// It enrolled; no coordinator's device has checked it yet.
    Enrolled,
    /// The recovery code's own keys: good for reading the roster and appending to it.
    Recovery,
}

/// A device's standing and keys.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) standing: Standing,
    pub(super) keys: PublicKeys,
}

impl<L: Ledger> Service<L> {
    /// What a device is, and its keys.
    ///
    /// # Errors
    /// [`Code::Revoked`], [`Code::UnknownDevice`].
    pub(super) async fn known(&self, line: &Line, device: &DeviceId) -> Result<Known, Code> {
        if let Some(entry) = line.device(device) {
            let (keys, standing) = (entry.keys, Standing::Confirmed(entry.role));
            let revoked = entry.revoked.is_some();
            return if revoked { Err(Code::Revoked) } else { Ok(Known { standing, keys }) };
        }
        let recovery = line.recovery().map(|recovery| recovery.keys);
        if let Some(keys) = recovery.filter(|keys| keys.device() == *device) {
            return Ok(Known { standing: Standing::Recovery, keys });
        }
        let enrolment = self.ledger.enrolment(&line.campaign(), device).await?;
        let keys = enrolment.ok_or(Code::UnknownDevice)?.keys;
        Ok(Known { standing: Standing::Enrolled, keys })
    }

    /// The roster, if the caller is a coordinator's confirmed device.
    ///
    /// # Errors
    /// [`Code::NotAllowed`], [`Code::Revoked`], [`Code::UnknownDevice`].
    pub(super) async fn coordinator(&self, caller: &Caller) -> Result<std::sync::Arc<Line>, Code> {
        let line = self.line(&caller.campaign).await?;
        match self.known(&line, &caller.device).await?.standing {
            Standing::Confirmed(Role::Coordinator) => Ok(line),
            _ => Err(Code::NotAllowed),
        }
    }
}
