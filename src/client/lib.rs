//! The field notebook in the browser.
//!
//! It promises to work without a network from its second start on, and to replace itself by a newer
//! version only when a person asks. Only `browser` knows the browser.

pub mod app;
pub mod browser;
pub mod i18n;
pub mod pages;
pub mod routes;
pub mod state;
pub mod sync;
pub mod ui;
pub mod vault;

/// Starts the app on the page: first what catches a breakdown, then what can break down.
pub fn start() {
    browser::panic::install_hook();
    leptos::mount::mount_to_body(app::App);
}
