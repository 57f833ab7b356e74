//! Where a list and its lines are on the screen.

use leptos::html::{ElementType, Ul};
use leptos::prelude::window;

/// The list's element.
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
    let lines = list.children();
    let mut edges = Vec::new();
    let mut end = 0.0;
    for rect in (0..lines.length()).filter_map(|index| lines.item(index)) {
        let rect = rect.get_bounding_client_rect();
        edges.push(rect.top());
        end = rect.bottom();
    }
    edges.push(end);
    edges
}

/// Tells those who cannot see the list which of its `total` lines are there: `first` and those after it.
pub(super) fn number(list: &List, first: usize, total: usize) {
    let lines = list.children();
    for (line, place) in (0..lines.length()).zip(first + 1..) {
        if let Some(line) = lines.item(line) {
            let _ = line.set_attribute("aria-posinset", &place.to_string());
            let _ = line.set_attribute("aria-setsize", &total.to_string());
        }
    }
}
