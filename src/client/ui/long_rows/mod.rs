//! Lines of which there may be ten thousand: those in sight, and some around them, are in the page.
//!
//! The list keeps the room of all. How high lines are is measured while they are there, for text may be
//! large and lines may wrap.

mod measure;
mod window;

use leptos::ev;
use leptos::html::Ul;
use leptos::prelude::*;

use self::window::{CHUNK, Heights, Window};
use super::live::{Keyed, live_list, words};

/// How much of a page is taken to be in sight before it was looked at, in pixels.
const FIRST_SIGHT: f64 = 900.0;

/// A line for each of `rows`, one below the other: `line` makes a [`Row`](super::Row).
pub fn long_rows<T: Clone + Send + Sync + 'static>(
    rows: Signal<Vec<T>>,
    line: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let count = Memo::new(move |_| rows.with(Vec::len));
    let line = move |index: usize| match rows.with(|rows| rows.get(index).cloned()) {
        Some(row) => line(row),
        None => ().into_any(),
    };
    view! { <LongRows count line /> }.into_any()
}

/// Knows nothing of what the lines are about: it is compiled once.
#[component]
fn LongRows(
    /// How many there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Makes the line of an index. It is made anew when what this reads changes.
    #[prop(into)]
    line: Callback<usize, AnyView>,
) -> impl IntoView {
    let list: NodeRef<Ul> = NodeRef::new();
    let heights = StoredValue::new(Heights::default());
    let first = Heights::default().window(count.get_untracked(), 0.0, FIRST_SIGHT);
    // Without the room of the rest, which the first look gives it.
    let window = RwSignal::new(Window { below: 0.0, ..first });
    let look = move || {
        // A frame may come when the page is gone.
        let Some(list) = list.try_get_untracked().flatten() else { return };
        let Some(held) = window.try_get_untracked() else { return };
        let edges = measure::edges(&list);
        heights.update_value(|heights| heights.learn(held.first, &edges));
        let Some((top, bottom)) = measure::sight(&list) else { return };
        let next = heights.with_value(|heights| heights.window(count.get_untracked(), top, bottom));
        if next != held {
            window.set(next);
        }
    };
    // Once the lines are there: they may be higher than they were taken to be.
    Effect::new(move |_| {
        let (lines, Window { first, .. }) = (count.get(), window.get());
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                measure::number(&list, first * CHUNK, lines);
            }
            look();
        });
    });
    let scrolling = window_event_listener(ev::scroll, move |_| look());
    let width = StoredValue::new(measure::width());
    let resizing = window_event_listener(ev::resize, move |_| {
        // An address bar that comes and goes leaves the lines as they are.
        let now = measure::width();
        if width.get_value() != now {
            width.set_value(now);
            heights.set_value(Heights::default());
        }
        look();
    });
    on_cleanup(move || {
        scrolling.remove();
        resizing.remove();
    });
    let keys = Signal::derive(move || {
        let Window { first, end, .. } = window.get();
        (first..end).map(|chunk| chunk.to_string()).collect()
    });
    let part = move |key: String| {
        let first = key.parse::<usize>().unwrap_or_default() * CHUNK;
        live_list(move || {
            let end = count.get().min(first + CHUNK);
            (first..end).map(|index| line.run(index)).collect()
        })
        .into_any()
    };
    let room = words(move || {
        let Window { above, below, .. } = window.get();
        format!("{above}px {below}px")
    });
    view! {
        <ul class="rows" role="list" node_ref=list style:padding-block=room>
            <Keyed keys part />
        </ul>
    }
}
