//! Room that is kept back, for a disk that is full.
//!
//! Measured on a disk without room (Chromium 156): a write is aborted with `UnknownError`, the database is closed,
//! and it does not open again, not even to be read; with room again it was empty once in a while. A file of the
//! private file system gives its room back at once; a cache cannot be removed there at all.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::FileSystemDirectoryHandle;

use super::private_file::ask;
use super::storage;

/// Its size is said in `public/key-slot.js`.
const FILE: &str = "perron.reserve";
/// What the worker says on a full disk.
const NO_ROOM: &str = "QuotaExceededError";

thread_local! {
    static GIVEN_UP: Cell<bool> = const { Cell::new(false) };
}

/// Keeps room back, unless that was done; whether there is room, as far as the browser can be asked.
pub async fn keep() -> bool {
    let is_full = ask("reserve", FILE, None).await.is_err_and(|fault| fault == NO_ROOM);
    GIVEN_UP.set(is_full);
    !is_full
}

/// Gives the room back to the disk; whether there was some.
pub async fn give_up() -> bool {
    let removed = remove().await.is_some();
    GIVEN_UP.set(removed || GIVEN_UP.get());
    removed
}

/// Whether the disk had too little room when it was last tried.
pub fn is_given_up() -> bool {
    GIVEN_UP.get()
}

async fn remove() -> Option<()> {
    let folder = JsFuture::from(storage::manager()?.get_directory()).await.ok()?;
    let folder: FileSystemDirectoryHandle = folder.dyn_into().ok()?;
    JsFuture::from(folder.remove_entry(FILE)).await.ok().map(drop)
}
