//! The form document: sections of fields, as data.

use super::answer::Answers;
use super::code_list::{Choice, CodeLists, code_label};
use super::expression::Expression;
use super::field_type::FieldType;
use super::label::{Label, Language};

/// The version of the document format that this program reads and writes.
pub const FORMAT: u32 = 1;

/// A form: what is asked about one kind of record, in which order and words, within which limits.
///
/// Whatever this program does not know in a document is refused when it is read, never skipped: a
/// limit that nobody checks would be worse than a form that does not open. A richer language of
/// forms therefore gets a new [`FORMAT`]. Documents are JSON (`forms/documents`) and travel packed; one
/// that did not come with the program is read with [`super::read_form`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Version of the document format.
    pub format: u32,
    /// Stable name.
    pub key: String,
    /// Version of this form's content.
    pub version: u32,
    /// Kind of the record that it fills.
    pub record_kind: String,
    /// Title.
    pub label: Label,
    /// What is left of the record when consent is refused.
    pub refusal: Option<Refusal>,
    /// The sections, in their order.
    pub sections: Vec<Section>,
    /// The code lists that its fields draw from.
    pub lists: CodeLists,
}

/// The rule for a record whose consent is refused: nothing but what it keeps is asked, checked or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When consent counts as refused.
    pub when: Expression,
    /// Keys of the only fields that are then kept. None: such a record cannot be finished at all.
    pub keep: Vec<String>,
}

/// A group of fields under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Stable name.
    pub key: String,
    /// Heading.
    pub label: Label,
    /// Whether it starts closed.
    pub folded: bool,
    /// When it is asked at all; always, without it.
    pub relevance: Option<Expression>,
    /// The fields, in their order.
    pub fields: Vec<Field>,
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Stable name, unique in the form; registers and the synthesis refer to it.
    pub key: String,
    /// Name in lists, exports and on screen.
    pub label: Label,
    /// The question on screen where it differs from the label.
    pub question: Option<Label>,
    /// One or two sentences of help.
    pub help: Option<Label>,
    /// What it accepts.
    pub field_type: FieldType,
    /// Whether a finished record must have it, where it is relevant.
    pub required: bool,
    /// Whether the program fills it: never asked, never missing.
    pub automatic: bool,
    /// Whether only coordinators decide it: what a volunteer writes here is a proposal.
    pub coordinators: bool,
    /// The answer that a new form starts with.
    pub default: Option<DefaultAnswer>,
    /// Key of the field inside whose control it is asked; none when it has its own question.
    pub asked_with: Option<String>,
    /// When it is asked at all; always, without it.
    pub relevance: Option<Expression>,
    /// Conditions that a finished record meets.
    pub constraints: Vec<Constraint>,
    /// Who can decrypt it.
    pub audience: Audience,
    /// Where its content may appear.
    pub privacy: Privacy,
}

/// A condition over the answers, told to people by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Stable code of the message.
    pub code: String,
    /// What must hold.
    pub holds: Expression,
}

/// What a field starts with. In JSON: `"today"`, `"this_month"`, `{"code": "none"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultAnswer {
    /// The current date.
    Today,
    /// The month of the current date, `YYYY-MM`.
    ThisMonth,
    /// One code of the field's list.
    Code(String),
}

/// Whose keys open the field. In JSON `"network"`; restricted where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// The author and the coordinators.
    Restricted,
    /// Every member of the network.
    Network,
}

/// Where the content of a field may appear; says nothing about keys. In JSON `"network"` or `"public"`;
/// restricted where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Privacy {
    /// Could identify or expose a group, or is free text: aggregated only.
    Restricted,
    /// Not identifying by itself under an alias: may stand in the network synthesis.
    Network,
    /// About organisations, or written for publication.
    Public,
}

impl Audience {
    pub(super) const NAMES: [(&'static str, Self); 2] =
        [("restricted", Self::Restricted), ("network", Self::Network)];
}

impl Privacy {
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("restricted", Self::Restricted), ("network", Self::Network), ("public", Self::Public)];
}

impl Form {
    /// Every field with its section, in the order of the form.
    pub fn fields(&self) -> impl Iterator<Item = (&Section, &Field)> {
        self.sections.iter().flat_map(|section| section.fields.iter().map(move |f| (section, f)))
    }

    /// The field with this key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().map(|(_, field)| field).find(|field| field.key == key)
    }

    /// The options of the list that a field draws from; empty for other fields.
    #[must_use]
    pub fn choices(&self, field: &Field) -> &[Choice] {
        let list = field.field_type.list().and_then(|key| self.lists.get(key));
        list.map_or(&[], Vec::as_slice)
    }

    /// The label of a code of this field, or the code itself when it is not known.
    #[must_use]
    pub fn choice_label<'a>(&'a self, field: &Field, code: &'a str, language: Language) -> &'a str {
        code_label(self.choices(field), code, language)
    }

    /// Whether these answers refuse consent.
    #[must_use]
    pub fn is_refused(&self, answers: &Answers) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| refusal.when.holds(answers))
    }

    /// Whether the field is kept, given these answers: all are, but for a refusal.
    #[must_use]
    pub fn keeps(&self, field: &Field, answers: &Answers) -> bool {
        let refusal = self.refusal.as_ref().filter(|refusal| refusal.when.holds(answers));
        refusal.is_none_or(|refusal| refusal.keep.contains(&field.key))
    }

    /// Whether the field is asked, given these answers: it is relevant, and no refusal drops it. What
    /// refuses stays asked, so that a refusal can be taken back.
    #[must_use]
    pub fn asks(&self, section: &Section, field: &Field, answers: &Answers) -> bool {
        let refuses = || {
            let refusal = self.refusal.as_ref();
            refusal.is_some_and(|refusal| refusal.when.fields().contains(&field.key.as_str()))
        };
        field.is_relevant(section, answers) && (self.keeps(field, answers) || refuses())
    }

    /// Every code of a constraint, each once, in the order of the form.
    #[must_use]
    pub fn constraint_codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for constraint in self.fields().flat_map(|(_, field)| &field.constraints) {
            if !codes.contains(&constraint.code.as_str()) {
                codes.push(&constraint.code);
            }
        }
        codes
    }
}

impl Section {
    /// Whether its relevance holds.
    #[must_use]
    pub fn is_relevant(&self, answers: &Answers) -> bool {
        self.relevance.as_ref().is_none_or(|relevance| relevance.holds(answers))
    }
}

impl Field {
    /// What the screen asks: the question, or the label without one.
    #[must_use]
    pub fn question(&self, language: Language) -> &str {
        self.question.as_ref().unwrap_or(&self.label).get(language)
    }

    /// Whether its own and its section's relevance hold. A field's relevance reads the answers of others
    /// whether these are relevant or not. Whether it is asked is [`Form::asks`].
    #[must_use]
    pub fn is_relevant(&self, section: &Section, answers: &Answers) -> bool {
        section.is_relevant(answers)
            && self.relevance.as_ref().is_none_or(|relevance| relevance.holds(answers))
    }
}
