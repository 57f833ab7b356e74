//! Lines of which there may be ten thousand: those in sight, and some around them, are in the page.
//!
//! The list keeps the room of all. How high lines are is measured while they are there, for text may be
//! large and lines may wrap. All is measured at the beginning of a frame, when the browser has laid out what
//! the last one wrote, and only then something is written: so nothing is laid out twice. A frame brings few
//! lines: those in sight first, the others in the frames that follow.

mod measure;
mod shown;
mod window;

use leptos::ev;
use leptos::html::Ul;
use leptos::prelude::*;

use self::shown::Shown;
use self::window::{CHUNK, Heights, Part};
use super::live::{Keyed, words};

/// How much of a page is taken to be in sight before it was looked at, in pixels.
const FIRST_SIGHT: (f64, f64) = (0.0, 900.0);

/// Where more lines than these would be others, the list begins anew.
const MOST_NEW: usize = 3 * CHUNK;

/// A line for each of `rows`, one below the other: `line` makes a [`Row`](super::Row). The line of a row that
/// stays stays, wherever in the list.
pub fn long_rows<T: Clone + PartialEq + Send + Sync + 'static>(
    rows: Signal<Vec<T>>,
    line: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let shown = StoredValue::new(Shown::default());
    let count = Signal::derive(move || rows.with(Vec::len));
    let show = move |(from, to): (usize, usize)| {
        rows.with_untracked(|rows| {
            let rows = rows.get(from..to.min(rows.len())).unwrap_or_default();
            shown.try_update_value(|shown| shown.show(rows)).unwrap_or_default()
        })
    };
    let line = move |key: String| match shown.with_value(|shown| shown.row(&key)) {
        Some(row) => line(row),
        None => ().into_any(),
    };
    view! { <LongRows count show line /> }.into_any()
}

/// Knows nothing of what the lines are about: it is compiled once.
#[component]
fn LongRows(
    /// How many there are; said anew whenever one of them changed.
    #[prop(into)]
    count: Signal<usize>,
    /// The keys of the lines from an index to the one before another; from now on these are in the page.
    #[prop(into)]
    show: Callback<(usize, usize), Vec<String>>,
    /// Makes the line of a key.
    #[prop(into)]
    line: Callback<String, AnyView>,
) -> impl IntoView {
    let view = View {
        count,
        show,
        list: NodeRef::new(),
        state: RwSignal::new(State::default()),
        seen: StoredValue::new(Seen { sight: FIRST_SIGHT, ..Seen::default() }),
    };
    let lines = count.get_untracked();
    view.put(view.part(lines).begun(), lines);
    Effect::new(move |_| view.renew(count.get()));
    let scrolling = window_event_listener(ev::scroll, move |_| view.soon());
    let width = StoredValue::new(measure::width());
    let resizing = window_event_listener(ev::resize, move |_| {
        // An address bar that comes and goes leaves the lines as they are.
        let now = measure::width();
        if width.get_value() != now {
            width.set_value(now);
            view.seen.update_value(|seen| seen.heights = Heights::default());
        }
        view.soon();
    });
    on_cleanup(move || {
        scrolling.remove();
        resizing.remove();
    });
    let keys = Signal::derive(move || view.state.with(|state| state.keys.clone()));
    let part = move |key: String| line.run(key);
    let room = |of: fn(&State) -> f64| words(move || format!("{}px", view.state.with(of)));
    let is_empty = Memo::new(move |_| count.get() == 0);
    // The room is kept by lines of its own: a browser holds what is in sight in its place when something beside it
    // grows, but not when what surrounds it does.
    view! {
        <ul class="rows" role="list" hidden=is_empty node_ref=view.list>
            <li aria-hidden="true" style:block-size=room(|state| state.above)></li>
            <Keyed keys part />
            <li aria-hidden="true" style:block-size=room(|state| state.below)></li>
        </ul>
    }
}

/// What is in the page.
#[derive(Default, PartialEq)]
struct State {
    part: Part,
    /// Of its lines.
    keys: Vec<String>,
    /// The room of the lines above it, in pixels.
    above: f64,
    /// The room of those below it.
    below: f64,
}

/// What was seen of it.
#[derive(Default)]
struct Seen {
    heights: Heights,
    /// The window's edges, in pixels below the list's upper one.
    sight: (f64, f64),
    /// Whether a frame will be looked at.
    awaits: bool,
    /// Whether the rows are others, and the next frame shows the first of them.
    begins: bool,
    /// Whether there are lines that were not measured.
    has_new: bool,
    /// What those who cannot see the list were told: which lines, from which on, of how many.
    told: (Vec<String>, usize, usize),
}

#[derive(Clone, Copy)]
struct View {
    count: Signal<usize>,
    show: Callback<(usize, usize), Vec<String>>,
    list: NodeRef<Ul>,
    state: RwSignal<State>,
    seen: StoredValue<Seen>,
}

impl View {
    /// Looks at the next frame, when it begins.
    fn soon(self) {
        let awaits = self.seen.try_update_value(|seen| std::mem::replace(&mut seen.awaits, true));
        if awaits == Some(false) {
            request_animation_frame(move || self.look());
        }
    }

    /// Measures, then goes one step towards what is to be in the page.
    fn look(self) {
        // The frame that shows the first lines of others would be late with more.
        if self.seen.try_update_value(|seen| std::mem::take(&mut seen.begins)) == Some(true) {
            request_animation_frame(move || self.look());
            return;
        }
        // A frame may come when the page is gone.
        let Some(list) = self.list.try_get_untracked().flatten() else { return };
        let Some(sight) = measure::sight(&list) else { return };
        let lines = self.count.get_untracked();
        let held = self.state.with_untracked(|state| state.part);
        let has_new = self.seen.try_update_value(|seen| {
            (seen.sight, seen.awaits) = (sight, false);
            std::mem::take(&mut seen.has_new)
        });
        let mut next = self.next(held, lines);
        // What a person opened in a line made it higher: lines are measured before they go, too.
        if has_new == Some(true) || next != held {
            let edges = measure::edges(&list);
            self.seen.update_value(|seen| seen.heights.learn(held.first, &edges));
            next = self.next(held, lines);
        }
        self.tell(&list, lines);
        if self.put(next, lines) {
            self.soon();
        }
    }

    /// The rows are others.
    fn renew(self, lines: usize) {
        let held = self.state.with_untracked(|state| state.part);
        let chunks = lines.div_ceil(CHUNK);
        let held = Part { first: held.first, end: held.end.min(chunks) };
        let keys = self.show.run((held.first * CHUNK, held.end * CHUNK));
        let is_new = |key: &&String| self.state.with_untracked(|state| !state.keys.contains(*key));
        let begins = held.first >= held.end || keys.iter().filter(is_new).count() > MOST_NEW;
        self.seen.update_value(|seen| seen.begins = begins);
        self.put(if begins { self.part(lines).begun() } else { held }, lines);
        self.soon();
    }

    /// What is in sight.
    fn part(self, lines: usize) -> Part {
        self.seen.with_value(|seen| seen.heights.part(lines, seen.sight.0, seen.sight.1))
    }

    /// One step towards what is in sight, and as much again above and below.
    fn next(self, held: Part, lines: usize) -> Part {
        self.seen.with_value(|Seen { heights, sight: (top, bottom), .. }| {
            let margin = (bottom - top).max(0.0);
            let wanted = heights.part(lines, top - margin, bottom + margin);
            held.towards(heights.part(lines, *top, *bottom), wanted)
        })
    }

    /// Puts a part into the page. Returns whether that changed anything.
    fn put(self, part: Part, lines: usize) -> bool {
        let keys = self.show.run((part.first * CHUNK, part.end * CHUNK));
        let (above, below) = self.seen.with_value(|seen| seen.heights.room(lines, part));
        let next = State { part, keys, above, below };
        if self.state.with_untracked(|state| *state == next) {
            return false;
        }
        self.seen.update_value(|seen| {
            seen.has_new |= self.state.with_untracked(|state| state.keys != next.keys);
        });
        self.state.set(next);
        true
    }

    /// Tells those who cannot see the list which of its lines are there, as far as that is new.
    fn tell(self, list: &<Ul as leptos::html::ElementType>::Output, total: usize) {
        self.state.with_untracked(|State { part, keys, .. }| {
            let first = part.first * CHUNK;
            self.seen.update_value(|seen| {
                let (told, from, of) = &seen.told;
                for (index, key) in keys.iter().enumerate() {
                    let before = (first + index).checked_sub(*from).and_then(|at| told.get(at));
                    if before != Some(key) || *of != total {
                        measure::number(list, index, first + index + 1, total);
                    }
                }
                seen.told = (keys.clone(), first, total);
            });
        });
    }
}
