//! The winter moratorium on evictions of the Brussels region.

use super::code;
use super::status::is_closed;
use crate::forms::{Answers, CivilDate};

/// Place codes of the Brussels region.
const BRUSSELS: &str = "be:21";

/// Whether whoever reads or writes an alert that [stands](super::standing) so is reminded that the winter moratorium may apply: from 1 November to
/// 15 March, for an open alert in Brussels or whose place is not said. Whether it does apply is not decided here.
pub fn winter_reminder(standing: &str, answers: &Answers, today: CivilDate) -> bool {
    let is_winter = match today.month_of_year() {
        11 | 12 | 1 | 2 => true,
        3 => today.day() <= 15,
        _ => false,
    };
    let is_there = code(answers, "place_code").is_none_or(|place| place.starts_with(BRUSSELS));
    is_winter && is_there && !is_closed(standing)
}
