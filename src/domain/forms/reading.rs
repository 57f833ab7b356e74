//! From a packed document to a form: its shape, piece by piece. What is not known is refused.

use super::checking::{FormError, check};
use super::code_list::{Choice, CodeLists};
use super::document::{
    Audience, Constraint, DefaultAnswer, FORMAT, Field, Form, Privacy, Refusal, Section,
};
use super::expression::Expression;
use super::field_type::{
    ChoiceRules, ChoiceStyle, ChoicesRules, ConsentOption, ConsentRules, DateLimit, DateRules,
    FieldType, IntegerRules, Pattern, ReferenceRules, ScaleRules, Script, Target, TextRules,
};
use super::packed::entries::{Entries, Mistake, label, named, text};
use super::packed::{Node, unpack};
use crate::order::Gather;

/// Reads a packed document that did not come with the program, and makes it whole: `shared` provides the
/// code lists that the document uses without holding them.
///
/// # Errors
/// [`FormError`] when the bytes are no document of this format, or the document contradicts itself.
pub fn read_form(texts: &str, tree: &[u8], shared: &CodeLists) -> Result<Form, FormError> {
    let broken = || FormError::Shape("document".to_owned());
    let form = form_of(&unpack(texts, tree).ok_or_else(broken)?, shared)?;
    check(&form)?;
    Ok(form)
}

/// The form that a document describes, not yet checked for contradictions.
pub(super) fn form_of(document: &Node<'_>, shared: &CodeLists) -> Result<Form, FormError> {
    let mut mistake = Mistake::default();
    let mut entries = Entries::of(document, "form", &mut mistake);
    let format = entries.count("format").unwrap_or_default() as u32;
    if format != FORMAT {
        return Err(FormError::Format(format));
    }
    let mut form = Form {
        format,
        key: entries.text("key"),
        version: entries.count("version").unwrap_or_default() as u32,
        record_kind: entries.text("record_kind"),
        label: entries.label("label"),
        refusal: entries.optional("refusal", refusal),
        sections: entries.list("sections", section),
        lists: entries.optional("lists", lists).unwrap_or_default(),
    };
    entries.done();
    adopt_lists(&mut form, shared);
    mistake.into_inner().map_or(Ok(form), |place| Err(FormError::Shape(place)))
}

/// Code lists by their key.
pub(super) fn lists(node: &Node<'_>, mistake: &mut Mistake) -> CodeLists {
    let mut lists = CodeLists::new();
    for (key, list) in pairs(node, mistake) {
        let Node::List(rows) = list else {
            mistake.at(key);
            continue;
        };
        let list = rows.iter().map(|row| choice(row, mistake)).collect();
        lists.insert((*key).to_owned(), list);
    }
    lists
}

fn choice(node: &Node<'_>, mistake: &mut Mistake) -> Choice {
    let mut entries = Entries::of(node, "code", mistake);
    let choice = Choice { code: entries.text("code"), label: entries.label("label") };
    entries.done();
    choice
}

/// A form holds the lists that it uses, its own before the shared ones.
fn adopt_lists(form: &mut Form, shared: &CodeLists) {
    let mut lists = std::mem::take(&mut form.lists);
    for key in form.fields().filter_map(|(_, field)| field.field_type.list()) {
        if let Some(list) = shared.get(key).filter(|_| !lists.contains_key(key)) {
            lists.insert(key.to_owned(), list.clone());
        }
    }
    form.lists = lists;
}

fn refusal(node: &Node<'_>, mistake: &mut Mistake) -> Refusal {
    let mut entries = Entries::of(node, "refusal", mistake);
    let when = entries.required("when", expression);
    let refusal = Refusal { when, keep: entries.texts("keep") };
    entries.done();
    refusal
}

fn section(node: &Node<'_>, mistake: &mut Mistake) -> Section {
    let mut entries = Entries::of(node, "section", mistake);
    let section = Section {
        key: entries.text("key"),
        label: entries.label("label"),
        folded: entries.flag("folded"),
        relevance: entries.optional("relevance", expression),
        fields: entries.list("fields", field),
    };
    entries.done();
    section
}

fn field(node: &Node<'_>, mistake: &mut Mistake) -> Field {
    let mut entries = Entries::of(node, "field", mistake);
    let field = Field {
        key: entries.text("key"),
        label: entries.label("label"),
        question: entries.optional("question", label),
        help: entries.optional("help", label),
        field_type: entries.required("type", field_type),
        required: entries.flag("required"),
        automatic: entries.flag("automatic"),
        coordinators: entries.flag("coordinators"),
        default: entries.optional("default", default),
        asked_with: entries.optional("asked_with", text),
        relevance: entries.optional("relevance", expression),
        constraints: entries.list("constraints", constraint),
        audience: entries.named("audience", &Audience::NAMES),
        privacy: entries.named("privacy", &Privacy::NAMES),
    };
    entries.done();
    field
}

fn constraint(node: &Node<'_>, mistake: &mut Mistake) -> Constraint {
    let mut entries = Entries::of(node, "constraint", mistake);
    let code = entries.text("code");
    let constraint = Constraint { code, holds: entries.required("holds", expression) };
    entries.done();
    constraint
}

fn default(node: &Node<'_>, mistake: &mut Mistake) -> DefaultAnswer {
    match node {
        Node::Text("today") => DefaultAnswer::Today,
        Node::Text("this_month") => DefaultAnswer::ThisMonth,
        _ => {
            let mut entries = Entries::of(node, "default", mistake);
            let code = entries.text("code");
            entries.done();
            DefaultAnswer::Code(code)
        }
    }
}

fn field_type(node: &Node<'_>, mistake: &mut Mistake) -> FieldType {
    match node {
        Node::Text("tri_state") => return FieldType::TriState,
        Node::Text("place") => return FieldType::Place,
        _ => {}
    }
    let (name, rules) = only_entry(node, mistake);
    let mut entries = Entries::of(rules, name, mistake);
    let field_type = match name {
        "text" => FieldType::Text(text_rules(&mut entries)),
        "long_text" => FieldType::LongText(text_rules(&mut entries)),
        "integer" => FieldType::Integer(IntegerRules {
            min: entries.number("min"),
            max: entries.number("max"),
            stepper: entries.flag("stepper"),
        }),
        "date" => FieldType::Date(DateRules {
            min: entries.optional("min", date_limit),
            max: entries.optional("max", date_limit),
        }),
        "choice" => FieldType::Choice(ChoiceRules {
            list: entries.text("list"),
            style: entries.named("style", &ChoiceStyle::OF_ONE),
        }),
        "choices" => FieldType::Choices(choices_rules(&mut entries)),
        "ordered_choices" => FieldType::OrderedChoices(choices_rules(&mut entries)),
        "scale5" => FieldType::Scale5(ScaleRules { list: entries.text("list") }),
        "reference" => FieldType::Reference(reference_rules(&mut entries)),
        "references" => FieldType::References(reference_rules(&mut entries)),
        "consent" => FieldType::Consent(consent_rules(&mut entries)),
        _ => {
            entries.wrong(name);
            FieldType::TriState
        }
    };
    entries.done();
    field_type
}

fn text_rules(entries: &mut Entries<'_, '_, '_>) -> TextRules {
    let max = entries.count("max");
    if max.is_none() {
        entries.wrong("max");
    }
    TextRules {
        min: entries.count("min"),
        max: max.unwrap_or_default(),
        pattern: entries.optional("pattern", |node, mistake| named(node, &Pattern::NAMES, mistake)),
        guard: entries.flag("guard"),
    }
}

fn choices_rules(entries: &mut Entries<'_, '_, '_>) -> ChoicesRules {
    ChoicesRules {
        list: entries.text("list"),
        style: entries.named("style", &ChoiceStyle::OF_SEVERAL),
        max: entries.count("max"),
        exclusive: entries.texts("exclusive"),
    }
}

fn reference_rules(entries: &mut Entries<'_, '_, '_>) -> ReferenceRules {
    let target = match entries.optional("kind_in", text) {
        Some(field) => Target::KindIn(field),
        None => Target::Kind(entries.text("kind")),
    };
    ReferenceRules { target }
}

fn consent_rules(entries: &mut Entries<'_, '_, '_>) -> ConsentRules {
    ConsentRules {
        list: entries.text("list"),
        script: entries.required("script", script),
        version_field: entries.text("version_field"),
        options: entries.list("options", consent_option),
    }
}

fn script(node: &Node<'_>, mistake: &mut Mistake) -> Script {
    let mut entries = Entries::of(node, "script", mistake);
    let script = Script { version: entries.text("version"), text: entries.label("text") };
    entries.done();
    script
}

fn consent_option(node: &Node<'_>, mistake: &mut Mistake) -> ConsentOption {
    let mut entries = Entries::of(node, "options", mistake);
    let option = ConsentOption {
        key: entries.text("key"),
        label: entries.label("label"),
        assigns: entries.required("assigns", assigns),
    };
    entries.done();
    option
}

fn assigns(node: &Node<'_>, mistake: &mut Mistake) -> Vec<(String, String)> {
    let entries = pairs(node, mistake).iter();
    entries.map(|(key, code)| ((*key).to_owned(), text(code, mistake))).gather()
}

fn date_limit(node: &Node<'_>, mistake: &mut Mistake) -> DateLimit {
    if let Node::Text(date) = node
        && let Ok(date) = date.parse()
    {
        return DateLimit::On(date);
    }
    named(node, &[("today", DateLimit::Today)], mistake)
}

fn expression(node: &Node<'_>, mistake: &mut Mistake) -> Expression {
    let (name, inner) = only_entry(node, mistake);
    match (name, inner) {
        ("answered", field) => return Expression::Answered(text(field, mistake)),
        ("and", Node::List(all)) => return Expression::And(expressions(all, mistake)),
        ("or", Node::List(any)) => return Expression::Or(expressions(any, mistake)),
        ("not", inner) => return Expression::Not(Box::new(expression(inner, mistake))),
        _ => {}
    }
    let mut entries = Entries::of(inner, name, mistake);
    let field = entries.text("field");
    let comparison = match name {
        "equals" => Expression::Equals { field, value: entries.text("value") },
        "not_equals" => Expression::NotEquals { field, value: entries.text("value") },
        "any_of" => Expression::AnyOf { field, codes: entries.texts("codes") },
        "starts_with" => Expression::StartsWith { field, prefix: entries.text("prefix") },
        _ => {
            entries.wrong(name);
            Expression::Answered(field)
        }
    };
    entries.done();
    comparison
}

fn expressions(nodes: &[Node<'_>], mistake: &mut Mistake) -> Vec<Expression> {
    nodes.iter().map(|node| expression(node, mistake)).collect()
}

/// The entries of a node whose keys are content: codes, names of fields.
fn pairs<'n, 'a>(node: &'n Node<'a>, mistake: &mut Mistake) -> &'n [(&'a str, Node<'a>)] {
    match node {
        Node::Entries(entries) => entries,
        _ => {
            mistake.at("entries");
            &[]
        }
    }
}

/// The name and the content of a node with one entry; an empty name and the node itself where it has not.
fn only_entry<'n, 'a>(node: &'n Node<'a>, mistake: &mut Mistake) -> (&'a str, &'n Node<'a>) {
    match node {
        Node::Entries(entries) if entries.len() == 1 => (entries[0].0, &entries[0].1),
        _ => {
            mistake.at("one entry");
            ("", node)
        }
    }
}
