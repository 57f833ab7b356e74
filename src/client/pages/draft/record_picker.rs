//! Which record: a visit, an alert, a testimony, an organisation, a person of the network.

use domain::forms::{FieldType, search_key};
use leptos::prelude::*;

use crate::i18n::{Counted, Key, count, say, t, text};
use crate::pages::names;
use crate::state::App;
use crate::ui::form::ReferenceSlot;
use crate::ui::{Button, Icon, If, Pick, Sign, TextInput, fresh_id, live, words};

/// So many are offered at a time; with more there is a search.
const OFFERED: usize = 6;

/// A record that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Candidate {
    /// Its id, as answers hold it.
    pub(in crate::pages) id: String,
    /// What it reads as.
    pub(in crate::pages) name: String,
    /// More about it.
    pub(in crate::pages) detail: String,
}

/// The picker of a record that this device knows.
#[component]
pub(in crate::pages) fn RecordPicker(
    /// The field it answers.
    reference: ReferenceSlot,
    /// The kind to choose from; empty while nothing says it.
    #[prop(into)]
    kind: Signal<String>,
) -> impl IntoView {
    let app: App = expect_context();
    let candidates =
        Memo::new(move |_| reference.held.with(|held| names::candidates(app, &kind.get(), held)));
    let is_one_of_several = matches!(reference.field.field_type, FieldType::References(_));
    let chosen = Memo::new(move |_| reference.chosen.get());
    let body = live(move || match chosen.get() {
        Some(id) => {
            let name = words(move || names::reference(app, &id));
            let change = move |()| reference.choose.run(None);
            let away = if is_one_of_several {
                let label = words(move || say(Key::PickerRemove, &[("what", &name.get())]));
                view! {
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=label
                        title=label
                        on:click=move |_| change(())
                    >
                        <Icon sign=Sign::Close />
                    </button>
                }
                .into_any()
            } else {
                view! { <Button label=t(Key::PickerChange) on_press=change /> }.into_any()
            };
            view! {
                <div class="picked">
                    <p class="picked-name">{name}</p>
                    {away}
                </div>
            }
            .into_any()
        }
        None => view! { <Offer reference candidates /> }.into_any(),
    });
    view! { <div class="picker">{body}</div> }
}

#[component]
fn Offer(reference: ReferenceSlot, candidates: Memo<Vec<Candidate>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let typed = search_key(&search.get());
        let is_meant = |one: &Candidate| {
            let held = search_key(&format!("{} {}", one.name, one.detail));
            typed.split(' ').all(|word| held.contains(word))
        };
        candidates.with(|all| all.iter().filter(|one| is_meant(one)).cloned().collect::<Vec<_>>())
    });
    let pick = move |one: Candidate| {
        let choose = move |()| reference.choose.run(Some(one.id.clone()));
        view! { <Pick name=one.name detail=one.detail on_press=choose /> }.into_any()
    };
    let list = live(move || {
        let found = found.get();
        let more = found.len().saturating_sub(OFFERED);
        if found.is_empty() {
            return view! { <p class="soft">{text(Key::PickerNothing)}</p> }.into_any();
        }
        let shown: Vec<AnyView> = found.into_iter().take(OFFERED).map(pick).collect();
        let more = (more > 0).then(|| count(Counted::PickerMore, more));
        view! {
            <ul class="picks" role="list">{shown}</ul>
            {more.map(|more| view! { <p class="soft small">{more}</p> })}
        }
        .into_any()
    });
    let id =
        reference.id.with_value(|id| if id.is_empty() { fresh_id("pick") } else { id.clone() });
    view! {
        <If when=move || { candidates.with(Vec::len) > OFFERED }>
            <div class="field">
                <label class="label" for=id.clone()>{t(Key::PickerSearchRecord)}</label>
                <TextInput
                    id=id.clone()
                    value=search
                    on_input=move |typed: String| search.set(typed)
                    keyboard="search"
                />
            </div>
        </If>
        <div aria-live="polite">{list}</div>
    }
}
