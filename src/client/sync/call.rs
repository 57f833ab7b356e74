//! One call, judged: an answer of this protocol, or a fault that says what is wrong.

use domain::codec;
use domain::protocol::{CONTENT_TYPE, Code, NotAReply, Reply};
use domain::replica::Stuck;
use serde::{Serialize, de::DeserializeOwned};

use crate::browser::clock;
use crate::browser::http::{self, NoAnswer};
use crate::vault::StoreError;

/// The way to a server.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wire;

/// Why a step of a sync did not happen. Nothing is lost by any of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing answered.
    #[error("no answer")]
    NoAnswer,
    /// Something answered that is not a Perron server: a captive portal's page, a proxy.
    #[error("something else answered")]
    NotPerron,
    /// The server refused, with this code.
    #[error("refused: {0}")]
    Refused(String),
    /// The device's own store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something noted here cannot be sent; all else was.
    #[error("a change cannot be sent: {}", .0.code())]
    Stuck(Stuck),
    /// The server's roster left out something that this device holds: coordinators' devices mend that.
    #[error("the server's roster left something out")]
    Forked,
    /// The server contradicts itself again and again.
    #[error("the server contradicts itself")]
    Inconsistent,
}

impl Fault {
    /// A stable word for locale files.
    pub fn code(&self) -> &str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::NotPerron => "not_perron",
            Self::Refused(code) => code,
            Self::Store(StoreError::Vault(crate::vault::VaultError::Full)) => "full",
            Self::Store(_) => "store",
            Self::Stuck(why) => why.code(),
            Self::Forked => "roster_fork",
            Self::Inconsistent => "inconsistent",
        }
    }
}

/// Makes one call under `/api/v1/`.
///
/// # Errors
/// [`Fault::NoAnswer`], [`Fault::NotPerron`], [`Fault::Refused`].
pub async fn call<Q, A>(_wire: Wire, name: &str, request: &Q) -> Result<Reply<A>, Fault>
where
    Q: Serialize,
    A: Serialize + DeserializeOwned,
{
    let body = codec::encode(1, request);
    let answer = http::post(&format!("/api/v1/{name}"), CONTENT_TYPE, &body)
        .await
        .map_err(|NoAnswer| Fault::NoAnswer)?;
    if answer.status == 200 && answer.content_type == CONTENT_TYPE {
        // Only a server of this protocol is believed, also about the time.
        if let Some(date) = &answer.date {
            clock::compare(date);
        }
        return Reply::from_bytes(&answer.body).map_err(|fault| match fault {
            NotAReply::Foreign => Fault::NotPerron,
            NotAReply::Newer => Fault::Refused(Code::AppTooOld.as_str().to_owned()),
        });
    }
    Err(refusal(&answer.content_type, &answer.body).map_or(Fault::NotPerron, Fault::Refused))
}

/// The code of `{"code": "…", "message": "…"}`.
fn refusal(content_type: &str, body: &[u8]) -> Option<String> {
    if content_type != "application/json" {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    let rest = text.split_once("\"code\"")?.1.trim_start().strip_prefix(':')?.trim_start();
    let code = rest.strip_prefix('"')?.split_once('"')?.0;
    let word = code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    (word && !code.is_empty()).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::refusal;

    #[wasm_bindgen_test]
    fn only_the_protocols_refusals_are_refusals() {
        let json = br#"{ "code": "invite_used", "message": "This \"invitation\"." }"#;
        assert_eq!(refusal("application/json", json).as_deref(), Some("invite_used"));
        assert_eq!(refusal("text/html", json), None);
        assert_eq!(refusal("application/json", br#"{"error":"blocked"}"#), None);
        assert_eq!(refusal("application/json", br#"{"code":"<b>"}"#), None);
    }
}
