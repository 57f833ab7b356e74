//! How often somebody may call: one meter per address for strangers, one per device for the others.
//!
//! Meters live in this process and are forgotten with it. They protect the disk and the processor; secrets
//! are long enough to need no protection from guessing.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::DeviceId;
use domain::protocol::Code;

use super::App;
use super::refusal::Refusal;
use crate::ledger::Ledger;

/// So many calls at once, and so many more with every minute.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// With every minute.
    pub per_minute: u32,
}

/// The rates of a server.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Founding, enrolling and signing in, for one address: a café full of phones has one address.
    pub address: Rate,
    /// Every call of one device.
    pub device: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            address: Rate { burst: 240, per_minute: 120 },
            device: Rate { burst: 600, per_minute: 300 },
        }
    }
}

/// The meters of a process.
#[derive(Default)]
pub(super) struct Meters(Mutex<HashMap<Who, Meter>>);

#[derive(PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Device(DeviceId),
}

#[derive(Clone, Copy)]
struct Meter {
    /// Thousandths of a call that are left.
    left: u64,
    at: u64,
}

/// So many meters are kept before full ones are thrown away.
const MOST_METERS: usize = 20_000;

impl Meters {
    /// Counts a call of a device.
    pub(super) fn device(&self, rates: &Rates, device: &DeviceId, now: u64) -> Result<(), Code> {
        self.count(Who::Device(*device), rates.device, now)
    }

    fn count(&self, who: Who, rate: Rate, now: u64) -> Result<(), Code> {
        let full = u64::from(rate.burst) * 1000;
        let mut meters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if meters.len() >= MOST_METERS {
            // Whoever did not call for ten minutes begins anew: by then most meters are full again.
            meters.retain(|_, meter| now.saturating_sub(meter.at) < 10 * 60 * 1000);
        }
        let meter = meters.entry(who).or_insert(Meter { left: full, at: now });
        let gained = now.saturating_sub(meter.at).saturating_mul(u64::from(rate.per_minute)) / 60;
        let left = meter.left.saturating_add(gained).min(full);
        *meter = Meter { left: left.saturating_sub(1000), at: now };
        if left >= 1000 { Ok(()) } else { Err(Code::TooMany) }
    }
}

/// Counts a stranger's call.
pub(super) async fn by_address<L: Ledger>(
    State(app): State<Arc<App<L>>>,
    request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address(peer, request.headers(), app.settings.proxies);
    let rate = app.settings.rates.address;
    match app.meters.count(Who::Address(address), rate, app.clock.now()) {
        Ok(()) => next.run(request).await,
        Err(code) => Refusal(code).into_response(),
    }
}

/// The caller's address. Each trusted proxy appends the address it saw; what stands before their entries
/// is whatever the caller wrote and is not looked at.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, proxies: usize) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::from([0; 4]));
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let index = hops.len().checked_sub(proxies).filter(|_| proxies > 0);
    index.and_then(|index| hops.get(index)?.parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_runs_out_and_fills_up_again() {
        let rates = Rates {
            device: Rate { burst: 3, per_minute: 60 },
            address: Rate { burst: 1, per_minute: 1 },
        };
        let (meters, device) = (Meters::default(), DeviceId([1; 16]));
        let call = |now| meters.device(&rates, &device, now).is_ok();
        assert_eq!([call(0), call(0), call(0), call(0)], [true, true, true, false]);
        assert_eq!([call(1000), call(1000)], [true, false]);
        // A clock that jumps back gives nothing and takes nothing.
        assert!(!call(500));
        assert_eq!([call(60_000), call(60_000)], [true, true]);
        assert!(meters.device(&rates, &DeviceId([2; 16]), 0).is_ok());
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 1.2.3.4".parse().unwrap());
        let peer = IpAddr::from([127, 0, 0, 1]);
        let seen = |proxies| address(Some(peer), &headers, proxies);
        assert_eq!(seen(0), peer);
        assert_eq!(seen(1), IpAddr::from([1, 2, 3, 4]));
        assert_eq!(seen(5), peer);
    }
}
