//! What a campaign settles for everybody: one record that all devices read and coordinators write.

use super::Notebook;
use super::retention::{MAX_RETENTION_DAYS, RETENTION_DAYS};
use crate::change::{RecordKey, Value};
use crate::ids::RecordId;

/// Field of the campaign's record: its name.
pub const CAMPAIGN_NAME: &str = "name";
/// Field of the campaign's record: how a collective reaches the coordination, a line on its card.
pub const CONTACT: &str = "contact";
/// Field of the campaign's record: after how many days what coordinators have leaves a phone.
pub const RETENTION: &str = "retention_days";

impl Notebook {
    /// The record of the campaign's settings.
    pub fn campaign_key(&self) -> RecordKey {
        let campaign = self.line().campaign().0;
        let mut id = [0; 16];
        id.iter_mut().zip(campaign).for_each(|(to, from)| *to = from);
        RecordKey { kind: "campaign".to_owned(), id: RecordId(id) }
    }

    /// After how many days what coordinators have leaves this phone: what the campaign settled, from 0 to
    /// [`MAX_RETENTION_DAYS`]; [`RETENTION_DAYS`] where it settled nothing, or several things apart.
    pub fn retention_days(&self) -> u64 {
        match self.view(&self.campaign_key()).value(RETENTION) {
            Some(Value::Int(days)) => u64::try_from(*days).unwrap_or(0).min(MAX_RETENTION_DAYS),
            _ => RETENTION_DAYS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::tests::campaign;

    #[test]
    fn a_campaign_settles_how_long_content_stays() {
        let (_, mut coordinator, ..) = campaign();
        assert_eq!(coordinator.notebook.retention_days(), RETENTION_DAYS);
        for (settled, days) in [(0, 0), (30, 30), (4000, MAX_RETENTION_DAYS), (-5, 0)] {
            let (key, rng) = (coordinator.notebook.campaign_key(), &mut coordinator.rng);
            let desired = [(RETENTION.to_owned(), Some(Value::Int(settled)))].into();
            coordinator.notebook.save(&key, None, desired, 1, rng).unwrap();
            assert_eq!(coordinator.notebook.retention_days(), days, "{settled}");
        }
    }
}
