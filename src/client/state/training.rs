//! A notebook to practise with: made on this device of invented records, and made anew whenever it cannot be
//! read. Nothing of it is worth a word when it is lost.

use domain::keys::VaultKey;
use domain::notebook::Notebook;

use super::mode::Mode;
use super::opening::failed;
use super::{App, Phase, Trouble};
use crate::browser::random::BrowserRandom;
use crate::browser::{http, key_slot, page};
use crate::vault::StoreError;

/// The invented records, beside the app: kept for the time without a network like the rest of it.
const EXAMPLES: &str = "/examples.bin";

impl App {
    /// Whether this page is about the notebook to practise with.
    pub fn is_training(&self) -> bool {
        self.mode == Mode::Training
    }

    /// Leaves this notebook for the one to practise with; the page is loaded anew.
    pub fn enter_training(&self) {
        Mode::Training.choose();
        page::open("/");
    }

    /// Goes back to the campaign's notebook; the page is loaded anew. What was practised stays for another time.
    pub fn leave_training(&self) {
        Mode::Field.choose();
        page::open("/");
    }

    /// Destroys what was practised and begins again with the examples; the page is loaded anew.
    ///
    /// # Errors
    /// `no_examples`; [`Trouble`]. What was practised is still there then, or cannot be read any more.
    pub async fn restart_training(&self) -> Result<(), Trouble> {
        if self.is_training() {
            self.make_training().await.map_err(|_| Trouble::Rule("no_examples"))?;
            page::open("/");
        }
        Ok(())
    }

    /// The notebook to practise with; it is made where there is none that can be read.
    pub(super) async fn open_training(&self) -> Result<Notebook, Phase> {
        match self.stored_training().await? {
            Some(notebook) => Ok(notebook),
            None => self.make_training().await,
        }
    }

    async fn stored_training(&self) -> Result<Option<Notebook>, Phase> {
        let slot = key_slot::read(self.mode.key_file()).await.map_err(no_key_slot)?;
        let Some(key) = slot.and_then(|slot| slot.open(None).ok()) else { return Ok(None) };
        let store = self.put_store(key).await.map_err(failed)?;
        match store.load().await {
            Ok(rows) => Ok(Notebook::load(&rows).ok().filter(Notebook::is_training)),
            Err(StoreError::Sealed) => Ok(None),
            Err(StoreError::Vault(error)) => Err(failed(error)),
        }
    }

    /// Its key replaces the one before, which destroys what that one sealed.
    async fn make_training(&self) -> Result<Notebook, Phase> {
        let no_examples = || Phase::Failed("no_examples".to_owned());
        let rng = &mut BrowserRandom;
        let (mut notebook, mut writes) = Notebook::train(rng);
        let examples = http::file(EXAMPLES).await.map_err(|_| no_examples())?;
        writes.append(notebook.take_examples(&examples).map_err(|_| no_examples())?);
        let key = VaultKey::generate(rng);
        key_slot::write(self.mode.key_file(), &key.raw_slot()).await.map_err(no_key_slot)?;
        let store = self.put_store(key).await.map_err(failed)?;
        match store.replace(writes, rng).await {
            Ok(()) => Ok(notebook),
            Err(StoreError::Vault(error)) => Err(failed(error)),
            Err(StoreError::Sealed) => Err(Phase::Failed("store".to_owned())),
        }
    }
}

fn no_key_slot(_: key_slot::NoSlot) -> Phase {
    Phase::Failed("no_key_slot".to_owned())
}
