//! A record as it is read: its questions and, in blue ink, its answers.

use domain::forms::places::place_label;
use domain::forms::{Answer, Answers, Field, FieldType, Form, Language, chosen_consent};
use leptos::prelude::*;

use crate::i18n::{Key, date_text, language, text};

/// The answers to a form, without the controls. Questions without an answer are left out.
#[component]
pub fn Reading(
    /// The form.
    form: &'static Form,
    /// The answers.
    #[prop(into)]
    answers: Signal<Answers>,
    /// What a reference to another record reads as.
    #[prop(into)]
    names: Callback<String, String>,
    /// What stands beside an answer, by the key of its field: a button, a mark.
    #[prop(optional)]
    beside: Option<Callback<&'static Field, AnyView>>,
) -> impl IntoView {
    let sections = move || {
        let answers = answers.get();
        let section = |section: &'static domain::forms::Section| {
            let fields = section.fields.iter().filter(|f| !f.automatic && f.asked_with.is_none());
            let rows: Vec<AnyView> =
                fields.filter_map(|field| row(form, field, &answers, names, beside)).collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <section class="reading">
                        <h2>{section.label.get(language()).to_owned()}</h2>
                        <dl>{rows}</dl>
                    </section>
                }
            })
        };
        form.sections.iter().filter_map(section).collect::<Vec<_>>()
    };
    view! { <div class="sheet readings">{sections}</div> }
}

fn row(
    form: &'static Form,
    field: &'static Field,
    answers: &Answers,
    names: Callback<String, String>,
    beside: Option<Callback<&'static Field, AnyView>>,
) -> Option<AnyView> {
    let companion = |key: &str| {
        let (_, other) = form.fields().find(|(_, f)| f.asked_with.as_deref() == Some(key))?;
        let answer = answers.get(&other.key)?;
        Some(answer_text(form, other, answer, language(), names))
    };
    let own = match (&field.field_type, answers.get(&field.key)) {
        (FieldType::Consent(_), Some(_)) => {
            chosen_consent(field, answers).map(|option| option.label.get(language()).to_owned())
        }
        (_, answer) => answer.map(|answer| answer_text(form, field, answer, language(), names)),
    };
    let is_consent = matches!(field.field_type, FieldType::Consent(_));
    let aside = if is_consent { None } else { companion(&field.key) };
    let value = match (own, aside) {
        (Some(own), Some(aside)) => format!("{own} · {aside}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    Some(
        view! {
            <div class="reading-row">
                <dt>{field.label.get(language()).to_owned()}</dt>
                <dd>
                    <bdi class="written">{value}</bdi>
                    {beside.map(|beside| beside.run(field))}
                </dd>
            </div>
        }
        .into_any(),
    )
}

/// What an answer reads as. Tracked.
pub fn answer_text(
    form: &Form,
    field: &Field,
    answer: &Answer,
    language: Language,
    names: Callback<String, String>,
) -> String {
    let label = |code: &str| form.choice_label(field, code, language).to_owned();
    match (answer, &field.field_type) {
        (Answer::Text(date), FieldType::Date(_)) => date_text(date),
        (Answer::Text(words), _) => words.clone(),
        (Answer::Int(point), FieldType::Scale5(_)) => label(&point.to_string()),
        (Answer::Int(number), _) => number.to_string(),
        (Answer::Code(code), FieldType::Place) => place_label(code, language).to_owned(),
        (Answer::Code(code), _) => label(code),
        (Answer::Codes(ids), FieldType::References(_)) => {
            ids.iter().map(|id| names.run(id.clone())).collect::<Vec<_>>().join(", ")
        }
        (Answer::Codes(codes), FieldType::OrderedChoices(_)) => {
            let ranked = codes.iter().enumerate();
            ranked
                .map(|(at, code)| format!("{}. {}", at + 1, label(code)))
                .collect::<Vec<_>>()
                .join("\n")
        }
        (Answer::Codes(codes), _) => {
            codes.iter().map(|code| label(code)).collect::<Vec<_>>().join("\n")
        }
        (Answer::Bool(yes), _) => text(if *yes { Key::WordYes } else { Key::WordNo }).to_owned(),
        (Answer::Reference(id), _) => names.run(id.clone()),
    }
}
