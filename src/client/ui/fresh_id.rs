//! Ids that tie labels, help and problems to their controls.

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has.
pub fn fresh_id(stem: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{stem}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
