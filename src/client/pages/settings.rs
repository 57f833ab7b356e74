//! Language, appearance, what the browser promises, what the server sees.

use leptos::prelude::*;

use super::campaign_settings::CampaignSettingsForm;
use super::devices::role_label;
use super::files::{BackUp, HandOver};
use super::language::{LANGUAGES, apply_language, choose_language};
use super::names;
use super::offline::OfflineLine;
use super::training::TrainingSettings;
use crate::i18n::{Key, language, say, t, text};
use crate::state::{App, Phase, device};
use crate::ui::{Button, ChoiceButtons, If, Opt, Page, Shape, words};

const THEME: &str = "theme";
const AUTO: &str = "auto";

/// Takes over what was settled on this device before: called once, when the app starts.
pub fn apply_preferences() {
    apply_language();
    show_theme(&device::preference(THEME).unwrap_or_else(|| AUTO.to_owned()));
}

fn show_theme(theme: &str) {
    device::set_root_attribute("data-theme", theme);
}

/// All of it on one page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let app: App = expect_context();
    view! {
        <Page title=t(Key::SettingsTitle)>
            <LanguageChoice />
            <ThemeChoice />
            <section>
                <h2>{t(Key::SettingsOffline)}</h2>
                <OfflineLine />
            </section>
            <TrainingSettings />
            <If when=move || !app.is_training()>
                <OfCampaign />
            </If>
        </Page>
    }
}

/// What a campaign's notebook has beside: how it is kept, what leaves it, whose it is.
#[component]
fn OfCampaign() -> impl IntoView {
    let app: App = expect_context();
    let ready = move || app.phase() == Phase::Ready;
    view! {
        <Keeping />
        <If when=move || app.is_coordinator()>
            <CampaignSettingsForm />
        </If>
        <If when=ready>
            <BackUp />
            <HandOver />
        </If>
        <section class="flow">
            <h2>{t(Key::SettingsPrivacy)}</h2>
            <p>{t(Key::SettingsSees)}</p>
            <p>{t(Key::SettingsSeesNot)}</p>
            <p>{t(Key::SettingsSeesPhone)}</p>
        </section>
        <ThisDevice />
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let options = || {
        let option = |(code, label): (&str, &str)| Opt { code: code.into(), label: label.into() };
        LANGUAGES.map(option).to_vec()
    };
    view! {
        <fieldset class="flow">
            <legend><h2>{t(Key::SettingsLanguage)}</h2></legend>
            <ChoiceButtons
                options
                chosen=move || Some(language().tag().to_owned())
                on_choose=|tag: String| choose_language(&tag)
                shape=Shape::Wrap
            />
        </fieldset>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = RwSignal::new(device::preference(THEME).unwrap_or_else(|| AUTO.to_owned()));
    let options = || {
        let themes = [
            (AUTO, Key::SettingsThemeAuto),
            ("light", Key::SettingsThemeLight),
            ("dark", Key::SettingsThemeDark),
        ];
        themes.map(|(code, key)| Opt { code: code.into(), label: text(key).into() }).to_vec()
    };
    let choose = move |chosen: String| {
        show_theme(&chosen);
        device::set_preference(THEME, &chosen);
        theme.set(chosen);
    };
    view! {
        <fieldset class="flow">
            <legend><h2>{t(Key::SettingsTheme)}</h2></legend>
            <ChoiceButtons
                options
                chosen=move || Some(theme.get())
                on_choose=choose
                shape=Shape::Wrap
            />
        </fieldset>
    }
}

/// Whether the browser promised to keep what is stored, in its own answer.
#[component]
fn Keeping() -> impl IntoView {
    let promised: RwSignal<Option<bool>> = RwSignal::new(None);
    let look = move |ask: bool| {
        leptos::task::spawn_local(async move {
            let answer =
                if ask { device::ask_to_persist().await } else { device::persisted().await };
            // The page may be gone by now.
            let _ = promised.try_set(answer);
        });
    };
    look(false);
    let space: RwSignal<Option<device::Space>> = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let _ = space.try_set(device::space().await);
    });
    let estimate = words(move || match space.get() {
        Some(space) => {
            let (used, left) = (size(space.used), size(space.left));
            say(Key::SettingsSpace, &[("used", &used), ("left", &left)])
        }
        None => String::new(),
    });
    let answer = words(move || {
        let key = match promised.get() {
            Some(true) => Key::SettingsStorageYes,
            Some(false) => Key::SettingsStorageNo,
            None => Key::SettingsStorageUnknown,
        };
        text(key).to_owned()
    });
    view! {
        <section class="flow">
            <h2>{t(Key::SettingsStorage)}</h2>
            <p role="status">{answer}</p>
            <p class="soft small">{estimate}</p>
            <If when=move || promised.get() == Some(false)>
                <Button label=t(Key::SettingsStorageAsk) on_press=move |()| look(true) />
            </If>
        </section>
    }
}

/// Whole megabytes, at least one for what is not nothing; from ten thousand on gigabytes.
fn size(bytes: u64) -> String {
    let megabytes = bytes.div_ceil(1_000_000);
    let (number, unit) = match megabytes {
        0..10_000 => (megabytes, Key::SettingsMegabytes),
        _ => ((megabytes + 500) / 1_000, Key::SettingsGigabytes),
    };
    say(unit, &[("n", &number.to_string())])
}

#[component]
fn ThisDevice() -> impl IntoView {
    let app: App = expect_context();
    let short = words(move || {
        let device = app.device().map(|device| device.to_string()).unwrap_or_default();
        device.get(..8).unwrap_or_default().to_owned()
    });
    let role =
        words(move || app.read(|notebook| notebook.role()).map_or("", role_label).to_owned());
    view! {
        <section class="flow">
            <h2>{t(Key::SettingsDevice)}</h2>
            <dl class="facts">
                <dt>{t(Key::SettingsCampaign)}</dt>
                <dd>{words(move || names::campaign(app))}</dd>
                <dt>{t(Key::SettingsRole)}</dt>
                <dd>{role}</dd>
                <dt>{t(Key::SettingsDeviceId)}</dt>
                <dd><code>{short}</code></dd>
                <dt>{t(Key::SettingsVersion)}</dt>
                <dd>{env!("CARGO_PKG_VERSION")}</dd>
            </dl>
        </section>
    }
}
