//! Corrections that wait for the coordination: what an author wrote once a record was closed, and what others know of
//! a collective.

use domain::change::RecordKey;
use domain::fold::Proposal;
use domain::forms::Form;
use leptos::prelude::*;

use super::conflicts::{register_label, value_text};
use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, t, text};
use crate::state::App;
use crate::ui::{Button, If, Look, live_list, words};

/// Each with who proposes it; coordinators accept or decline it.
#[component]
pub(super) fn Proposals(
    /// The record.
    record: RecordKey,
    /// Its form.
    form: &'static Form,
) -> impl IntoView {
    let app: App = expect_context();
    let coordinator = Memo::new(move |_| app.is_coordinator());
    let record = StoredValue::new(record);
    // What becomes of a proposal about another's record does not come back to who made it.
    let title = words(move || {
        let key = if coordinator.get() { Key::ReviewProposals } else { Key::CollectiveProposed };
        text(key).to_owned()
    });
    let task = Task::new();
    let is_own = move |proposal: &Proposal| {
        let own = app.read(|notebook| notebook.is_of_own_member(&proposal.device));
        own.unwrap_or_default()
    };
    let proposals = Memo::new(move |_| {
        record
            .with_value(|record| app.view(record))
            .map(|view| view.proposals.clone())
            .unwrap_or_default()
            .into_iter()
            .filter(|proposal| coordinator.get() || is_own(proposal))
            .collect::<Vec<_>>()
    });
    let line = move |proposal: Proposal| {
        let shown = StoredValue::new(proposal);
        let settle = move |accept: bool| {
            let (record, proposal) = (record.get_value(), shown.get_value());
            task.run(async move { app.settle(record, proposal, accept).await }, || {});
        };
        let label = words(move || shown.with_value(|one| register_label(app, form, &one.field)));
        let value = words(move || {
            shown.with_value(|one| value_text(app, form, &one.field, one.value.as_ref()))
        });
        let who = words(move || shown.with_value(|one| names::person(app, one.device)));
        view! {
            <li class="side">
                <p class="soft small">{label}</p>
                <p class="side-value">
                    <bdi>{value}</bdi>
                </p>
                <p class="side-who">{who}</p>
                <If when=move || coordinator.get()>
                    <div class="cluster">
                        <Button label=t(Key::ReviewAccept) on_press=move |()| settle(true) busy=task.busy() />
                        <Button
                            label=t(Key::ReviewDecline)
                            look=Look::Quiet
                            on_press=move |()| settle(false)
                            busy=task.busy()
                        />
                    </div>
                </If>
            </li>
        }
        .into_any()
    };
    view! {
        <If when=move || !proposals.with(Vec::is_empty)>
            <h3>{title}</h3>
            <ul class="sides" role="list">
                {live_list(move || proposals.get().into_iter().map(line).collect())}
            </ul>
            <TroubleNotice trouble=task.trouble() />
        </If>
    }
}
