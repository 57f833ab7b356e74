//! Fields about which people disagree, side by side.

use domain::change::{RecordKey, Value};
use domain::fold::Register;
use domain::forms::{Answer, Field, FieldType, Form, field_of_register};
use leptos::prelude::*;

use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, language, moment, t, text};
use crate::state::App;
use crate::ui::form::answer_text;
use crate::ui::{Comparison, If, Keyed, Side};

/// Every conflict of a record, and the choice.
#[component]
pub(super) fn Conflicts(
    /// The record.
    key: RecordKey,
    /// Its form.
    form: &'static Form,
) -> impl IntoView {
    let app: App = expect_context();
    let key = StoredValue::new(key);
    let fields = Memo::new(move |_| {
        let view = key.with_value(|key| app.view(key));
        let names = view.map(|view| view.conflicts().map(|(name, _)| name.to_owned()).collect());
        names.unwrap_or_else(Vec::<String>::new)
    });
    let task = Task::new();
    let conflict = move |name: String| view! { <Conflict key form name task /> }.into_any();
    view! {
        <If when=move || !fields.with(Vec::is_empty)>
            <section>
                <h2>{t(Key::CompareTitle)}</h2>
                <p class="soft">{t(Key::CompareWhy)}</p>
                <Keyed keys=fields part=conflict />
                <TroubleNotice trouble=task.trouble() />
            </section>
        </If>
    }
}

#[component]
fn Conflict(
    key: StoredValue<RecordKey>,
    form: &'static Form,
    name: String,
    task: Task,
) -> impl IntoView {
    let app: App = expect_context();
    let name = StoredValue::new(name);
    let register = Memo::new(move |_| {
        let view = key.with_value(|key| app.view(key));
        view.and_then(|view| name.with_value(|name| view.registers.get(name).cloned()))
            .unwrap_or_default()
    });
    let title = move || name.with_value(|name| register_label(app, form, name));
    let sides = move || register.with(|register| sides(app, form, &name.get_value(), register));
    let choose = move |at: usize| {
        let (key, field) = (key.get_value(), name.get_value());
        let values = register.with_untracked(|register| {
            register.values().into_iter().map(|value| value.cloned()).collect::<Vec<_>>()
        });
        if let Some(value) = values.into_iter().nth(at) {
            task.run(async move { app.pick(key, field, value).await }, || {});
        }
    };
    view! { <Comparison title sides on_choose=choose busy=task.busy() /> }
}

/// One side per value; who gave it and when, of the last one who did.
fn sides(app: App, form: &'static Form, name: &str, register: &Register) -> Vec<Side> {
    let side = |value: Option<&Value>| {
        let mut same =
            register.survivors.iter().filter(|survivor| survivor.value.as_ref() == value);
        let (who, when) = same.next_back().map_or_else(Default::default, |survivor| {
            (names::person(app, survivor.device), moment(survivor.at.millis))
        });
        Side { value: value_text(app, form, name, value), who, when }
    };
    register.values().into_iter().map(side).collect()
}

/// What a register is called: its field, and for one option of several the option too. Tracked.
pub(super) fn register_label(app: App, form: &Form, name: &str) -> String {
    let Some(field) = field_of_register(form, name) else {
        return if name.starts_with("clarification/") {
            text(Key::ReviewAnswer).to_owned()
        } else {
            name.to_owned()
        };
    };
    let label = field.label.get(language());
    match name.split_once('/') {
        Some((_, option)) => {
            let option = match field.field_type {
                FieldType::References(_) => names::reference(app, option),
                _ => form.choice_label(field, option, language()).to_owned(),
            };
            names::joined([Some(label.to_owned()), Some(option)])
        }
        None => label.to_owned(),
    }
}

/// What the value of a register reads as. Tracked.
pub(super) fn value_text(
    app: App,
    form: &'static Form,
    name: &str,
    value: Option<&Value>,
) -> String {
    let is_option = name.contains('/');
    let field = field_of_register(form, name);
    match (field, value) {
        (_, None) if is_option => text(Key::WordNo).to_owned(),
        (_, None) => text(Key::CompareEmpty).to_owned(),
        (_, Some(Value::Bool(yes))) => {
            text(if *yes { Key::WordYes } else { Key::WordNo }).to_owned()
        }
        (Some(field), Some(value)) => match answer_of(field, value) {
            Some(answer) => {
                let names = Callback::new(move |id: String| names::reference(app, &id));
                answer_text(form, field, &answer, language(), names)
            }
            None => plain(value),
        },
        (None, Some(value)) => plain(value),
    }
}

fn answer_of(field: &Field, value: &Value) -> Option<Answer> {
    Some(match (&field.field_type, value) {
        (FieldType::Reference(_), Value::Text(id)) => Answer::Reference(id.clone()),
        (FieldType::Text(_) | FieldType::LongText(_) | FieldType::Date(_), Value::Text(text)) => {
            Answer::Text(text.clone())
        }
        (_, Value::Text(code)) => Answer::Code(code.clone()),
        (_, Value::Int(number)) => Answer::Int(*number),
        (_, Value::Texts(codes)) => Answer::Codes(codes.clone()),
        _ => return None,
    })
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Texts(texts) => texts.join(", "),
        _ => "?".to_owned(),
    }
}
