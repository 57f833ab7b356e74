//! How an alert goes on: new, acknowledged, acting, and one of four ends, from which it may be opened again.

use super::code;
use crate::forms::Answers;

/// The code of an alert that nobody of the coordination has taken up.
pub const NEW: &str = "new";
/// The code of one that the coordination has taken up.
pub const ACKNOWLEDGED: &str = "acknowledged";

const ACTING: &str = "acting";
const ENDS: [&str; 4] = ["avoided", "rehoused", "executed", "closed_no_info"];
// An end may come before anybody has acted.
const FROM_ACKNOWLEDGED: [&str; 5] = [ACTING, ENDS[0], ENDS[1], ENDS[2], ENDS[3]];

/// How an alert stands: a code of the list `alert_status`; new until the coordination says otherwise.
pub fn status(answers: &Answers) -> &str {
    code(answers, "status").unwrap_or(NEW)
}

/// Whether nothing more is to be done. A code of a newer version stays in sight.
pub fn is_closed(status: &str) -> bool {
    ENDS.contains(&status)
}

/// The codes to which the coordination may take an alert from here, in the order in which they are offered; none
/// from a code of a newer version. From an end they open it again.
pub fn next_steps(status: &str) -> &'static [&'static str] {
    match status {
        NEW => &[ACKNOWLEDGED],
        ACKNOWLEDGED => &FROM_ACKNOWLEDGED,
        ACTING => &ENDS,
        _ if is_closed(status) => &[ACKNOWLEDGED, ACTING],
        _ => &[],
    }
}
