//! A record as it is read: its questions and, in blue ink, its answers.

use domain::forms::{
    Answer, Answers, Field, FieldType, Form, Language, Pattern, Section, chosen_consent,
};
use leptos::prelude::*;

use crate::i18n::{Counted, Key, count, date_text, language, month_text, place_text, text};
use crate::ui::live_list;

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
        let section = |section: &'static Section| {
            let rows: Vec<AnyView> = asked(form, section, &answers)
                .filter_map(|field| row(form, field, &answers, names, beside))
                .collect();
            // The open section is what the page is about: its heading is the page's.
            let heading = section.folded.then(|| section.label.get(language()).to_owned());
            let view = view! {
                <section class="reading">
                    {heading.map(|heading| view! { <h2>{heading}</h2> })}
                    <dl>{rows}</dl>
                </section>
            };
            view.into_any()
        };
        let is_answered = |section: &&'static Section| {
            asked(form, section, &answers)
                .any(|field| value_text(form, field, &answers, names).is_some())
        };
        let mut shown: Vec<AnyView> =
            form.sections.iter().filter(is_answered).map(section).collect();
        shown.extend(beside.map(|beside| unanswered(form, &answers, names, beside)));
        shown
    };
    view! { <div class="sheet readings">{live_list(sections)}</div> }
}

/// The questions of a section, given these answers.
fn asked<'a>(
    form: &'static Form,
    section: &'static Section,
    answers: &'a Answers,
) -> impl Iterator<Item = &'static Field> + use<'a> {
    let own = |field: &&Field| !field.automatic && field.asked_with.is_none();
    section.fields.iter().filter(own).filter(move |field| form.asks(section, field, answers))
}

/// What nobody answered yet, folded, for whoever may.
fn unanswered(
    form: &'static Form,
    answers: &Answers,
    names: Callback<String, String>,
    beside: Callback<&'static Field, AnyView>,
) -> AnyView {
    let open = form.sections.iter().flat_map(|section| asked(form, section, answers));
    let open = open.filter(|field| value_text(form, field, answers, names).is_none());
    let rows: Vec<AnyView> =
        open.map(|field| line(field, text(Key::WordNothing).to_owned(), Some(beside))).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <details class="aside reading unanswered">
            <summary>{count(Counted::RecordComplete, rows.len())}</summary>
            <dl>{rows}</dl>
        </details>
    }
    .into_any()
}

fn row(
    form: &'static Form,
    field: &'static Field,
    answers: &Answers,
    names: Callback<String, String>,
    beside: Option<Callback<&'static Field, AnyView>>,
) -> Option<AnyView> {
    let value = value_text(form, field, answers, names)?;
    Some(line(field, value, beside))
}

fn line(
    field: &'static Field,
    value: String,
    beside: Option<Callback<&'static Field, AnyView>>,
) -> AnyView {
    // The marks are the page's, in its language and direction; what was said may be in another.
    let class = if field.key == "quote" { "said" } else { "" };
    view! {
        <div class="reading-row">
            <dt>{field.label.get(language()).to_owned()}</dt>
            <dd>
                <span class=class>
                    <bdi class="written">{value}</bdi>
                </span>
                {beside.map(|beside| beside.run(field))}
            </dd>
        </div>
    }
    .into_any()
}

/// The answer to a question and to what is asked inside it; none without an answer.
fn value_text(
    form: &'static Form,
    field: &Field,
    answers: &Answers,
    names: Callback<String, String>,
) -> Option<String> {
    if matches!(field.field_type, FieldType::Consent(_)) {
        let chosen = chosen_consent(field, answers);
        return chosen.map(|option| option.label.get(language()).to_owned());
    }
    let said = |of: &Field| {
        let answer = answers.get(&of.key)?;
        Some(answer_text(form, of, answer, language(), names))
    };
    let companion = form.fields().find(|(_, f)| f.asked_with.as_deref() == Some(&field.key));
    match (said(field), companion.and_then(|(_, companion)| said(companion))) {
        (Some(own), Some(aside)) => Some(format!("{own} · {aside}")),
        (own, aside) => own.or(aside),
    }
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
        (Answer::Text(month), FieldType::Text(rules)) if rules.pattern == Some(Pattern::Month) => {
            month_text(month)
        }
        (Answer::Text(words), _) => words.clone(),
        (Answer::Int(point), FieldType::Scale5(_)) => label(&point.to_string()),
        (Answer::Int(number), _) => number.to_string(),
        (Answer::Code(code), FieldType::Place) => place_text(code, language),
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
