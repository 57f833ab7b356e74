//! Which collective: one that is known, found by search, or a new one.

use domain::forms::Answer;
use domain::register::Claim;
use leptos::prelude::*;

use crate::i18n::{Counted, Key, count, month_text, say, t, text};
use crate::pages::names::place_and_type;
use crate::state::{App, Collectives, Draft, InitiativeRow, device};
use crate::ui::form::ReferenceSlot;
use crate::ui::{Button, CodePlate, Icon, If, Pick, Sign, TextInput, fresh_id, live, words};

/// So many are offered at a time.
const OFFERED: usize = 6;

/// The picker. Without a draft only known collectives can be chosen.
#[component]
pub(crate) fn CollectivePicker(
    /// The field it answers.
    reference: ReferenceSlot,
    /// Among which.
    known: Memo<Collectives>,
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
    // A visit that is corrected is among those known: nothing is said of it.
    let is_visit = draft.is_some_and(|draft| draft.with_untracked(|d| d.created.is_some()));
    let choice = move || match reference.chosen.get() {
        Some(id) => view! { <Picked reference known id is_visit acted /> }.into_any(),
        None => view! { <Offer reference known begin can_begin acted /> }.into_any(),
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
            <If when=move || !is_new.get()>{live(choice)}</If>
        </div>
    }
}

/// The collective that was chosen.
#[component]
fn Picked(
    reference: ReferenceSlot,
    known: Memo<Collectives>,
    id: String,
    is_visit: bool,
    acted: RwSignal<bool>,
) -> impl IntoView {
    let row = Memo::new(move |_| {
        let wanted = domain::ids::RecordId::parse(&id).ok()?;
        known.with(|known| known.get(&wanted).cloned())
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
    let lately = words(move || match row.get().filter(|_| is_visit) {
        Some(row) => lately(&row),
        None => String::new(),
    });
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
        <p class="told" role="status">{lately}</p>
    }
}

/// That somebody was there in the last thirty days, as far as it is known here; empty otherwise.
fn lately(row: &InitiativeRow) -> String {
    let claims = row.recent_claims(device::today());
    let sentence = |claim: &Claim| match (claim, claim.days()) {
        (Claim::OwnVisit(_), Some(0)) => text(Key::RecentOwnToday).to_owned(),
        (Claim::OwnVisit(_), Some(days)) => count(Counted::RecentOwn, days.into()),
        (_, Some(0)) => text(Key::RecentOtherToday).to_owned(),
        (_, Some(days)) => count(Counted::RecentOther, days.into()),
        (Claim::ThisMonth, None) => text(Key::RecentThisMonth).to_owned(),
        (Claim::ComingMonth, None) => text(Key::RecentComingMonth).to_owned(),
        (_, None) => {
            let month = row.listed_month.as_deref().map(month_text).unwrap_or_default();
            say(Key::RecentEarlierMonth, &[("month", &month)])
        }
    };
    let mut said: Vec<String> = claims.iter().map(sentence).collect();
    if !said.is_empty() {
        said.push(text(Key::RecentAsk).to_owned());
    }
    said.join(" ")
}

/// Search, the best matches, and the way to a new one.
#[component]
fn Offer(
    reference: ReferenceSlot,
    known: Memo<Collectives>,
    #[prop(into)] begin: Callback<()>,
    can_begin: bool,
    acted: RwSignal<bool>,
) -> impl IntoView {
    let node = focus_when(acted.into());
    let search = RwSignal::new(String::new());
    let pick = move |row: InitiativeRow| {
        let id = row.id.uuid();
        let choose = move |()| {
            acted.set(true);
            reference.choose.run(Some(id.clone()));
        };
        let detail = {
            let row = row.clone();
            words(move || place_and_type(&row))
        };
        view! { <Pick name=row.alias detail on_press=choose /> }.into_any()
    };
    let list = live(move || {
        let known = known.get();
        let typed = search.get();
        let is_open = typed.trim().is_empty();
        let (found, total) =
            if is_open { known.recent(OFFERED) } else { known.find(&typed, OFFERED) };
        let more = total.saturating_sub(found.len());
        let shown: Vec<_> = found.into_iter().cloned().map(pick).collect();
        let nothing = if known.rows().is_empty() { Key::PickerFirst } else { Key::PickerNone };
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
        <div class="field" hidden=Signal::derive(move || known.with(|known| known.rows().is_empty()))>
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
