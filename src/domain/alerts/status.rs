//! How an alert goes on: new, acknowledged, acting, and one of four ends, from which it may be opened again.

use super::code;
use crate::fold::{Register, View};
use crate::forms::Answers;

/// The code of an alert that nobody of the coordination has taken up.
pub const NEW: &str = "new";
/// The code of one that the coordination has taken up.
pub const ACKNOWLEDGED: &str = "acknowledged";

/// How one stands of which something new was said after it was closed: no code of the list, and never stored.
pub const TO_CONFIRM: &str = "to_confirm";

const ACTING: &str = "acting";
const STATUS: &str = "status";
const ENDS: [&str; 4] = ["avoided", "rehoused", "executed", "closed_no_info"];
// An end may come before anybody has acted.
const FROM_ACKNOWLEDGED: [&str; 5] = [ACTING, ENDS[0], ENDS[1], ENDS[2], ENDS[3]];

/// How an alert stands: what the coordination said of it last, a code of the list `alert_status`; and
/// [`TO_CONFIRM`] where it is closed and another device said something of it since.
pub fn standing<'a>(view: &View, answers: &'a Answers) -> &'a str {
    let status = status(answers);
    if is_closed(status) && is_overtaken(view) { TO_CONFIRM } else { status }
}

/// Whether somebody of the coordination has to take an alert up: nobody has, or something new was said of it since.
#[must_use]
pub fn is_to_take_up(standing: &str) -> bool {
    [NEW, TO_CONFIRM].contains(&standing)
}

/// Whether anything of an alert but its status was said after its status, by another device than the one that said
/// that.
fn is_overtaken(view: &View) -> bool {
    let newest = |register: &Register| {
        register.survivors.iter().max_by_key(|survivor| survivor.at).map(|one| (one.at, one.device))
    };
    let Some((closed_at, closer)) = view.registers.get(STATUS).and_then(newest) else {
        return false;
    };
    let others = view.registers.iter().filter(|(name, _)| *name != STATUS);
    let survivors = others.flat_map(|(_, register)| &register.survivors);
    survivors.into_iter().any(|one| one.at > closed_at && one.device != closer)
}

/// What the coordination said of an alert last: a code of the list `alert_status`; new until it said anything.
pub fn status(answers: &Answers) -> &str {
    code(answers, STATUS).unwrap_or(NEW)
}

/// Whether nothing more is to be done. A code of a newer version stays in sight.
pub fn is_closed(status: &str) -> bool {
    ENDS.contains(&status)
}

/// The codes to which the coordination may take an alert from here, in the order in which they are offered; none
/// from a code of a newer version. From an end they open it again.
pub fn next_steps(status: &str) -> &'static [&'static str] {
    match status {
        NEW | TO_CONFIRM => &[ACKNOWLEDGED],
        ACKNOWLEDGED => &FROM_ACKNOWLEDGED,
        ACTING => &ENDS,
        _ if is_closed(status) => &[ACKNOWLEDGED, ACTING],
        _ => &[],
    }
}
