//! A civil date: today, the day beside it, or one from the calendar.

use leptos::prelude::*;

use super::choice::{ChoiceButtons, Shape};
use super::live::words;
use super::option::Opt;
use crate::i18n::{Key, date_text, t, text};

const TODAY: &str = "today";
const BESIDE: &str = "beside";
const OTHER: &str = "other";

/// A date as `YYYY-MM-DD`.
#[component]
pub fn DateChoice(
    /// Id of the calendar's field.
    #[prop(into)]
    id: String,
    /// The date; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// The date that was chosen; empty when it was taken away.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Today.
    #[prop(into)]
    today: String,
    /// The day before or after, and what it is called.
    beside: (String, Key),
    /// Whether it can be taken away again.
    #[prop(optional)]
    can_clear: bool,
    /// The first date the calendar offers.
    #[prop(into, optional)]
    min: String,
    /// The last.
    #[prop(into, optional)]
    max: String,
    /// Ids that describe it.
    #[prop(into, optional)]
    described_by: String,
) -> impl IntoView {
    let calendar_open = RwSignal::new(false);
    let (beside, beside_label) = beside;
    let days = StoredValue::new((today, beside));
    let chosen = move || {
        let date = value.get();
        days.with_value(|(today, beside)| match date {
            _ if calendar_open.get() => Some(OTHER.to_owned()),
            date if date == *today => Some(TODAY.to_owned()),
            date if date == *beside => Some(BESIDE.to_owned()),
            date if date.is_empty() => None,
            _ => Some(OTHER.to_owned()),
        })
    };
    let is_other = Signal::derive(move || chosen().as_deref() == Some(OTHER));
    let options = move || {
        let keys = [(TODAY, Key::DateToday), (BESIDE, beside_label), (OTHER, Key::DateOther)];
        keys.map(|(code, key)| Opt { code: code.into(), label: text(key).into() }).to_vec()
    };
    let choose = move |code: String| {
        if can_clear && chosen().as_deref() == Some(code.as_str()) {
            calendar_open.set(false);
            on_choose.run(String::new());
            return;
        }
        calendar_open.set(code == OTHER);
        days.with_value(|(today, beside)| match code.as_str() {
            TODAY => on_choose.run(today.clone()),
            BESIDE => on_choose.run(beside.clone()),
            _ => {}
        });
    };
    let said = words(move || match value.get() {
        date if date.is_empty() => date,
        date => date_text(&date),
    });
    let pick = move |date: String| {
        if can_clear || !date.is_empty() {
            on_choose.run(date);
        }
    };
    view! {
        <ChoiceButtons options chosen on_choose=choose shape=Shape::Wrap />
        <input
            type="date"
            class="input date"
            id=id
            min=min
            max=max
            hidden=Signal::derive(move || !is_other.get())
            aria-label=t(Key::DateCalendar)
            aria-describedby=described_by
            prop:value=value
            on:change:target=move |event| pick(event.target().value())
        />
        <p class="written">{said}</p>
    }
}
