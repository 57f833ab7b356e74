//! What every part of a form sees.

use domain::forms::{
    Answer, Answers, CivilDate, Field, FieldType, Form, Occasion, Problem, is_answered, validate,
    visible_sections,
};
use leptos::prelude::*;

use super::guard::Matches;
use super::messages::problem_text;

/// A field that refers to another record, for whoever knows the records.
#[derive(Clone, Copy)]
pub struct ReferenceSlot {
    /// The field.
    pub field: &'static Field,
    /// Id for the picker's first control.
    pub id: StoredValue<String>,
    /// The record chosen, by its id.
    pub chosen: Signal<Option<String>>,
    /// Takes the record that was chosen; none takes it away.
    pub choose: Callback<Option<String>>,
    /// Of a field of several records, all that are chosen: none of them is offered again.
    pub held: Signal<Vec<String>>,
}

/// Keys of the questions to show, by the key of their section.
pub(super) type Shape = Vec<(String, Vec<String>)>;

/// A form, its answers and what is wrong with them.
#[derive(Clone, Copy)]
pub(super) struct FormScope {
    pub(super) form: &'static Form,
    pub(super) answers: Signal<Answers>,
    pub(super) today: CivilDate,
    pub(super) problems: Memo<Vec<Problem>>,
    pub(super) shape: Memo<Shape>,
    pub(super) picker: Callback<ReferenceSlot, AnyView>,
    pub(super) numbered: bool,
    /// Whether sections may fold: where all of the form is asked. What was asked for by itself is not folded away.
    pub(super) folds: bool,
    pub(super) finder: Matches,
    /// The question that is to take the focus.
    pub(super) focus: RwSignal<Option<String>>,
    on_change: Callback<Answers>,
}

impl FormScope {
    #[expect(clippy::too_many_arguments, reason = "they are the properties of one component")]
    pub(super) fn new(
        form: &'static Form,
        answers: Signal<Answers>,
        on_change: Callback<Answers>,
        today: CivilDate,
        occasion: Signal<Occasion>,
        picker: Callback<ReferenceSlot, AnyView>,
        asked: Option<Callback<String, bool>>,
        numbered: bool,
        finder: Matches,
    ) -> Self {
        let problems = Memo::new(move |_| {
            let occasion = occasion.get();
            answers.with(|answers| validate(form, answers, today, occasion))
        });
        let shape = Memo::new(move |_| answers.with(|answers| shape_of(form, answers, asked)));
        let (focus, folds) = (RwSignal::new(None), asked.is_none());
        Self {
            form,
            answers,
            today,
            problems,
            shape,
            picker,
            numbered,
            folds,
            finder,
            focus,
            on_change,
        }
    }

    /// The answer to a field. Changes only with it, so that others are not shown anew.
    pub(super) fn answer(self, field: &'static Field) -> Memo<Option<Answer>> {
        Memo::new(move |_| self.answers.with(|answers| answers.get(&field.key).cloned()))
    }

    /// What is wrong with a field, one sentence each; empty when nothing is.
    pub(super) fn problem(self, field: &'static Field) -> Signal<String> {
        Signal::derive(move || {
            let problems = self.problems.read();
            let own = problems.iter().filter(|problem| problem.field == field.key);
            own.map(|problem| problem_text(self.form, problem)).collect::<Vec<_>>().join(" ")
        })
    }

    /// Changes the answers, and tells them when they did change.
    pub(super) fn edit(self, change: &mut dyn FnMut(&mut Answers)) {
        let before = self.answers.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        self.drop_foreign_references(&before, &mut after);
        if after != before {
            self.on_change.run(after);
        }
    }

    /// A reference is of the kind that another answer says: with another kind it is another's.
    fn drop_foreign_references(self, before: &Answers, after: &mut Answers) {
        for (_, field) in self.form.fields() {
            let FieldType::Reference(rules) = &field.field_type else { continue };
            if rules.kind(before) != rules.kind(after) {
                after.remove(&field.key);
            }
        }
    }

    /// The key of the question inside which a field is asked: its own, or its companion's.
    pub(super) fn question_of(self, key: &str) -> String {
        let field = self.form.field(key);
        field.and_then(|field| field.asked_with.clone()).unwrap_or_else(|| key.to_owned())
    }

    /// Whether the question with this key is on the screen.
    pub(super) fn asks(self, key: &str) -> bool {
        self.shape.with(|shape| shape.iter().any(|(_, keys)| keys.iter().any(|held| held == key)))
    }

    /// The number of a question among those of the open sections.
    pub(super) fn number(self, key: &str) -> Option<usize> {
        let open = |section: &str| self.form.sections.iter().any(|s| s.key == section && !s.folded);
        let shape = self.shape.read();
        let mut keys = shape.iter().filter(|(section, _)| open(section)).flat_map(|(_, keys)| keys);
        keys.position(|held| held == key).filter(|_| self.numbered).map(|at| at + 1)
    }
}

fn shape_of(form: &Form, answers: &Answers, asked: Option<Callback<String, bool>>) -> Shape {
    let sections = visible_sections(form, answers).into_iter().map(|visible| {
        let is_asked = |field: &&&Field| asked.is_none_or(|asked| asked.run(field.key.clone()));
        let asked = visible.questions.iter().filter(is_asked);
        (visible.section.key.clone(), asked.map(|field| field.key.clone()).collect())
    });
    sections.filter(|(_, questions): &(String, Vec<String>)| !questions.is_empty()).collect()
}

/// How many questions of the open sections are answered, and how many there are.
pub fn form_progress(form: &Form, answers: &Answers) -> (usize, usize) {
    let sections = visible_sections(form, answers);
    let open = sections.iter().filter(|visible| !visible.section.folded);
    let questions: Vec<&Field> =
        open.flat_map(|visible| visible.questions.iter().copied()).collect();
    // A number that nobody knows is answered by its companion.
    let companion = |key: &str| {
        let asked = |(_, field): &(_, &Field)| field.asked_with.as_deref() == Some(key);
        form.fields().filter(asked).any(|(_, field)| is_answered(answers, &field.key))
    };
    let answered = |field: &&&Field| is_answered(answers, &field.key) || companion(&field.key);
    (questions.iter().filter(answered).count(), questions.len())
}
