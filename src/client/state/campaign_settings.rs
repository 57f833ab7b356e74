//! What a campaign settles for everybody: coordinators write it, every device reads it.

use std::collections::BTreeMap;

use domain::change::Value;
use domain::notebook::{CAMPAIGN_NAME, CONTACT, RETENTION};

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

    /// Settles them anew, on a coordinator's device. Nothing is written where nothing differs.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn settle_campaign(&self, settings: CampaignSettings) -> Result<(), Trouble> {
        let key = self.peek(|notebook| notebook.campaign_key());
        let key = key.ok_or(Trouble::Rule("no_notebook"))?;
        let contact = settings.contact.trim();
        let contact = (!contact.is_empty()).then(|| Value::from(contact));
        let days = i64::try_from(settings.retention_days).unwrap_or(i64::MAX);
        let desired = BTreeMap::from([
            (CAMPAIGN_NAME.to_owned(), Some(Value::from(settings.name.trim()))),
            (CONTACT.to_owned(), contact),
            (RETENTION.to_owned(), Some(Value::Int(days))),
        ]);
        match self.save_fields(key, desired).await {
            Err(Trouble::Rule("nothing")) => Ok(()),
            other => other,
        }
    }
}
