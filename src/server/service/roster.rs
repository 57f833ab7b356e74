//! The rosters, rebuilt from their entries.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CampaignId;
use domain::protocol::Code;
use domain::roster::Line;

use super::Service;
use crate::ledger::Ledger;

/// The lines read so far. Each is checked against the ledger's newest roster entry before it is used, so
/// that it is a saving and never a second truth.
#[derive(Default)]
pub(super) struct Rosters(Mutex<BTreeMap<CampaignId, Arc<Line>>>);

impl<L: Ledger> Service<L> {
    /// The campaign's roster as the ledger has it now.
    ///
    /// # Errors
    /// [`Code::UnknownCampaign`].
    pub(super) async fn line(&self, campaign: &CampaignId) -> Result<Arc<Line>, Code> {
        let head = self.ledger.head(campaign).await?.ok_or(Code::UnknownCampaign)?;
        let known = self.rosters.get(campaign);
        if let Some(line) = known.as_ref().filter(|line| line.newest() == head.roster) {
            return Ok(Arc::clone(line));
        }
        let entries = self.ledger.roster(campaign).await?;
        let line = Arc::new(continued(known.as_deref(), &entries).ok_or_else(broken)?);
        self.rosters.put(*campaign, Arc::clone(&line));
        Ok(line)
    }
}

impl Rosters {
    fn get(&self, campaign: &CampaignId) -> Option<Arc<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(campaign).cloned()
    }

    fn put(&self, campaign: CampaignId, line: Arc<Line>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(campaign, line);
    }
}

/// The known line, continued; or, after a restore, another line from its beginning. A line that is longer
/// than what is stored is another one.
fn continued(known: Option<&Line>, entries: &[Vec<u8>]) -> Option<Line> {
    let begins = |known: &&Line| {
        let mut stored = entries.iter();
        known.entries().all(|held| stored.next().is_some_and(|stored| held == stored))
    };
    let mut line = match known.filter(begins) {
        Some(known) => known.clone(),
        None => Line::found(entries.first()?).ok()?,
    };
    let new = entries.iter().skip(line.entries().count());
    new.map(|bytes| line.append(bytes)).collect::<Result<Vec<_>, _>>().ok()?;
    Some(line)
}

fn broken() -> Code {
    tracing::error!("the stored roster is not a valid one");
    Code::Internal
}

#[cfg(test)]
mod tests {
    use domain::roster::Role;
    use domain::testing::Camp;

    use super::*;

    fn entries(line: &Line) -> Vec<Vec<u8>> {
        line.entries().map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn after_a_restore_under_a_running_server_the_longer_line_is_forgotten() {
        let mut camp = Camp::new(1);
        camp.join(Role::Coordinator);
        let (backup, mut other) = (camp.line.clone(), camp.clone());
        camp.join(Role::Volunteer);
        other.rotate();
        let newest = |line: &Line| continued(Some(&camp.line), &entries(line)).unwrap().newest();
        for line in [&backup, &camp.line, &other.line] {
            assert_eq!(newest(line), line.newest());
        }
        let longer = continued(Some(&backup), &entries(&camp.line)).unwrap();
        assert_eq!(longer.newest(), camp.line.newest());
        assert!(continued(Some(&backup), &[]).is_none());
        assert!(continued(None, &entries(&camp.line)[1..]).is_none());
    }
}
