//! A client over real HTTP: what it sends is what a phone sends.

use std::net::SocketAddr;
use std::time::Duration;

use domain::codec;
use domain::ids::{CampaignId, Epoch};
use domain::keys::DeviceKeys;
use domain::protocol::{
    CONTENT_TYPE, Challenge, Code, Nonce, Pull, Pulled, Push, PushItem, Receipt, Reply, SIGN_IN,
    Scope, SignIn, SignedIn,
};
use serde::{Serialize, de::DeserializeOwned};
use ureq::Agent;

/// One device's connection to a server.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    address: SocketAddr,
    cookie: Option<String>,
}

/// A response, whatever it is.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers, by lower-case name.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why a call gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The server's code; its status and sentence were checked.
    By(Code),
    /// No response, or none of the protocol's.
    Lost(String),
}

impl Client {
    /// A client that has not signed in.
    pub fn new(address: SocketAddr) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self { agent: config.into(), address, cookie: None }
    }

    /// The session's cookie, as a request carries it.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// The same client, with its cookie, for a server that now listens elsewhere.
    #[must_use]
    pub fn at(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Sends a request with these headers; the cookie goes along.
    ///
    /// # Errors
    /// When there is no response.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Response, ureq::Error> {
        let uri = format!("http://{}{path}", self.address);
        let mut request = ureq::http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.body(body).map_err(ureq::Error::from)?;
        let request =
            self.agent.configure_request(request).allow_non_standard_methods(true).build();
        let mut response = self.agent.run(request)?;
        let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Ok(Response {
            status: response.status().as_u16(),
            headers: response.headers().iter().map(header).collect(),
            body: response.body_mut().with_config().limit(1 << 26).read_to_vec()?,
        })
    }

    /// Makes a call of the protocol.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn call<T: Serialize, R: Serialize + DeserializeOwned>(
        &self,
        call: &str,
        request: &T,
    ) -> Result<Reply<R>, Refused> {
        let path = format!("/api/v1/{call}");
        let headers = [("content-type", CONTENT_TYPE)];
        let response = self.send("POST", &path, &headers, &codec::encode(1, request));
        let response = response.map_err(|error| Refused::Lost(error.to_string()))?;
        if response.status != 200 {
            return Err(Refused::By(response.code()));
        }
        assert_eq!(response.header("content-type"), Some(CONTENT_TYPE));
        Reply::from_bytes(&response.body).map_err(|error| Refused::Lost(error.to_string()))
    }

    /// Signs a device in and keeps the cookie.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn sign_in(
        &mut self,
        campaign: CampaignId,
        keys: &DeviceKeys,
    ) -> Result<SignedIn, Refused> {
        let device = keys.id();
        let challenge = Challenge { campaign, device };
        let nonce: Nonce = self.call("session/challenge", &challenge)?.answer;
        let signature = keys.sign(SIGN_IN, &[&campaign.0, &device.0, &nonce.0]);
        let sign_in = SignIn { campaign, device, nonce, signature };
        let headers = [("content-type", CONTENT_TYPE)];
        let response = self.send("POST", "/api/v1/session", &headers, &codec::encode(1, &sign_in));
        let response = response.map_err(|error| Refused::Lost(error.to_string()))?;
        if response.status != 200 {
            return Err(Refused::By(response.code()));
        }
        let cookie = response.header("set-cookie").expect("a sign-in sets a cookie");
        for attribute in ["__Host-sid=", "; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/"]
        {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        self.cookie = cookie.split(';').next().map(str::to_owned);
        let reply = Reply::from_bytes(&response.body);
        reply.map(|reply| reply.answer).map_err(|error| Refused::Lost(error.to_string()))
    }

    /// Pushes entries.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn push(&self, items: Vec<PushItem>) -> Result<Vec<Receipt>, Refused> {
        Ok(self.call("push", &Push { items })?.answer)
    }

    /// Pulls everything from the beginning, in pages, and checks what a device checks.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn pull_all(&self, scope: Scope) -> Result<Vec<domain::protocol::Delivered>, Refused> {
        let (mut entries, mut pull) =
            (Vec::new(), Pull { epoch: None, after: 0, chain: None, scope });
        loop {
            let Reply { epoch, answer } = self.call("pull", &pull)?;
            let Pulled::Page(page) = answer else { panic!("{answer:?}") };
            assert_eq!((page.after, page.scope), (pull.after, scope));
            entries.extend(page.entries);
            let (more, served) = (page.more, page.served);
            pull = Pull { epoch: Some(epoch), after: page.next, chain: Some(page.chain), scope };
            if !more {
                check_served(&entries, served, scope);
                return Ok(entries);
            }
        }
    }

    /// The server's history id.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn epoch(&self) -> Result<Epoch, Refused> {
        let pull = Pull { epoch: None, after: 0, chain: None, scope: Scope::Orders };
        Ok(self.call::<_, Pulled>("pull", &pull)?.epoch)
    }
}

fn check_served(
    entries: &[domain::protocol::Delivered],
    served: Option<domain::ledger::ServedDigest>,
    scope: Scope,
) {
    let got = entries.iter().fold(domain::ledger::ServedDigest::default(), |d, e| d.with(&e.id));
    assert_eq!(served, (scope == Scope::All).then_some(got));
}

impl Response {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The code of a refusal.
    ///
    /// # Panics
    /// When the body is not the JSON of a code, or the status or the sentence is not that code's.
    pub fn code(&self) -> Code {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.header("content-type"), Some("application/json"), "{text}");
        let json: serde_json::Value = serde_json::from_slice(&self.body).expect("JSON");
        let word = json["code"].as_str().expect("a refusal has a code");
        let code = Code::parse(word).expect("a known code");
        let expected = serde_json::json!({ "code": word, "message": code.sentence() });
        assert_eq!((self.status, json), (code.status(), expected));
        code
    }
}
