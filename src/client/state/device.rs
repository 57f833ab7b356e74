//! What pages ask of the browser. Nothing here decides anything: it is the way through, since pages do not
//! know the browser.

pub use crate::browser::clock::{day_of, days_since, error as clock_error, now, today};
pub use crate::browser::files::{ReadyFile, Shared, can_share, download, share};
pub use crate::browser::install::{can_install, install, is_passing_tab};
pub use crate::browser::later::{load as load_later, place as place_of_later};
pub use crate::browser::page::{
    clear_fragment, copy, fragment, language, open, path, print, reload, set_root_attribute,
};
pub use crate::browser::preferences::{read as preference, write as set_preference};
pub use crate::browser::regexp::matches;
pub use crate::browser::service_worker::{Offline, ServiceWorker};
pub use crate::browser::storage::{Space, ask_to_persist, persisted, space};
