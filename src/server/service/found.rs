//! Founding a campaign.

use domain::protocol::{Code, Found, MAX_PUSH};
use domain::roster::Line;
use domain::{digest, ids::EntryId};

use super::{Service, check};
use crate::ledger::{Created, Ledger};

impl<L: Ledger> Service<L> {
    /// Puts a set-up secret on offer, unless there is a campaign already: whether it is on offer.
    ///
    /// # Errors
    /// When the ledger does not answer.
    pub async fn offer_set_up(&self, secret: &[u8; 16]) -> Result<bool, Code> {
        if !self.ledger.campaigns().await?.is_empty() {
            return Ok(false);
        }
        self.ledger.offer_set_up(set_up_hash(secret)).await?;
        Ok(true)
    }

    /// Begins a campaign with its first roster entries. The same call again is answered the same.
    ///
    /// # Errors
    /// [`Code::BadSetUp`], or what is wrong with the roster.
    pub async fn found(&self, found: &Found, now: u64) -> Result<(), Code> {
        let too_many = found.roster.len() > MAX_PUSH;
        let too_long = found.roster.iter().any(|bytes| bytes.len() > check::MAX_ENTRY);
        if too_many || too_long {
            return Err(Code::TooLarge);
        }
        let first = found.roster.first().ok_or(Code::Malformed)?;
        let mut line = Line::found(first).map_err(|refusal| Code::from(&refusal))?;
        let mut entries = vec![check::founding(&line, first)];
        for bytes in &found.roster[1..] {
            if line.contains(&EntryId::of(bytes)) {
                return Err(Code::Malformed);
            }
            entries.push(check::append(&mut line, bytes)?);
        }
        let set_up = set_up_hash(&found.set_up);
        match self.ledger.create(&line.campaign(), set_up, &entries, now).await? {
            Created::New | Created::Known => Ok(()),
            Created::BadSetUp => Err(Code::BadSetUp),
        }
    }
}

/// What is stored of a set-up secret.
pub fn set_up_hash(secret: &[u8; 16]) -> [u8; 32] {
    digest::labelled("set-up secret", &[secret])
}
