//! The session's cookie. No script can read it; no other site's request carries it.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::protocol::Code;

use crate::clock::DAY;
use crate::service::SESSION_DAYS;

/// The prefix binds it to this host, to https (or the loopback) and to the path `/`.
const NAME: &str = "__Host-sid";

/// The header that hands a token out.
pub(super) fn hand_out(token: &[u8; 32]) -> Result<HeaderValue, Code> {
    let text: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    let seconds = SESSION_DAYS * DAY / 1000;
    let cookie =
        format!("{NAME}={text}; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age={seconds}");
    HeaderValue::from_str(&cookie).map_err(|_| Code::Internal)
}

/// The token that a request shows.
pub(super) fn token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == NAME).then_some(value)
    });
    // A session's token and an entry's id are both 32 bytes in hexadecimal.
    pairs.next()?.parse::<domain::ids::EntryId>().ok().map(|token| token.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_out_is_read_back() {
        let cookie = hand_out(&[0xa7; 32]).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("other=1; {pair}").parse().unwrap());
        assert_eq!(token(&headers), Some([0xa7; 32]));
        headers.insert(header::COOKIE, "__Host-sid=zz".parse().unwrap());
        assert_eq!(token(&headers), None);
        headers.insert(header::COOKIE, "x__Host-sid=a7".parse().unwrap());
        assert_eq!(token(&headers), None);
    }
}
