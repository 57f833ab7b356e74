//! A hybrid logical clock, for display only.
//!
//! Nothing is decided by it: causality comes from `replaces`. It orders what is shown, and it shows when a
//! phone's date was wrong.

use serde::{Deserialize, Serialize};

/// A remote stamp may pull this clock forward by one day at most, so that one phone that lives in the
/// year 2040 does not take the others with it.
const MAX_AHEAD_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// When a change was made, as its device saw it: milliseconds since 1970 in UTC, then a counter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hlc {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub millis: u64,
    /// Orders stamps of one millisecond.
    pub counter: u32,
}

impl Hlc {
    /// The stamp after this one, when the device's clock says `now`: always later than `self`.
    #[must_use]
    pub fn tick(self, now: u64) -> Self {
        if now > self.millis {
            return Self { millis: now, counter: 0 };
        }
        match self.counter.checked_add(1) {
            Some(counter) => Self { millis: self.millis, counter },
            None => Self { millis: self.millis.saturating_add(1), counter: 0 },
        }
    }

    /// The later of both stamps, so that the next [`tick`](Self::tick) comes after what was seen; a stamp
    /// more than a day ahead of `now` is not followed.
    #[must_use]
    pub fn observe(self, seen: Self, now: u64) -> Self {
        if seen.millis > now.saturating_add(MAX_AHEAD_MILLIS) { self } else { self.max(seen) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_always_later() {
        let mut clock = Hlc::default();
        for now in [5, 5, 3, 9, 0] {
            let next = clock.tick(now);
            assert!(next > clock);
            clock = next;
        }
        let full = Hlc { millis: 7, counter: u32::MAX };
        assert!(full.tick(0) > full);
    }

    #[test]
    fn a_clock_far_ahead_is_not_followed() {
        let far = Hlc { millis: 10 * MAX_AHEAD_MILLIS, counter: 0 };
        assert_eq!(Hlc::default().observe(far, 0), Hlc::default());
        let near = Hlc { millis: MAX_AHEAD_MILLIS, counter: 1 };
        assert_eq!(Hlc::default().observe(near, 0), near);
    }
}
