//! What of an element is in the window.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The window's upper and lower edge, in pixels below the element's upper one.
pub fn sight(element: &Element) -> Option<(f64, f64)> {
    let window = web_sys::window()?;
    let height = window.inner_height().ok()?.as_f64()?;
    let top = element.get_bounding_client_rect().top();
    Some((-top, height - top))
}

/// The upper edges of an element's children, and the lower one of the last, in pixels of the page.
pub fn edges(element: &Element) -> Vec<f64> {
    let children = element.children();
    let rects = (0..children.length()).filter_map(|index| children.item(index));
    let mut edges = Vec::new();
    let mut end = 0.0;
    for rect in rects.map(|child| child.get_bounding_client_rect()) {
        edges.push(rect.top());
        end = rect.bottom();
    }
    edges.push(end);
    edges
}

/// Tells those who cannot see the list which of its lines are there: `first` of `total` and those after it.
pub fn number_children(element: &Element, first: usize, total: usize) {
    let children = element.children();
    for index in 0..children.length() {
        if let Some(child) = children.item(index) {
            let _ = child.set_attribute("aria-posinset", &(first + index as usize + 1).to_string());
            let _ = child.set_attribute("aria-setsize", &total.to_string());
        }
    }
}

/// Sets the space that an element keeps free above and below its children, in pixels.
pub fn keep_free(element: &Element, above: f64, below: f64) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let style = element.style();
        let _ = style.set_property("padding-block", &format!("{above}px {below}px"));
    }
}
