//! The phone's clock. Nothing but display and civil dates depends on it.

use std::cell::Cell;

use domain::forms::CivilDate;

thread_local! {
    static ERROR: Cell<Option<i64>> = const { Cell::new(None) };
}

/// Milliseconds since 1970, as the phone says.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Today on the phone's calendar.
pub fn today() -> CivilDate {
    day_of(now())
}

/// The day of a moment on the phone's calendar, of milliseconds since 1970.
pub fn day_of(millis: u64) -> CivilDate {
    let date = js_sys::Date::new(&(millis as f64).into());
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    let fallback = || CivilDate::from_days_since_epoch((millis / 86_400_000) as i64);
    format!("{year:04}-{month:02}-{day:02}").parse().unwrap_or_else(|_| fallback())
}

/// So many whole days have passed since a moment, of milliseconds since 1970; 0 for one that is to come.
pub fn days_since(millis: u64) -> u64 {
    now().saturating_sub(millis) / 86_400_000
}

/// How far this clock is ahead of the server's, in milliseconds, as the last answer showed; none before the
/// first. To be told to a person, never to be reckoned with.
pub fn error() -> Option<i64> {
    ERROR.get()
}

/// An answer said what time it is: an HTTP date.
pub fn compare(date: &str) {
    let there = js_sys::Date::parse(date);
    if there.is_finite() {
        ERROR.set(Some((js_sys::Date::now() - there) as i64));
    }
}

/// Waits. A hidden page may be made to wait longer.
pub async fn sleep(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}
