//! A collective that is created with the visit: alias, municipality, type.

use domain::forms::{Answer, Answers, Occasion, initiative_form};
use domain::ids::RecordId;
use domain::register::Likeness;
use leptos::prelude::*;

use crate::i18n::{Key, say, t, text};
use crate::pages::names::place_and_type;
use crate::state::{Collectives, Draft, NewInitiative, device};
use crate::ui::form::{FormView, ReferenceSlot};
use crate::ui::{Button, If, Look, live_list, words};

/// So many collectives that may be the same are shown.
const SUGGESTED: usize = 3;

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
) -> impl IntoView {
    let answers = Memo::new(move |_| {
        draft.with(|draft| {
            draft.initiative.as_ref().map(|new| new.answers.clone()).unwrap_or_default()
        })
    });
    let on_change = move |answers: Answers| {
        let mut next = draft.get_untracked();
        if let Some(new) = &mut next.initiative {
            *new = NewInitiative { answers, created: new.created };
            change.run(next);
        }
    };
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
        <Alike draft change reference known />
        <Button label=t(Key::PickerOther) look=Look::Quiet on_press=give_up />
    }
}

/// "Already visited?": collectives that may be the same, and why. The person decides.
#[component]
fn Alike(
    draft: RwSignal<Draft>,
    change: Callback<Draft>,
    reference: ReferenceSlot,
    known: Memo<Collectives>,
) -> impl IntoView {
    let alike = Memo::new(move |_| {
        let (new, on) =
            draft.with(|draft| draft.initiative.clone().map(|new| (new, draft.visited_on())))?;
        Some(known.with(|known| known.alike(new.created.id, &new.answers, on, SUGGESTED)))
    });
    let is_shown = move || alike.with(|alike| alike.as_ref().is_some_and(|all| !all.is_empty()));
    let it_is = Callback::new(move |id: RecordId| {
        let mut next = draft.get_untracked();
        next.initiative = None;
        next.answers.insert(reference.field.key.clone(), Answer::Reference(id.uuid()));
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
        <div role="status">
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
