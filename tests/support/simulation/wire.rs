//! The network between devices and server: it loses, delays and repeats.

use domain::ids::{DeviceId, EntryId};
use domain::protocol::{Code, Pull, Pulled, Push, Receipt, Reply};
use domain::replica::PushTicket;

use super::planting;
use super::world::World;

/// Why a sync stopped half-way. Nothing is wrong by that alone.
#[derive(Debug)]
pub(super) enum Cut {
    /// No answer came in time.
    NoAnswer,
    /// The page was not for this state.
    Ignored,
    /// The device stopped and started again.
    Crashed,
    /// The server refused the call.
    Refused(Code),
}

/// A message that arrives when nobody expects it any more.
#[derive(Debug, Clone)]
pub(super) enum Late {
    Page { device: usize, request: Pull, reply: Reply<Pulled> },
    Receipts { device: usize, ticket: PushTicket, sent: Vec<EntryId>, reply: Reply<Vec<Receipt>> },
    Push { from: DeviceId, push: Push },
    Nothing,
}

impl World {
    /// Asks the server; `late` says what a reply becomes that comes too late or twice.
    pub(super) fn ask<T: Clone>(
        &mut self,
        serve: impl FnOnce(&mut Self) -> Result<Reply<T>, Code>,
        late: impl Fn(Reply<T>) -> Late,
    ) -> Result<Reply<T>, Cut> {
        if self.fault(|mix| mix.lost_request) {
            return Err(Cut::NoAnswer);
        }
        let reply = serve(self).map_err(Cut::Refused)?;
        if self.fault(|mix| mix.lost_reply) {
            return Err(Cut::NoAnswer);
        }
        if self.fault(|mix| mix.late_reply) {
            self.late.push(late(reply));
            return Err(Cut::NoAnswer);
        }
        if self.fault(|mix| mix.twice) {
            self.late.push(late(reply.clone()));
        }
        Ok(reply)
    }

    /// Delivers one of the messages that are under way.
    pub(super) fn deliver_late(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let which = self.dice.below(self.late.len());
        let cut = match self.late.swap_remove(which) {
            Late::Page { device, mut request, mut reply } if !self.devices[device].out => {
                let notebook = &self.devices[device].notebook;
                planting::on_late_page(self.plant, notebook, &mut request, &mut reply);
                self.take_page(device, &request, reply).map(|_| ())
            }
            Late::Receipts { device, ticket, sent, reply } if !self.devices[device].out => {
                self.take_receipts(device, ticket, &sent, reply).map(|_| ())
            }
            Late::Push { from, push } => {
                let now = self.server_now();
                let _ = self.server.push(from, &push, now);
                Ok(())
            }
            Late::Page { .. } | Late::Receipts { .. } | Late::Nothing => Ok(()),
        };
        drop(cut);
    }
}
