//! The tests that every ledger must pass. Entries here are made up: a ledger checks no signature.

pub(crate) mod concurrency;
pub(crate) mod cursors;
pub(crate) mod entries;
pub(crate) mod erasing;
pub(crate) mod histories;
pub(crate) mod invites;
pub(crate) mod sessions;

use std::future::Future;

use domain::bundle::{Audience, Header};
use domain::ids::{CampaignId, DeviceId, EntryId};
use domain::keys::{Reader, Wrap};
use domain::protocol::Outcome;

use super::memory::MemoryLedger;
use super::{Appended, Created, Entry, Facts, Ledger, Sees, Viewer};

const CAMPAIGN: CampaignId = CampaignId([7; 32]);
const SET_UP: [u8; 32] = [5; 32];
const ANNA: DeviceId = DeviceId([1; 16]);
const BART: DeviceId = DeviceId([2; 16]);

/// Invokes every test of the contract for the ledger that the function makes.
macro_rules! ledger_contract {
    ($module:ident, $run:path) => {
        mod $module {
            crate::ledger::contract::ledger_contract!(@tests $run,
                histories: a_secret_founds_one_campaign, another_history_ends_sessions;
                entries: numbers_are_dense_and_the_chain_can_be_recomputed,
                    a_repeated_entry_changes_nothing, a_moved_roster_stops_everything,
                    everyone_gets_their_own, slices_are_whole_and_join_up, a_grant_brings_its_bundle,
                    what_is_picked_is_what_a_slice_holds,
                    at_every_number_the_digest_is_of_what_was_served;
                cursors: cursors_rise_and_end_with_their_history;
                erasing: an_order_destroys_for_ever, what_was_served_stays_counted,
                    orders_outlive_histories;
                invites: an_invitation_is_opened_once, one_device_wins,
                    an_enrolment_offered_again_is_listed_and_gives_no_standing, a_rotation_takes_the_network_keys_away;
                sessions: a_nonce_is_good_once, a_sign_in_spends_the_invitation,
                    old_things_expire, a_revocation_ends_sessions;
                concurrency: pushes_at_once_leave_no_gap, an_abandoned_push_is_whole_or_nothing;
            );
        }
    };
    (@tests $run:path, $($file:ident: $($name:ident),*;)*) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                $run(crate::ledger::contract::$file::$name()).await;
            }
        )*)*
    };
}
pub(crate) use ledger_contract;

ledger_contract!(memory, crate::ledger::contract::in_memory);

/// A test of the contract: made without a ledger, run with one.
pub(crate) trait Test {
    fn run<L: Ledger>(self, ledger: std::sync::Arc<L>) -> impl Future<Output = ()> + Send;
}

async fn in_memory(test: impl Test) {
    test.run(std::sync::Arc::new(MemoryLedger::new(domain::ids::Epoch([0; 16])))).await;
}

/// Declares a test as a function that returns a [`Test`].
macro_rules! test {
    ($name:ident, $ledger:ident, $body:block) => {
        pub(crate) fn $name() -> impl crate::ledger::contract::Test {
            struct This;
            impl crate::ledger::contract::Test for This {
                async fn run<L: crate::ledger::Ledger>(self, $ledger: std::sync::Arc<L>) $body
            }
            This
        }
    };
}
use test;

fn roster_entry(name: &str) -> Entry {
    entry(name, Facts::Roster { revoked: Vec::new(), rotates: false })
}

fn entry(name: &str, facts: Facts) -> Entry {
    let bytes = name.as_bytes().to_vec();
    Entry { id: EntryId::of(&bytes), bytes, wraps: Vec::new(), facts }
}

fn bundle(name: &str, device: DeviceId, audience: Audience, readers: &[DeviceId]) -> Entry {
    let header = Header {
        campaign: CAMPAIGN,
        device,
        previous: None,
        audience,
        generation: 1,
        key_check: [0; 16],
    };
    let wrap = |device: &DeviceId| Wrap { reader: Reader::Device(*device), sealed: vec![9; 80] };
    let wraps = readers.iter().map(wrap).collect();
    Entry { wraps, ..entry(name, Facts::Bundle(header)) }
}

fn grant(name: &str, bundle: &Entry, reader: DeviceId) -> Entry {
    entry(name, Facts::Grant { bundle: bundle.id, reader })
}

/// Founds the campaign with one roster entry, which gets number 1.
async fn founded<L: Ledger>(ledger: &L) -> Entry {
    let first = roster_entry("founder");
    ledger.offer_set_up(SET_UP).await.unwrap();
    let created = ledger.create(&CAMPAIGN, SET_UP, std::slice::from_ref(&first), 10).await;
    assert_eq!(created.unwrap(), Created::New);
    first
}

/// Appends to the roster as it stands.
async fn append<L: Ledger>(ledger: &L, entries: &[Entry]) -> Vec<Outcome> {
    loop {
        let roster = ledger.head(&CAMPAIGN).await.unwrap().unwrap().roster;
        match ledger.append(&CAMPAIGN, &roster, entries, 20).await.unwrap() {
            Appended::Done(outcomes) => return outcomes,
            Appended::RosterMoved => {}
        }
    }
}

fn viewer(device: DeviceId, sees: Sees) -> Viewer {
    Viewer { device, sees }
}

/// The names, that is the bytes, that a viewer gets in slices of at most `most` bytes.
async fn names<L: Ledger>(ledger: &L, viewer: Viewer, most: usize) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), 0);
    loop {
        let slice = ledger.slice(&CAMPAIGN, viewer, after, most).await.unwrap();
        let chain = ledger.chain_at(&CAMPAIGN, slice.next).await.unwrap();
        assert_eq!(chain, Some(slice.chain));
        for stored in slice.entries {
            assert!(stored.number > after && stored.number <= slice.next);
            after = stored.number;
            names.push(String::from_utf8(stored.bytes.unwrap_or_default()).unwrap());
        }
        after = slice.next;
        if !slice.more {
            return names;
        }
    }
}
