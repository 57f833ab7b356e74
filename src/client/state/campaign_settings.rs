//! What a campaign settles for everybody: coordinators write it, every device reads it.

use std::collections::BTreeMap;

use domain::change::Value;
use domain::forms::text_length;
use domain::notebook::{CAMPAIGN_NAME, CONTACT, RETENTION};
use domain::register::LONGEST_CONTACT;

use super::{App, Trouble};

/// The settings of the campaign, as this device knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignSettings {
    /// Its name; empty while it is not known here.
    pub name: String,
    /// How a collective reaches the coordination: a line on its card; empty while nobody wrote one.
    pub contact: String,
    /// After how many days what coordinators have leaves a volunteer's phone.
    pub retention_days: u64,
}

impl App {
    /// The settings of the campaign.
    pub fn campaign_settings(&self) -> CampaignSettings {
        let settings = self.read(|notebook| {
            let view = notebook.view(&notebook.campaign_key());
            let text = |field| view.text(field).unwrap_or_default().to_owned();
            CampaignSettings {
                name: text(CAMPAIGN_NAME),
                contact: text(CONTACT),
                retention_days: notebook.retention_days(),
            }
        });
        settings.unwrap_or_default()
    }

    /// Settles anew what differs from what was read `before`, on a coordinator's device. Its name is not
    /// touched.
    ///
    /// # Errors
    /// `bad_contact` for a line that fits no card, [`Trouble`].
    pub async fn settle_campaign(
        &self,
        before: &CampaignSettings,
        after: &CampaignSettings,
    ) -> Result<(), Trouble> {
        let contact = after.contact.trim();
        if text_length(contact) > LONGEST_CONTACT || contact.contains(char::is_control) {
            return Err(Trouble::Rule("bad_contact"));
        }
        let mut desired = BTreeMap::new();
        if contact != before.contact {
            let contact = (!contact.is_empty()).then(|| Value::from(contact));
            desired.insert(CONTACT.to_owned(), contact);
        }
        if after.retention_days != before.retention_days {
            let days = i64::try_from(after.retention_days).unwrap_or(i64::MAX);
            desired.insert(RETENTION.to_owned(), Some(Value::Int(days)));
        }
        let key = self.peek(|notebook| notebook.campaign_key());
        let key = key.ok_or(Trouble::Rule("no_notebook"))?;
        match self.save_fields(key, desired).await {
            Err(Trouble::Rule("nothing")) => Ok(()),
            other => other,
        }
    }
}
