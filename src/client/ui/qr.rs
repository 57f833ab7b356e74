//! A QR code as a drawing.

use leptos::prelude::*;
use qrcodegen::{QrCode as Code, QrCodeEcc};

/// White modules around the code, as readers want them.
const QUIET: i32 = 4;

/// A QR code: dark on white in both themes, since readers expect that.
#[component]
pub fn QrCode(
    /// What it holds.
    #[prop(into)]
    content: String,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let code = Code::encode_text(&content, QrCodeEcc::Medium).ok()?;
    let size = code.size() + 2 * QUIET;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label>
            <path class="qr-ground" d=format!("M0 0h{size}v{size}H0z") />
            <path class="qr-dark" d=dark_modules(&code) />
        </svg>
    })
}

fn dark_modules(code: &Code) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_dark_module_is_drawn_inside_the_quiet_zone() {
        let code = Code::encode_text("https://perron.example/join#abc", QrCodeEcc::Medium).unwrap();
        let path = dark_modules(&code);
        let dark = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .count();
        assert_eq!(path.matches('M').count(), dark);
        assert!(path.starts_with("M4 4h1"), "the first finder pattern begins in the corner");
    }
}
