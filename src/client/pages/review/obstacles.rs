//! What stands in the way of validating, and what else a reviewer is told, as sentences.

use domain::forms::{initiative_form, visit_form};
use domain::review::{Flag, Obstacle};

use crate::i18n::{Counted, Key, count, language, say, text};
use crate::pages::conflicts::register_label;
use crate::state::App;

/// One sentence. Tracked.
pub(super) fn obstacle_text(app: App, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Stop { field } if field == "clarification" => {
            text(Key::ReviewStopAnswer).to_owned()
        }
        Obstacle::Stop { field } => say(Key::ReviewStop, &[("field", &label(field))]),
        Obstacle::Conflict { register } => {
            say(Key::ReviewConflict, &[("field", &register_label(app, visit_form(), register))])
        }
        Obstacle::DateAhead { field } => say(Key::ReviewDateAhead, &[("field", &label(field))]),
        Obstacle::Collective => text(Key::ReviewCollective).to_owned(),
    }
}

/// One sentence. Tracked.
pub(super) fn flag_text(flag: &Flag) -> String {
    match flag {
        Flag::Cleaned { field } => say(Key::ReviewCleaned, &[("field", &label(field))]),
        Flag::ClockAhead { days } => {
            count(Counted::ReviewClockAhead, usize::try_from(*days).unwrap_or(usize::MAX))
        }
    }
}

fn label(key: &str) -> String {
    let field = visit_form().field(key).or_else(|| initiative_form().field(key));
    field.map_or_else(|| key.to_owned(), |field| field.label.get(language()).to_owned())
}
