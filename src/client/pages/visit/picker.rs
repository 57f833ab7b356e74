//! Which collective: one that is known, found by search, or a new one.

use domain::forms::{Answer, normalise_collective_code, search_key};
use leptos::prelude::*;

use crate::i18n::{Counted, Key, count, t, text};
use crate::pages::names::place_and_type;
use crate::state::{App, Draft, InitiativeRow};
use crate::ui::form::ReferenceSlot;
use crate::ui::{Button, CodePlate, Icon, If, Sign, TextInput, fresh_id, live, words};

/// So many are offered at a time.
const OFFERED: usize = 6;

/// The picker. Without a draft only known collectives can be chosen.
#[component]
pub(crate) fn CollectivePicker(
    /// The field it answers.
    reference: ReferenceSlot,
    /// The questions about a new collective.
    #[prop(optional)]
    newcomer: Option<AnyView>,
    /// The draft in which a new collective would begin.
    #[prop(optional)]
    draft: Option<RwSignal<Draft>>,
    /// Takes the draft with it.
    #[prop(optional)]
    change: Option<Callback<Draft>>,
) -> impl IntoView {
    let app: App = expect_context();
    let rows = Memo::new(move |_| app.initiatives());
    let is_new = Memo::new(move |_| {
        draft.is_some_and(|draft| draft.with(|draft| draft.initiative.is_some()))
    });
    // What a tap replaces takes the focus with it, or a keyboard would lose its place.
    let acted = RwSignal::new(false);
    let begin = move |()| {
        acted.set(true);
        let Some((draft, change)) = draft.zip(change) else { return };
        let Ok(new) = app.begin_initiative() else { return };
        let mut next = draft.get_untracked();
        next.answers.insert(reference.field.key.clone(), Answer::Reference(new.created.id.uuid()));
        next.initiative = Some(new);
        change.run(next);
    };
    let can_begin = draft.is_some();
    let known = move || match reference.chosen.get() {
        Some(id) => view! { <Picked reference rows id acted /> }.into_any(),
        None => view! { <Offer reference rows begin can_begin acted /> }.into_any(),
    };
    // Made once: hidden, not unmade, while a known collective is chosen.
    let newcomer = newcomer.map(|view| {
        let node = focus_when(Signal::derive(move || acted.get() && is_new.get()));
        view! {
            <div node_ref=node tabindex="-1" hidden=Signal::derive(move || !is_new.get())>
                {view}
            </div>
        }
    });
    view! {
        <div class="picker">
            {newcomer}
            <If when=move || !is_new.get()>{live(known)}</If>
        </div>
    }
}

/// The collective that was chosen.
#[component]
fn Picked(
    reference: ReferenceSlot,
    rows: Memo<Vec<InitiativeRow>>,
    id: String,
    acted: RwSignal<bool>,
) -> impl IntoView {
    let row = Memo::new(move |_| {
        let wanted = domain::ids::RecordId::parse(&id).ok();
        rows.with(|rows| rows.iter().find(|row| Some(row.id) == wanted).cloned())
    });
    let name = move || match row.get() {
        Some(row) => row.alias,
        None => text(Key::HomeUnnamed).to_owned(),
    };
    let detail = move || row.get().map(|row| place_and_type(&row)).unwrap_or_default();
    let plate = move || {
        let code = row.get()?.code?;
        Some(view! { <CodePlate code label=t(Key::CollectiveCode) /> })
    };
    let node = focus_when(acted.into());
    let change = move |()| {
        acted.set(true);
        reference.choose.run(None);
    };
    view! {
        <div class="picked" node_ref=node tabindex="-1">
            <div>
                <p class="hidden-words">{t(Key::PickerChosen)}</p>
                <p class="picked-name">{name}</p>
                <p class="soft small">{detail}</p>
            </div>
            {plate}
            <Button label=t(Key::PickerChange) on_press=change />
        </div>
    }
}

/// Search, the best matches, and the way to a new one.
#[component]
fn Offer(
    reference: ReferenceSlot,
    rows: Memo<Vec<InitiativeRow>>,
    #[prop(into)] begin: Callback<()>,
    can_begin: bool,
    acted: RwSignal<bool>,
) -> impl IntoView {
    let node = focus_when(acted.into());
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| rows.with(|rows| search.with(|search| matching(rows, search))));
    let pick = move |row: InitiativeRow| {
        let id = row.id.uuid();
        let choose = move |_| {
            acted.set(true);
            reference.choose.run(Some(id.clone()));
        };
        let detail = {
            let row = row.clone();
            words(move || place_and_type(&row))
        };
        view! {
            <li>
                <button type="button" class="pick" on:click=choose>
                    <span class="pick-name">{row.alias}</span>
                    <span class="pick-detail">{detail}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let list = live(move || {
        let is_open = search.with(|search| search.trim().is_empty());
        let found = if is_open { rows.with(|rows| recent(rows)) } else { found.get() };
        let more = found.len().saturating_sub(OFFERED);
        let shown: Vec<_> = found.into_iter().take(OFFERED).map(pick).collect();
        let nothing = if rows.with(Vec::is_empty) { Key::PickerFirst } else { Key::PickerNone };
        if shown.is_empty() {
            view! { <p class="soft">{t(nothing)}</p> }.into_any()
        } else {
            view! {
                <ul class="picks" role="list">{shown}</ul>
                {(more > 0).then(|| view! { <p class="soft small">{words(move || count(Counted::PickerMore, more))}</p> })}
            }
            .into_any()
        }
    });
    let id =
        reference.id.with_value(|id| if id.is_empty() { fresh_id("pick") } else { id.clone() });
    view! {
        {can_begin.then(|| view! { <Button label=t(Key::PickerNew) sign=Sign::Plus on_press=begin wide=true /> })}
        <div class="field" hidden=Signal::derive(move || rows.with(Vec::is_empty))>
            <label class="label cluster" for=id.clone()>
                <Icon sign=Sign::Search />
                <span>{t(Key::PickerSearch)}</span>
            </label>
            <TextInput id value=search on_input=move |text: String| search.set(text) keyboard="search" />
        </div>
        <div aria-live="polite" node_ref=node tabindex="-1">
            {list}
        </div>
    }
}

/// A node that takes the focus when it is there and this holds.
fn focus_when(holds: Signal<bool>) -> NodeRef<leptos::html::Div> {
    let node: NodeRef<leptos::html::Div> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| holds.get()) {
            drop(node.focus());
        }
    });
    node
}

/// Those that a search means, in the order of the register: by alias.
pub(crate) fn matching(rows: &[InitiativeRow], search: &str) -> Vec<InitiativeRow> {
    let wanted = search_key(search);
    let code = normalise_collective_code(search);
    let fits = |row: &&InitiativeRow| {
        let by_code = code.is_some() && row.code == code;
        let words = search_key(&format!("{} {}", row.alias, place_and_type(row)));
        by_code || wanted.split(' ').all(|word| words.contains(word))
    };
    rows.iter().filter(fits).cloned().collect()
}

/// The last visited, the latest first.
fn recent(rows: &[InitiativeRow]) -> Vec<InitiativeRow> {
    let mut found: Vec<&InitiativeRow> = Vec::with_capacity(OFFERED + 1);
    for row in rows {
        let at = found.iter().position(|held| held.last_visit < row.last_visit);
        found.insert(at.unwrap_or(found.len()), row);
        found.truncate(OFFERED);
    }
    found.into_iter().cloned().collect()
}
