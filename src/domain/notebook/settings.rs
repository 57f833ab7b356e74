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
        match self.view(&self.campaign_key()).agreed(RETENTION) {
            Some(Value::Int(days)) => u64::try_from(*days).unwrap_or(0).min(MAX_RETENTION_DAYS),
            _ => RETENTION_DAYS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::tests::{Phone, campaign, guest_as};
    use crate::roster::Role;
    use crate::testing::SeededRandom;

    fn settle(phone: &mut Phone, days: i64) {
        let (key, rng) = (phone.notebook.campaign_key(), &mut phone.rng);
        let desired = [(RETENTION.to_owned(), Some(Value::Int(days)))].into();
        let writes = phone.notebook.save(&key, None, desired, 1, rng).unwrap();
        phone.store(writes);
    }

    #[test]
    fn while_coordinators_settled_it_apart_the_usual_days_hold() {
        let (mut server, mut one, ..) = campaign();
        let rng = &mut SeededRandom::new(70);
        let (mut other, entry) = guest_as(&one, Role::Coordinator, None, rng);
        server.append(entry);
        one.pull(&server);
        other.pull(&server);
        settle(&mut one, 3);
        settle(&mut other, 90);
        one.push(&mut server);
        other.push(&mut server);
        one.pull(&server);
        other.pull(&server);
        let days = |phone: &Phone| phone.notebook.retention_days();
        assert_eq!((days(&one), days(&other)), (RETENTION_DAYS, RETENTION_DAYS));
        settle(&mut one, 3);
        one.push(&mut server);
        other.pull(&server);
        assert_eq!((days(&one), days(&other)), (3, 3));
    }

    #[test]
    fn a_campaign_settles_how_long_content_stays() {
        let (_, mut coordinator, ..) = campaign();
        assert_eq!(coordinator.notebook.retention_days(), RETENTION_DAYS);
        for (settled, days) in [(0, 0), (30, 30), (4000, MAX_RETENTION_DAYS), (-5, 0)] {
            settle(&mut coordinator, settled);
            assert_eq!(coordinator.notebook.retention_days(), days, "{settled}");
        }
    }
}
