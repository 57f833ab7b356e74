//! What happens when the program breaks down: `boot.js` covers the page, says so and reloads.
//!
//! Only a place in the source leaves the program, never the panic's message: that may hold what a
//! person typed.

use std::panic::{self, PanicHookInfo};

use wasm_bindgen::{JsCast, JsValue};

/// The function that `public/boot.js` defines.
const FROZE: &str = "perronFroze";

/// Hands every panic from now on to `boot.js`.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| tell(&place(info))));
}

fn place(info: &PanicHookInfo<'_>) -> String {
    info.location().map_or_else(|| "?".to_owned(), |at| short(at.file(), at.line()))
}

/// The last two parts of the path say where, in a code that can be read out on the telephone.
fn short(file: &str, line: u32) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let tail = &parts[parts.len().saturating_sub(2)..];
    format!("{}:{line}", tail.join("/"))
}

fn tell(place: &str) {
    let hook = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(FROZE));
    if let Some(hook) = hook.ok().and_then(|hook| hook.dyn_into::<js_sys::Function>().ok()) {
        // Nobody is left to hear of a second failure.
        let _ = hook.call1(&JsValue::NULL, &JsValue::from_str(place));
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::{FROZE, short, tell};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn a_place_is_short_and_names_no_folder_of_the_builder() {
        assert_eq!(short("/home/somebody/perron/src/client/app.rs", 12), "client/app.rs:12");
        assert_eq!(short("app.rs", 3), "app.rs:3");
    }

    #[wasm_bindgen_test]
    fn the_page_is_told_the_place() {
        let heard = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
        let ear = heard.clone();
        let hook = Closure::<dyn FnMut(String)>::new(move |place| *ear.borrow_mut() = place);
        let name = JsValue::from_str(FROZE);
        js_sys::Reflect::set(&js_sys::global(), &name, hook.as_ref().unchecked_ref())
            .expect("the global object takes properties");
        tell("client/app.rs:12");
        assert_eq!(*heard.borrow(), "client/app.rs:12");
    }

    #[wasm_bindgen_test]
    fn a_page_without_the_hook_is_left_alone() {
        let name = JsValue::from_str(FROZE);
        js_sys::Reflect::set(&js_sys::global(), &name, &JsValue::UNDEFINED)
            .expect("the global object takes properties");
        tell("client/app.rs:12");
    }
}
