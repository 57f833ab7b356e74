//! What is shown of an alert beside its answers: how soon it needs somebody, how it stands, what winter changes.

use domain::alerts::{self, Rank, Urgency};
use domain::change::RecordKey;
use domain::forms::Answers;
use leptos::prelude::*;

use super::names;
use super::task::Task;
use super::trouble::TroubleNotice;
use crate::i18n::{Key, moment, say, t, text};
use crate::state::{App, device};
use crate::ui::{
    Button, ChoiceButtons, Icon, If, Look, Notice, Opt, Shape, Sign, Tone, live, words,
};

/// Where more is said about the winter moratorium. The app itself asks nothing of it.
const HOUSING_SITE: &str = "https://logement.brussels/";

/// How soon an alert needs somebody, how it stands; the coordination takes it further here.
#[component]
pub(super) fn AlertStanding(
    /// The alert.
    key: RecordKey,
) -> impl IntoView {
    let app: App = expect_context();
    let stored = StoredValue::new(key);
    let answers = Memo::new(move |_| stored.with_value(|key| app.answers(key)));
    let status =
        Memo::new(move |_| stored.with_value(|key| app.alert_standing(key)).unwrap_or_default());
    let urgency = move || {
        let rank =
            |status: &String| answers.with(|answers| Rank::of(status, answers, device::today()));
        status.with(rank).urgency()
    };
    let reopened = Memo::new(move |_| status.with(|status| status == alerts::TO_CONFIRM));
    let is_new = Memo::new(move |_| status.with(|status| alerts::is_to_take_up(status)));
    let told = words(move || {
        if app.is_training() {
            return text(Key::TrainingAlert).to_owned();
        }
        if reopened.get() {
            let said = answers.with(|answers| alerts::status(answers).to_owned());
            let said = names::code_in("alert", "status", &said);
            return say(Key::AlertToConfirm, &[("status", &said)]);
        }
        if is_new.get() {
            return text(Key::AlertUnseenWhat).to_owned();
        }
        let standing = names::code_in("alert", "status", &status.get());
        say(Key::AlertSeen, &[("status", &standing)])
    });
    let since = words(move || stored.with_value(|key| since(app, key)).unwrap_or_default());
    let task = Task::new();
    let follow = Callback::new(move |status: String| {
        let key = stored.get_value();
        task.run(async move { app.follow_alert(key, status).await }, || {});
    });
    let can_go_on = move || {
        !is_new.get() && app.is_coordinator() && status.with(|s| !alerts::next_steps(s).is_empty())
    };
    let standing = live(move || {
        let tone = if is_new.get() { Tone::Care } else { Tone::Info };
        view! {
            <Notice tone>
                <p>{told}</p>
                <p class="soft small" hidden=Signal::derive(move || since.with(String::is_empty))>
                    {since}
                </p>
                <If when=move || is_new.get() && app.is_coordinator()>
                    <Button
                        label=t(Key::AlertAcknowledge)
                        look=Look::Primary
                        sign=Sign::Check
                        on_press=move |()| follow.run(alerts::ACKNOWLEDGED.to_owned())
                        busy=task.busy()
                    />
                </If>
                <TroubleNotice trouble=task.trouble() />
            </Notice>
        }
        .into_any()
    });
    view! {
        {live(move || view! { <UrgencyTag urgency=urgency() /> }.into_any())}
        {standing}
        <If when=can_go_on>
            <NextStep status follow busy=task.busy() />
        </If>
        <WinterReminder answers standing=status />
    }
}

/// Since when it stands so, and who said it: towards volunteers the role, and never a name.
fn since(app: App, key: &RecordKey) -> Option<String> {
    let word = app.alert_word(key)?;
    let who = if app.is_coordinator() {
        names::person(app, word.device)
    } else {
        names::role(app, word.device)
    };
    Some(say(Key::AlertSince, &[("when", &moment(word.at)), ("who", &who)]))
}

/// Where an alert may go from here: chosen, then said.
#[component]
fn NextStep(
    status: Memo<String>,
    follow: Callback<String>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    let chosen = RwSignal::new(None::<String>);
    // What was chosen is no step any more once the alert stands elsewhere.
    Effect::new(move |_| {
        status.track();
        chosen.set(None);
    });
    let options = move || {
        let option = |code: &&str| Opt {
            code: (*code).to_owned(),
            label: names::code_in("alert", "status", code),
        };
        status.with(|status| alerts::next_steps(status).iter().map(option).collect::<Vec<_>>())
    };
    let title = words(move || {
        let is_closed = status.with(|status| alerts::is_closed(status));
        text(if is_closed { Key::AlertReopen } else { Key::AlertNext }).to_owned()
    });
    let save = move |()| {
        if let Some(code) = chosen.get_untracked() {
            follow.run(code);
        }
    };
    view! {
        <fieldset class="question">
            <legend class="question-words">{title}</legend>
            <ChoiceButtons
                options
                chosen
                on_choose=move |code: String| chosen.set(Some(code))
                shape=Shape::Wrap
            />
            <If when=move || chosen.with(Option::is_some)>
                <Button label=t(Key::WordSave) look=Look::Primary on_press=save busy />
            </If>
        </fieldset>
    }
}

/// How soon an alert needs somebody; nothing for one without a day and for one that is closed.
#[component]
pub(super) fn UrgencyTag(
    /// How soon.
    urgency: Urgency,
) -> impl IntoView {
    let key = match urgency {
        Urgency::Past => Key::AlertPast,
        Urgency::TwoDays => Key::AlertTwoDays,
        Urgency::Week => Key::AlertWeek,
        Urgency::Month => Key::AlertMonth,
        Urgency::Later => Key::AlertLater,
        Urgency::Undated | Urgency::Closed => return ().into_any(),
    };
    let look = if urgency <= Urgency::TwoDays { "care" } else { "" };
    view! {
        <span class="tag" data-look=look>
            <Icon sign=Sign::Attention />
            <span>{t(key)}</span>
        </span>
    }
    .into_any()
}

/// In winter, that the moratorium on evictions may apply. It says where to read on and decides nothing.
#[component]
pub(super) fn WinterReminder(
    /// The alert's answers.
    #[prop(into)]
    answers: Signal<Answers>,
    /// How it stands.
    #[prop(into)]
    standing: Signal<String>,
) -> impl IntoView {
    let told_of =
        |standing: &str, answers: &_| alerts::winter_reminder(standing, answers, device::today());
    let is_told =
        move || standing.with(|standing| answers.with(|answers| told_of(standing, answers)));
    view! {
        <If when=is_told>
            <Notice>
                <p>
                    <strong>{t(Key::AlertWinter)}</strong>
                    " "
                    <a href=HOUSING_SITE target="_blank" rel="noreferrer noopener">
                        "logement.brussels"
                    </a>
                </p>
                <p class="small">{t(Key::AlertWinterWhat)}</p>
            </Notice>
        </If>
    }
}
