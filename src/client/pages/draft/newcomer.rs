//! A collective that is created with the visit: alias, municipality, type; folded, how it hosts and lives.

use domain::forms::{Answer, Answers, Block, Occasion, VISIT_BLOCKS, initiative_form};
use domain::ids::RecordId;
use domain::register::Likeness;
use leptos::prelude::*;

use super::page::{picker_of, reference_kind};
use crate::i18n::{Key, say, t, text};
use crate::pages::names::place_and_type;
use crate::state::{App, Collectives, Draft, NewInitiative, device};
use crate::ui::form::{FormView, ReferenceSlot};
use crate::ui::{Button, If, Look, live_list, words};

/// So many collectives that may be the same are shown.
const SUGGESTED: usize = 3;

/// A suggestion at the first question that answers further down have brought.
#[derive(Clone, Copy)]
pub(super) struct AlikeFurther {
    /// Whether there is one.
    pub(super) told: RwSignal<bool>,
    /// Whether somebody wants to see it.
    pub(super) wanted: RwSignal<bool>,
}

impl AlikeFurther {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { told: RwSignal::new(false), wanted: RwSignal::new(false) }
    }
}

/// What is asked at the door; the rest of the record can wait.
const ASKED: [&str; 3] = ["alias", "place_code", "housing_type"];

/// The three questions, inside the question which collective was visited.
#[component]
pub(super) fn Newcomer(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    occasion: RwSignal<Occasion>,
    reference: ReferenceSlot,
    known: Memo<Collectives>,
    alike: AlikeFurther,
) -> impl IntoView {
    let (answers, on_change) = answering(draft, change);
    let give_up = move |()| {
        let mut next = draft.get_untracked();
        next.initiative = None;
        next.answers.remove(&reference.field.key);
        change.run(next);
    };
    let nobody = Callback::new(|_: ReferenceSlot| ().into_any());
    view! {
        <div class="newcomer">
            <p class="newcomer-label">{t(Key::PickerNewLabel)}</p>
            <FormView
                form=initiative_form()
                answers
                on_change
                today=device::today()
                occasion
                finder=device::matches
                picker=nobody
                asked=Callback::new(|key: String| ASKED.contains(&key.as_str()))
            />
        </div>
        <Alike draft change known further=alike />
        <Button label=t(Key::PickerOther) look=Look::Quiet on_press=give_up />
    }
}

/// The rest of what may be asked about it, folded.
#[component]
pub(super) fn NewcomerBlocks(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    occasion: RwSignal<Occasion>,
) -> impl IntoView {
    let app: App = expect_context();
    let (answers, on_change) = answering(draft, change);
    let is_new = Memo::new(move |_| draft.with(|draft| draft.newcomer().is_some()));
    let picker = Callback::new(move |reference: ReferenceSlot| {
        let kind = reference_kind(reference, answers.into());
        picker_of(reference, kind, app.collectives())
    });
    let asked = |key: String| {
        let sections = &initiative_form().sections;
        let own = sections.iter().filter(|section| {
            VISIT_BLOCKS.contains(&Block::Section("initiative", section.key.as_str()))
        });
        own.flat_map(|section| &section.fields).any(|field| field.key == key)
    };
    view! {
        <If when=move || is_new.get()>
            <FormView
                form=initiative_form()
                answers
                on_change
                today=device::today()
                occasion
                finder=device::matches
                picker
                asked=Callback::new(asked)
                folds=true
            />
        </If>
    }
}

/// The answers about the new collective, and what takes them when they changed.
fn answering(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
) -> (Memo<Answers>, Callback<Answers>) {
    let answers = Memo::new(move |_| {
        draft.with(|draft| {
            draft.initiative.as_ref().map(|new| new.answers.clone()).unwrap_or_default()
        })
    });
    let on_change = Callback::new(move |answers: Answers| {
        let mut next = draft.get_untracked();
        if let Some(new) = &mut next.initiative {
            *new = NewInitiative { answers, created: new.created };
            change.run(next);
        }
    });
    (answers, on_change)
}

/// "Already visited?": collectives that may be the same, and why. The person decides.
#[component]
fn Alike(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    known: Memo<Collectives>,
    further: AlikeFurther,
) -> impl IntoView {
    let find = move |counts: fn(&str) -> bool| {
        let (mut new, on) =
            draft.with(|draft| draft.newcomer().cloned().map(|new| (new, draft.visited_on())))?;
        new.answers.retain(|key, _| counts(key));
        Some(known.with(|known| known.alike(new.created.id, &new.answers, on, SUGGESTED)))
    };
    let alike = Memo::new(move |_| find(|_| true));
    Effect::new(move |_| {
        let count = |found: Option<Vec<Likeness>>| found.map_or(0, |found| found.len());
        let all = count(alike.get());
        further.told.set(all > 0 && all > count(find(|key| ASKED.contains(&key))));
    });
    on_cleanup(move || {
        further.told.try_set(false);
    });
    let node: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if further.wanted.get()
            && let Some(node) = node.get()
        {
            further.wanted.set(false);
            node.scroll_into_view();
            drop(node.focus());
        }
    });
    let is_shown = move || alike.with(|alike| alike.as_ref().is_some_and(|all| !all.is_empty()));
    let it_is = Callback::new(move |id: RecordId| {
        let mut next = draft.get_untracked();
        next.initiative = None;
        next.answers.insert("initiative_id".to_owned(), Answer::Reference(id.uuid()));
        change.run(next);
    });
    let line = move |likeness: Likeness| {
        let row = known.with_untracked(|known| known.get(&likeness.id).cloned())?;
        let id = row.id;
        let alias = row.alias.clone();
        let signs = words(move || {
            let said = likeness.signs.iter().filter_map(|sign| Key::of_code("sign", sign.as_str()));
            said.map(text).collect::<Vec<_>>().join(", ")
        });
        let label = {
            let alias = alias.clone();
            move || say(Key::AlikeChoose, &[("alias", &alias)])
        };
        let view = view! {
            <li class="side">
                <p class="side-value">{alias}</p>
                <p class="side-who">{words(move || place_and_type(&row))}<br />{signs}</p>
                <Button label on_press=move |()| it_is.run(id) />
            </li>
        };
        Some(view.into_any())
    };
    view! {
        <div role="status" node_ref=node tabindex="-1">
            <If when=is_shown>
                <div class="notice" data-tone="care">
                    <div class="flow">
                        <p>
                            <strong>{t(Key::AlikeTitle)}</strong>
                        </p>
                        <ul class="sides" role="list">
                            {live_list(move || {
                                alike.get().into_iter().flatten().filter_map(line).collect()
                            })}
                        </ul>
                        <p class="soft small">{t(Key::AlikeWhat)}</p>
                    </div>
                </div>
            </If>
        </div>
    }
}
