//! The page's one thread, which taps and painting need too.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::clock;

/// Lets the browser do what waits, and goes on at once where nothing does.
///
/// A message to oneself, not a timer: browsers hold timers that follow each other back by 4 ms each, and by a
/// second in a hidden page.
pub async fn give_way() {
    let Ok(channel) = MessageChannel::new() else { return clock::sleep(0).await };
    let port = channel.port1();
    let heard = Promise::new(&mut |heard, _| port.set_onmessage(Some(&heard)));
    match channel.port2().post_message(&JsValue::NULL) {
        Ok(()) => drop(JsFuture::from(heard).await),
        Err(_) => clock::sleep(0).await,
    }
    port.close();
}
