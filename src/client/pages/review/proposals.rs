//! Corrections that wait for the coordination.

use domain::change::RecordKey;
use domain::fold::Proposal;
use domain::forms::visit_form;
use leptos::prelude::*;

use crate::i18n::{Key, t};
use crate::pages::conflicts::{register_label, value_text};
use crate::pages::names;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::App;
use crate::ui::{Button, If, Look, live_list, words};

/// Each with who proposes it, to be accepted or declined.
#[component]
pub(super) fn Proposals(record: RecordKey) -> impl IntoView {
    let app: App = expect_context();
    let record = StoredValue::new(record);
    let task = Task::new();
    let proposals = Memo::new(move |_| {
        record
            .with_value(|record| app.view(record))
            .map(|view| view.proposals.clone())
            .unwrap_or_default()
    });
    let line = move |proposal: Proposal| {
        let shown = StoredValue::new(proposal);
        let settle = move |accept: bool| {
            let (record, proposal) = (record.get_value(), shown.get_value());
            task.run(async move { app.settle(record, proposal, accept).await }, || {});
        };
        let form = visit_form();
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
                <div class="cluster">
                    <Button label=t(Key::ReviewAccept) on_press=move |()| settle(true) busy=task.busy() />
                    <Button
                        label=t(Key::ReviewDecline)
                        look=Look::Quiet
                        on_press=move |()| settle(false)
                        busy=task.busy()
                    />
                </div>
            </li>
        }
        .into_any()
    };
    view! {
        <If when=move || !proposals.with(Vec::is_empty)>
            <h3>{t(Key::ReviewProposals)}</h3>
            <ul class="sides" role="list">
                {live_list(move || proposals.get().into_iter().map(line).collect())}
            </ul>
            <TroubleNotice trouble=task.trouble() />
        </If>
    }
}
