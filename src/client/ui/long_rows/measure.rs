//! Where a list and its lines are on the screen.

use leptos::html::{ElementType, Ul};
use leptos::prelude::window;

/// The list's element. Its first and its last child keep the room of the lines that are not there.
pub(super) type List = <Ul as ElementType>::Output;

/// The window's upper and lower edge, in pixels below the list's upper one.
pub(super) fn sight(list: &List) -> Option<(f64, f64)> {
    let height = window().inner_height().ok()?.as_f64()?;
    let top = list.get_bounding_client_rect().top();
    Some((-top, height - top))
}

/// How wide the window is, in pixels.
pub(super) fn width() -> f64 {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default()
}

/// The upper edges of the list's lines, and the lower one of the last, in pixels.
pub(super) fn edges(list: &List) -> Vec<f64> {
    let parts = list.children();
    let mut edges = Vec::new();
    let mut end = 0.0;
    for line in (1..parts.length().saturating_sub(1)).filter_map(|index| parts.item(index)) {
        let rect = line.get_bounding_client_rect();
        edges.push(rect.top());
        end = rect.bottom();
    }
    edges.push(end);
    edges
}

/// Tells those who cannot see the list that its line `index` of those in the page is line `place`, counted
/// from 1, of `total`.
pub(super) fn number(list: &List, index: usize, place: usize, total: usize) {
    let line = u32::try_from(index + 1).ok().and_then(|index| list.children().item(index));
    if let Some(line) = line {
        let _ = line.set_attribute("aria-posinset", &place.to_string());
        let _ = line.set_attribute("aria-setsize", &total.to_string());
    }
}
