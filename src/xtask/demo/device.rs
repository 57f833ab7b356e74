//! A member's device without a browser: the phones' own notebook, its rows in a file, over HTTP.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use domain::bundle::MAX_BUNDLE;
use domain::campaign::{self, Enrolment, Guest};
use domain::codec;
use domain::ids::EntryId;
use domain::keys::{DeviceKeys, InviteLink};
use domain::notebook::{Backup, EntryRow, Identity, Notebook, Row, Table, Verdict, Writes};
use domain::protocol::{
    CONTENT_TYPE, Challenge, Enrol, Enrolled, MAX_REQUEST, Nonce, Outcome, Pulled, Push, PushItem,
    Receipt, Reply, SIGN_IN, Scope, SignIn, SignedIn,
};
use domain::roster::{Line, Role};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use serde::{Serialize, de::DeserializeOwned};

type RowKey = (Table, Vec<u8>);
type Rows = BTreeMap<RowKey, Vec<u8>>;

/// A device and its way to the server.
pub(crate) struct Device {
    origin: String,
    agent: ureq::Agent,
    cookie: Option<String>,
    /// The notebook.
    pub(crate) notebook: Notebook,
    rows: Rows,
    file: Option<PathBuf>,
}

/// The system's random bytes.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Milliseconds since 1970.
pub(crate) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

impl Device {
    /// A device that begins; with a file its rows outlive this process.
    pub(crate) fn begin(
        origin: &str,
        identity: Identity,
        line: Line,
        file: Option<PathBuf>,
    ) -> Result<Self> {
        let (notebook, writes) = Notebook::begin(identity, line);
        let mut device = Self::with(origin, notebook, Rows::new(), file);
        device.store(writes)?;
        Ok(device)
    }

    /// The device whose rows are in this file; none when there is no such file.
    pub(crate) fn load(origin: &str, file: PathBuf) -> Result<Option<Self>> {
        let Ok(bytes) = std::fs::read(&file) else { return Ok(None) };
        let stored: Vec<(RowKey, Vec<u8>)> = codec::decode(1, &bytes)
            .with_context(|| format!("{} is damaged: remove its folder", file.display()))?;
        let row = |((table, key), value): &(RowKey, Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        let rows: Vec<Row> = stored.iter().map(row).collect();
        let notebook = Notebook::load(&rows)
            .with_context(|| format!("{} is damaged: remove its folder", file.display()))?;
        let mut device = Self::with(origin, notebook, stored.into_iter().collect(), Some(file));
        let unread = device.notebook.unread_entries().into_iter();
        let unread = unread.filter_map(|id| Some((id, device.row(&id)?))).collect();
        let writes = device.notebook.read_again(&unread, now());
        device.store(writes)?;
        Ok(Some(device))
    }

    /// Enrols a new device by an invitation.
    pub(crate) fn join(origin: &str, fragment: &str) -> Result<Self> {
        let link = InviteLink::from_fragment(fragment)?;
        let keys = DeviceKeys::generate(&mut rng());
        let public = keys.public();
        let request = Enrol {
            campaign: link.campaign,
            invite: link.invite,
            token: link.secret.token(),
            keys: public,
            proof: link.secret.proof(&public),
        };
        let (reply, _) = post::<_, Enrolled>(&agent(), origin, "enrol", &request, None)?;
        let line = Line::read(reply.answer.roster.iter().map(Vec::as_slice))?;
        let network = link.secret.open_network(&reply.answer.network)?;
        let identity = Identity { keys, member: link.member(), role: link.role, network };
        Self::begin(origin, identity, line, None)
    }

    /// Does something with the notebook and keeps its rows.
    pub(crate) fn act<E: Into<anyhow::Error>>(
        &mut self,
        operation: impl FnOnce(&mut Notebook) -> Result<Writes, E>,
    ) -> Result<()> {
        let writes = operation(&mut self.notebook).map_err(Into::into)?;
        self.store(writes)
    }

    /// Opens an invitation and gives the fragment of its link.
    pub(crate) fn invite(&mut self, role: Role, name: &str) -> Result<String> {
        let guest = Guest { role, name: name.to_owned(), member: None };
        let (line, ring) = (self.notebook.line(), self.notebook.ring());
        let (open, link) = campaign::invite(line, ring, guest, &mut rng())?;
        self.call::<_, ()>("invites", &open)?;
        Ok(link.to_fragment())
    }

    /// Confirms every phone that waits; each is checked against its invitation.
    pub(crate) fn confirm_waiting(&mut self) -> Result<()> {
        for enrolment in self.call::<_, Vec<Enrolment>>("enrolments", &())?.answer {
            let (line, ring) = (self.notebook.line(), self.notebook.ring());
            let Ok((bytes, terms)) = campaign::confirm(line, ring, &enrolment, &mut rng()) else {
                continue;
            };
            let id = EntryId::of(&bytes);
            let items = vec![PushItem { bytes, wraps: Vec::new() }];
            let receipts = self.call::<_, Vec<Receipt>>("push", &Push { items })?.answer;
            let accepted = |r: &Receipt| r.id == id && r.outcome.received();
            if !receipts.iter().any(accepted) {
                bail!("The server did not take a confirmation: {receipts:?}");
            }
            super::campaign::name_member(self, &terms)?;
            self.sync()?;
        }
        Ok(())
    }

    /// Pulls, pushes and pulls until both sides have everything, and does a coordinator's duties.
    pub(crate) fn sync(&mut self) -> Result<()> {
        self.pull(Scope::Orders)?;
        self.push()?;
        self.pull(Scope::All)?;
        let listed = self.notebook.keep_listing(now(), &mut rng());
        self.store(listed)?;
        let due = self.notebook.grants_due();
        let rows = due.iter().filter_map(|(id, _)| Some((*id, self.row(id)?))).collect();
        let grants = self.notebook.grant(&due, &rows, &mut rng());
        self.store(grants)?;
        self.push()
    }

    /// Everything of it, as a phone copies itself.
    pub(crate) fn backup(&self) -> Backup {
        let row = |((table, key), value): (&RowKey, &Vec<u8>)| Row {
            table: *table,
            key: key.clone(),
            value: value.clone(),
        };
        Backup { made_at: now(), rows: self.rows.iter().map(row).collect() }
    }

    fn push(&mut self) -> Result<()> {
        let packed = self.notebook.pack(&mut rng());
        self.store(packed)?;
        if let Some(why) = self.notebook.stuck().values().next() {
            bail!("A change of the demo cannot be sent: {}", why.code());
        }
        let ids = self.notebook.pending();
        for ids in ids.chunks(MAX_REQUEST / (MAX_BUNDLE + 1024)) {
            let items = ids.iter().map(|id| self.item(id)).collect::<Result<Vec<_>>>()?;
            let (ticket, writes) = self.notebook.mark_sent(ids);
            self.store(writes)?;
            let reply = self.call::<_, Vec<Receipt>>("push", &Push { items })?;
            if let Some(refused) =
                reply.answer.iter().find(|r| matches!(r.outcome, Outcome::Refused(_)))
            {
                bail!("The server refused an entry of the demo: {refused:?}");
            }
            let (_, writes) = self.notebook.take_receipts(ticket, ids, &reply);
            self.store(writes)?;
        }
        Ok(())
    }

    fn pull(&mut self, scope: Scope) -> Result<()> {
        // A confirmation begins again once; a demo page never needs more rounds than this.
        for _ in 0..1000 {
            let request = self.notebook.sync_state().pull(scope);
            let waiting = self.notebook.waiting_entries();
            let waiting = waiting.into_iter().filter_map(|id| Some((id, self.row(&id)?))).collect();
            let reply = self.call::<_, Pulled>("pull", &request)?;
            let incoming = self.notebook.take_page(&request, &reply, &waiting, now());
            self.store(incoming.writes)?;
            match incoming.verdict {
                Verdict::Applied { more: false } if scope == Scope::Orders => return Ok(()),
                Verdict::Applied { more: false } if request.after > 0 || reply_is_empty(&reply) => {
                    return Ok(());
                }
                Verdict::Ignored => bail!("The server contradicts itself"),
                _ => {}
            }
        }
        bail!("The demo's sync does not come to an end")
    }

    fn call<Q: Serialize, A: Serialize + DeserializeOwned>(
        &mut self,
        name: &str,
        request: &Q,
    ) -> Result<Reply<A>> {
        if self.cookie.is_none() {
            self.sign_in()?;
        }
        Ok(post(&self.agent, &self.origin, name, request, self.cookie.as_deref())?.0)
    }

    fn sign_in(&mut self) -> Result<()> {
        let keys = self.notebook.ring().device().clone();
        let (campaign, device) = (self.notebook.line().campaign(), keys.id());
        let challenge = Challenge { campaign, device };
        let (reply, _) =
            post::<_, Nonce>(&self.agent, &self.origin, "session/challenge", &challenge, None)?;
        let nonce = reply.answer;
        let signature = keys.sign(SIGN_IN, &[&campaign.0, &device.0, &nonce.0]);
        let request = SignIn { campaign, device, nonce, signature };
        let (_, cookie) =
            post::<_, SignedIn>(&self.agent, &self.origin, "session", &request, None)?;
        self.cookie = Some(cookie.context("The server gave no session")?);
        Ok(())
    }

    fn item(&self, id: &EntryId) -> Result<PushItem> {
        let row = self.row(id).context("An entry to send is not stored")?;
        Ok(PushItem { bytes: row.bytes, wraps: row.wraps })
    }

    fn row(&self, id: &EntryId) -> Option<EntryRow> {
        codec::decode(1, self.rows.get(&(Table::Entries, id.0.to_vec()))?).ok()
    }

    fn with(origin: &str, notebook: Notebook, rows: Rows, file: Option<PathBuf>) -> Self {
        Self { origin: origin.to_owned(), agent: agent(), cookie: None, notebook, rows, file }
    }

    fn store(&mut self, writes: Writes) -> Result<()> {
        for (table, key, value) in writes.0 {
            match value {
                Some(value) => self.rows.insert((table, key), value),
                None => self.rows.remove(&(table, key)),
            };
        }
        let Some(file) = &self.file else { return Ok(()) };
        let rows: Vec<_> = self.rows.iter().collect();
        let next = file.with_extension("next");
        std::fs::write(&next, codec::encode(1, &rows))
            .and_then(|()| std::fs::rename(&next, file))
            .with_context(|| format!("{} cannot be written", file.display()))
    }
}

fn reply_is_empty(reply: &Reply<Pulled>) -> bool {
    matches!(&reply.answer, Pulled::Page(page) if page.entries.is_empty())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// Makes one call; the session's cookie, where the answer sets one.
pub(crate) fn post<Q: Serialize, A: Serialize + DeserializeOwned>(
    agent: &ureq::Agent,
    origin: &str,
    name: &str,
    request: &Q,
    cookie: Option<&str>,
) -> Result<(Reply<A>, Option<String>)> {
    let mut call = agent.post(format!("{origin}/api/v1/{name}")).content_type(CONTENT_TYPE);
    if let Some(cookie) = cookie {
        call = call.header("cookie", cookie);
    }
    let mut answer = call
        .send(&codec::encode(1, request)[..])
        .map_err(|error| anyhow!("The server does not answer {name}: {error}"))?;
    let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok());
    let cookie = cookie.and_then(|value| value.split(';').next()).map(str::to_owned);
    let status = answer.status();
    let body = answer.body_mut().read_to_vec().context("The answer was cut")?;
    if !status.is_success() {
        bail!("The server refused {name}: {status} {}", String::from_utf8_lossy(&body));
    }
    Ok((Reply::from_bytes(&body)?, cookie))
}

/// Makes one call without a session.
pub(crate) fn post_open<Q: Serialize>(origin: &str, name: &str, request: &Q) -> Result<()> {
    post::<_, ()>(&agent(), origin, name, request, None).map(|_| ())
}
