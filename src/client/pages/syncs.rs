//! The history of syncs: when, how it went, what was received.

use leptos::prelude::*;

use super::trouble::trouble_text;
use crate::i18n::{Counted, Key, count, moment, say, t, text};
use crate::routes;
use crate::state::{App, SyncRecord};
use crate::ui::{EmptyState, Icon, If, Page, Sign, live_list, words};

/// One line for each turn that the syncs of the last days took.
#[component]
pub fn SyncsPage() -> impl IntoView {
    let app: App = expect_context();
    let records = Memo::new(move |_| app.sync_history().records().to_vec());
    view! {
        <Page title=t(Key::SyncsTitle) back=(routes::HOME, Key::NavHome)>
            <p class="soft">{t(Key::SyncsWhat)}</p>
            <If
                when=move || !records.with(Vec::is_empty)
                otherwise=|| view! { <EmptyState words=t(Key::SyncNever) /> }
            >
                <ul class="syncs" role="list">
                    {live_list(move || records.get().into_iter().map(line).collect())}
                </ul>
            </If>
        </Page>
    }
}

fn line(record: SyncRecord) -> AnyView {
    let (first, last, times) = (record.first_at, record.last_at, record.times);
    let when = words(move || {
        if moment(first) == moment(last) {
            return moment(first);
        }
        let n = times.to_string();
        let span = [("from", moment(first)), ("to", moment(last)), ("n", n)];
        say(Key::SyncsSpan, &span.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    let (sign, look) =
        if record.fault.is_some() { (Sign::Attention, "bad") } else { (Sign::Check, "good") };
    let outcome = words(move || match (&record.fault, record.received) {
        (Some(code), _) => trouble_text(code),
        (None, 0) => text(Key::SyncsNothing).to_owned(),
        (None, received) => count(Counted::SyncsReceived, received),
    });
    view! {
        <li class="sync-record" data-look=look>
            <Icon sign />
            <div>
                <p>{outcome}</p>
                <p class="soft small">{when}</p>
            </div>
        </li>
    }
    .into_any()
}
