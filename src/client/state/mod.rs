//! What the pages see and do. The store is the truth; signals are a view of it.
//!
//! [`App`] is `Copy` and is provided as context at the root (`expect_context::<App>()`).
//!
//! | to see (reactive) | |
//! |---|---|
//! | [`App::phase`] | whether there is a notebook here, and if not, why |
//! | [`App::is_training`] | whether it is one to practise with; does not change while the page lives |
//! | [`App::sync_status`] | idle, running with progress, or the last fault |
//! | [`App::sync_history`] | how the syncs of the last days went |
//! | [`App::oldest_unreceived`] | since when something waits for its receipt |
//! | [`App::is_cramped`] | whether the disk is full but for what was kept back |
//! | [`App::is_loading`] | whether lists may still lack records |
//! | [`App::read`] | anything of the notebook: re-runs when it changes |
//! | [`App::visits`], [`App::notes`], [`App::drafts`], [`App::initiatives`], [`App::counts`] | ready-made lists |
//! | [`App::collectives`] | the collectives, to be looked through |
//! | [`App::is_copy`], [`App::passing_on`] | a device from a backup; bundles of others that wait here |
//! | [`App::enrolments`] | new phones that wait for a coordinator |
//!
//! | to do (async, returns when it is on the disk) | |
//! |---|---|
//! | [`App::found`], [`App::prove_recovery_code`] | set a campaign up |
//! | [`App::join`] | enrol by an invitation |
//! | [`App::invite`], [`App::confirm`] | take others in |
//! | [`App::begin_record`], [`App::correct_draft`], [`App::keep`], [`App::drop_draft`], [`App::finish`] | visits and other records |
//! | [`App::pick`] | choose between two values |
//! | [`App::decide`], [`App::ask_author`], [`App::answer_question`], [`App::settle`] | review |
//! | [`App::bundle_file`], [`App::take_bundle_file`] | hand bundles over in a file, take one in |
//! | [`App::back_up`], [`App::restore`], [`rescue`] | a sealed copy of everything, a device from it; a copy without a notebook |
//! | [`App::sync_now`] | sync; runs once at a time, also by itself |
//! | [`App::enter_training`], [`App::leave_training`], [`App::restart_training`] | practise |
//!
//! Things that must finish live here, not in pages: a page may be gone after any `await`.

mod answering;
mod backing_up;
mod campaign;
mod campaign_settings;
mod collectives;
mod delivery;
pub mod device;
mod document;
mod drafts;
mod finishing;
mod handing_over;
mod initiatives;
mod joining;
mod lists;
mod loading;
mod losses;
mod mode;
mod notes;
mod opening;
mod records;
mod refusing;
mod renewing;
mod rereading;
mod rescuing;
mod review;
mod sync_history;
mod syncing;
mod training;

pub use answering::AnswerDraft;
pub use campaign::{Enrolling, Invitation};
pub use campaign_settings::CampaignSettings;
pub use collectives::{Collectives, Found};
pub use delivery::Delivery;
pub use document::Document;
pub use drafts::{Draft, NewInitiative};
pub use initiatives::InitiativeRow;
pub use lists::{Counts, Tally, VisitRow};
pub use mode::Mode;
pub use notes::{AlertWord, NOTE_KINDS, NoteRow};
pub use records::RecordHead;
pub use rescuing::rescue;
pub use sync_history::{SyncHistory, SyncRecord};
pub use syncing::SyncStatus;

pub use crate::sync::{Progress, Step};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::campaign::Enrolment;
use domain::forms::CivilDate;
use domain::ids::DeviceId;
use domain::keys::InviteTerms;
use domain::notebook::{Notebook, Writes};
use domain::replica::Stuck;
use leptos::prelude::*;

use crate::browser::canary::{self, Canary};
use crate::browser::random::BrowserRandom;
use crate::browser::{clock, reserve};
use crate::sync::{Fault, Wire};
use crate::vault::idb::IdbVault;
use crate::vault::{Store, StoreError};

/// Whether there is a notebook on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Opening.
    Opening,
    /// Another tab has it; this one goes on by itself when that one closes.
    OtherTab,
    /// A device that neither founded nor joined: it needs a set-up link or an invitation.
    New,
    /// Ready.
    Ready,
    /// The browser lost what was stored here: what is known of it.
    Lost(Canary),
    /// It cannot be opened; nothing was changed. The code is for locale files.
    Failed(String),
}

/// The app's state. Everything it holds lives as long as the app.
#[derive(Clone, Copy)]
pub struct App {
    mode: Mode,
    phase: RwSignal<Phase>,
    revision: RwSignal<u64>,
    sync: RwSignal<SyncStatus>,
    history: RwSignal<SyncHistory>,
    loading: RwSignal<bool>,
    cramped: RwSignal<bool>,
    enrolments: RwSignal<Vec<(Enrolment, Option<InviteTerms>)>, LocalStorage>,
    parts: StoredValue<Rc<Parts>, LocalStorage>,
}

/// What is no signal.
pub(crate) struct Parts {
    notebook: RefCell<Option<Rc<RefCell<Notebook>>>>,
    store: RefCell<Option<Rc<Store<IdbVault>>>>,
    syncing: Cell<bool>,
    /// Whether the browser's session may be another device's.
    stale_session: Cell<bool>,
    /// Whether syncs come by themselves already.
    scheduled: Cell<bool>,
    /// Which opening of the notebook counts: one that was overtaken does nothing more.
    turn: Cell<u64>,
    /// What the pages were told of last.
    told: Cell<Option<Told>>,
    /// Why memory may hold what a sync brought and could not store: the code of what keeps the disk from being read.
    behind: Cell<Option<&'static str>>,
    /// Whether the disk is being read again: what is written waits.
    rereading: Cell<bool>,
    /// Whether room is kept back.
    reserved: Cell<bool>,
    /// The hint of what lists show first, as it was stored last.
    shown_first: RefCell<Vec<u8>>,
    /// None in training: no call can be made.
    wire: Option<Wire>,
}

/// What the pages show is a function of this, and of nothing else that changes by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Told {
    commits: Option<u64>,
    /// Changes that cannot be packed: that is not stored.
    too_large: Option<usize>,
    /// What is urgent, or waits for long, depends on it.
    today: CivilDate,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The device's store failed: nothing was saved.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server, or the way to it.
    #[error(transparent)]
    Sync(#[from] Fault),
    /// A rule of the product, with a code for locale files.
    #[error("{0}")]
    Rule(&'static str),
}

impl Trouble {
    /// A stable word for locale files.
    pub fn code(&self) -> String {
        match self {
            Self::Store(error) => Fault::Store(error.clone()).code().to_owned(),
            Self::Sync(fault) => fault.code().to_owned(),
            Self::Rule(code) => (*code).to_owned(),
        }
    }
}

impl App {
    /// Begins to open the notebook: the one to practise with while somebody does, but on a page that leads into
    /// a campaign.
    pub fn start(leads_into_campaign: bool) -> Self {
        let mode = Mode::of_page(leads_into_campaign);
        let parts = Parts {
            notebook: RefCell::new(None),
            store: RefCell::new(None),
            syncing: Cell::new(false),
            stale_session: Cell::new(false),
            scheduled: Cell::new(false),
            turn: Cell::new(0),
            told: Cell::new(None),
            behind: Cell::new(None),
            rereading: Cell::new(false),
            reserved: Cell::new(false),
            shown_first: RefCell::new(Vec::new()),
            wire: (mode == Mode::Field).then_some(Wire),
        };
        let app = Self {
            mode,
            phase: RwSignal::new(Phase::Opening),
            revision: RwSignal::new(0),
            sync: RwSignal::new(SyncStatus::default()),
            history: RwSignal::new(SyncHistory::default()),
            loading: RwSignal::new(false),
            cramped: RwSignal::new(false),
            enrolments: RwSignal::new_local(Vec::new()),
            parts: StoredValue::new_local(Rc::new(parts)),
        };
        app.open();
        app
    }

    /// Whether there is a notebook here.
    pub fn phase(&self) -> Phase {
        self.phase.get()
    }

    /// Reads something of the notebook; runs again when the notebook changes. None without a notebook.
    pub fn read<T>(&self, look: impl FnOnce(&Notebook) -> T) -> Option<T> {
        self.revision.track();
        self.peek(look)
    }

    /// Reads something of the notebook once.
    pub fn peek<T>(&self, look: impl FnOnce(&Notebook) -> T) -> Option<T> {
        let notebook = self.parts().notebook.borrow().clone()?;
        let notebook = notebook.borrow();
        Some(look(&notebook))
    }

    /// When the oldest change was made that is not received yet, in milliseconds since 1970.
    pub fn oldest_unreceived(&self) -> Option<u64> {
        self.read(Notebook::oldest_unreceived).flatten()
    }

    /// Whether the disk had no room left when it was last tried.
    pub fn is_cramped(&self) -> bool {
        self.cramped.get()
    }

    /// This device's id.
    pub fn device(&self) -> Option<DeviceId> {
        self.read(Notebook::device)
    }

    /// Whether this is a confirmed coordinator's device.
    pub fn is_coordinator(&self) -> bool {
        self.read(Notebook::is_coordinator).unwrap_or_default()
    }

    fn parts(&self) -> Rc<Parts> {
        self.parts.get_value()
    }

    fn notebook(&self) -> Result<Rc<RefCell<Notebook>>, Trouble> {
        self.parts().notebook.borrow().clone().ok_or(Trouble::Rule("no_notebook"))
    }

    fn store(&self) -> Result<Rc<Store<IdbVault>>, Trouble> {
        self.parts().store.borrow().clone().ok_or(Trouble::Rule("no_notebook"))
    }

    /// The way to the server.
    fn wire(&self) -> Result<Wire, Trouble> {
        self.parts().wire.ok_or(Trouble::Rule("training"))
    }

    /// Does an operation and stores its rows. When they cannot be stored, the notebook is read anew, so that
    /// memory never shows what the disk does not hold.
    async fn act(
        &self,
        operation: impl FnOnce(&mut Notebook) -> Result<Writes, Trouble>,
    ) -> Result<(), Trouble> {
        self.loaded().await;
        self.caught_up().await?;
        let (notebook, store) = (self.notebook()?, self.store()?);
        let writes = operation(&mut notebook.borrow_mut())?;
        if !self.is_training() {
            canary::lower(writes.taken_away());
        }
        match store.commit(writes, &mut BrowserRandom).await {
            Ok(()) => {
                self.changed();
                Ok(())
            }
            Err(error) => {
                self.reload().await;
                Err(error.into())
            }
        }
    }

    /// Tells the pages, and the canary, when anything changed: a sync that brings nothing must not make long
    /// lists anew.
    fn changed(&self) {
        let too_large = |notebook: &Notebook| {
            notebook.stuck().values().filter(|why| **why == Stuck::TooLarge).count()
        };
        let told = Told {
            commits: self.parts().store.borrow().as_ref().map(|store| store.commits()),
            too_large: self.peek(too_large),
            today: clock::today(),
        };
        if self.parts().told.replace(Some(told)) == Some(told) {
            return;
        }
        self.write_canary();
        if reserve::is_given_up() {
            self.parts().reserved.set(false);
            self.cramped.set(true);
        }
        self.revision.update(|revision| *revision += 1);
        self.when_calm();
    }

    /// Remembers what is stored; of a training nothing is worth it.
    fn write_canary(&self) {
        // What is being written is in memory already and may not reach the disk: its end tells again.
        if self.store().is_ok_and(|store| store.calm().is_none()) {
            return;
        }
        // What was not read yet is not counted; it is, once all was read.
        if self.is_training() || self.loading.get_untracked() {
            return;
        }
        self.peek(count).iter().for_each(canary::write);
    }
}

/// What there is, for the canary.
fn count(notebook: &Notebook) -> Canary {
    Canary {
        device: notebook.device().to_string(),
        records: lists::record_count(notebook),
        unsent: lists::unreceived(notebook),
    }
}
