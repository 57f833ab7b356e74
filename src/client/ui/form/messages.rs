//! Problems as sentences: the domain gives codes, the locale files words.

use domain::forms::{Form, Problem};

use crate::i18n::{Key, date_text, language, text};

/// What is wrong, in the language of the moment. Tracked.
pub fn problem_text(form: &Form, problem: &Problem) -> String {
    let key = Key::of_code("problem", problem.code.as_str()).unwrap_or(Key::ProblemOther);
    let mut sentence = text(key).to_owned();
    for (name, value) in &problem.params {
        let value = match *name {
            "min" | "max" => date_text(value),
            "code" => form.field(&problem.field).map_or_else(
                || value.clone(),
                |field| form.choice_label(field, value, language()).to_owned(),
            ),
            _ => value.clone(),
        };
        sentence = sentence.replace(&format!("{{{name}}}"), &value);
    }
    sentence
}
