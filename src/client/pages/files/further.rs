//! An invitation for a further phone of somebody who is in: the same person's records stay theirs.

use domain::ids::DeviceId;
use leptos::prelude::*;

use crate::i18n::{Key, say, t};
use crate::pages::invite::Made;
use crate::pages::names;
use crate::pages::task::Task;
use crate::pages::trouble::TroubleNotice;
use crate::state::{App, Invitation, Trouble};
use crate::ui::{Button, Look, live};

/// A button, then the invitation in its place.
#[component]
pub(in crate::pages) fn FurtherPhone(
    /// A phone that the person has.
    device: DeviceId,
) -> impl IntoView {
    let app: App = expect_context();
    let (task, made) = (Task::new(), RwSignal::new(None::<Invitation>));
    let invite = move |()| {
        let standing = app.peek(|notebook| notebook.line().device(&device).cloned()).flatten();
        let name = names::person(app, device);
        let work = async move {
            let standing = standing.ok_or(Trouble::Rule("unknown_device"))?;
            let invitation = app.invite(standing.role, &name, Some(standing.member)).await?;
            // The page may be gone by now; then nobody is left to show it to.
            let _ = made.try_set(Some(invitation));
            Ok(())
        };
        task.run(work, || {});
    };
    let label = move || say(Key::BackupFurther, &[("name", &names::person(app, device))]);
    let body = live(move || match made.get() {
        Some(invitation) => view! {
            <p>{t(Key::BackupFurtherWhat)}</p>
            <Made invitation on_another=move |()| made.set(None) />
        }
        .into_any(),
        None => {
            view! { <Button label look=Look::Quiet busy=task.busy() on_press=invite /> }.into_any()
        }
    });
    view! {
        {body}
        <TroubleNotice trouble=task.trouble() />
    }
}
