//! The shell: the paths of the app, and what it says about itself.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::browser::service_worker::{self, Offline, ServiceWorker};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_context(service_worker::start());

    view! {
        <Router>
            <UpdateNotice />
            <main>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Home />
                </Routes>
            </main>
        </Router>
    }
}

#[component]
fn Home() -> impl IntoView {
    let worker: ServiceWorker = expect_context();
    let sentence = move || match worker.offline() {
        Offline::Preparing => "Perron se prépare à fonctionner sans réseau…",
        Offline::Ready => "Prêt sans réseau.",
        Offline::Unavailable => "Ce navigateur ne permet pas d’ouvrir Perron sans réseau.",
    };

    view! {
        <h1>"Perron"</h1>
        <p>"Carnet de terrain de l’hébergement citoyen"</p>
        <p role="status">{sentence}</p>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <h1>"Page introuvable"</h1>
        <p><a href="/">"Retour à l’accueil"</a></p>
    }
}

/// Offers a newer version; nothing happens until the person taps.
#[component]
fn UpdateNotice() -> impl IntoView {
    let worker: ServiceWorker = expect_context();

    view! {
        <Show when=move || worker.update_waits()>
            <aside class="update" aria-label="Mise à jour">
                <p>"Une nouvelle version de Perron est prête."</p>
                <button type="button" on:click=move |_| worker.apply_update()>
                    "Mettre à jour"
                </button>
            </aside>
        </Show>
    }
}
