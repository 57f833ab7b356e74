//! The page's side of `public/sw.js`, which keeps the app on the device.
//!
//! It promises: "ready" is said only after the worker has answered that every file of its version is
//! stored; a newer version takes over only when the person asked on this page, and a page that did
//! not ask is never reloaded, whatever other pages do.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, MessageChannel, MessageEvent, RegistrationOptions, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerState, ServiceWorkerUpdateViaCache, VisibilityState,
};

const SCRIPT: &str = "/sw.js";
/// Between two questions to the server whether there is a newer version.
const ASK_EVERY_MS: f64 = 3_600_000.0;

/// Whether the app can start without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// Not yet: files are being stored.
    Preparing,
    /// Every file of this version is stored on the device.
    Ready,
    /// Not in this browser, or the files could not be stored.
    Unavailable,
}

/// What the app knows of its service worker; lives as long as the app.
#[derive(Clone, Copy)]
pub struct ServiceWorker {
    offline: RwSignal<Offline>,
    update_waits: RwSignal<bool>,
    applying: StoredValue<bool>,
    registration: StoredValue<Option<ServiceWorkerRegistration>, LocalStorage>,
    asked_at: StoredValue<f64>,
}

impl ServiceWorker {
    /// Whether the app can start without a network.
    pub fn offline(&self) -> Offline {
        self.offline.get()
    }

    /// Whether a newer version is stored and waits for the person's word.
    pub fn update_waits(&self) -> bool {
        self.update_waits.get()
    }

    /// Puts the newer version in place and reloads this page. Only ever called on a tap.
    pub fn apply_update(&self) {
        self.applying.set_value(true);
        let waiting = self.registration.with_value(|found| found.as_ref()?.waiting());
        match waiting {
            Some(worker) if worker.post_message(&JsValue::from_str("skip-waiting")).is_ok() => {}
            // Another page has applied it already: this one only has to load it.
            _ => reload(),
        }
    }

    fn watch(self, registration: &ServiceWorkerRegistration, container: &ServiceWorkerContainer) {
        self.registration.set_value(Some(registration.clone()));
        self.look(registration, container);
        let (found, container) = (registration.clone(), container.clone());
        listen(registration, "updatefound", move || {
            let Some(installing) = found.installing() else { return };
            let (found, container, watched) =
                (found.clone(), container.clone(), installing.clone());
            listen(&installing, "statechange", move || {
                if watched.state() == ServiceWorkerState::Installed {
                    self.look(&found, &container);
                }
            });
        });
    }

    /// A worker that waits while no other controls the page is the first: no update to speak of.
    fn look(self, registration: &ServiceWorkerRegistration, container: &ServiceWorkerContainer) {
        if registration.waiting().is_some() && container.controller().is_some() {
            self.update_waits.set(true);
        }
    }

    fn watch_control(self, container: &ServiceWorkerContainer) {
        let had_controller = StoredValue::new(container.controller().is_some());
        listen(container, "controllerchange", move || {
            if self.applying.get_value() {
                reload();
            } else if had_controller.get_value() {
                self.update_waits.set(true);
            }
            had_controller.set_value(true);
        });
    }

    /// Installed apps stay open for weeks; without a question they would never hear of an update.
    fn ask_when_shown(self) {
        let document = document();
        let shown = document.clone();
        listen(&document, "visibilitychange", move || {
            let now = js_sys::Date::now();
            let waited = (now - self.asked_at.get_value()).abs() >= ASK_EVERY_MS;
            if shown.visibility_state() != VisibilityState::Visible || !waited {
                return;
            }
            self.asked_at.set_value(now);
            self.registration.with_value(|found| {
                if let Some(Ok(asked)) = found.as_ref().map(ServiceWorkerRegistration::update) {
                    // Without a network the question fails, and is asked again in an hour.
                    spawn_local(async move { drop(JsFuture::from(asked).await) });
                }
            });
        });
    }

    async fn register(self, container: ServiceWorkerContainer) -> Result<(), JsValue> {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = container.register_with_options(SCRIPT, &options);
        let registration: ServiceWorkerRegistration = match JsFuture::from(registered).await {
            Ok(registration) => registration.unchecked_into(),
            // Without a network the file cannot be compared; an earlier registration still serves.
            Err(error) if container.controller().is_none() => return Err(error),
            Err(_) => JsFuture::from(container.get_registration()).await?.dyn_into()?,
        };
        self.watch(&registration, &container);

        let ready: ServiceWorkerRegistration =
            JsFuture::from(container.ready()?).await?.unchecked_into();
        let stored = is_complete(&ready).await?;
        self.offline.set(if stored { Offline::Ready } else { Offline::Unavailable });
        Ok(())
    }
}

/// Registers the worker and watches it.
pub fn start() -> ServiceWorker {
    let worker = ServiceWorker {
        offline: RwSignal::new(Offline::Preparing),
        update_waits: RwSignal::new(false),
        applying: StoredValue::new(false),
        registration: StoredValue::new_local(None),
        asked_at: StoredValue::new(0.0),
    };
    let Some(container) = container() else {
        worker.offline.set(Offline::Unavailable);
        return worker;
    };
    worker.watch_control(&container);
    worker.ask_when_shown();
    spawn_local(async move {
        if worker.register(container).await.is_err() {
            worker.offline.set(Offline::Unavailable);
        }
    });
    worker
}

/// Absent in some private windows, and at addresses without https.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let has = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    has.unwrap_or(false).then(|| navigator.service_worker())
}

/// Asks the worker whether every file of its version is stored; it stores what is missing first.
async fn is_complete(registration: &ServiceWorkerRegistration) -> Result<bool, JsValue> {
    let worker = registration.active().ok_or(JsValue::NULL)?;
    let channel = MessageChannel::new()?;
    let ports = js_sys::Array::of1(&channel.port2());
    let answer =
        js_sys::Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    worker.post_message_with_transferable(&JsValue::from_str("complete"), &ports)?;
    let event: MessageEvent = JsFuture::from(answer).await?.unchecked_into();
    Ok(event.data().as_bool().unwrap_or(false))
}

fn reload() {
    // Fails only while the page is being left, and then nothing is lost.
    let _ = window().location().reload();
}

/// For as long as the app runs: the closure is never dropped.
fn listen(target: &EventTarget, event: &str, handler: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(handler);
    let function = closure.as_ref().unchecked_ref();
    if target.add_event_listener_with_callback(event, function).is_ok() {
        closure.forget();
    }
}
