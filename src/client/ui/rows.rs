//! Lines of a notebook: a date or a mark in the margin, what it is about beside it.
//!
//! They stand in [`Rows`].

use leptos::prelude::*;

use super::icon::{Icon, Sign};
use super::live::LiveList;

/// The lines, one below the other; nothing where there are none.
#[component]
pub fn Rows(
    /// The lines: each a [`Row`].
    rows: LiveList,
) -> impl IntoView {
    view! {
        <ul class="rows" role="list">
            {rows}
        </ul>
    }
}

/// One line. All of it leads on; what is in `children` can be tapped by itself.
#[component]
pub fn Row(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// In the margin, large: a day.
    #[prop(into, optional)]
    margin: Signal<String>,
    /// In the margin, small: a month.
    #[prop(into, optional)]
    margin_small: Signal<String>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// More about it; empty for nothing.
    #[prop(into, optional)]
    detail: Signal<String>,
    /// States and marks below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class="row">
            <p class="row-margin" aria-hidden="true">
                <span class="row-day">{margin}</span>
                <span class="row-month">{margin_small}</span>
            </p>
            <div class="row-body">
                <a class="row-link" href=href>{title}</a>
                <p class="row-detail">{detail}</p>
                {children.map(|children| view! { <div class="row-marks">{children()}</div> })}
            </div>
            <Icon sign=Sign::Onwards />
        </li>
    }
}
