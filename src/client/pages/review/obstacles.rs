//! What stands in the way of validating, as sentences.

use domain::forms::visit_form;
use domain::review::Obstacle;

use crate::i18n::{Key, language, say, text};
use crate::pages::conflicts::register_label;
use crate::state::App;

/// One sentence. Tracked.
pub(super) fn obstacle_text(app: App, obstacle: &Obstacle) -> String {
    let form = visit_form();
    let label = |key: &str| {
        let field = form.field(key);
        field.map_or_else(|| key.to_owned(), |field| field.label.get(language()).to_owned())
    };
    match obstacle {
        Obstacle::Stop { field } if field == "clarification" => {
            text(Key::ReviewStopAnswer).to_owned()
        }
        Obstacle::Stop { field } => say(Key::ReviewStop, &[("field", &label(field))]),
        Obstacle::Conflict { register } => {
            say(Key::ReviewConflict, &[("field", &register_label(app, form, register))])
        }
        Obstacle::DateAhead { field } => say(Key::ReviewDateAhead, &[("field", &label(field))]),
        Obstacle::Collective => text(Key::ReviewCollective).to_owned(),
    }
}
