//! The production server's service functions over a ledger in memory.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use domain::campaign::Enrolment;
use domain::ids::{CampaignId, DeviceId, EntryId, Epoch};
use domain::protocol::{
    Code, Delivered, Enrol, EnrolAgain, Found, OpenInvite, Pull, Pulled, Push, Receipt, Reply,
};
use domain::roster::Line;
use server::ledger::memory::{MemoryLedger, Snapshot};
use server::ledger::{Entries, Held};
use server::service::{Caller, Service};

use super::pages::SmallPages;

/// The server and its backups.
pub(super) struct Server {
    service: Service<SmallPages>,
    campaign: CampaignId,
    backups: Vec<Snapshot>,
}

impl Server {
    /// A server on which this roster was founded.
    pub(super) fn found(line: &Line, page: usize, now: u64) -> Self {
        let inner = Arc::new(MemoryLedger::new(Epoch([1; 16])));
        let service = Service::new(SmallPages { inner, entries: page });
        let set_up = [9; 16];
        now_or_never(service.offer_set_up(&set_up)).expect("a new server offers a set-up");
        let roster = line.entries().map(<[u8]>::to_vec).collect();
        now_or_never(service.found(&Found { set_up, roster }, now)).expect("a roster is founded");
        Self { service, campaign: line.campaign(), backups: Vec::new() }
    }

    pub(super) fn pull(&self, device: DeviceId, pull: &Pull) -> Result<Reply<Pulled>, Code> {
        now_or_never(self.service.pull(&self.caller(device), pull)).map(|pulled| self.reply(pulled))
    }

    pub(super) fn push(
        &self,
        device: DeviceId,
        push: &Push,
        now: u64,
    ) -> Result<Reply<Vec<Receipt>>, Code> {
        let receipts = now_or_never(self.service.push(&self.caller(device), push, now));
        receipts.map(|receipts| self.reply(receipts))
    }

    pub(super) fn have(
        &self,
        device: DeviceId,
        ids: &[EntryId],
    ) -> Result<Reply<Vec<EntryId>>, Code> {
        let missing = now_or_never(self.service.have(&self.caller(device), ids));
        missing.map(|missing| self.reply(missing))
    }

    pub(super) fn reached(
        &self,
        device: DeviceId,
        ids: &[EntryId],
    ) -> Result<Reply<Vec<EntryId>>, Code> {
        let reached = now_or_never(self.service.reached(&self.caller(device), ids));
        reached.map(|reached| self.reply(reached))
    }

    pub(super) fn fetch(
        &self,
        device: DeviceId,
        ids: &[EntryId],
    ) -> Result<Reply<Vec<Delivered>>, Code> {
        let fetched = now_or_never(self.service.fetch(&self.caller(device), ids));
        fetched.map(|fetched| self.reply(fetched))
    }

    pub(super) fn open_invite(
        &self,
        device: DeviceId,
        open: &OpenInvite,
        now: u64,
    ) -> Result<(), Code> {
        now_or_never(self.service.open_invite(&self.caller(device), open, now))
    }

    pub(super) fn enrol(&self, enrol: &Enrol, now: u64) -> Result<(), Code> {
        now_or_never(self.service.enrol(enrol, now)).map(|_| ())
    }

    pub(super) fn enrol_again(&self, again: &EnrolAgain) -> Result<(), Code> {
        now_or_never(self.service.enrol_again(again))
    }

    pub(super) fn enrolments(&self, device: DeviceId) -> Result<Vec<Enrolment>, Code> {
        now_or_never(self.service.enrolments(&self.caller(device)))
    }

    pub(super) fn back_up(&mut self) {
        self.backups.push(self.service.ledger().inner.snapshot());
    }

    /// Puts one of the backups back; with an epoch, as the restore command does, else by copying files.
    pub(super) fn restore(&mut self, which: usize, epoch: Option<[u8; 16]>, now: u64) {
        let Some(backup) = self.backups.get(which) else { return };
        self.service.ledger().inner.put_back(backup);
        if let Some(epoch) = epoch {
            now_or_never(self.service.begin_history(epoch, now)).expect("a restore succeeds");
        }
    }

    pub(super) fn backups(&self) -> usize {
        self.backups.len()
    }

    pub(super) fn head(&self) -> u64 {
        let head = now_or_never(self.service.ledger().head(&self.campaign));
        head.ok().flatten().map_or(0, |head| head.number)
    }

    /// The roster's newest entry.
    pub(super) fn roster(&self) -> Option<EntryId> {
        let head = now_or_never(self.service.ledger().head(&self.campaign));
        head.ok().flatten().map(|head| head.roster)
    }

    pub(super) fn held(&self, ids: &[EntryId]) -> Vec<Held> {
        now_or_never(self.service.ledger().find(&self.campaign, ids)).unwrap_or_default()
    }

    fn caller(&self, device: DeviceId) -> Caller {
        Caller { campaign: self.campaign, device }
    }

    fn reply<T>(&self, answer: T) -> Reply<T> {
        let epoch = now_or_never(self.service.epoch()).expect("a ledger in memory answers");
        Reply { epoch, answer }
    }
}

/// Nothing waits in memory: one poll is enough.
fn now_or_never<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a ledger in memory made its caller wait"),
    }
}
