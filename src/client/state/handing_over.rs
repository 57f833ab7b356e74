//! Bundles in a file: out of this phone, and into a coordinator's.

use domain::bundle_file::MAX_BUNDLE_FILE;
use domain::notebook::{Notebook, TakenIn};

use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::files::{NotRead, ReadyFile, picked};
use crate::browser::random::BrowserRandom;
use crate::sync::Fault;

impl App {
    /// A file of everything finished here that is not received: packed, stored, and as sealed as what a sync
    /// sends.
    ///
    /// # Errors
    /// `nothing_to_hand` when everything is received; [`Trouble`].
    pub async fn bundle_file(&self) -> Result<ReadyFile, Trouble> {
        self.pack().await?;
        let ids = self.peek(Notebook::undelivered).unwrap_or_default();
        let (store, mut rows) = (self.store()?, Vec::new());
        for id in ids {
            rows.extend(store.entry(&id).await?);
        }
        if rows.is_empty() {
            let stuck = self.peek(|notebook| notebook.stuck().values().next().copied()).flatten();
            let why = stuck.map(|why| Trouble::Sync(Fault::Stuck(why)));
            return Err(why.unwrap_or(Trouble::Rule("nothing_to_hand")));
        }
        let bytes = self.peek(|notebook| notebook.bundle_file(rows));
        let bytes = bytes.ok_or(Trouble::Rule("no_notebook"))?;
        Ok(ReadyFile { name: file_name("visites"), bytes })
    }

    /// Takes in the file that was picked in the input with this id; what it brought goes to the server with
    /// the next sync, which is tried at once.
    ///
    /// # Errors
    /// [`Trouble`]; nothing was taken in then.
    pub async fn take_bundle_file(&self, input: &str) -> Result<TakenIn, Trouble> {
        let bytes = read_file(input, MAX_BUNDLE_FILE).await?;
        let mut taken = TakenIn::default();
        self.act(|notebook| {
            let (what, writes) = notebook
                .take_bundle_file(&bytes, clock::now())
                .map_err(|bad| Trouble::Rule(bad.code()))?;
            taken = what;
            Ok(writes)
        })
        .await?;
        self.try_sync();
        Ok(taken)
    }

    /// How many bundles of other phones wait here to be passed on.
    pub fn passing_on(&self) -> usize {
        self.read(Notebook::passing_on).unwrap_or_default()
    }

    /// Packs what is not packed, as a sync does.
    pub(super) async fn pack(&self) -> Result<(), Trouble> {
        if self.peek(Notebook::unpacked).unwrap_or_default() == 0 {
            return Ok(());
        }
        self.act(|notebook| Ok(notebook.pack(&mut BrowserRandom))).await
    }
}

/// `perron-visites-2026-11-24.perron`.
pub(super) fn file_name(what: &str) -> String {
    ["perron-", what, "-", &clock::today().to_string(), ".perron"].concat()
}

/// The file that was picked in the input with this id.
pub(super) async fn read_file(input: &str, most: usize) -> Result<Vec<u8>, Trouble> {
    let code = |not| match not {
        NotRead::None => "no_file",
        NotRead::TooLarge => "file_too_large",
        NotRead::Failed => "file_unread",
    };
    picked(input, most).await.map_err(|not| Trouble::Rule(code(not)))
}
